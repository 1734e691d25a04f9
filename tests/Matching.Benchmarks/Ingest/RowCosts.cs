using System.Diagnostics;
using System.Text;
using Matching.Service.Features.Demands;
using Matching.Service.Imports;
using Matching.Service.Imports.Files;
using Matching.Service.Imports.Mapping;
using Matching.Service.Imports.References;
using Matching.Service.Reference;

namespace Matching.Benchmarks.Ingest;

/// <summary>What each check costs a row of demands, µs: one after the other over the same rows, the second pass counts.</summary>
internal static class RowCosts
{
    public static Task RunAsync(int count, SortedDictionary<string, double> results)
    {
        var tables = new ReferenceTables();
        var kind = new DemandImport(tables, new SkillVocabulary(), TimeProvider.System);
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, count).Select(i => FeedRows.Demand(i, 4) + "\n")));
        List<FileRow> rows = [];
        Measure("reading the line", () => rows = [.. NdjsonRows.ReadAsync(new MemoryStream(bytes)).ToBlockingEnumerable()]);
        var map = new ColumnMap(kind, new CellReading(tables));
        map.Sample([.. rows.Take(ColumnMap.SampleRows)]);
        map.Decide(new Dictionary<string, string?>());
        List<RowScan> scans = [];
        Measure("columns and personal data", () => scans = [.. rows.Select(map.Scan)]);
        var codes = new CodeCells(tables);
        var coder = codes.TitleCoder(new Dictionary<string, string>());
        Measure("occupation from the title", () => scans.ForEach(scan => coder(scan.Raw(DemandColumns.Title), scan.Raw(DemandColumns.Description))));
        Measure("region", () => scans.ForEach(scan => DemandCells.Region(scan, codes)));
        Measure("pay", () => scans.ForEach(scan => DemandCells.Wage(scan)));
        Measure("headcount", () => scans.ForEach(scan => DemandCells.Headcount(scan)));
        Measure("dates", () => scans.ForEach(scan => scan.Date(DemandColumns.OpenedOn)));
        Measure("education", () => scans.ForEach(scan => codes.Education(scan, DemandColumns.Education)));
        Measure("skill names", () => scans.ForEach(scan => SkillNames.Read(scan, DemandColumns.MustSkills)));
        var rules = new RegionRules(RegionRules.Defaults);
        Measure("law and rules", () => scans.ForEach(scan => DemandImportLaw.Check(scan, tables, rules, new DemandTerms("EMPLOYMENT", 8000, null, null))));
        var words = new SkillWords(1, SkillSeed());
        var skills = new SkillReading(words, words);
        Measure("skills from the text", () => scans.ForEach(scan => skills.Skills(scan.Raw(DemandColumns.Description))));
        return Task.CompletedTask;

        void Measure(string name, Action run)
        {
            run();
            var watch = Stopwatch.StartNew();
            run();
            results[$"us_per_row {name}"] = watch.Elapsed.TotalMicroseconds / count;
        }
    }

    private static List<SkillWord> SkillSeed() =>
        [.. Enumerable.Range(1, 600).Select(i => new SkillWord(i, $"技能{i}", $"技能{i}", "")), new(700, "PLC编程", "PLC编程", ""), new(701, "机械制图", "机械制图", "")];
}
