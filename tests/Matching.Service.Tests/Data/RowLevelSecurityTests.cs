using Dapper;
using Matching.Service.Data;
using Matching.Service.Tests.Support;
using Npgsql;

namespace Matching.Service.Tests.Data;

/// <summary>What the database itself lets the application do, asked in SQL as the application role.</summary>
public class RowLevelSecurityTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private TestData _data = null!;

    public async Task InitializeAsync() =>
        _data = new TestData
        {
            First = await TestData.CreateConsortiumAsync(database, $"甲{Guid.NewGuid():n}", "440300"),
            Second = await TestData.CreateConsortiumAsync(database, $"乙{Guid.NewGuid():n}", "110100"),
        };

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task AppRole_IsNeitherSuperuserNorPastThePolicies()
    {
        await using var session = database.Open(TenantContext.Job(_data.First.Id));
        var (name, super, bypass) = await session.FindAsync<(string, bool, bool)>(
            "SELECT current_user::text, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user", null, default);

        Assert.Equal(("matching_app", false, false), (name, super, bypass));
    }

    [Fact]
    public async Task LoaderRole_MayOnlyInsert_AndOnlyIntoWhatFilesHold()
    {
        await using var connection = await database.Owner.OpenConnectionAsync();
        var granted = await connection.QueryAsync<string>("""
            SELECT DISTINCT privilege_type || ' ' || table_name FROM information_schema.role_table_grants
            WHERE grantee = 'matching_loader' AND table_schema = 'public' AND NOT (privilege_type = 'SELECT' AND table_name IN ('reference_code', 'reference_link', 'reference_edition', 'agency_phrase'))
            """);
        var functions = await connection.QueryAsync<string>("""
            SELECT p.proname FROM pg_proc p, aclexplode(p.proacl) a
            WHERE p.pronamespace = 'public'::regnamespace AND a.grantee = 'matching_loader'::regrole
            """);

        string[] targets = ["demand", "demand_event", "demand_skill", "graduate", "graduate_order_class", "graduate_skill"];
        Assert.Equal(targets.Select(table => $"INSERT {table}"), granted.Order(StringComparer.Ordinal));
        Assert.Empty(functions);
    }

    [Fact]
    public async Task EveryTenantTable_HasForcedRowLevelSecurity()
    {
        await using var connection = await database.Owner.OpenConnectionAsync();
        var open = await connection.QueryAsync<string>("""
            SELECT c.relname
            FROM pg_class c
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'consortium_id'
            WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
            """);

        Assert.Empty(open);
    }

    [Fact]
    public async Task EveryTable_BelongsToTheOwnerRole()
    {
        await using var connection = await database.Owner.OpenConnectionAsync();
        var strays = await connection.QueryAsync<string>("""
            SELECT c.relname FROM pg_class c
            WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND pg_get_userbyid(c.relowner) <> 'matching_owner'
            """);

        Assert.Empty(strays);
    }

    [Fact]
    public async Task Rows_AreThoseOfTheSessionsConsortium_AndNoneWithoutOne()
    {
        Assert.Equal(7, await CountAsync(TenantContext.Job(_data.First.Id), "organization"));
        Assert.Equal(0, await CountAsync(TenantContext.Public, "organization"));
        Assert.Equal(0, await CountAsync(TenantContext.Planner, "organization"));
        Assert.True(await CountAsync(TenantContext.Planner, "consortium") >= 2);
    }

    [Fact]
    public async Task Insert_IsRefused_IntoAnotherConsortium()
    {
        await using var session = database.Open(new TenantContext("office", _data.First.Id));
        var error = await Assert.ThrowsAsync<PostgresException>(() => session.ExecuteAsync(
            "INSERT INTO organization (consortium_id, kind, name, region_code) VALUES (@Id, 'COMPANY', '越界', '440300')", new { _data.Second.Id }, default));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, error.SqlState);
    }

    [Fact]
    public async Task Demand_IsReadAcrossConsortia_OnlyWhenShared()
    {
        var demand = await InsertDemandAsync(_data.First, "company", "OPEN");
        var reader = new TenantContext("company", _data.Second.Id, _data.Second.Organizations["company"]);
        Assert.Equal(0, await CountAsync(reader, "demand"));

        await using (var session = database.Open(As(_data.First, "company")))
        {
            await session.ExecuteAsync(
                "INSERT INTO demand_share (consortium_id, demand_id, with_consortium) VALUES (current_consortium(), @demand, @Id)",
                new { demand, _data.Second.Id }, default);
            await session.CommitAsync(default);
        }

        Assert.Equal(1, await CountAsync(reader, "demand"));
        await using var other = database.Open(reader);
        Assert.Equal(0, await other.ExecuteAsync("UPDATE demand SET headcount = 99", null, default));
    }

    [Fact]
    public async Task Share_IsRefused_ByWhoDoesNotOwnTheDemand()
    {
        var demand = await InsertDemandAsync(_data.First, "company", "OPEN");
        await using var session = database.Open(As(_data.First, "company2"));

        var error = await Assert.ThrowsAsync<PostgresException>(() => session.ExecuteAsync(
            "INSERT INTO demand_share (consortium_id, demand_id, with_consortium) VALUES (current_consortium(), @demand, @Id)",
            new { demand, _data.Second.Id }, default));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, error.SqlState);
    }

    [Fact]
    public async Task Draft_IsSeenByItsOwnerAndTheOfficeOnly()
    {
        await InsertDemandAsync(_data.First, "company", "DRAFT");

        Assert.Equal(1, await CountAsync(As(_data.First, "company"), "demand"));
        Assert.Equal(1, await CountAsync(As(_data.First, "office"), "demand"));
        Assert.Equal(0, await CountAsync(As(_data.First, "company2"), "demand"));
        Assert.Equal(0, await CountAsync(As(_data.First, "school"), "demand"));
        Assert.Equal(0, await CountAsync(new TenantContext("platform", _data.First.Id), "demand"));
    }

    [Theory]
    [InlineData("school", 2)]
    [InlineData("school2", 0)]
    [InlineData("company", 1)]
    [InlineData("department", 0)]
    [InlineData("office", 2)]
    public async Task Graduates_AreSeenByTheirSchool_AndByCompaniesOnConsent(string party, int expected)
    {
        await InsertGraduateAsync("a", consent: true);
        await InsertGraduateAsync("b", consent: false);

        Assert.Equal(expected, await CountAsync(As(_data.First, party), "graduate"));
        Assert.Equal(expected, await CountAsync(As(_data.First, party), "graduate_skill"));
    }

    [Theory]
    [InlineData("company", "企业备注")]
    [InlineData("school", "学校备注")]
    [InlineData("company2", null)]
    [InlineData("school2", null)]
    [InlineData("department", null)]
    [InlineData("office", "企业备注,学校备注")]
    public async Task IntroductionNotes_AreReadByTheSideThatWroteThem(string party, string? notes)
    {
        await InsertIntroductionAsync();
        await using var session = database.Open(As(_data.First, party));

        Assert.Equal(notes, await session.FindAsync<string>("SELECT string_agg(note, ',' ORDER BY event_id) FROM introduction_note", null, default));
        await using var elsewhere = database.Open(As(_data.Second, party));
        Assert.Equal(0, await elsewhere.FindAsync<int>("SELECT count(*)::int FROM introduction_note", null, default));
    }

    [Fact]
    public async Task IntroductionNote_IsRefused_InTheOtherSidesName()
    {
        var introduction = await InsertIntroductionAsync();
        await using var session = database.Open(As(_data.First, "school"));

        var error = await Assert.ThrowsAsync<PostgresException>(() => session.ExecuteAsync(
            """
            INSERT INTO introduction_note (consortium_id, event_id, organization_id, note)
            SELECT consortium_id, id, @company, '冒名' FROM introduction_event e WHERE introduction_id = @introduction AND NOT EXISTS (SELECT FROM introduction_note n WHERE n.event_id = e.id)
            """,
            new { introduction, company = _data.First.Organizations["company"] }, default));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, error.SqlState);
    }

    [Fact]
    public async Task AuditLog_TakesInsertsOnly_AndKeepsBeforeAndAfter()
    {
        await using (var session = database.Open(As(_data.First, "office") with { RequestId = "r1" }))
        {
            await session.ExecuteAsync("UPDATE organization SET name = name || '新' WHERE id = @Id", new { Id = _data.First.Organizations["company"] }, default);
            await session.CommitAsync(default);
        }

        await using var app = database.Open(As(_data.First, "office"));
        var (action, before, after, request) = await app.FindAsync<(string, string, string, string)>(
            "SELECT action, before ->> 'name', after ->> 'name', request_id FROM read_audit_log('organization', @Id, NULL, 1)",
            new { Id = _data.First.Organizations["company"] }, default);
        Assert.Equal(("UPDATE", before + "新", "r1"), (action, after, request));

        foreach (var sql in (string[])["SELECT * FROM audit_log", "UPDATE audit_log SET role = 'x'", "DELETE FROM audit_log"])
        {
            await using var session = database.Open(As(_data.First, "office"));
            var error = await Assert.ThrowsAsync<PostgresException>(() => session.ExecuteAsync(sql, null, default));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, error.SqlState);
        }
    }

    [Fact]
    public async Task Session_LeavesNothingBehind_OnAPooledConnection()
    {
        var settings = new NpgsqlConnectionStringBuilder(database.ServiceConnectionString) { MaxPoolSize = 1 };
        await using var one = NpgsqlDataSource.Create(settings.ConnectionString);
        await using (var session = new TenantSession(one, TenantContext.Job(_data.First.Id)))
        {
            Assert.Equal(7, await session.FindAsync<int>("SELECT count(*)::int FROM organization", null, default));
            await session.CommitAsync(default);
        }

        await using var connection = await one.OpenConnectionAsync();
        Assert.Equal("matching_service", await connection.ExecuteScalarAsync<string>("SELECT current_user::text"));
        Assert.Null(await connection.ExecuteScalarAsync<long?>("SELECT current_consortium()"));
    }

    private static TenantContext As(TestConsortium consortium, string party) =>
        new(party.TrimEnd('2'), consortium.Id, consortium.Organizations[party]);

    private async Task<int> CountAsync(TenantContext tenant, string table)
    {
        await using var session = database.Open(tenant);
        return await session.FindAsync<int>($"SELECT count(*)::int FROM {table}", null, default);
    }

    private async Task<long> InsertDemandAsync(TestConsortium consortium, string party, string state)
    {
        await using var connection = await database.Owner.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>(
            """
            INSERT INTO demand (consortium_id, organization_id, kind, source, state, title, region_code, headcount, opened_on)
            VALUES (@Id, @organization, 'EMPLOYMENT', 'COMPANY', @state, '数控车工', '440306', 3, '2026-01-01') RETURNING id
            """,
            new { consortium.Id, organization = consortium.Organizations[party], state });
    }

    // An introduction of the first company and school with a step of either side, each with its note, and one without.
    private async Task<long> InsertIntroductionAsync()
    {
        await InsertGraduateAsync("a", consent: true);
        var demand = await InsertDemandAsync(_data.First, "company", "OPEN");
        await using var connection = await database.Owner.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>(
            """
            WITH i AS (
                INSERT INTO introduction (consortium_id, demand_id, graduate_id, company_id, school_id, reason)
                SELECT @Id, @demand, id, @company, @school, '双选会' FROM graduate WHERE consortium_id = @Id AND reference = 'a' RETURNING id),
            e AS (
                INSERT INTO introduction_event (consortium_id, introduction_id, state, by_role)
                SELECT @Id, i.id, 'CONTACTED', role FROM i, unnest(ARRAY['company', 'school', 'office']) AS role RETURNING id, by_role),
            n AS (
                INSERT INTO introduction_note (consortium_id, event_id, organization_id, note)
                SELECT @Id, id, CASE by_role WHEN 'company' THEN @company ELSE @school END, CASE by_role WHEN 'company' THEN '企业备注' ELSE '学校备注' END FROM e WHERE by_role <> 'office')
            SELECT id FROM i
            """,
            new { _data.First.Id, demand, company = _data.First.Organizations["company"], school = _data.First.Organizations["school"] });
    }

    private async Task InsertGraduateAsync(string reference, bool consent)
    {
        await using var connection = await database.Owner.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            WITH p AS (
                INSERT INTO program (consortium_id, school_id, major_code, name, education_code)
                VALUES (@Id, @school, '460103', @reference, '31') RETURNING id),
            s AS (
                INSERT INTO skill (consortium_id, kind, name, key, source) VALUES (@Id, 'SKILL', @reference, @reference, 'INPUT') RETURNING id),
            g AS (
                INSERT INTO graduate (consortium_id, school_id, program_id, reference, cohort, graduates_on, consent)
                SELECT @Id, @school, id, @reference, 2026, '2026-06-30', @consent FROM p RETURNING id)
            INSERT INTO graduate_skill (consortium_id, graduate_id, skill_id, evidence) SELECT @Id, g.id, s.id, 'COURSE' FROM g, s
            """,
            new { _data.First.Id, school = _data.First.Organizations["school"], reference, consent });
    }
}
