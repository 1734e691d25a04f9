using Matching.Service.Data;
using Matching.Service.Tests.Support;
using Npgsql;

namespace Matching.Service.Tests.Data;

/// <summary>The loader passes the policies, so what they would refuse its one user refuses, and no session stays the loader.</summary>
public class LoaderCopyTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private static readonly LoadTable Demands = new("demand", "organization_id",
    [
        ("organization_id", "bigint"), ("external_ref", "text"), ("kind", "text"), ("source", "text"), ("state", "text"), ("title", "text"), ("region_code", "text"),
        ("headcount", "integer"), ("opened_on", "date"),
    ]);

    private static readonly PartTable Events = new("demand_event", "demand_id", [("happened_on", "date"), ("state", "text")]);

    private TestConsortium _first = null!;
    private TestConsortium _second = null!;

    public async Task InitializeAsync()
    {
        _first = await TestData.CreateConsortiumAsync(database, $"甲{Guid.NewGuid():n}", "440300");
        _second = await TestData.CreateConsortiumAsync(database, $"乙{Guid.NewGuid():n}", "110100");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Write_LeavesTheSessionAsItWas_AndTheRowsInItsConsortium()
    {
        await using var session = await OpenAsync("company", "company");
        var loader = new LoaderCopy(session, Demands);
        var id = Assert.Single(await loader.DrawAsync(1, default));
        await loader.WriteAsync([Row(id, _first.Organizations["company"])], default);
        await loader.WriteAsync(Events, [[id, new DateOnly(2026, 1, 1), "OPEN"]], default);

        Assert.Equal("matching_app", await RoleAsync(session));
        Assert.Equal((_first.Id, 1L), await session.FindAsync<(long, long)>(
            "SELECT consortium_id, (SELECT count(*) FROM demand_event e WHERE e.demand_id = d.id) FROM demand d WHERE id = @id", new { id }, default));
    }

    [Theory]
    [InlineData("company", "company", "company2")]
    [InlineData("school", "school", "company")]
    public async Task Write_IsRefused_WhenTheOwnerIsAnother(string role, string self, string owner)
    {
        await using var session = await OpenAsync(role, self);
        var loader = new LoaderCopy(session, Demands);
        var id = Assert.Single(await loader.DrawAsync(1, default));

        await Assert.ThrowsAsync<InvalidOperationException>(() => loader.WriteAsync([Row(id, _first.Organizations[owner])], default));

        await StaysTheApplicationAsync(session);
    }

    /// <summary>Also for those who may write for anybody in their consortium.</summary>
    [Theory]
    [InlineData("office")]
    [InlineData("admin")]
    [InlineData("job")]
    public async Task Write_IsRefused_WhenTheOwnerIsOfAnotherConsortium(string role)
    {
        await using var session = await OpenAsync(role, "office");
        var loader = new LoaderCopy(session, Demands);
        var id = Assert.Single(await loader.DrawAsync(1, default));

        var refused = await Assert.ThrowsAsync<PostgresException>(() => loader.WriteAsync([Row(id, _second.Organizations["company"])], default));

        Assert.Equal("demand_organization_fk", refused.ConstraintName);
        await StaysTheApplicationAsync(session);
    }

    [Fact]
    public async Task Write_IsRefused_WhenTheNumberWasNotDrawn_OrIsUsedAgain_OrAPartIsOfAnotherRow()
    {
        long foreign;
        await using (var other = database.Open(new TenantContext("company", _first.Id, _first.Organizations["company2"])))
        {
            await SummariseAsync(other);
            var theirs = new LoaderCopy(other, Demands);
            foreign = Assert.Single(await theirs.DrawAsync(1, default));
            await theirs.WriteAsync([Row(foreign, _first.Organizations["company2"])], default);
            await other.CommitAsync(default);
        }

        await RefusedAsync((loader, id) => loader.WriteAsync([Row(id + 1_000, _first.Organizations["company"])], default));
        await RefusedAsync((loader, id) => loader.WriteAsync([Row(foreign, _first.Organizations["company"])], default));
        await RefusedAsync((loader, id) => loader.WriteAsync([Row(id, _first.Organizations["company"]), Row(id, _first.Organizations["company"])], default));
        await RefusedAsync((loader, id) => loader.WriteAsync(Events, [[foreign, new DateOnly(2026, 1, 1), "OPEN"]], default));
        await RefusedAsync(async (loader, id) =>
        {
            await loader.WriteAsync([Row(id, _first.Organizations["company"])], default);
            await loader.DrawAsync(1, default);
            await loader.WriteAsync(Events, [[id, new DateOnly(2026, 1, 1), "OPEN"]], default);
        });
    }

    [Fact]
    public async Task Write_LeavesNoSessionAsTheLoader_WhenTheServerRefuses_OrTheCallerGivesUp()
    {
        await using var session = await OpenAsync("company", "company");
        var loader = new LoaderCopy(session, Demands);
        var ids = await loader.DrawAsync(2, default);
        await Assert.ThrowsAsync<PostgresException>(() => loader.WriteAsync(ids.Select(id => Row(id, _first.Organizations["company"], "同号")), default));
        await StaysTheApplicationAsync(session);

        await SummariseAsync(session);
        using var gone = new CancellationTokenSource();
        ids = await loader.DrawAsync(2, default);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loader.WriteAsync(ids.Select(id =>
        {
            gone.Cancel();
            return Row(id, _first.Organizations["company"]);
        }), gone.Token));
        await StaysTheApplicationAsync(session);
    }

    [Fact]
    public async Task Write_IsRefused_WhenNobodyAuditsTheRows()
    {
        await using var session = database.Open(new TenantContext("company", _first.Id, _first.Organizations["company"]));
        var loader = new LoaderCopy(session, Demands);
        var id = Assert.Single(await loader.DrawAsync(1, default));

        var refused = await Assert.ThrowsAsync<PostgresException>(() => loader.WriteAsync([Row(id, _first.Organizations["company"])], default));

        Assert.Contains("audit_log", refused.MessageText, StringComparison.Ordinal);
        await StaysTheApplicationAsync(session);
    }

    private async Task RefusedAsync(Func<LoaderCopy, long, Task> attack)
    {
        await using var session = await OpenAsync("company", "company");
        var loader = new LoaderCopy(session, Demands);
        var id = Assert.Single(await loader.DrawAsync(1, default));

        await Assert.ThrowsAsync<InvalidOperationException>(() => attack(loader, id));

        await StaysTheApplicationAsync(session);
    }

    // What the session does next it does in a new transaction, as the application.
    private static async Task StaysTheApplicationAsync(TenantSession session)
    {
        Assert.Equal("matching_app", await RoleAsync(session));
        Assert.Equal(0, await session.FindAsync<long>("SELECT count(*) FROM demand WHERE external_ref LIKE '%同号%' OR external_ref LIKE '号%' AND organization_id = current_organization()", null, default));
    }

    private static Task<string?> RoleAsync(TenantSession session) => session.FindAsync<string>("SELECT current_user::text", null, default);

    private static object?[] Row(long id, long organization, string? reference = null) =>
        [id, organization, reference ?? $"号{id}", "EMPLOYMENT", "COMPANY", "OPEN", "车工", "440300", 1, new DateOnly(2026, 1, 1)];

    // As an import says it: its rows are audited by one entry of the file.
    private async Task<TenantSession> OpenAsync(string role, string self)
    {
        var session = database.Open(new TenantContext(role, _first.Id, _first.Organizations[self]));
        await SummariseAsync(session);
        return session;
    }

    private static Task<int> SummariseAsync(TenantSession session) => session.ExecuteAsync("SELECT set_config('app.audit', 'summary', true)", null, default);
}
