using Matching.Service.Changes;
using Matching.Service.Data;
using Matching.Service.Tests.Support;
using Npgsql;

namespace Matching.Service.Tests.Changes;

/// <summary>The log itself, written and read in SQL as the application role: order, late commits, and who learns of what.</summary>
public class ChangeLogTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private TestConsortium _own = null!;
    private TestConsortium _partner = null!;

    public async Task InitializeAsync()
    {
        _own = await TestData.CreateConsortiumAsync(database, $"甲{Guid.NewGuid():n}", "440300");
        _partner = await TestData.CreateConsortiumAsync(database, $"乙{Guid.NewGuid():n}", "110100");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Reader_WaitsForATransactionThatCommitsLate_AndMissesNothing()
    {
        await using var late = database.Open(As(_own, "company"));
        var first = await InsertAsync(late, _own);
        var second = await InsertAsync(_own);

        var before = await ReadAsync(As(_own, "office"), 0);
        await late.CommitAsync(default);
        var after = await ReadAsync(As(_own, "office"), before.Next);

        Assert.Empty(before.Items);
        Assert.Equal([first, second], after.Items.Select(change => change.Id));
        Assert.Empty((await ReadAsync(As(_own, "office"), after.Next)).Items);
    }

    [Fact]
    public async Task Reader_GoesOn_WhenTheTransactionItWaitedForRollsBack()
    {
        await using var late = database.Open(As(_own, "company"));
        await InsertAsync(late, _own);
        var kept = await InsertAsync(_own);
        await late.RollbackAsync(default);

        Assert.Equal([kept], (await ReadAsync(As(_own, "office"), 0)).Items.Select(change => change.Id));
    }

    [Fact]
    public async Task Reader_IsNotHeldUp_ByWritersOfAnotherConsortium()
    {
        await using var elsewhere = database.Open(As(_partner, "company"));
        await InsertAsync(elsewhere, _partner);
        var id = await InsertAsync(_own);

        Assert.Equal([id], (await ReadAsync(As(_own, "office"), 0)).Items.Select(change => change.Id));
    }

    [Fact]
    public async Task Reader_IsRefused_InASnapshotThatWouldMissCommits()
    {
        await using var session = new TenantSession(database.Service, As(_own, "office"), System.Data.IsolationLevel.RepeatableRead);
        await Assert.ThrowsAsync<PostgresException>(() => new ChangeReader(session).ReadAsync(null, 0, 10, default));
    }

    [Fact]
    public async Task Row_IsToldOncePerTransaction_WithItsLists()
    {
        await using (var session = database.Open(As(_own, "company")))
        {
            var id = await InsertAsync(session, _own);
            await AddSkillAsync(session, id, "数控编程");
            await session.ExecuteAsync("UPDATE demand SET headcount = 7 WHERE id = @id", new { id }, default);
            await session.CommitAsync(default);
        }

        var change = Assert.Single((await ReadAsync(As(_own, "school"), 0)).Items);
        Assert.Equal(("demand", "CREATED", 2), (change.Resource, change.Kind, change.Version));
    }

    [Fact]
    public async Task List_IsPartOfItsRow()
    {
        var id = await InsertAsync(_own);
        var cursor = (await ReadAsync(As(_own, "school"), 0)).Next;
        await RunAsync(As(_own, "company"), session => AddSkillAsync(session, id, "机械制图"));

        var change = Assert.Single((await ReadAsync(As(_own, "school"), cursor)).Items);
        Assert.Equal((id, "UPDATED"), (change.Id, change.Kind));
    }

    [Fact]
    public async Task RowMadeAndRemovedInOneTransaction_IsToldToNobody()
    {
        await RunAsync(As(_own, "company"), async session => await session.ExecuteAsync("DELETE FROM demand WHERE id = @id", new { id = await InsertAsync(session, _own) }, default));

        Assert.Empty((await ReadAsync(As(_own, "office"), 0)).Items);
    }

    [Theory]
    [InlineData("company", "CREATED", "UPDATED", "DELETED")]
    [InlineData("office", "CREATED", "UPDATED", "DELETED")]
    [InlineData("company2", null, "CREATED", "DELETED")]
    [InlineData("school", null, "CREATED", "DELETED")]
    [InlineData("department", null, "CREATED", "DELETED")]
    [InlineData("institute", null, "CREATED", "DELETED")]
    [InlineData("platform", null, null, null)]
    public async Task Draft_IsCreatedForTheOthers_WhenItOpens(string party, string? drafted, string? opened, string? deleted)
    {
        var reader = As(_own, party);
        var id = await InsertAsync(_own, "DRAFT");
        var first = await ReadAsync(reader, 0);
        await RunAsync(As(_own, "company"), session => session.ExecuteAsync("UPDATE demand SET state = 'OPEN' WHERE id = @id", new { id }, default));
        var second = await ReadAsync(reader, first.Next);
        await RunAsync(As(_own, "company"), session => session.ExecuteAsync("DELETE FROM demand WHERE id = @id", new { id }, default));
        var third = await ReadAsync(reader, second.Next);

        Assert.Equal((drafted, opened, deleted), (first.Items.SingleOrDefault()?.Kind, second.Items.SingleOrDefault()?.Kind, third.Items.SingleOrDefault()?.Kind));
    }

    [Theory]
    [InlineData("school", "CREATED", "UPDATED", "UPDATED", "DELETED")]
    [InlineData("office", "CREATED", "UPDATED", "UPDATED", "DELETED")]
    [InlineData("company", null, "CREATED", "DELETED", null)]
    [InlineData("company2", null, "CREATED", "DELETED", null)]
    [InlineData("school2", null, null, null, null)]
    [InlineData("department", null, null, null, null)]
    [InlineData("institute", null, null, null, null)]
    [InlineData("platform", null, null, null, null)]
    public async Task Consent_BringsAGraduateIntoSight_AndItsWithdrawalTakesHimOut(string party, string? entered, string? given, string? withdrawn, string? deleted)
    {
        var (school, reader) = (As(_own, "school"), As(_own, party));
        var kinds = new List<string?>();
        var cursor = 0L;
        foreach (var sql in (string[])
        [
            """
            WITH p AS (INSERT INTO program (consortium_id, school_id, major_code, name, education_code)
                       VALUES (current_consortium(), current_organization(), '460103', gen_random_uuid()::text, '31') RETURNING id)
            INSERT INTO graduate (consortium_id, school_id, program_id, reference, cohort, graduates_on)
            SELECT current_consortium(), current_organization(), id, gen_random_uuid()::text, 2026, '2026-06-30' FROM p
            """,
            "UPDATE graduate SET consent = true", "UPDATE graduate SET consent = false", "DELETE FROM graduate",
        ])
        {
            await RunAsync(school, session => session.ExecuteAsync(sql, null, default));
            var batch = await ReadAsync(reader, cursor, "graduate");
            cursor = batch.Next;
            kinds.Add(batch.Items.SingleOrDefault()?.Kind);
        }

        Assert.Equal([entered, given, withdrawn, deleted], kinds);
    }

    [Fact]
    public async Task Share_BringsADemandIntoThePartnersStream_AndItsWithdrawalTakesItOut()
    {
        var partner = As(_partner, "school");
        var id = await InsertAsync(_own, "DRAFT");
        Task StepAsync(string sql) => RunAsync(As(_own, "company"), session => session.ExecuteAsync(sql, new { id, Partner = _partner.Id }, default));
        var kinds = new List<string>();
        var cursor = 0L;
        foreach (var sql in (string[])
        [
            "INSERT INTO demand_share (consortium_id, demand_id, with_consortium) VALUES (current_consortium(), @id, @Partner)",
            "UPDATE demand SET state = 'OPEN' WHERE id = @id",
            "UPDATE demand SET headcount = 9 WHERE id = @id",
            "DELETE FROM demand_share WHERE demand_id = @id",
            "UPDATE demand SET headcount = 8 WHERE id = @id",
            "INSERT INTO demand_share (consortium_id, demand_id, with_consortium) VALUES (current_consortium(), @id, @Partner)",
            "DELETE FROM demand WHERE id = @id",
        ])
        {
            await StepAsync(sql);
            var batch = await ReadAsync(partner, cursor);
            cursor = batch.Next;
            kinds.Add(string.Join(' ', batch.Items.Select(change => change.Kind)));
        }

        Assert.Equal(["", "CREATED", "UPDATED", "DELETED", "", "CREATED", "DELETED"], kinds);
        Assert.Empty((await ReadAsync(new TenantContext("office", _partner.Id), 0, "program")).Items);
    }

    [Fact]
    public async Task Commit_IsHeardOnce_WithItsConsortium()
    {
        await using var listener = await database.Service.OpenConnectionAsync();
        var heard = new List<string>();
        listener.Notification += (_, told) => heard.Add(told.Payload);
        await using (var listen = new NpgsqlCommand($"LISTEN {ChangeReader.Channel}", listener))
        {
            await listen.ExecuteNonQueryAsync();
        }

        await RunAsync(As(_own, "company"), async session =>
        {
            await InsertAsync(session, _own);
            await InsertAsync(session, _own);
        });
        await listener.WaitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
        var mine = heard.Where(payload => payload.StartsWith($"{_own.Id}:", StringComparison.Ordinal)).ToArray();

        Assert.Single(mine);
        Assert.True((await ReadAsync(As(_own, "office"), 0)).Next > long.Parse(mine[0].Split(':')[1], System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Entries_AreWrittenByTriggersAlone()
    {
        await using var session = database.Open(As(_own, "office"));
        var error = await Assert.ThrowsAsync<PostgresException>(() => session.ExecuteAsync("UPDATE change_log SET seen_after = 3", null, default));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, error.SqlState);
        await using var again = database.Open(As(_own, "office"));
        Assert.Equal(0, await again.ExecuteAsync("DELETE FROM change_log", null, default));
    }

    private Task<long> InsertAsync(TestConsortium consortium, string state = "OPEN") => InsertAsync(null, consortium, state);

    private async Task<long> InsertAsync(TenantSession? given, TestConsortium consortium, string state = "OPEN")
    {
        var session = given ?? database.Open(As(consortium, "company"));
        var id = await session.FindAsync<long>(
            """
            INSERT INTO demand (consortium_id, organization_id, kind, source, state, title, region_code, headcount, opened_on)
            VALUES (current_consortium(), @Company, 'EMPLOYMENT', 'COMPANY', @state, '车工', '440306', 3, '2026-09-01') RETURNING id
            """,
            new { Company = consortium.Organizations["company"], state }, default);
        if (given is null)
        {
            await session.CommitAsync(default);
            await session.DisposeAsync();
        }

        return id;
    }

    private static Task<int> AddSkillAsync(TenantSession session, long demand, string name) => session.ExecuteAsync(
        """
        INSERT INTO demand_skill (consortium_id, demand_id, skill_id, must)
        SELECT current_consortium(), @demand, s, true FROM resolve_skills('SKILL', ARRAY[@name], ARRAY[@name]) AS s
        """,
        new { demand, name }, default);

    private async Task RunAsync(TenantContext who, Func<TenantSession, Task> work)
    {
        await using var session = database.Open(who);
        await work(session);
        await session.CommitAsync(default);
    }

    private async Task<ChangeBatch> ReadAsync(TenantContext who, long after, string resource = "demand")
    {
        await using var session = database.Open(who);
        return await new ChangeReader(session).ReadAsync(resource, after, 100, default);
    }

    private static TenantContext As(TestConsortium consortium, string party) =>
        new(party.TrimEnd('2'), consortium.Id, consortium.Organizations.TryGetValue(party, out var id) ? id : null);
}
