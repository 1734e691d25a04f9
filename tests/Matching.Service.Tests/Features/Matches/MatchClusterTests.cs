using Dapper;
using Matching.Service.Jobs;
using Matching.Service.Tests.Jobs;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Matches;

/// <summary>Two real service processes share a run on one database; one is killed in the middle of it.</summary>
public class MatchClusterTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int Workers = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task TwoNodes_ShareARun_AndAKillCostsWhatTheKilledOneHadInHand()
    {
        var corpus = await MatchCorpus.CreateAsync(database, 300, 400);
        await using var first = ServiceProcess.Start(database);
        await using var second = ServiceProcess.Start(database);
        var shared = await EnqueueAsync(corpus);
        await UntilAsync("SELECT state = 'SUCCEEDED' FROM job_run WHERE id = @id", shared);
        var oracle = await corpus.OracleAsync();
        Assert.Equal(oracle, await corpus.ListsAsync());
        Assert.Equal([first.Node, second.Node], (await PiecesAsync(shared)).Select(piece => piece.Node).Distinct().Order());

        var killed = await EnqueueAsync(corpus);
        await UntilAsync("SELECT count(*) >= 5 FROM job_shard WHERE run_id = @id AND phase = 'WORK' AND state = 'DONE' AND node = @text", killed, second.Node);
        second.Kill();
        await UntilAsync("SELECT state = 'SUCCEEDED' FROM job_run WHERE id = @id", killed);
        Assert.Equal(oracle, await corpus.ListsAsync());
        var again = (await PiecesAsync(killed)).Where(piece => piece.Attempts > 1).ToList();
        Assert.InRange(again.Count, 0, Workers);
        Assert.All(again, piece => Assert.Equal((first.Node, 2), (piece.Node, piece.Attempts)));
    }

    private async Task<long> EnqueueAsync(MatchCorpus corpus)
    {
        await using var session = corpus.Open();
        var run = await JobLedger.EnqueueNowAsync(session, "recompute-matches", """{"rows": 5}""", default);
        await session.CommitAsync(default);
        return run;
    }

    private async Task<IReadOnlyList<(string Node, int Attempts)>> PiecesAsync(long run)
    {
        await using var connection = await database.Owner.OpenConnectionAsync();
        return (await connection.QueryAsync<(string, int)>("SELECT node, attempts FROM job_shard WHERE run_id = @run AND phase = 'WORK' ORDER BY number", new { run })).AsList();
    }

    private async Task UntilAsync(string sql, long id, string? text = null)
    {
        await using var connection = await database.Owner.OpenConnectionAsync();
        for (var until = DateTime.UtcNow + Patience; !await connection.ExecuteScalarAsync<bool>(sql, new { id, text });)
        {
            Assert.True(DateTime.UtcNow < until, $"not so after {Patience.TotalSeconds} s: {sql}");
            await Task.Delay(20);
        }
    }
}
