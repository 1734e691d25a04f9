using Dapper;
using Matching.Service.Data;
using Matching.Service.Features.Matches;
using Matching.Service.Jobs;
using Matching.Service.Reference;
using Matching.Service.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Service.Tests.Features.Matches;

/// <summary>A run in many pieces: what readers see meanwhile, and what becomes of it when something goes wrong on the way.</summary>
public class MatchSetTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private readonly JobRunner _runner = api.Services.GetRequiredService<JobRunner>();
    private readonly TenantSessionFactory _sessions = api.Services.GetRequiredService<TenantSessionFactory>();

    [Fact]
    public async Task Run_InManyPieces_StoresWhatTheOracleFinds_AndTellsItsProgressInPersons()
    {
        var corpus = await MatchCorpus.CreateAsync(api.Database, 300, 400);
        var run = await EnqueueAsync(corpus, rows: 37);
        await StepAsync(2);
        var progress = await RunAsync(corpus, run);
        var oracle = await corpus.OracleAsync();
        Assert.Equal((oracle.Length, 37, 1), ((int)progress.Total, (int)progress.Done, progress.PiecesDone));
        Assert.Equal((oracle.Count(line => line[0] == 'D') + 36) / 37 + ((oracle.Count(line => line[0] == 'G') + 36) / 37), progress.Pieces);

        await StepAsync();
        Assert.Equal(oracle, await corpus.ListsAsync());
        progress = await RunAsync(corpus, run);
        Assert.Equal(("SUCCEEDED", 100, progress.Total, progress.Pieces), (progress.State, progress.Percent, progress.Done, progress.PiecesDone));
    }

    [Fact]
    public async Task Readers_SeeTheOldSet_UntilTheRunEnds()
    {
        var corpus = await MatchCorpus.CreateAsync(api.Database, 60, 80);
        await EnqueueAsync(corpus);
        await StepAsync();
        var before = await corpus.ListsAsync();
        await corpus.ExecuteAsync("UPDATE graduate SET consent = true, wage_wish = NULL WHERE id % 2 = 0; UPDATE demand SET wage_max = 9000 WHERE id % 3 = 0");
        var after = await corpus.OracleAsync();

        var run = await EnqueueAsync(corpus, rows: 20);
        while ((await RunAsync(corpus, run)).State != "SUCCEEDED")
        {
            Assert.Equal(before, await corpus.ListsAsync());
            await StepAsync(1);
        }

        Assert.NotEqual(before, after);
        Assert.Equal(after, await corpus.ListsAsync());
        Assert.Equal([run], await RunsWithListsAsync(corpus));
    }

    [Fact]
    public async Task DeadWorker_CostsItsPieceAlone_AndItsLateSaveIsRefused()
    {
        var corpus = await MatchCorpus.CreateAsync(api.Database, 60, 80);
        var run = await EnqueueAsync(corpus, rows: 20);
        await StepAsync(2);
        // It computes its piece and stands still before it saves.
        var dead = new JobShard(await ClaimAsync(), _sessions);
        var piece = MatchPiece.Parse(dead.Payload);
        var lists = await new MatchComputation(dead, new ReferenceTables(), new MatchIndexes(), new MatchClock()).ComputeAsync(piece, default);
        await ExpireLeasesAsync();
        await StepAsync();

        await Assert.ThrowsAsync<RunLostException>(() => dead.OpenAsync(default));
        Assert.Equal(await corpus.OracleAsync(), await corpus.ListsAsync());
        Assert.NotEmpty(lists.Ids);
        var attempts = await corpus.QueryAsync<(int Number, int Attempts)>($"SELECT number, attempts FROM job_shard WHERE run_id = {run} AND attempts <> 1");
        Assert.Equal([(dead.Claim.Number, 2)], attempts);
    }

    [Fact]
    public async Task WhatIsDeletedDuringTheRun_HasNoListAfterIt()
    {
        var corpus = await MatchCorpus.CreateAsync(api.Database, 60, 80);
        await EnqueueAsync(corpus);
        await StepAsync();
        await EnqueueAsync(corpus, rows: 20);
        await StepAsync(2);
        // One piece is saved, one is computed and not saved yet, the others are still to come.
        var shard = new JobShard(await ClaimAsync(), _sessions);
        var piece = MatchPiece.Parse(shard.Payload);
        var lists = await new MatchComputation(shard, new ReferenceTables(), new MatchIndexes(), new MatchClock()).ComputeAsync(piece, default);
        var saved = (await corpus.QueryAsync<long>("SELECT min(demand_id) FROM demand_match_list"))[0];
        var last = (await corpus.QueryAsync<long>("SELECT max(demand_id) FROM demand_match_list"))[0];
        long[] gone = [saved, lists.Ids[0], last];
        await using (var company = api.Database.Open(new TenantContext("office", corpus.Id, corpus.Organizations["office"])))
        {
            await company.ExecuteAsync("DELETE FROM demand WHERE id = ANY(@gone); DELETE FROM graduate WHERE id = (SELECT min(graduate_id) FROM match_of_graduate)", new { gone }, default);
            await company.CommitAsync(default);
        }

        Assert.DoesNotContain(await corpus.QueryAsync<long>("SELECT demand_id FROM demand_match_list"), id => gone.Contains(id));
        await using (var saving = await shard.OpenAsync(default))
        {
            await MatchSets.SaveAsync(saving, piece, shard.RunId, lists, default);
            await saving.CommitAsync(default);
        }

        await ExpireLeasesAsync();
        await StepAsync();
        Assert.DoesNotContain(await corpus.QueryAsync<long>("SELECT demand_id FROM demand_match_list"), id => gone.Contains(id));
        Assert.Equal((await corpus.OracleAsync()).Length, (await corpus.ListsAsync()).Length);
    }

    [Fact]
    public async Task CompanyThatDeletesItsDemand_DeletesItsList_WhichItMayNotTouch()
    {
        var corpus = await MatchCorpus.CreateAsync(api.Database, 20, 20);
        await EnqueueAsync(corpus);
        await StepAsync();
        await using (var company = api.Database.Open(new TenantContext("company", corpus.Id, corpus.Organizations["company"])))
        {
            Assert.Equal(0, await company.ExecuteAsync("DELETE FROM demand_match_list", null, default));
            Assert.True(await company.ExecuteAsync("DELETE FROM demand", null, default) > 5);
            await company.CommitAsync(default);
        }

        Assert.Equal(0, (await corpus.QueryAsync<int>("SELECT count(*)::int FROM demand_match_list m WHERE NOT EXISTS (SELECT FROM demand d WHERE d.id = m.demand_id)"))[0]);
        Assert.NotEqual(0, (await corpus.QueryAsync<int>("SELECT count(*)::int FROM demand_match_list"))[0]);
    }

    [Fact]
    public async Task EarlierRun_DoesNotReplaceALaterOne_AndDeadRunsLeaveNothing()
    {
        var corpus = await MatchCorpus.CreateAsync(api.Database, 60, 80);
        var cancelled = await EnqueueAsync(corpus, rows: 20);
        await StepAsync(3);
        Assert.Equal([cancelled], await RunsWithListsAsync(corpus));
        await corpus.ExecuteAsync($"UPDATE job_run SET state = 'CANCELLED', finished_at = now() WHERE id = {cancelled}");
        var slow = await EnqueueAsync(corpus, rows: 20);
        await StepAsync(3);
        // The slow run's last pieces wait while a later run overtakes it.
        await corpus.ExecuteAsync($"UPDATE job_shard SET not_before = now() + interval '1 hour' WHERE run_id = {slow} AND state = 'WAITING'");
        var fast = await EnqueueAsync(corpus, rows: 20);
        await StepAsync();
        Assert.Equal([slow, fast], await RunsWithListsAsync(corpus));
        var lists = await corpus.ListsAsync();

        await corpus.ExecuteAsync($"UPDATE job_shard SET not_before = now() WHERE run_id = {slow} AND state = 'WAITING'");
        await StepAsync();
        Assert.Equal("SUCCEEDED", (await RunAsync(corpus, slow)).State);
        Assert.Equal([fast], await RunsWithListsAsync(corpus));
        Assert.Equal([fast], await corpus.QueryAsync<long>("SELECT run_id FROM match_set"));
        Assert.Equal(lists, await corpus.ListsAsync());
    }

    [Fact]
    public async Task EmptyConsortium_HasNoLists_AlsoWhenItHadSome()
    {
        var corpus = await MatchCorpus.CreateAsync(api.Database, 0, 0);
        await EnqueueAsync(corpus);
        await StepAsync();
        Assert.Empty(await corpus.ListsAsync());

        var emptied = await MatchCorpus.CreateAsync(api.Database, 20, 20);
        await EnqueueAsync(emptied);
        await StepAsync();
        Assert.NotEmpty(await emptied.ListsAsync());
        await emptied.ExecuteAsync("UPDATE demand SET state = 'PAUSED' WHERE state = 'OPEN'");
        var run = await EnqueueAsync(emptied);
        await StepAsync();
        Assert.Equal("SUCCEEDED", (await RunAsync(emptied, run)).State);
        Assert.All(await emptied.ListsAsync(), line => Assert.Matches("^G[0-9]+ 01$", line));
    }

    private async Task<long> EnqueueAsync(MatchCorpus corpus, int? rows = null)
    {
        await using var session = corpus.Open();
        var run = await JobLedger.EnqueueNowAsync(session, "recompute-matches", rows is null ? "" : $$"""{"rows": {{rows}}}""", default);
        await session.CommitAsync(default);
        return run;
    }

    // So many pieces of whatever waits, or all of them.
    private async Task StepAsync(int pieces = int.MaxValue)
    {
        while (pieces-- > 0 && await _runner.RunOneAsync(default))
        {
        }
    }

    private static async Task<JobRun> RunAsync(MatchCorpus corpus, long run)
    {
        await using var session = corpus.Open();
        return (await new JobStore(session).FindAsync(run, default))!;
    }

    private static async Task<IEnumerable<long>> RunsWithListsAsync(MatchCorpus corpus) =>
        await corpus.QueryAsync<long>("SELECT run_id FROM demand_match_list UNION SELECT run_id FROM graduate_match_list ORDER BY 1");

    private async Task<ClaimedShard> ClaimAsync()
    {
        await using var session = _sessions.Open(TenantContext.Planner);
        var claim = await session.FindAsync<ClaimedShard>("SELECT * FROM claim_shard('standing-still', interval '1 hour', ARRAY['recompute-matches'])", null, default);
        await session.CommitAsync(default);
        return claim!;
    }

    private async Task ExpireLeasesAsync()
    {
        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        await connection.ExecuteAsync("UPDATE job_shard SET lease_until = now() - interval '1 second' WHERE state = 'RUNNING'");
    }
}
