using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Matching.Service.Features.Audit;
using Matching.Service.Features.Organizations;
using Matching.Service.Http;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Http;

public class LimitsTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Key_IsToldToWait_WhenItAsksTooOften_AndOthersAreNot()
    {
        await using var strict = api.WithWebHostBuilder(host => host.UseSetting("Matching:RequestsPerMinute", "3"));
        using var client = strict.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", api.Data.First.Keys["company"]);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/organizations")).StatusCode);
        }

        var refused = await client.GetAsync("/api/v1/organizations");
        await HttpAssert.ProblemAsync(refused, HttpStatusCode.TooManyRequests, "too_many_requests");
        Assert.Equal(TimeSpan.FromSeconds(60), refused.Headers.RetryAfter?.Delta);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", api.Data.First.Keys["school"]);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/organizations")).StatusCode);
    }

    [Fact]
    public async Task AuditLog_TellsWhoChangedWhat_ToTheConsortiumsOwnStaff()
    {
        using var office = api.ClientAs("office");
        var created = await ApiData.CreateAsync<Organization>(office, "organizations", new WriteOrganization("COMPANY", "审计示例公司", "440306"));
        var url = $"/api/v1/audit-log?resource=organization&resourceId={created.Id}";
        var entry = (await office.GetFromJsonAsync<Page<AuditEntry>>(url))!.Items.Single();

        Assert.Equal(("INSERT", "office", api.Data.First.Organizations["office"]), (entry.Action, entry.Role, entry.OrganizationId));
        Assert.Equal((JsonValueKind.String, "审计示例公司"), (entry.After!.Value.GetProperty("name").ValueKind, entry.After.Value.GetProperty("name").GetString()));
        Assert.Null(entry.Before);
        Assert.NotNull(entry.RequestId);
        using var stranger = api.ClientOf(api.Data.Second, "office");
        Assert.Empty((await stranger.GetFromJsonAsync<Page<AuditEntry>>(url))!.Items);
    }
}
