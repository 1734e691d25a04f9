using Matching.Service.Data;
using Npgsql;

namespace Matching.Service.Tests.Data;

public sealed class EmbeddedClusterTests : IDisposable
{
    private static readonly EmbeddedClusterOptions Options = new(Durable: false, MaxConnections: 20);
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"matching-cluster-{Guid.NewGuid():n}");

    [Fact]
    public async Task Start_FindsItsDataAgain_AfterAStop()
    {
        await using (var first = await EmbeddedCluster.StartAsync(_folder, Options, CancellationToken.None))
        {
            await first.EnsureDatabaseAsync("matching", CancellationToken.None);
            await first.EnsureDatabaseAsync("matching", CancellationToken.None);
            await ExecuteAsync(first, "CREATE TABLE kept AS SELECT 7 AS value");
        }

        await using var second = await EmbeddedCluster.StartAsync(_folder, Options, CancellationToken.None);
        Assert.Equal(7, await ExecuteAsync(second, "SELECT value FROM kept"));
    }

    [Fact]
    public async Task Start_SortsAndSplitsChinese()
    {
        await using var cluster = await EmbeddedCluster.StartAsync(_folder, Options, CancellationToken.None);
        await cluster.EnsureDatabaseAsync("matching", CancellationToken.None);

        Assert.Equal("阿,波,重庆", await ExecuteAsync(cluster, "SELECT string_agg(v, ',' ORDER BY v) FROM (VALUES ('重庆'), ('波'), ('阿')) AS t(v)"));
        Assert.Equal(true, await ExecuteAsync(cluster, "SELECT '护理' ~ '[[:alpha:]]'"));
    }

    // A second process attaches (here: the lock is held by the first), and its end leaves the server running.
    [Fact]
    public async Task Dispose_LeavesTheServerRunning_WhenAnotherOwnsIt()
    {
        await using var owner = await EmbeddedCluster.StartAsync(_folder, Options, CancellationToken.None);
        await owner.EnsureDatabaseAsync("matching", CancellationToken.None);
        await using (var attached = await EmbeddedCluster.StartAsync(_folder, Options, CancellationToken.None))
        {
            Assert.Equal(1, await ExecuteAsync(attached, "SELECT 1"));
        }

        Assert.Equal(1, await ExecuteAsync(owner, "SELECT 1"));
    }

    [Fact]
    public async Task Start_ReplacesAFolder_ThatAnInterruptedStartLeftHalfMade()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "pg.unfinished", "base"));

        await using var cluster = await EmbeddedCluster.StartAsync(_folder, Options, CancellationToken.None);

        Assert.False(Directory.Exists(Path.Combine(_folder, "pg.unfinished")));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<object?> ExecuteAsync(EmbeddedCluster cluster, string sql)
    {
        await using var connection = new NpgsqlConnection(cluster.ConnectionString("matching") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
