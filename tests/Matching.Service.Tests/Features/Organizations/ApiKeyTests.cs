using System.Net;
using System.Net.Http.Json;
using Dapper;
using Matching.Service.Features.Organizations;
using Matching.Service.Http;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Organizations;

public class ApiKeyTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Url = "/api/v1/api-keys";

    [Fact]
    public async Task Administrator_RotatesTheKeysOfHisOrganization()
    {
        using var company = api.ClientAs(ApiRoles.Company);
        var request = new CreateKey(ApiRoles.Company, api.Data.First.Organizations["company"], Administers: true, Label: "轮换");
        var issued = await HttpAssert.BodyAsync<IssuedKey>(await company.PostAsJsonAsync(Url, request), HttpStatusCode.Created);
        using var renewed = api.ClientOf(issued.Key);

        var keys = await renewed.GetFromJsonAsync<Page<KeyInfo>>(Url);
        Assert.All(keys!.Items, key => Assert.Equal(request.OrganizationId, key.OrganizationId));
        Assert.Contains(keys.Items, key => key.Id == issued.Info.Id && issued.Key.StartsWith($"mk_{key.Prefix}_", StringComparison.Ordinal));

        await HttpAssert.BodyAsync<KeyInfo>(await company.DeleteAsync($"{Url}/{issued.Info.Id}"));
        await HttpAssert.ProblemAsync(await renewed.GetAsync(Url), HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task Administrator_GetsNoKeyBeyondHisOrganizationAndRole()
    {
        using var company = api.ClientAs(ApiRoles.Company);
        var organizations = api.Data.First.Organizations;

        foreach (var request in (CreateKey[])[new(ApiRoles.Company, organizations["company2"]), new(ApiRoles.Office, organizations["office"]), new(ApiRoles.Platform)])
        {
            await HttpAssert.ProblemAsync(await company.PostAsJsonAsync(Url, request), HttpStatusCode.Forbidden, "forbidden");
        }
    }

    [Fact]
    public async Task Office_IsRefusedAKeyWhoseRoleIsNotItsOrganizationsKind()
    {
        using var office = api.ClientAs(ApiRoles.Office);

        foreach (var organization in (long[])[api.Data.First.Organizations["company"], api.Data.Second.Organizations["school"]])
        {
            await HttpAssert.ProblemAsync(await office.PostAsJsonAsync(Url, new CreateKey(ApiRoles.School, organization)), HttpStatusCode.BadRequest, "role_does_not_fit");
        }
    }

    [Fact]
    public async Task Key_IsStoredAsHashOnly()
    {
        using var office = api.ClientAs(ApiRoles.Office);
        var issued = await HttpAssert.BodyAsync<IssuedKey>(await office.PostAsJsonAsync(Url, new CreateKey(ApiRoles.Platform)), HttpStatusCode.Created);
        var secret = issued.Key[(issued.Key.LastIndexOf(issued.Info.Prefix, StringComparison.Ordinal) + issued.Info.Prefix.Length + 1)..];

        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        Assert.Equal(0, await connection.ExecuteScalarAsync<long>(
            "SELECT (SELECT count(*) FROM api_key k WHERE k::text LIKE '%' || @secret || '%') + (SELECT count(*) FROM audit_log a WHERE a::text LIKE '%' || @secret || '%')",
            new { secret }));
    }

    [Theory]
    [InlineData("expired")]
    [InlineData("suspended")]
    [InlineData("forged")]
    [InlineData("malformed")]
    public async Task Key_IsUnauthorized_WhenItNoLongerOrNeverWorked(string why)
    {
        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        var consortium = await TestData.CreateConsortiumAsync(api.Database, why, "440300");
        var key = consortium.Keys["company"];
        switch (why)
        {
            case "expired":
                key = await TestData.CreateKeyAsync(connection, consortium.Id, consortium.Organizations["company"], ApiRoles.Company, validDays: -1);
                break;
            case "suspended":
                await connection.ExecuteAsync("UPDATE organization SET state = 'SUSPENDED' WHERE id = @Id", new { Id = consortium.Organizations["company"] });
                break;
            case "forged":
                key = key[..^4] + "AAAA";
                break;
            default:
                key = "mk_";
                break;
        }

        using var client = api.ClientOf(key);
        await HttpAssert.ProblemAsync(await client.GetAsync("/api/v1/organizations"), HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task Operator_OnboardsAConsortium_WhoseOfficeKeyWorks()
    {
        using var admin = api.ClientOf(api.Data.First.Keys[ApiRoles.Admin]);
        var created = await HttpAssert.BodyAsync<CreatedConsortium>(
            await admin.PostAsJsonAsync("/api/v1/consortia", new CreateConsortium("丙市产教联合体", "320200", "丙市秘书处")), HttpStatusCode.Created);
        using var office = api.ClientOf(created.Key.Key);

        Assert.Equal(created.Consortium, await office.GetFromJsonAsync<Consortium>("/api/v1/consortia/own"));
        Assert.Equal([created.Office], (await office.GetFromJsonAsync<Page<Organization>>("/api/v1/organizations"))!.Items);
    }

    [Fact]
    public async Task ConsortiumHeader_IsIgnored_FromAnybodyButTheOperator()
    {
        using var company = api.ClientAs(ApiRoles.Company);
        company.DefaultRequestHeaders.Add(Caller.ConsortiumHeader, $"{api.Data.Second.Id}");

        Assert.Equal(api.Data.First.Id, (await company.GetFromJsonAsync<Consortium>("/api/v1/consortia/own"))!.Id);
    }
}
