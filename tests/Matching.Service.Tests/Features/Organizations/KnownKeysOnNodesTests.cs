using System.Net;
using System.Net.Http.Json;
using Dapper;
using Matching.Service.Data;
using Matching.Service.Features.Organizations;
using Matching.Service.Http;
using Matching.Service.Tests.Support;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Service.Tests.Features.Organizations;

/// <summary>Two nodes on one database: a key that one of them knows ends on it also when the other, or nobody's API at all, ends it.</summary>
public sealed class KnownKeysOnNodesTests(ApiFixture api) : IClassFixture<ApiFixture>, IAsyncLifetime
{
    private const string Url = "/api/v1/organizations";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly WebApplicationFactory<Program> _other = api.WithWebHostBuilder(_ => { });

    public async Task InitializeAsync()
    {
        foreach (var node in (WebApplicationFactory<Program>[])[api, _other])
        {
            var notices = node.Services.GetRequiredService<DatabaseNotices>();
            Assert.True(await UntilAsync(() => Task.FromResult(notices.IsCurrent)));
        }
    }

    public async Task DisposeAsync() => await _other.DisposeAsync();

    [Fact]
    public async Task Revoking_EndsTheKeyAtOnceHere_AndSoonOnTheOtherNode()
    {
        using var office = api.ClientAs("office");
        var issued = await HttpAssert.BodyAsync<IssuedKey>(
            await office.PostAsJsonAsync("/api/v1/api-keys", new CreateKey("company", api.Data.First.Organizations["company"])), HttpStatusCode.Created);
        using var here = api.ClientOf(issued.Key);
        using var there = On(_other, issued.Key);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await AskAsync(here), await AskAsync(there)));

        await HttpAssert.BodyAsync<KeyInfo>(await office.DeleteAsync($"/api/v1/api-keys/{issued.Info.Id}"));

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(here));
        Assert.True(await UntilAsync(async () => await AskAsync(there) == HttpStatusCode.Unauthorized));
    }

    // Without the triggers nobody is told, so a node goes on knowing what it knows: this shows that it asks the database nothing, and what a notice alone does.
    [Theory]
    [InlineData("revoked", "UPDATE api_key SET revoked_at = now() WHERE prefix = @prefix")]
    [InlineData("shortened", "UPDATE api_key SET expires_at = now() WHERE prefix = @prefix")]
    [InlineData("rotated", "UPDATE api_key SET secret_hash = sha256('') WHERE prefix = @prefix")]
    [InlineData("deleted", "DELETE FROM api_key WHERE prefix = @prefix")]
    [InlineData("organization suspended", "UPDATE organization SET state = 'SUSPENDED' WHERE id = (SELECT organization_id FROM api_key WHERE prefix = @prefix)")]
    [InlineData("consortium suspended", "UPDATE consortium SET state = 'SUSPENDED' WHERE id = (SELECT consortium_id FROM api_key WHERE prefix = @prefix)")]
    public async Task Key_EndsByTheNoticeOfWhateverEndedIt(string why, string sql)
    {
        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        foreach (var told in (bool[])[false, true])
        {
            var consortium = await TestData.CreateConsortiumAsync(api.Database, $"{why} {told}", "440300");
            var key = consortium.Keys["company"];
            using var client = On(_other, key);
            Assert.Equal(HttpStatusCode.OK, await AskAsync(client));

            await using var transaction = await connection.BeginTransactionAsync();
            await connection.ExecuteAsync($"SET LOCAL session_replication_role = {(told ? "origin" : "replica")}");
            await connection.ExecuteAsync(sql, new { prefix = ApiKey.Parse(key)!.Prefix });
            await transaction.CommitAsync();

            var expected = told ? HttpStatusCode.Unauthorized : HttpStatusCode.OK;
            Assert.True(await UntilAsync(async () => await AskAsync(client) == expected), $"{why}, told: {told}");
        }
    }

    [Fact]
    public async Task Key_IsLookedUpAnew_AfterTheConnectionThatHearsNoticesEnded()
    {
        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        var key = (await TestData.CreateConsortiumAsync(api.Database, "断线", "440300")).Keys["company"];
        using var client = On(_other, key);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(client));
        await connection.ExecuteAsync("SET session_replication_role = replica");
        await connection.ExecuteAsync("UPDATE api_key SET revoked_at = now() WHERE prefix = @prefix", new { prefix = ApiKey.Parse(key)!.Prefix });
        await connection.ExecuteAsync("RESET session_replication_role");
        Assert.True(await UntilAsync(async () => await AskAsync(client) == HttpStatusCode.OK));

        await connection.ExecuteAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND query IN ('SELECT 1', 'LISTEN matching_keys')");

        Assert.True(await UntilAsync(async () => await AskAsync(client) == HttpStatusCode.Unauthorized));
        var notices = _other.Services.GetRequiredService<DatabaseNotices>();
        Assert.True(await UntilAsync(() => Task.FromResult(notices.IsCurrent)));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(client));
    }

    private static HttpClient On(WebApplicationFactory<Program> node, string key)
    {
        var client = node.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return client;
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient client) => (await client.GetAsync(Url)).StatusCode;

    private static async Task<bool> UntilAsync(Func<Task<bool>> holds)
    {
        for (var start = DateTime.UtcNow; DateTime.UtcNow - start < Patience; await Task.Delay(20))
        {
            if (await holds())
            {
                return true;
            }
        }

        return false;
    }
}
