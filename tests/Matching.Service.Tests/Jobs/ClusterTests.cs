using Dapper;
using Matching.Service.Data;
using Matching.Service.Jobs;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Jobs;

/// <summary>Two real service processes on one database, told apart by what they write into the ledger.</summary>
public class ClusterTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task TwoNodes_ShareARun_SurviveAKill_AndRefuseAFrozenNodesLateWrite()
    {
        var consortium = (await TestData.CreateConsortiumAsync(database, $"戊{Guid.NewGuid():n}", "440300")).Id;
        await using var first = ServiceProcess.Start(database);
        await using var second = ServiceProcess.Start(database);

        // Shared: each node takes pieces of one run, and every piece is written once.
        var shared = await StartAsync(consortium, pieces: 24, millis: 400);
        await UntilAsync("SELECT state = 'SUCCEEDED' FROM job_run WHERE id = @id", shared);
        var written = await PiecesAsync(shared);
        Assert.Equal(Enumerable.Range(1, 24), written.Select(piece => piece.Piece));
        Assert.All(written, piece => Assert.Equal(1, piece.Writes));
        Assert.Equal([first.Node, second.Node], written.Select(piece => piece.Node).Distinct().Order());

        // Frozen: the other node finishes, and what the frozen one wakes up to is lost to it, as its log says; it writes nothing.
        var frozen = await StartAsync(consortium, pieces: 4, millis: 3_000);
        await UntilAsync("SELECT count(*) > 0 FROM job_shard WHERE run_id = @id AND phase = 'WORK' AND state = 'RUNNING' AND node = @text", frozen, first.Node);
        first.Freeze();
        await UntilAsync("SELECT state = 'SUCCEEDED' FROM job_run WHERE id = @id", frozen);
        first.Thaw();
        await UntilAsync(() => Enumerable.Range(1, 4).Any(piece => first.Said($"piece {piece} of run {frozen}")));
        Assert.All(await PiecesAsync(frozen), piece => Assert.Equal((1, second.Node), (piece.Writes, piece.Node)));

        // Killed: the survivor finishes the run.
        var killed = await StartAsync(consortium, pieces: 4, millis: 3_000);
        await UntilAsync("SELECT count(*) > 0 FROM job_shard WHERE run_id = @id AND phase = 'WORK' AND state = 'RUNNING' AND node = @text", killed, second.Node);
        second.Kill();
        await UntilAsync("SELECT state = 'SUCCEEDED' FROM job_run WHERE id = @id", killed);
        var pieces = await PiecesAsync(killed);
        Assert.Equal(4, pieces.Count);
        Assert.All(pieces, piece => Assert.Equal(1, piece.Writes));
        Assert.Contains(pieces, piece => piece.Node == first.Node);
    }

    [Fact]
    public async Task PlannedInstant_BecomesOneRun_ThoughTwoNodesWatchTheClock()
    {
        const string Job = "bulletin-monthly";
        var consortium = (await TestData.CreateConsortiumAsync(database, $"己{Guid.NewGuid():n}", "440300")).Id;
        await using var first = ServiceProcess.Start(database);
        await using var second = ServiceProcess.Start(database);
        await UntilAsync("SELECT count(*) >= 2 FROM quartz.qrtz_scheduler_state WHERE to_timestamp((last_checkin_time - 621355968000000000) / 1e7) > now() - interval '20 seconds' AND @id = @id", 0);

        // The schedule's next instant is moved to now; both nodes see it fall due.
        await using (var connection = await database.Owner.OpenConnectionAsync())
        {
            Assert.Equal(1, await connection.ExecuteAsync(
                "UPDATE quartz.qrtz_triggers SET next_fire_time = 621355968000000000 + (extract(epoch FROM now()) * 1e7)::bigint WHERE trigger_name = @Job", new { Job }));
        }

        await UntilAsync("SELECT count(*) > 0 FROM job_run WHERE consortium_id = @id AND job = @text", consortium, Job);
        await UntilAsync("SELECT next_fire_time > 621355968000000000 + (extract(epoch FROM now()) * 1e7)::bigint AND trigger_state = 'WAITING' FROM quartz.qrtz_triggers WHERE trigger_name = @text AND @id = @id", 0, Job);
        await using var asking = await database.Owner.OpenConnectionAsync();
        Assert.Equal(1, await asking.ExecuteScalarAsync<int>("SELECT count(*)::int FROM job_run WHERE consortium_id = @consortium AND job = @Job", new { consortium, Job }));
    }

    private async Task<long> StartAsync(long consortium, int pieces, int millis)
    {
        await using var session = database.Open(TenantContext.Job(consortium));
        var id = await JobLedger.EnqueueNowAsync(session, SelfTestJob.Spec.Name, $$"""{"pieces":{{pieces}},"millis":{{millis}}}""", default);
        await session.CommitAsync(default);
        return id;
    }

    private async Task<IReadOnlyList<(int Piece, string Node, int Writes)>> PiecesAsync(long run)
    {
        await using var connection = await database.Owner.OpenConnectionAsync();
        return (await connection.QueryAsync<(int, string, int)>("SELECT piece, node, writes FROM job_self_test WHERE run_id = @run ORDER BY piece", new { run })).AsList();
    }

    // Asks until it is so; the deadline only tells a hang from slow progress on a busy machine.
    private async Task UntilAsync(string sql, long id, string? text = null)
    {
        await using var connection = await database.Owner.OpenConnectionAsync();
        for (var until = DateTime.UtcNow + Patience; !await connection.ExecuteScalarAsync<bool>(sql, new { id, text });)
        {
            Assert.True(DateTime.UtcNow < until, $"not so after {Patience.TotalSeconds} s: {sql}");
            await Task.Delay(50);
        }
    }

    private static async Task UntilAsync(Func<bool> so)
    {
        for (var until = DateTime.UtcNow + Patience; !so();)
        {
            Assert.True(DateTime.UtcNow < until, $"not so after {Patience.TotalSeconds} s");
            await Task.Delay(50);
        }
    }
}
