using System.Text;

namespace Matching.Service.Imports.Files;

/// <summary>Rows of a text table separated by comma, semicolon or tab, with quotes as RFC 4180 has them.</summary>
internal static class CsvRows
{
    public static IEnumerable<FileRow> Read(Stream stream, Encoding encoding, Func<string, bool>? known = null) => TableRows.Read(Records(stream, encoding), known, separated: true);

    private static IEnumerable<TableRecord> Records(Stream stream, Encoding encoding)
    {
        var delimiter = FindDelimiter(stream, encoding);
        using var text = new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 65_536, leaveOpen: true);
        var scanner = new CsvScanner(text, delimiter);
        for (var number = 1; scanner.Read(number) is { } record; number++)
        {
            yield return new(number, record, scanner.QuotesBroken);
        }
    }

    // The sign most frequent in the first line that has any of them, quoted parts aside; a table of one column has none and takes the comma.
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
            if (sign is '\r' or '\n' && !quoted && commas + semicolons + tabs > 0)
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
