using Dapper;
using Matching.Service.Data;
using Matching.Service.Jobs;
using Matching.Service.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Matching.Service.Tests.Jobs;

/// <summary>The runner, one piece at a time, without a loop and without waiting.</summary>
public class JobRunnerTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private TenantSessionFactory _sessions = null!;
    private long _consortium;

    public async Task InitializeAsync()
    {
        // Claiming looks across consortia, so what another test left behind must not be found.
        await using var connection = await database.Owner.OpenConnectionAsync();
        await connection.ExecuteAsync("DELETE FROM job_run");
        _sessions = new TenantSessionFactory(database.Service);
        _consortium = (await TestData.CreateConsortiumAsync(database, $"丁{Guid.NewGuid():n}", "440300")).Id;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Run_PlansWorksAndFinishes()
    {
        var run = await EnqueueAsync("probe", "3");
        var log = new ProbeLog();
        await DrainAsync(log);

        Assert.Equal(["plan", "work 1", "work 2", "work 3", "finish"], log.Steps);
        Assert.Equal(("SUCCEEDED", 5), await StateAsync(run));
        Assert.False(await Runner(log).RunOneAsync(default));
    }

    [Fact]
    public async Task Run_OfNothing_Succeeds()
    {
        var run = await EnqueueAsync("probe", "0");
        var log = new ProbeLog();
        await DrainAsync(log);

        Assert.Equal(["plan", "finish"], log.Steps);
        Assert.Equal(("SUCCEEDED", 2), await StateAsync(run));
    }

    [Fact]
    public async Task Enqueue_PlansAnInstantOnce_WhateverNodeComesFirst()
    {
        var instant = new DateTime(2026, 11, 1, 18, 15, 0, DateTimeKind.Utc);
        var ids = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            await using var session = _sessions.Open(TenantContext.Job(_consortium));
            var id = await JobLedger.EnqueueAsync(session, "probe", instant, "", default);
            await session.CommitAsync(default);
            return id;
        }));

        Assert.Single(ids, id => id is not null);
    }

    [Fact]
    public async Task Enqueue_LeavesNothing_WhenTheCallersTransactionRollsBack()
    {
        await using (var session = _sessions.Open(TenantContext.Job(_consortium)))
        {
            await JobLedger.EnqueueNowAsync(session, "probe", "1", default);
        }

        Assert.False(await Runner(new ProbeLog()).RunOneAsync(default));
    }

    [Fact]
    public async Task Failure_IsTriedAgain_AndThenFailsTheRunWithItsReason()
    {
        var run = await EnqueueAsync("probe", "fail");
        var log = new ProbeLog();
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            await DrainAsync(log);
            Assert.Equal("RUNNING", (await StateAsync(run)).State);
            await SkipPausesAsync();
        }

        await DrainAsync(log);
        await using var connection = await database.Owner.OpenConnectionAsync();
        var (state, error) = await connection.QuerySingleAsync<(string, string)>("SELECT state, error FROM job_run WHERE id = @run", new { run });
        Assert.Equal(("FAILED", "InvalidOperationException: 示例故障"), (state, error));
        Assert.Equal(["plan", "work fail", "work fail", "work fail"], log.Steps);
    }

    [Fact]
    public async Task DeadWorkersPiece_IsTakenOver_AndItsLateWriteIsRefused()
    {
        await EnqueueAsync("probe", "1");
        var first = await ClaimAsync();
        await ExpireLeasesAsync();
        var second = await ClaimAsync();

        Assert.Equal((first.RunId, first.Number), (second.RunId, second.Number));
        Assert.True(second.Token > first.Token);
        await Assert.ThrowsAsync<RunLostException>(() => new JobShard(first, _sessions).OpenAsync(default));
        await using var session = await new JobShard(second, _sessions).OpenAsync(default);
    }

    [Fact]
    public async Task Claim_WaitsForTheHoldersTransaction_RatherThanTakingAPieceBeingSaved()
    {
        await EnqueueAsync("probe", "1");
        var holder = await ClaimAsync();
        await using var saving = await new JobShard(holder, _sessions).OpenAsync(default);
        await ExpireLeasesAsync(inTransactionOf: saving);

        Assert.False(await Runner(new ProbeLog()).RunOneAsync(default));
    }

    [Fact]
    public async Task PieceThatNeverEnds_FailsItsRun_AfterTooManyTakeovers()
    {
        var run = await EnqueueAsync("probe", "1");
        await using var connection = await database.Owner.OpenConnectionAsync();
        await connection.ExecuteAsync("UPDATE job_shard SET attempts = 99 WHERE run_id = @run", new { run });

        Assert.True(await Runner(new ProbeLog()).RunOneAsync(default));
        Assert.Equal("FAILED", (await StateAsync(run)).State);
    }

    [Fact]
    public async Task Claim_LeavesJobsOfANewerBuildToOthers()
    {
        await EnqueueAsync("of-tomorrow", "");

        Assert.False(await Runner(new ProbeLog()).RunOneAsync(default));
    }

    [Fact]
    public async Task Cancel_RefusesWhatIsStillBeingWritten_AndStartsNothingMore()
    {
        var run = await EnqueueAsync("probe", "2");
        var claim = await ClaimAsync();
        await using (var session = _sessions.Open(new TenantContext("office", _consortium)))
        {
            Assert.True(await new JobStore(session).CancelAsync(run, default));
            await session.CommitAsync(default);
        }

        await Assert.ThrowsAsync<RunLostException>(() => new JobShard(claim, _sessions).OpenAsync(default));
        Assert.False(await Runner(new ProbeLog()).RunOneAsync(default));
    }

    private async Task<long> EnqueueAsync(string job, string argument)
    {
        await using var session = _sessions.Open(TenantContext.Job(_consortium));
        var id = await JobLedger.EnqueueNowAsync(session, job, argument, default);
        await session.CommitAsync(default);
        return id;
    }

    private async Task DrainAsync(ProbeLog log)
    {
        var runner = Runner(log);
        while (await runner.RunOneAsync(default))
        {
        }
    }

    private JobRunner Runner(ProbeLog log)
    {
        var services = new ServiceCollection().AddSingleton(log).BuildServiceProvider();
        return new JobRunner(
            _sessions, new JobCatalog([new(ProbeJob.Spec, typeof(ProbeJob))]), services.GetRequiredService<IServiceScopeFactory>(),
            new JobOptions("test", 1, TimeSpan.FromSeconds(30)), NullLogger<JobRunner>.Instance);
    }

    private async Task<ClaimedShard> ClaimAsync()
    {
        await using var session = _sessions.Open(TenantContext.Planner);
        var claim = await session.FindAsync<ClaimedShard>("SELECT * FROM claim_shard('test', interval '30 seconds', ARRAY['probe'])", null, default);
        await session.CommitAsync(default);
        return claim!;
    }

    private async Task ExpireLeasesAsync(TenantSession? inTransactionOf = null)
    {
        const string sql = "UPDATE job_shard SET lease_until = now() - interval '1 second' WHERE state = 'RUNNING'";
        if (inTransactionOf is not null)
        {
            await inTransactionOf.ExecuteAsync(sql, null, default);
            return;
        }

        await using var connection = await database.Owner.OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
    }

    private async Task SkipPausesAsync()
    {
        await using var connection = await database.Owner.OpenConnectionAsync();
        Assert.True(await connection.ExecuteAsync("UPDATE job_shard SET not_before = now() WHERE state = 'WAITING' AND not_before > now()") > 0);
    }

    private async Task<(string State, int Done)> StateAsync(long run)
    {
        await using var connection = await database.Owner.OpenConnectionAsync();
        return await connection.QuerySingleAsync<(string, int)>(
            "SELECT r.state, (SELECT count(*)::int FROM job_shard s WHERE s.run_id = r.id AND s.state = 'DONE') FROM job_run r WHERE r.id = @run", new { run });
    }
}

internal sealed class ProbeLog
{
    public List<string> Steps { get; } = [];
}

internal sealed class ProbeJob(ProbeLog log) : IJob
{
    public static JobSpec Spec { get; } = new("probe", "试验", null, Retries: 2);

    public Task<IReadOnlyList<PlannedPiece>> PlanAsync(JobShard plan, CancellationToken ct)
    {
        log.Steps.Add("plan");
        return Task.FromResult<IReadOnlyList<PlannedPiece>>(plan.Argument == "fail" ? [new("fail")]
            : [.. Enumerable.Range(1, int.Parse(plan.Argument, System.Globalization.CultureInfo.InvariantCulture)).Select(i => new PlannedPiece($"{i}"))]);
    }

    public Task RunAsync(JobShard shard, CancellationToken ct)
    {
        log.Steps.Add($"work {shard.Payload}");
        return shard.Payload == "fail" ? throw new InvalidOperationException("示例故障") : Task.CompletedTask;
    }

    public Task FinishAsync(JobShard finish, CancellationToken ct)
    {
        log.Steps.Add("finish");
        return Task.CompletedTask;
    }
}
