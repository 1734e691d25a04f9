using System.Globalization;
using Matching.Benchmarks.Match.Data;
using Matching.Service.Data;

namespace Matching.Benchmarks.Match.Stored;

/// <summary>Task F from PostgreSQL to PostgreSQL: both sides read from tables, every graduate's best written to one.</summary>
internal static class MatchStored
{
    public const string Usage = "--stored [--set C] [--demands 100000] [--graduates 1000000] [--k 20] [--rounds 1] [--threads 2] [--keep FOLDER]";

    public static async Task<int> RunAsync(MatchOptions options)
    {
        var kept = options.Text("--keep", "");
        var folder = kept.Length > 0 ? kept : Directory.CreateTempSubdirectory("matching-stored-").FullName;
        try
        {
            await using var cluster = await EmbeddedCluster.StartAsync(folder, new(), CancellationToken.None);
            var tables = new StoredTables(cluster.ConnectionString("postgres"));
            var (set, demands, graduates) = (options.Set, options.Number("--demands", 100_000), options.Number("--graduates", 1_000_000));
            // What was generated is gone before anything is measured.
            await tables.FillAsync(set, demands, graduates);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"set {set}, {demands:n0} demands, {graduates:n0} graduates, best {options.Number("--k", 20)} of task F, PostgreSQL to PostgreSQL; seconds"));
            var run = new StoredRun(tables, options.Number("--k", 20), options.Number("--threads", 2));
            for (var round = 0; round < options.Number("--rounds", 1); round++)
            {
                Console.WriteLine(await run.RunAsync());
            }

            var (jobs, seekers) = new BenchGenerator(set).Create(demands, graduates);
            var (same, of) = await new StoredCheck(jobs, seekers).CountSameAsync(tables, options.Number("--k", 20));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"exact_checked {of:n0} lists read back, {of - same} different"));
            return same == of ? 0 : 1;
        }
        finally
        {
            if (kept.Length == 0)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
