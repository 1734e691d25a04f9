using Dapper;
using Matching.Engine.Retrieval;
using Matching.Engine.Scoring;
using Matching.Service.Data;
using Matching.Service.Features.Demands;
using Matching.Service.Features.Graduates;
using Matching.Service.Features.Matches;
using Matching.Service.Reference;
using Matching.Service.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Service.Tests.Features.Matches;

public class RecomputeMatchesJobTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string DemandRows = "SELECT demand_id AS id, matches FROM match_of_demand ORDER BY demand_id";
    private const string GraduateRows = "SELECT graduate_id AS id, matches FROM match_of_graduate ORDER BY graduate_id";

    private readonly HttpClient _company = api.ClientAs("company");
    private readonly HttpClient _school = api.ClientAs("school");

    [Fact]
    public async Task Run_StoresWhatTheOracleFinds_ForBothSides()
    {
        await ArrangeAsync();
        await MatchRun.RunAsync(api);

        await using var session = api.Services.GetRequiredService<TenantSessionFactory>().Open(TenantContext.Job(api.Data.First.Id));
        var reference = api.Services.GetRequiredService<ReferenceTables>();
        var graph = await MatchLoader.SkillsAsync(session, default);
        var demands = (await MatchLoader.OpenDemandsAsync(session, default)).Select(row => row.ToProfile(reference)).ToArray();
        var all = (await MatchLoader.SeekingGraduatesAsync(session, consentedOnly: false, default)).Select(row => new Candidate(row.ToProfile(reference), graph)).ToArray();
        var consented = (await MatchLoader.SeekingGraduatesAsync(session, consentedOnly: true, default)).Select(row => new Candidate(row.ToProfile(reference), graph)).ToArray();
        Assert.True(demands.Length >= 12 && all.Length > consented.Length && consented.Length >= 10);

        Assert.Equal(
            demands.Select(demand => (demand.Id, Hex(ExhaustiveMatcher.TopGraduates(ScoreWeights.Default, demand, consented, 50)))), await RowsAsync(DemandRows));
        Assert.Equal(
            all.Select(one => (one.Profile.Id, Hex(ExhaustiveMatcher.TopDemands(ScoreWeights.Default, demands, one, 50)))), await RowsAsync(GraduateRows));
    }

    [Fact]
    public async Task Run_Repeated_StoresTheSameBytes()
    {
        await ArrangeAsync();
        await MatchRun.RunAsync(api);
        var (demands, graduates) = (await RowsAsync(DemandRows), await RowsAsync(GraduateRows));
        var run = await MatchRun.RunAsync(api);

        Assert.Equal(demands, await RowsAsync(DemandRows));
        Assert.Equal(graduates, await RowsAsync(GraduateRows));
        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        Assert.Equal([run], await connection.QueryAsync<long>("SELECT DISTINCT run_id FROM match_of_demand UNION SELECT run_id FROM match_of_graduate"));
    }

    [Fact]
    public async Task Run_ForgetsWhoIsPlacedAndWhatIsClosed_ButKeepsThoseStillSeeking()
    {
        var (open, closed) = (await ApiData.CreateDemandAsync(_company), await ApiData.CreateDemandAsync(_company));
        var (placed, seeking) = (await ApiData.CreateGraduateAsync(_school), await ApiData.CreateGraduateAsync(_school));
        await MatchRun.RunAsync(api);
        Assert.Contains(closed.Id, (await RowsAsync(DemandRows)).Select(row => row.Id));
        Assert.Contains(placed.Id, (await RowsAsync(GraduateRows)).Select(row => row.Id));

        await ApiData.CreateAsync<object>(_school, "placements", new { graduateId = placed.Id, destinationKind = "FREELANCE", evidence = "OWN_STATEMENT", placedOn = "2026-07-01" });
        await ApiData.CreateAsync<object>(_school, "placements", new { graduateId = seeking.Id, destinationKind = "SEEKING", evidence = "NONE", placedOn = "2026-07-01" });
        await using (var connection = await api.Database.Owner.OpenConnectionAsync())
        {
            await connection.ExecuteAsync("UPDATE demand SET valid_through = opened_on WHERE id = @Id", new { closed.Id });
        }

        await MatchRun.RunAsync(api);

        var (demands, graduates) = (await RowsAsync(DemandRows), await RowsAsync(GraduateRows));
        Assert.DoesNotContain(closed.Id, demands.Select(row => row.Id));
        Assert.DoesNotContain(placed.Id, graduates.Select(row => row.Id));
        Assert.Contains(seeking.Id, graduates.Select(row => row.Id));
        Assert.DoesNotContain(demands, row => Ids(row.Matches).Contains(placed.Id));
        Assert.DoesNotContain(graduates, row => Ids(row.Matches).Contains(closed.Id));
        Assert.Contains(open.Id, demands.Select(row => row.Id));
    }

    [Fact]
    public async Task Run_PutsMembersFirstAmongEquals_OnlyWhereTheRegionSaysSo()
    {
        using var second = api.ClientAs("company2");
        var request = ApiData.NewDemand() with { Title = "装配钳工", Skills = [new($"专项{ApiData.Next()}", true)] };
        var (stranger, member) = (await ApiData.CreateAsync<Demand>(second, "demands", request), await ApiData.CreateAsync<Demand>(_company, "demands", request));
        var graduate = await ApiData.CreateGraduateAsync(_school);
        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        await connection.ExecuteAsync("UPDATE organization SET member_since = '2026-01-01' WHERE id = @Id", new { Id = api.Data.First.Organizations["company"] });

        Assert.Equal([stranger.Id, member.Id], await OrderAsync());
        await connection.ExecuteAsync("""UPDATE consortium SET settings = '{"memberPriority": true}' WHERE id = @Id""", new { api.Data.First.Id });
        Assert.Equal([member.Id, stranger.Id], await OrderAsync());
        await connection.ExecuteAsync("UPDATE consortium SET settings = '{}' WHERE id = @Id", new { api.Data.First.Id });

        async Task<IEnumerable<long>> OrderAsync()
        {
            await MatchRun.RunAsync(api);
            var row = (await RowsAsync(GraduateRows)).Single(row => row.Id == graduate.Id);
            return [.. Ids(row.Matches).Where(id => id == stranger.Id || id == member.Id)];
        }
    }

    // Few skills, places and wishes on purpose, so that points tie.
    private async Task ArrangeAsync()
    {
        var random = new Random(20261124);
        string[] skills = ["数控编程", "机械制图", "PLC", "焊接", "钳工"];
        string[] regions = ["440306", "440305", "440100", "440000"];
        var program = (await ApiData.CreateProgramAsync(_school)).Id;
        for (var i = 0; i < 12; i++)
        {
            await ApiData.CreateAsync<Demand>(_company, "demands", ApiData.NewDemand() with
            {
                RegionCode = Pick(regions), RegionBinding = i % 3 == 0, Skills = [.. skills.Where(_ => random.Next(2) == 0).Select(skill => new AskedSkill(skill, random.Next(2) == 0, 1 + random.Next(5)))],
            });
            await ApiData.CreateAsync<Graduate>(_school, "graduates", ApiData.NewGraduate(program) with
            {
                Consent = i != 5, WishedRegions = [Pick(regions)], Skills = [.. skills.Where(_ => random.Next(2) == 0).Select(skill => new GraduateSkill(skill, "COURSE", 1 + random.Next(5)))],
            });
        }

        string Pick(string[] values) => values[random.Next(values.Length)];
    }

    private async Task<(long Id, string Matches)[]> RowsAsync(string sql)
    {
        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        return [.. (await connection.QueryAsync<(long Id, byte[] Matches)>(sql)).Select(row => (row.Id, Convert.ToHexString(row.Matches)))];
    }

    private static long[] Ids(string hex) => [.. PackedMatches.Unpack(Convert.FromHexString(hex)).Select(match => match.Id)];

    private static string Hex(RankedMatch[] matches) => Convert.ToHexString(PackedMatches.Pack(matches));
}
