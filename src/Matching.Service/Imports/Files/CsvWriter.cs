using System.Buffers;

namespace Matching.Service.Imports.Files;

/// <summary>Writes a CSV that Excel opens rightly: UTF-8 with its mark (the writer's encoding), CRLF, and no cell that it would run as a formula.</summary>
internal static class CsvWriter
{
    private static readonly SearchValues<char> NeedsQuotes = SearchValues.Create("\",\r\n;\t");

    public static void WriteRow(TextWriter writer, IEnumerable<string> cells)
    {
        var separator = "";
        foreach (var cell in cells)
        {
            writer.Write(separator);
            writer.Write(Quote(Neutral(cell)));
            separator = ",";
        }

        writer.Write("\r\n");
    }

    /// <summary>A leading apostrophe keeps = + - @ TAB and CR from starting a formula; a plain number may keep its sign.</summary>
    public static string Neutral(string cell) =>
        cell.Length > 0 && (cell[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '＝' or '＋' or '－' or '＠') && !IsNumber(cell) ? "'" + cell : cell;

    private static bool IsNumber(string cell) =>
        cell[0] is '-' or '+' && cell.Length > 1 && cell.AsSpan(1).TrimStart("0123456789.").IsEmpty;

    private static string Quote(string cell) =>
        cell.AsSpan().ContainsAny(NeedsQuotes) ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
