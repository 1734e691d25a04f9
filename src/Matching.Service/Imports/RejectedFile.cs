using System.Globalization;
using System.Text;
using System.Text.Json;
using Matching.Service.Imports.Files;

namespace Matching.Service.Imports;

/// <summary>
/// The refused rows of an import as a CSV to correct and send again: 行号, 列, 原因, then the cells as they came.
/// The first three columns belong to no kind, so an import ignores them.
/// </summary>
internal static class RejectedFile
{
    private const int RowsPerPage = 1_000;

    public static async Task WriteAsync(ImportStore store, long id, Stream output, CancellationToken ct)
    {
        var headers = await store.RejectedHeadersAsync(id, ct);
        var places = headers.Select((header, place) => (header, place)).ToDictionary(pair => pair.header, pair => pair.place, StringComparer.Ordinal);
        await output.WriteAsync(Encoding.UTF8.Preamble.ToArray(), ct);
        await WriteAsync(output, [["行号", "列", "原因", .. headers]], ct);
        var after = 0;
        while (await store.RejectedAsync(id, after, RowsPerPage, ct) is { Count: > 0 } rows)
        {
            await WriteAsync(output, rows.Select(row => Cells(row, places)), ct);
            after = rows[^1].RowNumber;
        }
    }

    private static string[] Cells(RejectedRow row, Dictionary<string, int> places)
    {
        var problems = JsonSerializer.Deserialize<List<CellProblem>>(row.Problems, ImportJson.Options)!;
        var cells = new string[places.Count + 3];
        Array.Fill(cells, "");
        cells[0] = row.RowNumber.ToString(CultureInfo.InvariantCulture);
        cells[1] = string.Join('、', problems.Select(problem => problem.Column).Where(column => column.Length > 0).Distinct());
        cells[2] = string.Join("；", problems.Select(problem => problem.Column.Length == 0 ? problem.Reason : $"{problem.Column}：{problem.Reason}"));
        for (var i = 0; i < row.Headers.Length; i++)
        {
            cells[places[row.Headers[i]] + 3] = row.Cells[i];
        }

        return cells;
    }

    private static async Task WriteAsync(Stream output, IEnumerable<string[]> rows, CancellationToken ct)
    {
        await using var text = new StringWriter(CultureInfo.InvariantCulture);
        foreach (var row in rows)
        {
            CsvWriter.WriteRow(text, row);
        }

        await output.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), ct);
    }
}
