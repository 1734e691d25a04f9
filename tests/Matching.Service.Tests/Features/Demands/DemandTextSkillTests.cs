using System.Net.Http.Json;
using Matching.Service.Features.Demands;
using Matching.Service.Http;
using Matching.Service.Tests.Imports;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Demands;

public class DemandTextSkillTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Create_AddsTheSkillsOfTheText_WhichTheSenderDidNotName()
    {
        using var company = api.ClientAs("company");

        var demand = await CreateAsync(company, "任职要求：1、精通MySQL；2、熟悉Python；3、会Docker者优先；4、不要求英语。", new AskedSkill("Python", false, 1));

        // What the sender said of Python stands.
        Assert.Equal("MySQL!5 TEXT,Docker? TEXT,Python?1 STATED", Written(demand));
        Assert.Equal(demand.Skills, (await company.GetFromJsonAsync<Demand>($"/api/v1/demands/{demand.Id}"))!.Skills);
    }

    [Fact]
    public async Task Update_ReplacesTheSkillsOfTheText_AndLeavesTheSenders()
    {
        using var company = api.ClientAs("company");
        var demand = await CreateAsync(company, "熟悉MySQL和Docker", new AskedSkill("Python"));

        // The skills are sent back as they were read.
        var changed = await UpdateAsync(company, demand, "熟悉Kafka，了解Docker", demand.Skills);
        Assert.Equal("Kafka!3 TEXT,Docker?1 TEXT,Python! STATED", Written(changed));

        Assert.Equal("Python! STATED", Written(await UpdateAsync(company, changed, null, changed.Skills)));
    }

    [Fact]
    public async Task Batch_ReadsEachText()
    {
        using var company = api.ClientAs("company");
        var items = new[] { "精通Kafka", "", "身体健康，能出差" }.Select(text => ApiData.NewDemand() with { Description = text, Skills = [], Certificates = [] }).ToArray();

        var page = await HttpAssert.BodyAsync<Page<Demand>>(await company.PostAsJsonAsync("/api/v1/demands/batch", new DemandBatch(items)));

        Assert.Equal(["Kafka!5 TEXT", "", ""], page.Items.Select(Written));
    }

    [Fact]
    public async Task Import_AddsTheSkillsOfTheText_AndReplacesThemWithTheNextFile()
    {
        var client = new ImportClient(api, "company");
        const string header = "企业内部编号,岗位名称,需求人数,必备技能,岗位描述\n";

        await client.ImportAsync("demands", header + "T-1,开发,1,Python,熟悉MySQL；Python优先\nT-2,开发,1,,\n");
        Assert.Equal("MySQL:t:3:TEXT,Python:t::STATED", await StoredAsync("T-1"));

        await client.ImportAsync("demands", header + "T-1,开发,1,Python,了解Kafka\n");
        Assert.Equal("Kafka:f:1:TEXT,Python:t::STATED", await StoredAsync("T-1"));
    }

    private Task<string> StoredAsync(string reference) => api.ValueAsync<string>($"""
        SELECT string_agg(concat(s.name, ':', left(k.must::text, 1), ':', k.level, ':', k.origin), ',' ORDER BY s.name COLLATE "C")
        FROM demand_skill k JOIN skill s ON s.id = k.skill_id JOIN demand d ON d.id = k.demand_id WHERE d.external_ref = '{reference}'
        """);

    private static Task<Demand> CreateAsync(HttpClient company, string text, params AskedSkill[] skills) =>
        ApiData.CreateAsync<Demand>(company, "demands", ApiData.NewDemand() with { Description = text, Skills = skills, Certificates = [] });

    private static async Task<Demand> UpdateAsync(HttpClient company, Demand demand, string? text, AskedSkill[] skills) =>
        await HttpAssert.BodyAsync<Demand>(await company.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Put, $"/api/v1/demands/{demand.Id}", demand.Version,
            new WriteDemand(demand.Title, demand.RegionCode, demand.Headcount, Description: text, Skills: skills))));

    // Required ones first, then by the age of the skill; the order of the two is the vocabulary's.
    private static string Written(Demand demand) => string.Join(',', demand.Skills.OrderBy(skill => skill.Origin == "STATED").ThenByDescending(skill => skill.Must)
        .ThenBy(skill => skill.Name, StringComparer.Ordinal).Select(skill => $"{skill.Name}{(skill.Must ? "!" : "?")}{skill.Level} {skill.Origin}"));
}
