using System.Net;
using System.Net.Http.Json;
using Dapper;
using Matching.Engine.Normalizing;
using Matching.Service.Data;
using Matching.Service.Features.Skills;
using Matching.Service.Http;
using Matching.Service.Reference;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Skills;

public class SkillVocabularyTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Resolve_GivesTheSameRow_ToSpellingsAndToConcurrentCallers()
    {
        var names = new[] { "ＪＡＶＡ", "java语言", "示例全新技能", "Java", "示例 全新 技能" };
        var resolved = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ResolveAsync(api.Data.First.Id, names)));

        Assert.All(resolved, ids => Assert.Equal(resolved[0], ids));
        Assert.Equal(2, resolved[0].Distinct().Count());
        Assert.Equal((resolved[0][0], resolved[0][0], resolved[0][2]), (resolved[0][1], resolved[0][3], resolved[0][4]));
        Assert.NotEqual(resolved[0][2], (await ResolveAsync(api.Data.Second.Id, names))[2]);
    }

    // Each caller holds its new words until it commits, so the other has to wait for them rather than invent its own.
    [Fact]
    public async Task Resolve_WaitsForTheOther_WhenBothBringTheSameNewWords()
    {
        await using var first = api.Database.Open(new TenantContext(ApiRoles.Office, api.Data.First.Id));
        await using var second = api.Database.Open(new TenantContext(ApiRoles.Office, api.Data.First.Id));
        var held = await ResolveAsync(first, ["示例甲", "示例乙"]);
        var waiting = ResolveAsync(second, ["示例乙", "示例甲"]);
        await first.CommitAsync(default);

        Assert.Equal(held.Reverse(), await waiting);
    }

    // Courses bear some of these names too; the editors' word goes before them.
    [Fact]
    public async Task Resolve_GivesTheEditedSkill_ForEachOfItsNames()
    {
        foreach (var link in ReferenceFile.Links("skills").Where(link => link.To.Length > 0))
        {
            Assert.Single((await ResolveAsync(api.Data.Second.Id, [link.From, .. link.To])).Distinct());
        }
    }

    [Theory]
    [InlineData("焊接", "焊接")]
    [InlineData("k8s", "Kubernetes")]
    [InlineData("ＰＯＳＴＧＲＥ", "PostgreSQL")]
    [InlineData("電氣", "电气")]
    [InlineData("c+", "C++")]
    public async Task List_FindsAnyPartOfANameOrAlias(string q, string part)
    {
        var page = await ListAsync(ApiRoles.School, $"q={Uri.EscapeDataString(q)}&take=100");

        Assert.NotEmpty(page.Items);
        Assert.Contains(page.Items, skill => skill.Shared && skill.Name.Contains(part, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("——")]
    [InlineData("查无此技能")]
    public async Task List_IsEmpty_WhenNothingBearsTheText(string q) => Assert.Empty((await ListAsync(ApiRoles.School, $"q={Uri.EscapeDataString(q)}")).Items);

    [Fact]
    public async Task List_HidesTheWordsOfOtherConsortia()
    {
        var own = await ResolveAsync(api.Data.First.Id, ["示例保密工艺"]);
        var foreign = await ResolveAsync(api.Data.Second.Id, ["示例保密工艺"]);

        var found = (await ListAsync(ApiRoles.Company, "q=保密工艺&state=PROVISIONAL")).Items;
        Assert.Equal(own, found.Select(skill => skill.Id));
        using var company = api.ClientAs(ApiRoles.Company);
        await HttpAssert.ProblemAsync(await company.GetAsync($"/api/v1/skills/{foreign[0]}"), HttpStatusCode.NotFound, "skill_not_found");
    }

    [Fact]
    public async Task Search_FindsWhatLookingAtEveryRowFinds()
    {
        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        var all = (await connection.QueryAsync<(long Id, string Key)>(
            "SELECT id, key FROM skill WHERE consortium_id = 0 UNION ALL SELECT skill_id, key FROM skill_alias WHERE consortium_id = 0")).ToList();
        await using var session = api.Database.Open(new TenantContext(ApiRoles.Office, api.Data.Second.Id));
        var random = new Random(7);
        for (var i = 0; i < 300; i++)
        {
            var key = all[random.Next(all.Count)].Key;
            var from = random.Next(key.Length);
            var part = key.Substring(from, random.Next(1, Math.Min(5, key.Length - from) + 1));

            var found = await session.QueryAsync<long>("SELECT id FROM search_skills(@part) WHERE consortium_id = 0 ORDER BY id", new { part }, default);

            Assert.Equal(all.Where(row => row.Key.Contains(part, StringComparison.Ordinal)).Select(row => row.Id).Distinct().Order(), found);
        }
    }

    // The function runs as the owner; so does this plan of its body.
    [Fact]
    public async Task Search_UsesItsIndexes()
    {
        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        var body = await connection.ExecuteScalarAsync<string>("SELECT prosrc FROM pg_proc WHERE proname = 'search_skills'");
        await connection.ExecuteAsync("SET ROLE matching_owner");

        var plan = string.Join('\n', await connection.QueryAsync<string>($"EXPLAIN {body!.Replace("part", "'焊接'", StringComparison.Ordinal)}"));

        Assert.Contains("skill_key_pieces", plan, StringComparison.Ordinal);
        Assert.Contains("skill_alias_key_pieces", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
    }

    private async Task<Page<Skill>> ListAsync(string role, string query)
    {
        using var client = api.ClientAs(role);
        return (await client.GetFromJsonAsync<Page<Skill>>($"/api/v1/skills?{query}"))!;
    }

    private async Task<long[]> ResolveAsync(long consortium, string[] names)
    {
        await using var session = api.Database.Open(new TenantContext(ApiRoles.Office, consortium));
        var ids = await ResolveAsync(session, names);
        await session.CommitAsync(default);
        return ids;
    }

    private static async Task<long[]> ResolveAsync(TenantSession session, string[] names) =>
        [.. await session.QueryAsync<long>("SELECT * FROM resolve_skills('SKILL', @names, @keys)", new { names, keys = names.Select(TextKey.Of).ToArray() }, default)];
}
