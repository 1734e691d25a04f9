using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Matching.Service.Imports.Files;

/// <summary>
/// Rows of newline-delimited JSON: one flat object per line, keys being headers in Chinese or English. Numbers keep their digits, true and false become
/// 是 and 否, null is an empty cell, and an array of these becomes lines of one cell, so its entries may hold any list separator.
/// </summary>
internal static class NdjsonRows
{
    public static async IAsyncEnumerable<FileRow> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken ct = default)
    {
        var lines = new LineReader(stream);
        var known = new KnownKeys();
        for (var number = 1; await lines.ReadAsync(ct); number++)
        {
            if (number > FileLimits.Rows)
            {
                throw HeaderRow.TooManyRows();
            }

            var content = Content(lines.Line, number);
            if (!content.IsEmpty)
            {
                yield return Row(number, content.Span, known);
            }
        }
    }

    private static ReadOnlyMemory<byte> Content(ReadOnlyMemory<byte> line, int number)
    {
        var start = number == 1 && line.Span.StartsWith(Encoding.UTF8.Preamble) ? 3 : 0;
        var text = line[start..];
        return text.Span.Trim(" \t\r"u8).IsEmpty ? default : text;
    }

    private static FileRow Row(int number, ReadOnlySpan<byte> line, KnownKeys known)
    {
        var cells = new List<string>(known.Count);
        CellProblem? broken;
        known.StartLine();
        try
        {
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = 3 });
            broken = ReadObject(ref reader, known, cells) ?? known.Problem() ?? CellText.FirstBad(known.Names, cells);
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

        var headers = known.Names;
        while (cells.Count < headers.Count)
        {
            cells.Add("");
        }

        return new FileRow(number, headers, cells, broken);
    }

    private static CellProblem? ReadObject(ref Utf8JsonReader reader, KnownKeys known, List<string> cells)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException();
        }

        CellProblem? nested = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = known.Next(ref reader);
            reader.Read();
            var value = reader.TokenType == JsonTokenType.StartArray ? Items(ref reader) : Scalar(ref reader);
            nested ??= value is null ? new(name, "", "nested_value", "值须为文本、数字、真假或它们的数组，不能再嵌套。") : null;
            cells.Add(value ?? "");
        }

        // Anything after the object makes this throw.
        reader.Read();
        return nested;
    }

    private static string? Items(ref Utf8JsonReader reader)
    {
        List<string> items = [];
        var flat = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var item = Scalar(ref reader);
            flat &= item is not null;
            items.Add((item ?? "").ReplaceLineEndings(" "));
        }

        return !flat ? null : items.Count == 0 ? "" : string.Join('\n', items) + "\n";
    }

    /// <summary>Null for an object or array, which is then skipped.</summary>
    private static string? Scalar(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return CellText.Trim(reader.GetString()!);
            case JsonTokenType.Number:
                return Encoding.ASCII.GetString(reader.ValueSpan);
            case JsonTokenType.True:
                return "是";
            case JsonTokenType.False:
                return "否";
            case JsonTokenType.Null:
                return "";
            default:
                reader.Skip();
                return null;
        }
    }

    private static string Excerpt(ReadOnlySpan<byte> line) => CellText.Excerpt(Encoding.UTF8.GetString(line.Length > 180 ? line[..180] : line));
}
