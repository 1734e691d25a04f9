namespace Matching.Service.Imports.Files;

/// <summary>The header of a sheet or CSV: which columns count and what they are called.</summary>
internal static class HeaderRow
{
    /// <summary>The headers up to the last one named; columns without a name in between stay, as "".</summary>
    /// <exception cref="FileRefusedException">No header, one name twice, too many columns, or no text at all.</exception>
    public static string[] Check(IEnumerable<string> cells)
    {
        string[] headers = [.. cells.Select(CellText.Trim)];
        var length = Array.FindLastIndex(headers, header => header.Length > 0) + 1;
        headers = headers[..length];
        if (length == 0)
        {
            throw new FileRefusedException("no_header", "没有找到表头：第一行须为列名。");
        }

        if (CellText.FirstBad(headers, headers) is { } bad)
        {
            throw new FileRefusedException("unknown_format", $"表头无法读取（{bad.Value}）：只接受 .xlsx、.csv（UTF-8 或 GB18030）和 NDJSON 文件。");
        }

        if (length > FileLimits.Columns)
        {
            throw new FileRefusedException("too_many_columns", $"列数超过 {FileLimits.Columns}。");
        }

        if (headers.Where(header => header.Length > 0).GroupBy(CellText.HeaderKey).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new FileRefusedException("duplicate_header", $"列名“{twice.First()}”出现了 {twice.Count()} 次。");
        }

        return headers;
    }

    public static FileRefusedException TooManyRows() => new("too_many_rows", $"行数超过 {FileLimits.Rows}，请拆成几个文件。");
}
