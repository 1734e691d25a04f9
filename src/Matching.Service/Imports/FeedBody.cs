using System.Security.Cryptography;
using Matching.Service.Imports.Files;

namespace Matching.Service.Imports;

/// <summary>The body of a feed while it is read, once and forward: counted, hashed, and cut off where it is longer than it may be. Its head can be looked at before it is read.</summary>
internal sealed class FeedBody(Stream body, long maxBytes) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private ReadOnlyMemory<byte> _head;

    public long Bytes { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public byte[] Hash() => _hash.GetHashAndReset();

    /// <summary>The first bytes, fewer where the body is shorter; they are read again by whoever reads the body. Asked once, before anything is read.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> HeadAsync(int most, CancellationToken ct)
    {
        var head = new byte[most];
        var length = 0;
        for (int read; length < most && (read = await TakeAsync(head.AsMemory(length), ct)) > 0;)
        {
            length += read;
        }

        return _head = head.AsMemory(0, length);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_head.IsEmpty)
        {
            return TakeAsync(buffer, cancellationToken);
        }

        var again = Math.Min(buffer.Length, _head.Length);
        _head[..again].CopyTo(buffer);
        _head = _head[again..];
        return new(again);
    }

    private async ValueTask<int> TakeAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var read = await body.ReadAsync(buffer, cancellationToken);
        Bytes += read;
        _hash.AppendData(buffer.Span[..read]);
        return Bytes <= maxBytes ? read : throw new FileRefusedException("file_too_large", $"内容超过 {maxBytes / 1_000_000} MB。");
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }
}
