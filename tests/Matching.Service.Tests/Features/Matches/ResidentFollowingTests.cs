using System.Text.Json;
using Dapper;
using Matching.Engine.Retrieval;
using Matching.Service.Data;
using Matching.Service.Features.Matches;
using Matching.Service.Http;
using Matching.Service.Reference;
using Matching.Service.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Service.Tests.Features.Matches;

/// <summary>
/// What is kept in memory by following changes equals what is loaded anew, whatever transactions ran at once and in whatever order they ended.
/// Following is driven step by step here, so nothing waits.
/// </summary>
public class ResidentFollowingTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const int Writers = 3;

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public async Task Follower_HoldsWhatAReloadHolds_AfterInterleavedTransactions(int seed)
    {
        var random = new Random(seed);
        var (demands, graduates) = await ArrangeAsync();
        var (set, place) = await LoadAsync();
        var writers = new TenantSession?[Writers];
        var (caughtUp, kept) = (0, 0);
        for (var step = 0; step < 120; step++)
        {
            var at = random.Next(Writers);
            var writer = writers[at] ??= Open();
            // Each writer has rows of its own, so that none waits for another.
            await StepAsync(writer, random, demands[at], graduates[at]);
            if (random.Next(4) == 0)
            {
                writers[at] = null;
                await EndAsync(writer, commit: random.Next(5) > 0);
            }

            if (random.Next(3) == 0)
            {
                place = await CatchUpAsync(set, place);
                caughtUp++;
                kept += AssertPagesAreThoseOf(set);
            }
        }

        foreach (var writer in writers.OfType<TenantSession>())
        {
            await EndAsync(writer, commit: true);
        }

        place = await CatchUpAsync(set, place);
        await AssertIsReloadAsync(set);
        Assert.True(caughtUp > 10 && set.View.Version > 10 && kept > 10, $"{caughtUp} {set.View.Version} {kept}");
        Assert.Empty(place.Ahead);
    }

    [Fact]
    public async Task Follower_SeesWhatCommitted_WhileAnEarlierTransactionIsStillOpen()
    {
        var (demands, _) = await ArrangeAsync();
        var (set, place) = await LoadAsync();
        await using var slow = Open();
        await slow.ExecuteAsync("UPDATE demand SET wage_max = 9000, wage_min = 1 WHERE id = @Id", new { Id = demands[0][0] }, default);
        await CommittedAsync("UPDATE demand SET wage_max = 8000, wage_min = 1 WHERE id = @Id", demands[1][0]);

        place = await CatchUpAsync(set, place);
        Assert.Equal(8000, set.Demands[demands[1][0]].Row.WageMax);
        Assert.NotEqual(9000, set.Demands[demands[0][0]].Row.WageMax);
        Assert.NotEmpty(place.Ahead);
        var version = set.View.Version;
        place = await CatchUpAsync(set, place);
        Assert.Equal(version, set.View.Version); // what was read ahead is not read again
        await slow.CommitAsync(default);
        await CatchUpAsync(set, place);

        Assert.Equal(9000, set.Demands[demands[0][0]].Row.WageMax);
        await AssertIsReloadAsync(set);
    }

    [Theory]
    [InlineData("UPDATE organization SET name = name || '改', member_since = '2026-01-01' WHERE id = @Company")]
    [InlineData("UPDATE organization SET name = name || '改' WHERE id = @School")]
    [InlineData("UPDATE program SET name = name || '改', education_code = '21' WHERE id = @Program")]
    [InlineData("DELETE FROM program_occupation WHERE program_id = @Program")]
    [InlineData("INSERT INTO placement (consortium_id, school_id, graduate_id, destination_kind, evidence, placed_on) VALUES (current_consortium(), @School, @Graduate, 'FREELANCE', 'OWN_STATEMENT', '2026-07-01')")]
    [InlineData("UPDATE graduate SET consent = NOT consent WHERE id = @Graduate")]
    [InlineData("DELETE FROM graduate WHERE id = @Graduate")]
    [InlineData("INSERT INTO graduate_order_class VALUES (current_consortium(), @Graduate, @Company)")]
    [InlineData("UPDATE demand SET valid_through = opened_on WHERE id = @Demand")]
    [InlineData("UPDATE demand SET filled = headcount, state = 'FILLED', closed_on = opened_on WHERE id = @Demand")]
    [InlineData("UPDATE demand SET state = 'PAUSED' WHERE id = @Demand")]
    [InlineData("SELECT merge_skill((SELECT id FROM skill WHERE consortium_id = current_consortium() AND name = '并入词'), (SELECT min(id) FROM skill WHERE kind = 'SKILL' AND state <> 'MERGED' AND consortium_id = 0))")]
    public async Task Follower_Follows_WhateverBearsOnAMatch(string change)
    {
        var ids = await RowsAsync();
        var (set, place) = await LoadAsync();
        var before = Text(set);
        await using (var session = Open())
        {
            await session.ExecuteAsync(change, ids, default);
            await session.CommitAsync(default);
        }

        await CatchUpAsync(set, place);

        Assert.NotEqual(before, Text(set));
        await AssertIsReloadAsync(set);
    }

    [Theory]
    [InlineData("UPDATE skill SET name = name || '改' WHERE consortium_id = current_consortium() AND name = '并入词'")]
    [InlineData("UPDATE skill SET broader_id = (SELECT min(id) FROM skill WHERE consortium_id = 0 AND kind = 'SKILL') WHERE consortium_id = current_consortium() AND name = '并入词'")]
    public async Task Follower_LoadsAnew_WhenTheVocabularyChanges(string change)
    {
        await RowsAsync();
        var (set, place) = await LoadAsync();
        await CommittedAsync(change, 0);

        Assert.Null(await CatchUpOrReloadAsync(set, place));
    }

    [Fact]
    public async Task Follower_LoadsAnew_WhenTheSharedVocabularyOrTheRulesOfOrderChange()
    {
        var (set, place) = await LoadAsync();
        await using var owner = await api.Database.Owner.OpenConnectionAsync();
        await owner.ExecuteAsync("UPDATE consortium SET settings = settings || '{\"memberPriority\": true}' WHERE id = @Id", new { api.Data.First.Id });
        Assert.Null(await CatchUpOrReloadAsync(set, place));

        (set, place) = await LoadAsync();
        await owner.ExecuteAsync("UPDATE skill SET name = name || '改' WHERE id = (SELECT min(id) FROM skill WHERE consortium_id = 0)");
        Assert.Null(await CatchUpOrReloadAsync(set, place));
    }

    [Fact]
    public async Task Follower_LoadsAnew_WhenTheStreamWasTrimmed()
    {
        var (set, place) = await LoadAsync();
        await using var owner = await api.Database.Owner.OpenConnectionAsync();
        await owner.ExecuteAsync("INSERT INTO change_floor VALUES (@Id, @Entry, now())", new { api.Data.First.Id, Entry = place.Entry + 1 });

        Assert.Null(await CatchUpOrReloadAsync(set, place));
        await owner.ExecuteAsync("DELETE FROM change_floor");
    }

    // No row tells that a day has passed: the demand was open yesterday, when it was read.
    [Fact]
    public async Task Follower_DropsDemands_WhenTheirLastDayHasPassed()
    {
        var ids = await RowsAsync();
        await CommittedAsync("UPDATE demand SET valid_through = (now() AT TIME ZONE 'Asia/Shanghai')::date WHERE id = @Id", ids.Demand);
        var (set, place) = await LoadAsync();
        await using (var owner = await api.Database.Owner.OpenConnectionAsync())
        {
            await owner.ExecuteAsync("SET session_replication_role = replica; UPDATE demand SET valid_through = valid_through - 1 WHERE id = @Demand", new { ids.Demand });
        }

        Assert.True(set.Demands.ContainsKey(ids.Demand));
        place = await CatchUpAsync(set, place with { Day = place.Day.AddDays(-1) });

        Assert.False(set.Demands.ContainsKey(ids.Demand));
        await AssertIsReloadAsync(set);
    }

    private TenantSession Open() => api.Database.Open(TenantContext.Job(api.Data.First.Id));

    private async Task<(ResidentSet Set, ResidentPlace Place)> LoadAsync()
    {
        await using var session = Open();
        return await new ResidentReader(session, api.Services.GetRequiredService<ReferenceTables>()).LoadAsync(default);
    }

    private async Task<ResidentPlace?> CatchUpOrReloadAsync(ResidentSet set, ResidentPlace place)
    {
        await using var session = Open();
        return await new ResidentReader(session, api.Services.GetRequiredService<ReferenceTables>()).CatchUpAsync(set, place, default);
    }

    private async Task<ResidentPlace> CatchUpAsync(ResidentSet set, ResidentPlace place)
    {
        var next = await CatchUpOrReloadAsync(set, place);
        Assert.NotNull(next);
        return next;
    }

    private async Task AssertIsReloadAsync(ResidentSet set)
    {
        var (anew, _) = await LoadAsync();
        Assert.Equal(Text(anew), Text(set));
        var scratch = new Scratch();
        var (demands, consenting) = (anew.Demands.Values.Select(demand => demand.Profile).ToArray(), anew.Graduates.Values.Where(one => one.Row.Consent).Select(one => one.Candidate).ToArray());
        Assert.All(anew.Graduates.Values, one => Assert.Equal(
            ExhaustiveMatcher.TopDemands(set.Weights, demands, one.Candidate, 10), set.View.Demands.Search(set.Graduates[one.Row.Id].Candidate, 10, scratch)));
        Assert.All(demands, demand => Assert.Equal(ExhaustiveMatcher.TopGraduates(set.Weights, demand, consenting, 10), set.View.Graduates.Search(demand, 10, scratch)));
    }

    // Answers made ready and kept over changes are those that would be made now, but for the instant; returns how many were kept.
    private int AssertPagesAreThoseOf(ResidentSet set)
    {
        var matches = api.Services.GetRequiredService<ResidentMatches>();
        var anewSet = new ResidentSet(set.Weights, set.Graph, set.Demands.Values, set.Graduates.Values, set.Names);
        var kept = 0;
        foreach (var id in set.Graduates.Keys.Order().Take(12))
        {
            var key = new PageKey(id, 0, 20, IsFull: false, IsPacked: false);
            kept += set.Pages.Find(key, set.Graduates[id], set.View, set.Weights)?.Body is null ? 0 : 1;
            // Asked for twice: the second time it is made of the list that is kept.
            var (first, second, anew) = (Read(matches.Body(set, key)!), Read(matches.Body(set, key)!), Read(matches.Body(anewSet, key)!));
            Assert.Equal((anew, anew), (first, second));
        }

        return kept;

        static string Read(ReadyJson body) => JsonSerializer.Serialize(JsonSerializer.Deserialize<GraduateMatches>(body.Bytes, JsonSerializerOptions.Web)! with { ComputedAt = null });
    }

    private static string Text(ResidentSet set) => JsonSerializer.Serialize(new
    {
        Demands = set.Demands.OrderBy(pair => pair.Key).Select(pair => pair.Value.Row),
        Graduates = set.Graduates.OrderBy(pair => pair.Key).Select(pair => pair.Value.Row),
        Names = set.Graduates.Values.SelectMany(one => one.Row.SkillIds).Concat(set.Demands.Values.SelectMany(one => one.Row.SkillIds)).Distinct().Order().Select(id => set.Names[id]),
    });

    private async Task CommittedAsync(string sql, long id)
    {
        await using var session = Open();
        await session.ExecuteAsync(sql, new { Id = id }, default);
        await session.CommitAsync(default);
    }

    private static async Task EndAsync(TenantSession session, bool commit)
    {
        await (commit ? session.CommitAsync(default) : session.RollbackAsync(default));
        await session.DisposeAsync();
    }

    private static Task<int> StepAsync(TenantSession session, Random random, List<long> demands, List<long> graduates)
    {
        var args = new { Demand = demands[random.Next(demands.Count)], Graduate = graduates[random.Next(graduates.Count)], Wage = 4000 + (500 * random.Next(10)) };
        return session.ExecuteAsync(
            random.Next(9) switch
            {
                0 => "UPDATE demand SET wage_max = @Wage, wage_min = 1 WHERE id = @Demand",
                1 => "UPDATE demand SET state = CASE state WHEN 'OPEN' THEN 'PAUSED' ELSE 'OPEN' END WHERE id = @Demand AND state IN ('OPEN', 'PAUSED')",
                2 => "DELETE FROM demand_skill WHERE demand_id = @Demand",
                3 => """
                    INSERT INTO demand_skill (consortium_id, demand_id, skill_id, must)
                    SELECT current_consortium(), @Demand, id, true FROM skill WHERE kind = 'SKILL' AND state <> 'MERGED' ORDER BY id LIMIT 3 ON CONFLICT DO NOTHING
                    """,
                4 => "UPDATE graduate SET wage_wish = @Wage WHERE id = @Graduate",
                5 => "UPDATE graduate SET consent = NOT consent WHERE id = @Graduate",
                6 => """
                    INSERT INTO graduate_skill (consortium_id, graduate_id, skill_id, evidence)
                    SELECT current_consortium(), @Graduate, id, 'CLAIM' FROM skill WHERE kind = 'SKILL' AND state <> 'MERGED' ORDER BY id LIMIT 3 ON CONFLICT DO NOTHING
                    """,
                7 => """
                    INSERT INTO placement (consortium_id, school_id, graduate_id, destination_kind, evidence, placed_on)
                    SELECT consortium_id, school_id, id, 'FREELANCE', 'OWN_STATEMENT', '2026-07-01' FROM graduate WHERE id = @Graduate
                      AND NOT EXISTS (SELECT FROM placement p WHERE p.graduate_id = @Graduate AND p.ended_on IS NULL)
                    """,
                _ => "UPDATE placement SET ended_on = '2026-08-01' WHERE graduate_id = @Graduate AND ended_on IS NULL",
            },
            args, default);
    }

    private async Task<(List<long>[] Demands, List<long>[] Graduates)> ArrangeAsync()
    {
        using var company = api.ClientAs("company");
        using var school = api.ClientAs("school");
        var program = (await ApiData.CreateProgramAsync(school)).Id;
        var (demands, graduates) = (new List<long>[Writers], new List<long>[Writers]);
        for (var writer = 0; writer < Writers; writer++)
        {
            (demands[writer], graduates[writer]) = ([], []);
            for (var i = 0; i < 4; i++)
            {
                demands[writer].Add((await ApiData.CreateDemandAsync(company)).Id);
                graduates[writer].Add((await ApiData.CreateAsync<Matching.Service.Features.Graduates.Graduate>(school, "graduates", ApiData.NewGraduate(program))).Id);
            }
        }

        return (demands, graduates);
    }

    private async Task<Ids> RowsAsync()
    {
        using var company = api.ClientAs("company");
        using var school = api.ClientAs("school");
        var graduate = await ApiData.CreateGraduateAsync(school);
        var demand = await ApiData.CreateAsync<Matching.Service.Features.Demands.Demand>(company, "demands", ApiData.NewDemand() with { Skills = [new("并入词"), new("数控编程")] });
        return new(demand.Id, graduate.Id, graduate.ProgramId, api.Data.First.Organizations["company"], api.Data.First.Organizations["school"]);
    }

    private sealed record Ids(long Demand, long Graduate, long Program, long Company, long School);
}
