using System.Globalization;
using System.Text;
using Matching.Engine.Duplicates;
using Matching.Engine.Normalizing;

namespace Matching.Benchmarks.Duplicates;

/// <summary>
/// Links the postings of two boards as an import would and prints a seeded sample of linked pairs and of near misses (pairs of one company and place that are alike but not
/// linked), to be read by people. The files stay where they are; nothing of them is kept.
/// </summary>
internal static class EvaluateDuplicates
{
    public static Task<int> RunAsync(string[] args)
    {
        var folder = args.Length > 0 ? args[0] : "";
        var sample = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 50;
        if (!File.Exists(Path.Combine(folder, "match_cn_taidi_5iai", "jobs.csv")))
        {
            Console.Error.WriteLine("The folder holds no postings: nothing to evaluate.");
            return Task.FromResult(2);
        }

        Report("5iai (texts)", Read(Path.Combine(folder, "match_cn_taidi_5iai", "jobs.csv"), Taidi), sample);
        Report("51job (no texts)", Read(Path.Combine(folder, "jobs_cn_51job_2023", "jobs.csv"), Job51), sample);
        return Task.FromResult(0);
    }

    private static void Report(string name, (string Company, Posting Posting)[] postings, int sample)
    {
        var byId = postings.ToDictionary(row => row.Posting.Id, row => row.Posting);
        var links = postings.GroupBy(row => row.Company)
            .SelectMany(company => DuplicateFinder.Find([], company.Select(row => row.Posting), (_, _) => false)).ToArray();
        var linked = links.Select(link => (link.Id, link.Leader)).ToHashSet();
        var copies = links.Select(link => link.Id).ToHashSet();
        Console.WriteLine($"== {name}: {postings.Length} postings, {postings.Select(row => row.Company).Distinct().Count()} companies, {links.Length} linked");
        var random = new Random(7);
        foreach (var link in links.OrderBy(_ => random.Next()).Take(sample))
        {
            Print($"LINKED {link.Reason} {link.Similarity}", byId[link.Leader], byId[link.Id]);
        }

        var misses = postings.GroupBy(row => (row.Company, row.Posting.Region))
            .SelectMany(group => group.SelectMany((a, i) => group.Skip(i + 1).Select(b => (A: a.Posting, B: b.Posting))))
            .Where(pair => !copies.Contains(pair.A.Id) && !copies.Contains(pair.B.Id) && Near(pair.A, pair.B)).OrderBy(_ => random.Next()).ToArray();
        Console.WriteLine($"== {name}: {misses.Length} near misses");
        foreach (var (a, b) in misses.Take(sample))
        {
            Print("APART", a, b);
        }
    }

    // Half alike, or one title: what a person might hold for the same.
    private static bool Near(Posting a, Posting b)
    {
        var (x, y) = (TextShingles.Of(a.Text), TextShingles.Of(b.Text));
        var shared = TextShingles.Shared(x, y);
        return (x.Length + y.Length > 0 && 2 * shared >= x.Length + y.Length - shared) || TextKey.Of(a.Title) == TextKey.Of(b.Title);
    }

    private static void Print(string verdict, Posting a, Posting b)
    {
        var (x, y) = (TextShingles.Of(a.Text), TextShingles.Of(b.Text));
        var shared = TextShingles.Shared(x, y);
        Console.WriteLine($"{verdict} [{100 * shared / Math.Max(1, x.Length + y.Length - shared)}%]\n   {Line(a)}\n   {Line(b)}");
    }

    private static string Line(Posting p) => $"{p.Title} | {p.Region} | {p.OpenedOn:yyyy-MM-dd} | {p.Headcount} | {p.Terms} | {(p.Text.Length > 110 ? p.Text[..110] : p.Text)}";

    private static (string, Posting)[] Read(string path, Func<Dictionary<string, string>, long, (string, Posting)> make)
    {
        var records = Records(File.ReadAllText(path)).ToArray();
        return [.. records.Skip(1).Where(record => record.Count == records[0].Count).Select((record, i) => make(records[0].Zip(record).ToDictionary(pair => pair.First, pair => pair.Second), i + 1))];
    }

    private static (string, Posting) Taidi(Dictionary<string, string> row, long id) => (row["company"], new(
        id, row["kind"], false, row["city"], null, row["title"], row["description"], $"{row["education"]}|{row["experience_years"]}|{row["salary_min"]}|{row["salary_max"]}",
        int.TryParse(row["headcount"], out var seats) ? seats : 1, DateOnly.Parse(row["deadline"].Split(' ')[0], CultureInfo.InvariantCulture).AddDays(-90), DateOnly.MaxValue));

    private static (string, Posting) Job51(Dictionary<string, string> row, long id) => (row["company"], new(
        id, row["job_type"], false, row["city"] + row["district"], null, row["title"], row["tags"], $"{row["education"]}|{row["experience"]}|{row["salary_raw"]}",
        1, DateOnly.Parse(row["published_at"].Split(' ')[0], CultureInfo.InvariantCulture), DateOnly.MaxValue));

    private static IEnumerable<List<string>> Records(string text)
    {
        var (record, cell, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            var sign = text[i];
            if (sign == '"')
            {
                if (quoted && i + 1 < text.Length && text[i + 1] == '"')
                {
                    cell.Append('"');
                    i++;
                }
                else
                {
                    quoted = !quoted;
                }
            }
            else if (quoted || sign is not (',' or '\n'))
            {
                cell.Append(sign);
            }
            else
            {
                record.Add(cell.ToString().TrimEnd('\r'));
                cell.Clear();
                if (sign == '\n')
                {
                    yield return record;
                    record = [];
                }
            }
        }
    }
}
