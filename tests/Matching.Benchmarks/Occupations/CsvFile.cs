using System.Text;

namespace Matching.Benchmarks.Occupations;

/// <summary>Comma-separated rows by header name: BOM, quotes, quoted line ends; a missing column reads as empty. Tab- and semicolon-separated headers are understood too.</summary>
internal static class CsvFile
{
    public static IEnumerable<Func<string, string>> Read(string path)
    {
        var text = File.ReadAllText(path, Encoding.UTF8).TrimStart('\uFEFF');
        var first = text.Split('\n', 2)[0];
        var separator = first.Contains(',', StringComparison.Ordinal) ? ',' : first.Contains('\t', StringComparison.Ordinal) ? '\t' : first.Contains(';', StringComparison.Ordinal) ? ';' : ',';
        Dictionary<string, int>? columns = null;
        foreach (var cells in Rows(text, separator))
        {
            if (columns is null)
            {
                columns = cells.Select((name, at) => (Name: name.Trim().ToLowerInvariant(), at)).GroupBy(pair => pair.Name).ToDictionary(group => group.Key, group => group.First().at);
            }
            else if (cells.Any(cell => cell.Length > 0))
            {
                var known = columns;
                yield return name => known.TryGetValue(name, out var at) && at < cells.Count ? cells[at].Trim() : "";
            }
        }
    }

    public static string Cell(string value) =>
        value.AsSpan().IndexOfAny(",\"\n\r") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static IEnumerable<List<string>> Rows(string text, char separator)
    {
        var (row, cell, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted)
            {
                if (c != '"')
                {
                    cell.Append(c);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    cell.Append('"');
                    i++;
                }
                else
                {
                    quoted = false;
                }
            }
            else if (c == '"' && cell.Length == 0)
            {
                quoted = true;
            }
            else if (c == separator || c == '\n')
            {
                row.Add(cell.ToString().TrimEnd('\r'));
                cell.Clear();
                if (c == '\n')
                {
                    yield return row;
                    row = [];
                }
            }
            else
            {
                cell.Append(c);
            }
        }

        if (cell.Length > 0 || row.Count > 0)
        {
            row.Add(cell.ToString().TrimEnd('\r'));
            yield return row;
        }
    }
}
