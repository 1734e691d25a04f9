using System.Runtime.CompilerServices;
using System.Text;

namespace Matching.Service.Imports.Files;

/// <summary>Rows of a text table separated by comma, semicolon or tab, with quotes as RFC 4180 has them; read forward only.</summary>
internal static class CsvRows
{
    public static IAsyncEnumerable<FileRow> ReadAsync(Stream stream, Encoding encoding, Func<string, bool>? known = null) =>
        TableRows.ReadAsync(RecordsAsync(stream, encoding), known, separated: true);

    private static async IAsyncEnumerable<TableRecord> RecordsAsync(Stream stream, Encoding encoding, [EnumeratorCancellation] CancellationToken ct = default)
    {
        using var text = new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 65_536, leaveOpen: true);
        var scanner = new CsvScanner(text);
        for (var number = 1; await scanner.ReadAsync(number, ct); number++)
        {
            yield return new(number, scanner.Cells, scanner.QuotesBroken, scanner.Sound);
        }
    }
}
