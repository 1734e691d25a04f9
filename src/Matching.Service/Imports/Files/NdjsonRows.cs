using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Matching.Service.Imports.Files;

/// <summary>Rows of newline-delimited JSON: one flat object per line, keys being headers in Chinese or English, values as <see cref="JsonCells"/> has them.</summary>
internal sealed class NdjsonRows
{
    private readonly KnownKeys _known = new();
    private readonly JsonCells _values = new();
    private readonly List<string> _cells = [];

    private NdjsonRows()
    {
    }

    public static async IAsyncEnumerable<FileRow> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken ct = default)
    {
        var lines = new LineReader(stream);
        var rows = new NdjsonRows();
        for (var number = 1; await lines.ReadAsync(ct); number++)
        {
            if (number > FileLimits.Rows)
            {
                throw HeaderRow.TooManyRows();
            }

            var content = Content(lines.Line, number);
            if (!content.IsEmpty)
            {
                yield return rows.Row(number, content.Span);
            }
        }
    }

    private static ReadOnlyMemory<byte> Content(ReadOnlyMemory<byte> line, int number)
    {
        var start = number == 1 && line.Span.StartsWith(Encoding.UTF8.Preamble) ? 3 : 0;
        var text = line[start..];
        return text.Span.Trim(" \t\r"u8).IsEmpty ? default : text;
    }

    private FileRow Row(int number, ReadOnlySpan<byte> line)
    {
        CellProblem? broken;
        _cells.Clear();
        _known.StartLine();
        _values.StartLine();
        try
        {
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = 3 });
            broken = ReadObject(ref reader) ?? _known.Problem() ?? (_values.Sound ? null : CellText.FirstBad(_known.Names, _cells));
        }
        catch (JsonException)
        {
            broken = new("", Excerpt(line), "invalid_json", "这一行不是合格的 JSON 对象。");
        }
        catch (InvalidOperationException)
        {
            // The text of a name or value is not UTF-8, or holds half a surrogate pair.
            broken = new("", Excerpt(line), "invalid_text", "含有不是 UTF-8 的字节或残缺字符。");
        }

        var headers = _known.Names;
        while (_cells.Count < headers.Count)
        {
            _cells.Add("");
        }

        return new FileRow(number, headers, [.. _cells], broken);
    }

    private CellProblem? ReadObject(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException();
        }

        CellProblem? nested = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = _known.Next(ref reader);
            reader.Read();
            var value = _values.Read(ref reader);
            nested ??= value is null ? new(name, "", "nested_value", "值须为文本、数字、真假或它们的数组，不能再嵌套。") : null;
            _cells.Add(value ?? "");
        }

        // Anything after the object makes this throw.
        reader.Read();
        return nested;
    }

    private static string Excerpt(ReadOnlySpan<byte> line) => CellText.Excerpt(Encoding.UTF8.GetString(line.Length > 180 ? line[..180] : line));
}
