using System.Net;
using System.Text;
using Matching.Service.Data;
using Matching.Service.Imports;
using Matching.Service.Imports.Files;
using Matching.Service.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Service.Tests.Imports;

/// <summary>Rows are written chunk by chunk while the next are read: what is asked of the whole file holds across chunks.</summary>
public class ImportChunkTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private readonly ImportClient _company = new(api, "company");
    private readonly ImportClient _office = new(api, "office");

    [Theory]
    [InlineData(1)]
    [InlineData(1_500)]
    [InlineData(2_200)]
    public async Task AllOrNothing_TakesBackEveryChunk_WhenOneRowIsWrong(int wrong)
    {
        var import = await _company.ImportAsync("demands", File($"W{wrong}", 2_300, wrong), "&mode=all-or-nothing");

        Assert.Equal(("REJECTED", 2_300, 2_299, 1, 0, 0), (import.State, import.Read, import.Accepted, import.Rejected, import.Created, import.Updated));
        Assert.Equal($"{wrong + 1}", Assert.Single((await _company.RejectedAsync(import.Id)).Skip(1))[0]);
        Assert.Equal(0, await CountAsync($"W{wrong}"));
        Assert.Equal(0, await api.ValueAsync<long>($"SELECT count(*) FROM search_entry WHERE resource = 'demand' AND title LIKE '车工w{wrong}%'"));
    }

    [Fact]
    public async Task DryRun_JudgesEveryChunk_AndWritesNothing()
    {
        var import = await _company.ImportAsync("demands", File("Y", 2_300, 1_500), "&dryRun=true");

        Assert.Equal(("DONE", 2_299, 1, 0), (import.State, import.Accepted, import.Rejected, import.Created));
        Assert.Single((await _company.RejectedAsync(import.Id)).Skip(1));
        Assert.Equal(0, await CountAsync("Y"));
    }

    [Fact]
    public async Task Known_AreUpdated_InWhateverChunkTheyStand()
    {
        await _company.ImportAsync("demands", File("M", 1_200, 0));
        var again = await _company.ImportAsync("demands", File("M", 2_300, 1_100));

        Assert.Equal((1_100, 1_199), (again.Created, again.Updated));
        Assert.Equal(2_300, await CountAsync("M"));
        Assert.Equal(2_300, await api.ValueAsync<long>($"""
            SELECT count(*) FROM demand d WHERE d.external_ref LIKE 'M-%'
            AND (SELECT count(*) FROM demand_skill k WHERE k.demand_id = d.id) = 2 AND (SELECT count(*) FROM demand_event e WHERE e.demand_id = d.id) = 1
            """));
    }

    [Fact]
    public async Task NewCompany_IsOne_InWhateverChunkItIsNamed()
    {
        var rows = Enumerable.Range(1, 2_300).Select(i => $"N-{i},车工{i},跨块{i % 3}号（测试）有限公司\n");
        var import = await _office.ImportAsync("demands", Encoding.UTF8.GetBytes("企业内部编号,岗位名称,用人单位\n" + string.Concat(rows)), "&registerCompanies=true");

        Assert.Equal((2_300, 3), (import.Created, import.CompaniesRegistered));
        Assert.Equal(3, await api.ValueAsync<long>($"SELECT count(DISTINCT organization_id) FROM demand WHERE external_ref LIKE 'N-%'"));
    }

    /// <summary>Two feeds of the same new numbers: the later one waits for the earlier, finds the number taken, and leaves nothing.</summary>
    [Fact]
    public async Task Race_LeavesOneOfTwoFeeds_WhenBothBringTheSameNewNumbers()
    {
        var tenant = new TenantContext("company", api.Data.First.Id, api.Data.First.Organizations["company"]);
        await using var first = api.Database.Open(tenant);
        await using var second = api.Database.Open(tenant);
        await Feed(first).TakeAsync(new ImportRequest("demands"), "", FeedType.Ndjson, new MemoryStream(Lines()), long.MaxValue, CancellationToken.None);
        var racing = Feed(second).TakeAsync(new ImportRequest("demands"), "", FeedType.Ndjson, new MemoryStream(Lines()), long.MaxValue, CancellationToken.None);
        while (!racing.IsCompleted && await api.ValueAsync<long>($"SELECT count(*) FROM pg_locks WHERE NOT granted") == 0)
        {
            await Task.Yield();
        }

        await first.CommitAsync(CancellationToken.None);
        var refused = await Assert.ThrowsAsync<FileRefusedException>(() => racing);

        Assert.Equal("conflicts_with_known_records", refused.Code);
        Assert.Equal("matching_app", await second.FindAsync<string>("SELECT current_user::text", null, CancellationToken.None));
        Assert.Equal(50, await CountAsync("R"));

        static byte[] Lines() => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, 50).Select(i => $$"""{"externalRef":"R-{{i}}","title":"车工"}""" + "\n")));
    }

    /// <summary>A company's file that names another's rows, by name or by number, reaches none of them.</summary>
    [Fact]
    public async Task Company_CannotReachAnothersRows_ByNameOrNumber()
    {
        var other = new ImportClient(api, "company2");
        await other.ImportAsync("demands", "企业内部编号,岗位名称,需求人数\nT-1,钳工,3\n");
        var before = await StateAsync();

        var import = await _company.ImportAsync("demands",
            "企业内部编号,岗位名称,需求人数,用人单位\nT-1,抢来的岗位,9,\nT-2,冒名的岗位,9,甲市产教联合体-company2\nT-3,冒名的岗位,9,乙市产教联合体-company\n");
        using var claimed = await _company.PostAsync("demands", Encoding.UTF8.GetBytes("岗位名称\n车工\n"), $"&organizationId={api.Data.First.Organizations["company2"]}");
        using var abroad = await _office.PostAsync("demands", Encoding.UTF8.GetBytes("岗位名称\n车工\n"), $"&organizationId={api.Data.Second.Organizations["company"]}");

        Assert.Equal((1, 2), (import.Created, import.Rejected));
        Assert.Equal(before, await StateAsync());
        Assert.Equal(api.Data.First.Organizations["company"], await api.ValueAsync<long>($"SELECT organization_id FROM demand WHERE title = '抢来的岗位'"));
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (claimed.StatusCode, abroad.StatusCode));

        Task<string> StateAsync() => api.ValueAsync<string>($"""
            SELECT string_agg(to_jsonb(d)::text, ',' ORDER BY d.id) FROM demand d
            WHERE d.organization_id IN ({api.Data.First.Organizations["company2"]}, {api.Data.Second.Organizations["company"]})
            """);
    }

    private ImportFeed Feed(TenantSession session) => new(session, api.Services.GetRequiredService<ImportLoading>());

    private static byte[] File(string prefix, int rows, int wrong) => Encoding.UTF8.GetBytes(
        "企业内部编号,岗位名称,需求人数,必备技能\n" + string.Concat(Enumerable.Range(1, rows).Select(row =>
            $"{prefix}-{row},{(row == wrong ? "" : $"车工{prefix}{row}")},2,数控车床操作、机械制图\n")));

    private Task<long> CountAsync(string prefix) => api.ValueAsync<long>($"SELECT count(*) FROM demand WHERE external_ref LIKE '{prefix}-%'");
}
