using System.Buffers;
using System.Text.Json;

namespace Matching.Service.Imports.Files;

/// <summary>
/// Values of NDJSON as cells: numbers keep their digits, true and false become 是 and 否, null is an empty cell, and an array of these becomes lines of one cell, so its
/// entries may hold any list separator. A value is written into one buffer first, so one that repeats makes nothing new.
/// </summary>
internal sealed class JsonCells
{
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\r\n\f\u0085\u2028\u2029");

    private readonly RepeatedCells _repeated = new();
    private char[] _text = new char[1_024];
    private int _length;
    private bool _sound;

    /// <summary>Whether all cells since <see cref="StartLine"/> can be kept as they are.</summary>
    public bool Sound => _sound;

    public void StartLine() => _sound = true;

    /// <summary>The cell of the value that the reader stands at; null where values are nested.</summary>
    /// <exception cref="InvalidOperationException">The text is not UTF-8, or holds half a surrogate pair.</exception>
    public string? Read(ref Utf8JsonReader reader)
    {
        _length = 0;
        return (reader.TokenType == JsonTokenType.StartArray ? Items(ref reader) : Scalar(ref reader)) ? _repeated.Of(_text.AsSpan(0, _length), ref _sound) : null;
    }

    private bool Items(ref Utf8JsonReader reader)
    {
        var flat = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = _length;
            flat &= Scalar(ref reader);
            if (reader.TokenType == JsonTokenType.String)
            {
                OnOneLine(start);
            }

            Reserve(1);
            _text[_length++] = '\n';
        }

        return flat;
    }

    /// <summary>Writes a value that is no object or array, trimmed; of these nothing, and false.</summary>
    private bool Scalar(ref Utf8JsonReader reader)
    {
        Reserve(reader.ValueSpan.Length);
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                Keep(CellText.Trimmed(_text.AsSpan(_length, reader.CopyString(_text.AsSpan(_length)))));
                return true;
            case JsonTokenType.Number:
                foreach (var sign in reader.ValueSpan)
                {
                    _text[_length++] = (char)sign;
                }

                return true;
            case JsonTokenType.True:
                Keep("是");
                return true;
            case JsonTokenType.False:
                Keep("否");
                return true;
            case JsonTokenType.Null:
                return true;
            default:
                reader.Skip();
                return false;
        }
    }

    // A line end inside an entry would make two of it.
    private void OnOneLine(int start)
    {
        var item = _text.AsSpan(start, _length - start);
        if (item.ContainsAny(LineEnds))
        {
            _length = start;
            Keep(item.ToString().ReplaceLineEndings(" "));
        }
    }

    private void Keep(ReadOnlySpan<char> text)
    {
        text.CopyTo(_text.AsSpan(_length));
        _length += text.Length;
    }

    private void Reserve(int count)
    {
        if (_text.Length - _length < count)
        {
            Array.Resize(ref _text, Math.Max(2 * _text.Length, _length + count));
        }
    }
}
