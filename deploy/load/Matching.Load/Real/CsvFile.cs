using System.Text;

namespace Matching.Load.Real;

/// <summary>A well-formed CSV (RFC 4180) with a header; a row answers by column name, a missing column is an error.</summary>
internal static class CsvFile
{
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(string path)
    {
        var records = Records(File.ReadAllText(path)).ToList();
        var header = records[0];
        return [.. records.Skip(1).Where(record => record.Count == header.Count).Select(record => header.Zip(record).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    private static IEnumerable<List<string>> Records(string text)
    {
        var record = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        foreach (var sign in text)
        {
            if (sign == '"')
            {
                // The second of two quotes opens the cell again, so the pair stands for one.
                quoted = !quoted;
                cell.Append(sign);
            }
            else if (quoted || sign is not (',' or '\n'))
            {
                cell.Append(sign);
            }
            else
            {
                record.Add(Plain(cell.ToString()));
                cell.Clear();
                if (sign == '\n')
                {
                    yield return record;
                    record = [];
                }
            }
        }
    }

    private static string Plain(string cell)
    {
        var trimmed = cell.TrimEnd('\r');
        return trimmed is ['"', .. var inner, '"'] ? inner.Replace("\"\"", "\"", StringComparison.Ordinal) : trimmed;
    }
}
