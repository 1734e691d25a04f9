using System.Text;
using Matching.Benchmarks.Skills;
using Matching.Service.Features.Demands;
using Matching.Service.Imports;
using Matching.Service.Imports.Files;
using Matching.Service.Imports.Mapping;
using Matching.Service.Imports.References;
using Matching.Service.Reference;

namespace Matching.Benchmarks.Ingest;

/// <summary>What each check costs a row, µs of processor time: one after the other over the same rows, the third pass counts.</summary>
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
        Measure("occupation from the title", () => scans.ForEach(scan => coder(scan.Raw(DemandColumns.Title))));
        Measure("region", () => scans.ForEach(scan => DemandCells.Region(scan, codes)));
        Measure("pay", () => scans.ForEach(scan => DemandCells.Wage(scan)));
        Measure("headcount", () => scans.ForEach(scan => DemandCells.Headcount(scan)));
        Measure("dates", () => scans.ForEach(scan => scan.Date(DemandColumns.OpenedOn)));
        Measure("education", () => scans.ForEach(scan => codes.Education(scan, DemandColumns.Education)));
        Measure("skill names", () => scans.ForEach(scan => SkillNames.Read(scan, DemandColumns.MustSkills)));
        var rules = new RegionRules(RegionRules.Defaults);
        Measure("law and rules", () => scans.ForEach(scan => DemandImportLaw.Check(scan, tables, rules, new DemandTerms("EMPLOYMENT", 8000, null, null))));
        var skills = new SkillReading(SkillTextVerb.Vocabulary(), new SkillWords(0, []));
        Measure("skills from the text", () => scans.ForEach(scan => skills.Skills(scan.Raw(DemandColumns.Description))));
        Bare(tables, count, Measure);
        return Task.CompletedTask;

        void Measure(string name, Action run)
        {
            run();
            run();
            // Processor time: on a shared machine the clock tells of the neighbours.
            var before = Environment.CpuUsage.TotalTime;
            run();
            results[$"us_per_row {name}"] = (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / count;
        }
    }

    /// <summary>The same for a row of the bare table, into a buffer that goes nowhere.</summary>
    private static void Bare(ReferenceTables tables, int count, Action<string, Action> measure)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, count).Select(i => BareRows.Row(i) + "\n")));
        var kind = new BareFeed(tables);
        var map = new ColumnMap(kind, new CellReading(tables));
        List<FileRow> rows = [];
        List<RowScan> scans = [];
        List<StagedRow> staged = [];
        measure("bare: reading the line", () => rows = [.. NdjsonRows.ReadAsync(new MemoryStream(bytes)).ToBlockingEnumerable()]);
        measure("bare: columns and personal data", () => scans = [.. rows.Select(map.Scan)]);
        measure("bare: cells", () => staged = scans.ConvertAll(kind.Read));
        measure("bare: seen before", () => Judge(new ImportPass(), scans, staged));
        measure("bare: all but the copy, one row after the other", () =>
        {
            var pass = new ImportPass();
            foreach (var row in NdjsonRows.ReadAsync(new MemoryStream(bytes)).ToBlockingEnumerable())
            {
                var scan = map.Scan(row);
                pass.Judge(scan, kind.Read(scan));
            }
        });

        static void Judge(ImportPass pass, List<RowScan> scans, List<StagedRow> staged)
        {
            for (var i = 0; i < scans.Count; i++)
            {
                pass.Judge(scans[i], staged[i]);
            }
        }
    }
}
