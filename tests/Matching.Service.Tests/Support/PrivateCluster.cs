using System.Globalization;
using Matching.Service.Data;

namespace Matching.Service.Tests.Support;

/// <summary>The PostgreSQL server of this test run: a throw-away cluster, or the one that MATCHING_TEST_DB names.</summary>
internal static class PrivateCluster
{
    private static readonly string Root = Path.Combine(Path.GetTempPath(), "matching-tests");

    public static string ConnectionString { get; } = Environment.GetEnvironmentVariable("MATCHING_TEST_DB") is { Length: > 0 } named ? named : Start();

    private static string Start()
    {
        RemoveLeftovers();
        var folder = Path.Combine(Root, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        var cluster = EmbeddedCluster.StartAsync(folder, new EmbeddedClusterOptions(Durable: false, MaxConnections: 300), CancellationToken.None).GetAwaiter().GetResult();
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            cluster.DisposeAsync().AsTask().GetAwaiter().GetResult();
            Directory.Delete(folder, recursive: true);
        };
        return cluster.ConnectionString("postgres");
    }

    // A run that was killed leaves its server behind; the folder's name is the process that started it.
    private static void RemoveLeftovers()
    {
        Directory.CreateDirectory(Root);
        // Several runs may start at once; one of them tidies up.
        using var tidying = TryLock();
        if (tidying is null)
        {
            return;
        }

        foreach (var folder in Directory.EnumerateDirectories(Root))
        {
            var dead = int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var process) && !Directory.Exists($"/proc/{process}");
            if (dead)
            {
                PostgresBinaries.Find().TryRunAsync("pg_ctl", ["-D", Path.Combine(folder, "pg"), "-m", "immediate", "-w", "stop"], CancellationToken.None).GetAwaiter().GetResult();
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static FileStream? TryLock()
    {
        try
        {
            return new FileStream(Path.Combine(Root, "tidying.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null; // somebody else is at it
        }
    }
}
