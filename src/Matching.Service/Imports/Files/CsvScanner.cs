using System.Text;

namespace Matching.Service.Imports.Files;

/// <summary>
/// Takes delimited text apart, one record at a time. The rules are RFC 4180's; unlike a general library it goes on after a broken quote,
/// says which record had it, and never holds more than one record.
/// </summary>
internal sealed class CsvScanner(TextReader text, char delimiter)
{
    private readonly char[] _buffer = new char[16_384];
    private readonly StringBuilder _cell = new();
    private readonly List<string> _cells = [];
    private int _position;
    private int _length;

    /// <summary>Whether the last record had a quote inside an unquoted cell, text after a closing quote, or a quote that was never closed.</summary>
    public bool QuotesBroken { get; private set; }

    /// <summary>The next record, valid until the next call; null after the last one. An empty line is a record of one empty cell.</summary>
    /// <exception cref="FileRefusedException">A cell is far too long: a quote swallows the file.</exception>
    public IReadOnlyList<string>? Read(int number)
    {
        _cells.Clear();
        QuotesBroken = false;
        if (Peek() < 0)
        {
            return null;
        }

        do
        {
            ReadCell(number);
        }
        while (Take(delimiter));

        _ = Take('\r');
        _ = Take('\n');
        return _cells;
    }

    private void ReadCell(int number)
    {
        _cell.Clear();
        var quoted = Take('"');
        if (quoted)
        {
            ReadQuoted(number);
        }

        // In a sound file nothing follows a closing quote but the delimiter or the end of the line.
        for (var sign = Peek(); sign >= 0 && sign != delimiter && sign is not ('\r' or '\n'); sign = Peek())
        {
            QuotesBroken |= quoted || sign == '"';
            Append((char)sign, number);
        }

        _cells.Add(_cell.ToString());
    }

    private void ReadQuoted(int number)
    {
        while (true)
        {
            var sign = Peek();
            if (sign < 0)
            {
                QuotesBroken = true;
                return;
            }

            if (sign == '"')
            {
                _position++;
                if (Peek() != '"')
                {
                    return;
                }
            }

            Append((char)sign, number);
        }
    }

    private void Append(char sign, int number)
    {
        _position++;
        _cell.Append(sign);
        if (_cell.Length > 2 * FileLimits.CellCharacters)
        {
            throw new FileRefusedException("unclosed_quote", $"第 {number} 行起有一个单元格过长，多半是引号没有闭合。");
        }
    }

    private bool Take(char wanted)
    {
        if (Peek() != wanted)
        {
            return false;
        }

        _position++;
        return true;
    }

    private int Peek()
    {
        if (_position == _length)
        {
            _length = text.Read(_buffer);
            _position = 0;
        }

        return _length > 0 ? _buffer[_position] : -1;
    }
}
