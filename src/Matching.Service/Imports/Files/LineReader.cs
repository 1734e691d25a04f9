namespace Matching.Service.Imports.Files;

/// <summary>Lines of a byte stream, each whole in one buffer that grows to <see cref="FileLimits.LineBytes"/> and no further. It waits only where the stream has to be asked.</summary>
internal sealed class LineReader(Stream stream)
{
    private byte[] _buffer = new byte[65_536];
    private int _start;
    private int _end;
    private bool _atEnd;

    /// <summary>The last line read, without its end; valid until the next is read.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Reads the next line; false after the last one.</summary>
    /// <exception cref="FileRefusedException">The line is too long.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken ct)
    {
        for (var looked = _start; ;)
        {
            var found = _buffer.AsSpan(looked, _end - looked).IndexOf((byte)'\n');
            if (found >= 0 || _atEnd)
            {
                var stop = found >= 0 ? looked + found : _end;
                Line = _buffer.AsMemory(_start, stop - _start);
                var more = found >= 0 || stop > _start;
                _start = found >= 0 ? stop + 1 : _end;
                return more;
            }

            var seen = _end - _start;
            await FillAsync(ct);
            looked = _start + seen;
        }
    }

    private async ValueTask FillAsync(CancellationToken ct)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= FileLimits.LineBytes)
            {
                throw new FileRefusedException("line_too_long", $"有一行超过 {FileLimits.LineBytes} 字节。");
            }

            Array.Resize(ref _buffer, Math.Min(2 * _buffer.Length, FileLimits.LineBytes));
        }

        var read = await stream.ReadAsync(_buffer.AsMemory(_end), ct);
        _end += read;
        _atEnd = read == 0;
    }
}
