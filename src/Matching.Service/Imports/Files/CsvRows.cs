using System.Text;

namespace Matching.Service.Imports.Files;

/// <summary>Rows of a text table separated by comma, semicolon or tab, with quotes as RFC 4180 has them.</summary>
internal static class CsvRows
{
    public static IEnumerable<FileRow> Read(Stream stream, Encoding encoding)
    {
        var delimiter = FindDelimiter(stream, encoding);
        using var text = new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 65_536, leaveOpen: true);
        var scanner = new CsvScanner(text, delimiter);
        string[]? headers = null;
        for (var number = 1; scanner.Read(number) is { } record; number++)
        {
            if (!record.Any(cell => CellText.Trim(cell).Length > 0))
            {
                continue;
            }

            if (number > FileLimits.Rows)
            {
                throw HeaderRow.TooManyRows();
            }

            if (headers is null)
            {
                headers = HeaderRow.Check(record);
                continue;
            }

            yield return Row(number, headers, record, scanner.QuotesBroken);
        }

        if (headers is null)
        {
            throw new FileRefusedException("no_header", "没有找到表头：第一行须为列名。");
        }
    }

    private static FileRow Row(int number, string[] headers, IReadOnlyList<string> record, bool quotesBroken)
    {
        var cells = new string[headers.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = i < record.Count ? CellText.Trim(record[i]) : "";
        }

        var broken = quotesBroken ? new CellProblem("", "", "broken_quotes", "引号不成对：含引号的单元格须整体加引号，其中的引号写两遍。")
            : record.Skip(headers.Length).Any(cell => CellText.Trim(cell).Length > 0)
                ? new CellProblem("", "", "too_many_cells", $"单元格比表头多（{record.Count} 对 {headers.Length}）：单元格内的分隔符须用引号括起来。")
            : CellText.FirstBad(headers, cells);
        return new FileRow(number, headers, cells, broken);
    }

    // The sign most frequent in the first line with any text, quoted parts aside; a table of one column has none and takes the comma.
    private static char FindDelimiter(Stream stream, Encoding encoding)
    {
        using var text = new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 4_096, leaveOpen: true);
        var head = new char[65_536];
        var line = head.AsSpan(0, text.ReadBlock(head)).TrimStart("\r\n");
        stream.Position = 0;

        int commas = 0, semicolons = 0, tabs = 0;
        var quoted = false;
        foreach (var sign in line)
        {
            if (sign is '\r' or '\n' && !quoted)
            {
                break;
            }

            quoted ^= sign == '"';
            commas += sign == ',' && !quoted ? 1 : 0;
            semicolons += sign == ';' && !quoted ? 1 : 0;
            tabs += sign == '\t' && !quoted ? 1 : 0;
        }

        return tabs > commas && tabs >= semicolons ? '\t' : semicolons > commas ? ';' : ',';
    }
}
