using System.Net;
using System.Net.Http.Json;
using Dapper;
using Matching.Service.Data;
using Matching.Service.Features.Demands;
using Matching.Service.Features.Graduates;
using Matching.Service.Features.Skills;
using Matching.Service.Http;
using Matching.Service.Reference;
using Matching.Service.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Service.Tests.Features.Skills;

public class SkillEditingTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private readonly HttpClient _office = api.ClientAs("office");
    private readonly HttpClient _company = api.ClientAs("company");

    [Fact]
    public async Task Merge_MovesEveryReference_AndKeepsTheStricterWording()
    {
        var (from, into) = (Word(), Word());
        var both = await DemandAsync(new AskedSkill(from, true, 2), new AskedSkill(into, false, 4));
        var one = await DemandAsync(new AskedSkill(from, false));
        using var school = api.ClientAs("school");
        var program = await ApiData.CreateProgramAsync(school);
        var graduate = await ApiData.CreateAsync<Graduate>(school, "graduates", ApiData.NewGraduate(program.Id) with { Skills = [new(from, "CERTIFICATE", 2), new(into, "CLAIM", 3)] });
        var (old, stays) = (await IdAsync(from), await IdAsync(into));

        var target = await MergeAsync(old, stays);

        Assert.Equal([new SkillAlias(from, false)], target.Aliases);
        Assert.Equal((2, 1), (target.Uses.Demands, target.Uses.Graduates));
        var changed = (await _company.GetFromJsonAsync<Demand>($"/api/v1/demands/{both.Id}"))!;
        Assert.Equal([new AskedSkill(into, true, 4)], changed.Skills);
        Assert.True(changed.Version > both.Version);
        Assert.Equal([new AskedSkill(into, false)], (await _company.GetFromJsonAsync<Demand>($"/api/v1/demands/{one.Id}"))!.Skills);
        Assert.Equal([(into, "CERTIFICATE", 3)], (await school.GetFromJsonAsync<Graduate>($"/api/v1/graduates/{graduate.Id}"))!.Skills.Select(skill => (skill.Name, skill.Evidence, skill.Level ?? 0)));

        // The word comes again and is the target's; its old number says what became of it; merging again changes nothing.
        Assert.Equal([into], (await DemandAsync(new AskedSkill(from))).Skills.Select(skill => skill.Name));
        var signpost = await GetAsync(old);
        Assert.Equal(("MERGED", stays), (signpost.State, signpost.MergedIntoId));
        Assert.Equal(stays, (await MergeAsync(old, stays)).Id);
        Assert.Equal(["INSERT", "UPDATE"], (await AuditAsync(old)).Order().Distinct());
    }

    [Fact]
    public async Task Merge_GoesIntoASharedSkill_AndTextsKnowTheWordThen()
    {
        var word = $"示例爪哇{ApiData.Next()}";
        await DemandAsync(new AskedSkill(word));
        var java = (await _office.GetFromJsonAsync<Page<Skill>>("/api/v1/skills?q=MyBatis"))!.Items[0];
        Assert.Empty(await ExtractAsync($"精通{word}"));

        await MergeAsync(await IdAsync(word), java.Id);

        var found = Assert.Single(await ExtractAsync($"精通{word}"));
        Assert.Equal((java.Id, "MyBatis", true, 5, 2, word), (found.SkillId, found.Name, found.Must, found.Level, found.Offset, found.Phrase));
        using var stranger = api.ClientOf(api.Data.Second, "office");
        Assert.Empty((await HttpAssert.BodyAsync<Page<ExtractedSkill>>(await stranger.PostAsJsonAsync("/api/v1/skills/extract", new { text = $"精通{word}" }))).Items);
    }

    [Fact]
    public async Task Merge_IsRefused_WhereItMakesNoSense()
    {
        var (word, other) = (await CreateAsync(Word()), await CreateAsync(Word()));
        var shared = (await _office.GetFromJsonAsync<Page<Skill>>("/api/v1/skills?q=Kafka"))!.Items[0];
        var paper = await HttpAssert.BodyAsync<SkillDetail>(await _office.PostAsJsonAsync("/api/v1/skills", new CreateSkill(Word(), "CERTIFICATE")), HttpStatusCode.Created);

        await HttpAssert.ProblemAsync(await PostAsync(word.Id, "merge", new { into = word.Id }), HttpStatusCode.BadRequest, "same_skill");
        await HttpAssert.ProblemAsync(await PostAsync(word.Id, "merge", new { into = paper.Id }), HttpStatusCode.BadRequest, "other_kind");
        await HttpAssert.ProblemAsync(await PostAsync(word.Id, "merge", new { into = 999_999_999 }), HttpStatusCode.BadRequest, "reference_not_found");
        await HttpAssert.ProblemAsync(await PostAsync(shared.Id, "merge", new { into = word.Id }), HttpStatusCode.Forbidden, "shared_vocabulary");
        await MergeAsync(word.Id, shared.Id);
        await HttpAssert.ProblemAsync(await PostAsync(word.Id, "merge", new { into = other.Id }), HttpStatusCode.Conflict, "skill_merged");
        await HttpAssert.ProblemAsync(await PostAsync(word.Id, "promote", new { }), HttpStatusCode.Conflict, "skill_merged");
    }

    [Fact]
    public async Task Merge_OfASharedSkill_IsTheOperators_AndReachesEveryConsortium()
    {
        using var operatorClient = api.ClientOf(api.Data.First.Keys["admin"]);
        var from = await HttpAssert.BodyAsync<SkillDetail>(await operatorClient.PostAsJsonAsync("/api/v1/skills", new CreateSkill(Word())), HttpStatusCode.Created);
        var into = await HttpAssert.BodyAsync<SkillDetail>(await operatorClient.PostAsJsonAsync("/api/v1/skills", new CreateSkill(Word())), HttpStatusCode.Created);
        Assert.True(from.Shared);
        var demand = await DemandAsync(new AskedSkill(from.Name));
        using var other = api.ClientOf(api.Data.Second, "company");
        var foreign = await ApiData.CreateAsync<Demand>(other, "demands", ApiData.NewDemand() with { Skills = [new(from.Name)], Certificates = [] });

        await HttpAssert.BodyAsync<SkillDetail>(await operatorClient.PostAsJsonAsync($"/api/v1/skills/{from.Id}/merge", new { into = into.Id }));

        Assert.Equal(into.Name, (await _company.GetFromJsonAsync<Demand>($"/api/v1/demands/{demand.Id}"))!.Skills[0].Name);
        Assert.Equal(into.Name, (await other.GetFromJsonAsync<Demand>($"/api/v1/demands/{foreign.Id}"))!.Skills[0].Name);
    }

    // A table that names skills and is not moved would be left behind on words that are gone.
    [Fact]
    public async Task Merge_KnowsEveryTableThatNamesSkills()
    {
        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        var tables = await connection.QueryAsync<string>("SELECT DISTINCT conrelid::regclass::text FROM pg_constraint WHERE contype = 'f' AND confrelid = 'skill'::regclass ORDER BY 1");

        Assert.Equal(["demand_skill", "graduate_skill", "program_skill", "seeker_skill", "skill", "skill_alias"], tables);
    }

    [Fact]
    public async Task Review_ListsNewWordsByUse_WithWhatTheyMayBe()
    {
        using var office = api.ClientOf(api.Data.Second, "office");
        using var company = api.ClientOf(api.Data.Second, "company");
        Assert.DoesNotContain((await ReviewAsync(office, "")).Items, skill => skill.Name.StartsWith("PyTorch", StringComparison.Ordinal));
        foreach (var skills in new AskedSkill[][] { [new("PyTorch框架使用"), new("示例冷门词甲")], [new("PyTorch框架使用")], [new("PyTorch框架使用")] })
        {
            await ApiData.CreateAsync<Demand>(company, "demands", ApiData.NewDemand() with { Skills = skills, Certificates = [] });
        }

        var first = await ReviewAsync(office, "?take=1");
        var rest = await ReviewAsync(office, $"?after={first.Next}");

        var top = Assert.Single(first.Items);
        Assert.Equal(("PyTorch框架使用", 3, "PyTorch", "CONTAINED"), (top.Name, top.Uses, top.Proposals[0].Name, top.Proposals[0].Why));
        Assert.Contains(rest.Items, skill => skill is { Name: "示例冷门词甲", Uses: 1, Proposals: [] });
        Assert.DoesNotContain(rest.Items, skill => skill.Id == top.Id);

        await HttpAssert.BodyAsync<SkillDetail>(await office.PostAsJsonAsync($"/api/v1/skills/{top.Id}/promote", new { }));
        Assert.DoesNotContain((await ReviewAsync(office, "")).Items, skill => skill.Id == top.Id);
    }

    [Fact]
    public async Task Update_RenamesAndPlaces_ButMakesNoCircle()
    {
        var (whole, part) = (await CreateAsync(Word()), await CreateAsync(Word()));
        var renamed = Word();

        var placed = await HttpAssert.BodyAsync<SkillDetail>(await PutAsync(part, new UpdateSkill(renamed, whole.Id)));
        Assert.Equal((renamed, whole.Id), (placed.Name, Assert.Single(placed.Broader).Id));
        Assert.Equal([part.Name], placed.Aliases.Select(alias => alias.Name));

        await HttpAssert.ProblemAsync(await PutAsync(whole, new UpdateSkill(whole.Name, part.Id)), HttpStatusCode.BadRequest, "broader_cycle");
        await HttpAssert.ProblemAsync(await PutAsync(whole, new UpdateSkill(renamed)), HttpStatusCode.Conflict, "skill_exists");
        await HttpAssert.ProblemAsync(await PutAsync(part, new UpdateSkill(renamed)), HttpStatusCode.PreconditionFailed, "stale_version");
    }

    [Fact]
    public async Task Aliases_AreAddedAndRemoved_OnSharedSkillsToo()
    {
        var shared = (await _office.GetFromJsonAsync<Page<Skill>>("/api/v1/skills?q=Flink"))!.Items[0];
        var alias = Word();

        Assert.Contains(new SkillAlias(alias, false), (await HttpAssert.BodyAsync<SkillDetail>(await PostAsync(shared.Id, "aliases", new { name = alias }))).Aliases);
        Assert.Equal(["Flink"], (await DemandAsync(new AskedSkill(alias))).Skills.Select(skill => skill.Name));
        var other = await CreateAsync(Word());
        await HttpAssert.ProblemAsync(await PostAsync(other.Id, "aliases", new { name = alias }), HttpStatusCode.Conflict, "skill_exists");

        Assert.Equal(HttpStatusCode.NoContent, (await _office.DeleteAsync($"/api/v1/skills/{shared.Id}/aliases/{alias}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _office.DeleteAsync($"/api/v1/skills/{shared.Id}/aliases/{alias}")).StatusCode);
        Assert.Equal([alias], (await DemandAsync(new AskedSkill(alias))).Skills.Select(skill => skill.Name));
    }

    [Theory]
    [InlineData("五险一金|Java|周末双休|钳工|销售代表|团队管理|示例新词|专业培训", "Java 钳工 团队管理", "五险一金 周末双休 专业培训", "销售代表", "示例新词")]
    [InlineData(" ，、", "", "", "", "")]
    public async Task Tags_AreSorted(string cell, string skills, string benefits, string titles, string unknown)
    {
        await using var session = api.Database.Open(new TenantContext(ApiRoles.Office, api.Data.First.Id));
        var tags = SkillTags.Of(cell.Split('|'), await api.Services.GetRequiredService<SkillVocabulary>().OfAsync(session, default));

        Assert.Equal((skills, benefits, titles, unknown), (string.Join(' ', tags.Skills), string.Join(' ', tags.Benefits), string.Join(' ', tags.Titles), string.Join(' ', tags.Unknown)));
    }

    // An older file's course, alias and placing come to this build's on the next load, in what consortia have written too.
    [Fact]
    public async Task Seed_BringsAnOlderVocabularyToThisBuilds()
    {
        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        var (flask, python) = await connection.QuerySingleAsync<(long, long)>("SELECT (SELECT id FROM skill WHERE name = 'Flask' AND consortium_id = 0), (SELECT id FROM skill WHERE name = 'Python' AND consortium_id = 0)");
        var old = await connection.ExecuteScalarAsync<long>($"""
            DELETE FROM skill_alias WHERE consortium_id = 0 AND key = 'python编程';
            UPDATE skill SET broader_id = NULL, edited_at = NULL WHERE id = {flask};
            INSERT INTO skill (consortium_id, kind, name, key, source, state) VALUES (0, 'SKILL', 'Python编程', 'python编程', 'COURSE', 'ACCEPTED') RETURNING id
            """);
        var demand = await DemandAsync(new AskedSkill("Python编程"));

        await connection.ExecuteAsync("UPDATE reference_edition SET checksum = 'older' WHERE file = 'skills'; SET ROLE matching_owner");
        await ReferenceLoader.LoadAsync(connection, default);
        await connection.ExecuteAsync("RESET ROLE");

        Assert.Equal(["Python"], (await _company.GetFromJsonAsync<Demand>($"/api/v1/demands/{demand.Id}"))!.Skills.Select(skill => skill.Name));
        Assert.Equal(python, (await GetAsync(old)).MergedIntoId);
        Assert.Equal(python, (await GetAsync(flask)).BroaderId);
    }

    private static string Word() => $"示例技能{ApiData.Next()}号";

    private Task<Demand> DemandAsync(params AskedSkill[] skills) => ApiData.CreateAsync<Demand>(_company, "demands", ApiData.NewDemand() with { Skills = skills, Certificates = [] });

    private Task<SkillDetail> CreateAsync(string name) => ApiData.CreateAsync<SkillDetail>(_office, "skills", new CreateSkill(name));

    private async Task<SkillDetail> GetAsync(long id) => (await _office.GetFromJsonAsync<SkillDetail>($"/api/v1/skills/{id}"))!;

    private async Task<long> IdAsync(string name) => Assert.Single((await _office.GetFromJsonAsync<Page<Skill>>($"/api/v1/skills?q={name}"))!.Items).Id;

    private Task<HttpResponseMessage> PostAsync(long id, string what, object body) => _office.PostAsJsonAsync($"/api/v1/skills/{id}/{what}", body);

    private Task<HttpResponseMessage> PutAsync(SkillDetail skill, UpdateSkill body) =>
        _office.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Put, $"/api/v1/skills/{skill.Id}", skill.Version, body));

    private async Task<SkillDetail> MergeAsync(long from, long into) => await HttpAssert.BodyAsync<SkillDetail>(await PostAsync(from, "merge", new { into }));

    private async Task<IReadOnlyList<ExtractedSkill>> ExtractAsync(string text) =>
        (await HttpAssert.BodyAsync<Page<ExtractedSkill>>(await _company.PostAsJsonAsync("/api/v1/skills/extract", new { text }))).Items;

    private static async Task<Page<ProvisionalSkill>> ReviewAsync(HttpClient office, string query) =>
        (await office.GetFromJsonAsync<Page<ProvisionalSkill>>($"/api/v1/skills/review{query}"))!;

    private async Task<IEnumerable<string>> AuditAsync(long id)
    {
        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        return await connection.QueryAsync<string>("SELECT action FROM audit_log WHERE resource = 'skill' AND resource_id = @id", new { id });
    }
}
