using System.Globalization;
using Matching.Service;
using Matching.Service.Data;
using Matching.Service.Features.Matches;
using Matching.Service.Jobs;
using Matching.Service.Reference;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Benchmarks.Nightly;

/// <summary>The nightly run from PostgreSQL to PostgreSQL: the product's own job, ledger and tables, as many workers as processors.</summary>
internal static class NightlyVerb
{
    public const string Usage = "[--demands 100000] [--graduates 1000000] [--workers N] [--runs 1] [--keep FOLDER] | --index [--graduates 1000000]   the nightly run, PostgreSQL to PostgreSQL";

    public static async Task<int> RunAsync(string[] args)
    {
        var (demands, graduates) = (Number(args, "--demands", 100_000), Number(args, "--graduates", 1_000_000));
        if (args.Contains("--index"))
        {
            await IndexCost.RunAsync(demands, graduates);
            return 0;
        }

        var kept = Option(args, "--keep");
        var folder = kept ?? Directory.CreateTempSubdirectory("matching-nightly-").FullName;
        try
        {
            await using var cluster = await EmbeddedCluster.StartAsync(folder, new EmbeddedClusterOptions(Durable: false), CancellationToken.None);
            await using var services = Services(cluster.ConnectionString("postgres"), Number(args, "--workers", Environment.ProcessorCount));
            await services.GetRequiredService<Migrator>().ApplyAsync(CancellationToken.None);
            await NightlyData.FillAsync(cluster.ConnectionString("postgres"), demands, graduates);
            for (var run = 0; run < Number(args, "--runs", 1); run++)
            {
                await new NightlyRun(services).RunAsync();
            }

            return 0;
        }
        finally
        {
            if (kept is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static ServiceProvider Services(string connection, int workers)
    {
        var options = new MatchingOptions { ConnectionString = connection, RunJobs = false, JobWorkers = workers };
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<ReferenceTables>();
        services.AddData(options);
        services.AddJobs(options);
        services.AddMatches(options);
        return services.BuildServiceProvider();
    }

    private static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

    private static int Number(string[] args, string name, int standard) => Option(args, name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : standard;
}
