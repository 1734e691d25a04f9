using System.Globalization;
using System.Reflection;

namespace Matching.Service.Reference;

/// <summary>The project's own reference files, embedded: tab separated, one header line, lists joined by "|".</summary>
internal static class ReferenceFile
{
    public static IReadOnlyList<ReferenceCode> Codes(string file) => [.. Rows(file).Select(cells => new ReferenceCode(
        cells[0], int.Parse(cells[1], CultureInfo.InvariantCulture), cells[2], cells[3], Text(cells[4]),
        cells[5].Length == 0 ? null : int.Parse(cells[5], CultureInfo.InvariantCulture), Date(cells[6]), Date(cells[7]), Text(cells[8]), List(cells[9]), List(cells[10])))];

    public static IReadOnlyList<(string From, string[] To)> Links(string file) => [.. Rows(file).Select(cells => (cells[0], List(cells[1])))];

    public static byte[] Bytes(string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Reference/{file}.tsv")
            ?? throw new InvalidOperationException($"No reference file {file}.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    public static IEnumerable<string[]> Rows(string file) =>
        System.Text.Encoding.UTF8.GetString(Bytes(file)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split('\t'));

    private static string? Text(string cell) => cell.Length == 0 ? null : cell;

    private static DateOnly? Date(string cell) => cell.Length == 0 ? null : DateOnly.ParseExact(cell, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string[] List(string cell) => cell.Length == 0 ? [] : cell.Split('|');
}
