namespace Matching.Benchmarks.Occupations;

/// <summary>Mean average precision of ranked titles; with queries and corpus at hand also without each query's identical title.</summary>
internal static class TitleScores
{
    public static void Print(string output, string relevant, string[] files)
    {
        var truth = CsvFile.Read(relevant).Where(row => row("relevance") is "" or not "0").ToLookup(row => row("q_id"), row => row("c_id"));
        var ranked = CsvFile.Read(output).ToLookup(row => row("q_id"), row => row("c_id"));
        Print("as is", truth, query => ranked[query]);
        if (files is [var queries, var corpus])
        {
            var titles = CsvFile.Read(corpus).ToDictionary(row => row("c_id"), row => row("job_title"));
            var asked = CsvFile.Read(queries).ToDictionary(row => row("q_id"), row => row("job_title"));
            Print("without identical titles", truth, query => ranked[query].Where(id => !titles[id].Equals(asked[query], StringComparison.OrdinalIgnoreCase)));
        }
    }

    private static void Print(string label, ILookup<string, string> truth, Func<string, IEnumerable<string>> ranked)
    {
        var precision = truth.Select(query => AveragePrecision(ranked(query.Key), query.ToHashSet())).ToList();
        Console.WriteLine(FormattableString.Invariant($"MAP {precision.Average():0.000} over {precision.Count} queries, {label}"));
    }

    private static double AveragePrecision(IEnumerable<string> ranked, HashSet<string> truth)
    {
        var (at, hits, sum) = (0, 0, 0.0);
        foreach (var id in ranked)
        {
            at++;
            if (truth.Contains(id))
            {
                sum += (double)++hits / at;
            }
        }

        return sum / truth.Count;
    }
}
