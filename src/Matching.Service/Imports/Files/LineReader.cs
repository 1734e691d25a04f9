namespace Matching.Service.Imports.Files;

/// <summary>Lines of a byte stream, each whole in one buffer that grows to <see cref="FileLimits.LineBytes"/> and no further.</summary>
internal sealed class LineReader(Stream stream)
{
    private byte[] _buffer = new byte[65_536];
    private int _start;
    private int _end;
    private bool _atEnd;

    /// <summary>The next line without its end, valid until the next call; false after the last one.</summary>
    /// <exception cref="FileRefusedException">The line is too long.</exception>
    public bool TryRead(out ReadOnlyMemory<byte> line)
    {
        for (var looked = _start; ; )
        {
            var found = _buffer.AsSpan(looked, _end - looked).IndexOf((byte)'\n');
            if (found >= 0 || _atEnd)
            {
                var stop = found >= 0 ? looked + found : _end;
                line = _buffer.AsMemory(_start, stop - _start);
                var more = found >= 0 || stop > _start;
                _start = found >= 0 ? stop + 1 : _end;
                return more;
            }

            var seen = _end - _start;
            Fill();
            looked = _start + seen;
        }
    }

    private void Fill()
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

        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _atEnd = read == 0;
    }
}
