using System.Globalization;
using System.Text;
using Matching.Engine.Occupations;
using Matching.Service.Reference;

namespace Matching.Benchmarks.Occupations;

/// <summary>Ranks what files ask for, scores rankings against truth files, and cross-validates the ranking of majors' occupations.</summary>
internal static class EvalVerbs
{
    public const string Usage = """
        titles QUERIES.csv CORPUS.csv OUT.csv
               major-occupations MAJORS.csv OUT.csv [--blind]      blind: a known major's own links are left out
               occupations TITLES.csv OUT.csv
               score titles OUT.csv QRELS.csv [QUERIES.csv CORPUS.csv]   with these two, identical titles are left out
               score major-occupations OUT.csv LINKS.csv
               cross-validate [FOLDS] [SEED] [--by-class]          majors' occupations, learned from the other folds alone
               fit-majors                                          prints the weights fitted on all links
        """;

    private const int MajorRows = 50;
    private const int TitleRows = 10;

    public static Task<int> RunAsync(string[] args)
    {
        switch (args)
        {
            case ["titles", var queries, var corpus, var output]:
                Titles(queries, corpus, output);
                break;
            case ["major-occupations", var majors, var output, .. var options]:
                MajorOccupations(majors, output, options.Contains("--blind"));
                break;
            case ["occupations", var titles, var output]:
                Occupations(titles, output);
                break;
            case ["score", "titles", var output, var relevant, .. var files]:
                TitleScores.Print(output, relevant, files);
                break;
            case ["score", "major-occupations", var output, var links]:
                ScoreMajors(output, links);
                break;
            case ["cross-validate", .. var options]:
                var numbers = options.Where(option => !option.StartsWith('-')).Select(option => int.Parse(option, CultureInfo.InvariantCulture)).ToArray();
                MajorCrossValidation.Run(numbers.ElementAtOrDefault(0) is > 1 and var folds ? folds : 5, numbers.Length > 1 ? numbers[1] : 1, options.Contains("--by-class"));
                break;
            case ["fit-majors"]:
                MajorCrossValidation.PrintWeights();
                break;
            default:
                Console.Error.WriteLine(Usage);
                return Task.FromResult(2);
        }

        return Task.FromResult(0);
    }

    private static void Titles(string queries, string corpus, string output)
    {
        var titles = CsvFile.Read(corpus).Select(row => (Id: row("c_id"), Title: row("job_title"))).ToList();
        var ranking = new TitleRanking([.. titles.Select(title => title.Title)]);
        Write(output, "q_id,c_id,score", CsvFile.Read(queries).SelectMany(row => ranking.Rank(row("job_title"))
            .Select(hit => Invariant($"{CsvFile.Cell(row("q_id"))},{CsvFile.Cell(titles[hit.Title].Id)},{hit.Score}"))));
    }

    // The score only falls along the list: it holds two rankings in one (see the ranker), so a reader that sorts by it gets the list back.
    private static void MajorOccupations(string majors, string output, bool blind)
    {
        var tables = new ReferenceTables();
        var known = OccupationFiles.Majors(tables.Majors);
        var links = OccupationFiles.Links(known);
        var ranker = new MajorOccupationRanker(OccupationFiles.Occupations(tables.Occupations), OccupationFiles.Groups(tables.Occupations), links, known);
        var byCode = known.ToDictionary(major => major.Code);
        var byName = known.ToLookup(major => major.Name);
        Write(output, "major_code,occupation_code,score", CsvFile.Read(majors).Select(row => (Code: row("major_code"), Name: row("major_name"))).Distinct().SelectMany(asked =>
        {
            var found = byCode.GetValueOrDefault(asked.Code);
            var namesake = byName[asked.Name].OrderByDescending(major => major.Courses.Count).FirstOrDefault();
            var text = new MajorText(asked.Code, asked.Name.Length > 0 ? asked.Name : found?.Name ?? "", found?.Courses is { Count: > 0 } own ? own : namesake?.Courses ?? []);
            var ranked = ranker.Rank(ranker.View(text), MajorWeights.Fitted, i => !blind || links[i].Major.Code != asked.Code, MajorRows);
            return ranked.Select((item, at) => Invariant($"{CsvFile.Cell(asked.Code)},{item.Code},{MajorRows - at}"));
        }));
    }

    private static void Occupations(string titles, string output)
    {
        var tables = new ReferenceTables();
        Write(output, "id,occupation_code,score", CsvFile.Read(titles).SelectMany(row => tables.Titles.Code(row("title"), TitleRows, row("text"))
            .Select(coded => Invariant($"{CsvFile.Cell(row("id"))},{coded.Code},{coded.Confidence}"))));
    }

    private static void ScoreMajors(string output, string links)
    {
        var ranked = CsvFile.Read(output).GroupBy(row => row("major_code"), row => row("occupation_code")).ToDictionary(group => group.Key, group => group.ToList());
        var measures = new OccupationMeasures();
        foreach (var major in CsvFile.Read(links).GroupBy(row => row("major_code"), row => row("occupation_code")))
        {
            measures.Add(ranked.GetValueOrDefault(major.Key) ?? [], major.ToHashSet());
        }

        Console.WriteLine(measures);
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static void Write(string path, string header, IEnumerable<string> lines) => File.WriteAllLines(path, lines.Prepend(header), new UTF8Encoding(false));
}
