namespace Matching.Service.Tests.Imports.Files;

/// <summary>A body that arrives in pieces of any length, and can be read forward only and only by waiting.</summary>
internal sealed class DripStream(byte[] content, Random random) : MemoryStream
{
    private int _at;

    public override bool CanSeek => false;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var piece = content.AsSpan(_at, Math.Min(Math.Min(buffer.Length, content.Length - _at), 1 + random.Next(40)));
        piece.CopyTo(buffer.Span);
        _at += piece.Length;
        return new(piece.Length);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override int Read(Span<byte> buffer) => throw new NotSupportedException();
}
