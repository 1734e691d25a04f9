using System.Buffers;

namespace Matching.Service.Imports.Files;

/// <summary>
/// Takes delimited text apart, one record at a time. The rules are RFC 4180's; unlike a general library it goes on after a broken quote, says which record had it,
/// and never holds more than one record and the text read ahead. It waits only where the text has to be asked.
/// </summary>
internal sealed class CsvScanner(TextReader text)
{
    private readonly RepeatedCells _repeated = new();
    private readonly List<string> _cells = [];
    private char[] _buffer = new char[65_536];
    private char[] _unquoted = new char[256];
    private SearchValues<char>? _ends;
    private char _delimiter;
    private int _start;
    private int _length;
    private bool _atEnd;
    private bool _sound;

    /// <summary>The record read last, its cells trimmed; valid until the next is read. An empty line is a record of one empty cell.</summary>
    public IReadOnlyList<string> Cells => _cells;

    /// <summary>Whether the last record had a quote inside an unquoted cell, text after a closing quote, or a quote that was never closed.</summary>
    public bool QuotesBroken { get; private set; }

    /// <summary>Whether all its cells can be kept as they are.</summary>
    public bool Sound => _sound;

    /// <summary>Reads the next record; false after the last one.</summary>
    /// <param name="number">Its number, for what is thrown.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="FileRefusedException">A cell or the record is far too long: a quote swallows the file.</exception>
    public async ValueTask<bool> ReadAsync(int number, CancellationToken ct)
    {
        if (_ends is null)
        {
            await FillAsync(_buffer.Length, number, ct);
            _delimiter = CsvDelimiter.Of(_buffer.AsSpan(0, _length));
            _ends = SearchValues.Create([_delimiter, '"', '\r', '\n']);
        }

        // A record that the text read so far does not end is taken apart anew when there is more of it.
        while (!TryRecord(number))
        {
            if (_atEnd)
            {
                return false;
            }

            // Twice as much as there was, so that a long record sent drop by drop is not taken apart at every drop.
            await FillAsync(2 * (_length - _start), number, ct);
        }

        return true;
    }

    private bool TryRecord(int number)
    {
        _cells.Clear();
        (QuotesBroken, _sound) = (false, true);
        var at = _start;
        if (at == _length)
        {
            return false;
        }

        do
        {
            if (!TryCell(ref at, number))
            {
                return false;
            }
        }
        while (Take(_delimiter, ref at));

        // A line end of two signs may be cut between them.
        if (Take('\r', ref at) && at == _length && !_atEnd)
        {
            return false;
        }

        _ = Take('\n', ref at);
        _start = at;
        return true;
    }

    /// <summary>False when the text read so far does not say where the cell ends.</summary>
    private bool TryCell(ref int at, int number)
    {
        var length = 0;
        var quoted = Take('"', ref at);
        if (quoted && !TryQuoted(ref at, ref length, number))
        {
            return false;
        }

        // In a sound file nothing follows a closing quote but the delimiter or the end of the line.
        var start = at;
        for (; at < _length && (!_ends!.Contains(_buffer[at]) || _buffer[at] == '"'); at++)
        {
            var rest = _buffer.AsSpan(at, _length - at);
            at += rest.IndexOfAny(_ends) is >= 0 and var end ? end : rest.Length;
            if (at == _length || _buffer[at] != '"')
            {
                break;
            }

            QuotesBroken = true;
        }

        QuotesBroken |= quoted && at > start;
        if (at == _length && !_atEnd)
        {
            return false;
        }

        CheckLength(length + at - start, number);
        if (quoted)
        {
            Keep(_buffer.AsSpan(start, at - start), ref length);
        }

        _cells.Add(_repeated.Of(CellText.Trimmed(quoted ? _unquoted.AsSpan(0, length) : _buffer.AsSpan(start, at - start)), ref _sound));
        return true;
    }

    private bool TryQuoted(ref int at, ref int length, int number)
    {
        while (true)
        {
            var rest = _buffer.AsSpan(at, _length - at);
            var quote = rest.IndexOf('"');
            var part = quote >= 0 ? rest[..quote] : rest;
            CheckLength(length + part.Length, number);
            Keep(part, ref length);
            at += part.Length;
            if (quote < 0)
            {
                QuotesBroken = true;
                return _atEnd;
            }

            at++;
            if (at == _length && !_atEnd)
            {
                return false;
            }

            if (!Take('"', ref at))
            {
                return true;
            }

            Keep("\"", ref length);
        }
    }

    private bool Take(char wanted, ref int at)
    {
        if (at == _length || _buffer[at] != wanted)
        {
            return false;
        }

        at++;
        return true;
    }

    private void Keep(ReadOnlySpan<char> part, ref int length)
    {
        if (_unquoted.Length - length < part.Length)
        {
            Array.Resize(ref _unquoted, Math.Max(2 * _unquoted.Length, length + part.Length));
        }

        part.CopyTo(_unquoted.AsSpan(length));
        length += part.Length;
    }

    /// <summary>Reads on until so many characters are there, the buffer is full or the text ends.</summary>
    private async ValueTask FillAsync(int wanted, int number, CancellationToken ct)
    {
        _buffer.AsSpan(_start, _length - _start).CopyTo(_buffer);
        (_start, _length) = (0, _length - _start);
        if (_length == _buffer.Length)
        {
            if (_length >= FileLimits.RecordCharacters)
            {
                throw new FileRefusedException("line_too_long", $"第 {number} 行起有一行超过 {FileLimits.RecordCharacters} 个字符，请检查引号是否成对。");
            }

            Array.Resize(ref _buffer, Math.Min(2 * _length, FileLimits.RecordCharacters));
        }

        do
        {
            var read = await text.ReadAsync(_buffer.AsMemory(_length), ct);
            _length += read;
            _atEnd = read == 0;
        }
        while (!_atEnd && _length < Math.Min(wanted, _buffer.Length));
    }

    private static void CheckLength(int length, int number)
    {
        if (length > 2 * FileLimits.CellCharacters)
        {
            throw new FileRefusedException("unclosed_quote", $"第 {number} 行起有一个单元格过长，多半是引号没有闭合。");
        }
    }
}
