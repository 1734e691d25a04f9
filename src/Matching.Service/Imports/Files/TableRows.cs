using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Matching.Service.Imports.Files;

/// <summary>A record of a sheet or CSV before anybody knows which one is the header.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Cells">Valid until the next record.</param>
/// <param name="QuotesBroken">Its quotes do not pair.</param>
/// <param name="Sound">All its cells are known to be such as can be kept.</param>
internal readonly record struct TableRecord(int Number, IReadOnlyList<string> Cells, bool QuotesBroken = false, bool Sound = false);

/// <summary>
/// Rows of a table below its header. The header is the one of the first records that has most names of columns; without any it is the first record, or the
/// first with several cells where a title line stands above. What stands above the header is left out.
/// </summary>
internal static partial class TableRows
{
    private const int Leading = 20;

    /// <param name="records">All records, empty ones included.</param>
    /// <param name="known">Whether a text is the name of a column; null: nobody knows names.</param>
    /// <param name="separated">Cells beyond the header come of a separator inside a cell; in a sheet they are remarks beside the table.</param>
    /// <param name="ct">Cancels.</param>
    public static async IAsyncEnumerable<FileRow> ReadAsync(
        IAsyncEnumerable<TableRecord> records, Func<string, bool>? known, bool separated, [EnumeratorCancellation] CancellationToken ct = default)
    {
        string[]? headers = null;
        var leading = new List<TableRecord>();
        await foreach (var record in records.WithCancellation(ct))
        {
            if (Filled(record) == 0)
            {
                continue;
            }

            if (record.Number > FileLimits.Rows)
            {
                throw HeaderRow.TooManyRows();
            }

            if (headers is not null)
            {
                yield return Row(record, headers, separated);
            }
            else if (known is null || leading.Count + 1 == Leading)
            {
                leading.Add(record with { Cells = [.. record.Cells] });
                headers = Header(leading, known, out var below);
                foreach (var row in below)
                {
                    yield return Row(row, headers, separated);
                }
            }
            else
            {
                leading.Add(record with { Cells = [.. record.Cells] });
            }
        }

        if (headers is null)
        {
            headers = leading.Count > 0 ? Header(leading, known, out var below) : throw new FileRefusedException("no_header", "没有找到表头：第一行须为列名。");
            foreach (var row in below)
            {
                yield return Row(row, headers, separated);
            }
        }
    }

    private static string[] Header(List<TableRecord> leading, Func<string, bool>? known, out IEnumerable<TableRecord> below)
    {
        var names = leading.ConvertAll(record => known is null ? 0 : record.Cells.Count(cell => known(CellText.Trim(cell))));
        var most = names.Max();
        var at = most > 0 ? names.IndexOf(most) : Math.Max(0, Filled(leading[0]) > 1 ? 0 : leading.FindIndex(record => Filled(record) > 1));
        below = leading.Skip(at + 1);
        return HeaderRow.Check(leading[at].Cells);
    }

    private static int Filled(TableRecord record)
    {
        var filled = 0;
        for (var i = 0; i < record.Cells.Count; i++)
        {
            filled += CellText.Trim(record.Cells[i]).Length > 0 ? 1 : 0;
        }

        return filled;
    }

    private static FileRow Row(TableRecord record, string[] headers, bool separated)
    {
        var cells = new string[headers.Length];
        var (filled, only) = (0, "");
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = i < record.Cells.Count ? CellText.Trim(record.Cells[i]) : "";
            (filled, only) = cells[i].Length > 0 ? (filled + 1, cells[i]) : (filled, only);
        }

        var broken = record.QuotesBroken ? new CellProblem("", "", "broken_quotes", "引号不成对：含引号的单元格须整体加引号，其中的引号写两遍。")
            : separated && record.Cells.Count > headers.Length && record.Cells.Skip(headers.Length).Any(cell => CellText.Trim(cell).Length > 0)
                ? new CellProblem("", "", "too_many_cells", $"单元格比表头多（{record.Cells.Count} 对 {headers.Length}）：单元格内的分隔符须用引号括起来。")
            : filled == 1 && headers.Length > 2 && Remark().IsMatch(only) ? new CellProblem("", CellText.Excerpt(only), "remark_line", "这一行是说明或合计，不是数据。")
            : record.Sound ? null : CellText.FirstBad(headers, cells);
        return new FileRow(record.Number, headers, cells, broken);
    }

    [GeneratedRegex(@"^[(（【]?(注|备注|说明|填表|填报|制表|审核|合计|总计|小计|共计)")]
    private static partial Regex Remark();
}
