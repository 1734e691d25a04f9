using System.Globalization;
using Dapper;
using Matching.Service.Data;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Search;

/// <summary>What facets count besides the hits, against asking once more without each filter: whatever the cut and however the filters lie.</summary>
public sealed class SearchNeighbourTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly string[] Groups =
        ["region:4403", "region:440306|region:4401", "occupation:6-18", "occupation:4|occupation:2", "education:4", "kind:EMPLOYMENT", "state:OPEN", "wage:3|wage:4|wage:5", "industry:C"];

    private static readonly string[] Words = ["焊接", "焊", "数控车", "护理", "护理 焊接"];

    private const string DemandsSql = """
        INSERT INTO demand (consortium_id, organization_id, kind, source, state, title, region_code, occupation_code, education_code, headcount, wage_max, opened_on)
        SELECT @consortium, @company, (ARRAY['EMPLOYMENT', 'INTERNSHIP'])[1 + i % 2], 'COMPANY', (ARRAY['OPEN', 'PAUSED', 'OPEN'])[1 + i / 2 % 3],
               (ARRAY['焊接工', '护理员', '数控车工', '护理 焊接', '其他'])[1 + i / 6 % 5], (ARRAY['440306', '440307', '440111', '110101'])[1 + i / 3 % 4],
               (ARRAY['6-18-01-07', '4-01-02-01', '2-02-10-03', NULL])[1 + i / 5 % 4], (ARRAY['41', '31', NULL])[1 + i / 7 % 3], 1, 2000 * (1 + i % 9), '2026-09-20'::date - i / 3
        FROM generate_series(1, 700) AS i
        """;

    [Fact]
    public async Task Neighbours_WithTheCandidates_AreTheNewestOfEverySearchWithoutOneFilter()
    {
        await using (var owner = await api.Database.Owner.OpenConnectionAsync())
        {
            await owner.ExecuteAsync(DemandsSql, new { consortium = api.Data.First.Id, company = api.Data.First.Organizations["company"] });
        }

        await using var session = api.Database.Open(new TenantContext("school", api.Data.First.Id, api.Data.First.Organizations["school"]));
        var random = new Random(5);
        var compared = 0;
        for (var i = 0; i < 150; i++)
        {
            string[] words = random.Next(4) == 0 ? [] : Words[random.Next(Words.Length)].Split(' ');
            string[] narrowing = [.. Groups.OrderBy(_ => random.Next()).Take(random.Next(1, 5))];
            string[] must = random.Next(3) == 0 ? [Groups[random.Next(Groups.Length)]] : [];
            compared += await CompareAsync(session, words, narrowing, must, random.Next(4) switch { 0 => 1, 1 => 7, 2 => 40, _ => 1000 });
        }

        Assert.True(compared > 5000, $"only {compared} rows compared");
    }

    private static async Task<int> CompareAsync(TenantSession session, string[] words, string[] narrowing, string[] must, int most)
    {
        var hits = await NewestAsync(session, words, [.. must, .. narrowing], most);
        var near = await session.QueryAsync<(DateOnly Day, long Id, int Lacks)>(
            "SELECT day, id, lacks FROM search_neighbours('demand', @words, @narrowing, @must, '{seen:all}', @most, @since::date)",
            new { words, narrowing, must, most, since = hits.Count == most ? hits[^1].Day.ToString("O", CultureInfo.InvariantCulture) : "-infinity" }, default);
        var compared = 0;
        for (var i = 1; i <= narrowing.Length; i++)
        {
            var expected = await NewestAsync(session, words, [.. must, .. narrowing.Where((_, at) => at != i - 1)], most);
            var together = hits.Concat(near.Where(row => row.Lacks == i).Select(row => (row.Day, row.Id))).OrderByDescending(row => row).Take(most);
            Assert.Equal(expected, together);
            compared += expected.Count;
        }

        return compared;
    }

    private static Task<IReadOnlyList<(DateOnly Day, long Id)>> NewestAsync(TenantSession session, string[] words, string[] groups, int most) => session.QueryAsync<(DateOnly Day, long Id)>(
        "SELECT day, id FROM search_candidates('demand', @words, @words, @groups, '{seen:all}', @most) ORDER BY day DESC, id DESC LIMIT @most", new { words, groups, most }, default);
}
