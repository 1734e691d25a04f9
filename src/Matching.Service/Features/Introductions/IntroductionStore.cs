using Matching.Service.Data;

namespace Matching.Service.Features.Introductions;

internal sealed class IntroductionStore(TenantSession session)
{
    private const string Columns = "id, demand_id, graduate_id, company_id, school_id, state, row_version AS version";

    private const string FindSql = $"SELECT {Columns} FROM introduction WHERE consortium_id = current_consortium() AND id = @Id";

    private const string ListSql = $"""
        SELECT {Columns}
        FROM introduction
        WHERE consortium_id = current_consortium() AND id > @After
          AND (@DemandId::bigint IS NULL OR demand_id = @DemandId)
          AND (@GraduateId::bigint IS NULL OR graduate_id = @GraduateId)
          AND (@State::text IS NULL OR state = @State)
        ORDER BY id
        LIMIT @Take + 1
        """;

    private const string ConsentSql = """
        SELECT consent FROM graduate WHERE consortium_id = current_consortium() AND id = @GraduateId
        """;

    private const string InsertSql = $"""
        INSERT INTO introduction (consortium_id, demand_id, graduate_id, company_id, school_id)
        SELECT current_consortium(), d.id, g.id, d.organization_id, g.school_id
        FROM demand d, graduate g
        WHERE d.consortium_id = current_consortium() AND d.id = @DemandId AND d.state = 'OPEN'
          AND g.consortium_id = current_consortium() AND g.id = @GraduateId AND g.consent
          AND (is_staff() OR current_organization() IN (d.organization_id, g.school_id))
        RETURNING {Columns}
        """;

    private const string MoveSql = $"""
        UPDATE introduction SET state = @To
        WHERE consortium_id = current_consortium() AND id = @Id AND state = ANY(@From)
        RETURNING {Columns}
        """;

    private const string EventSql = """
        INSERT INTO introduction_event (consortium_id, introduction_id, state, by_role, note)
        VALUES (current_consortium(), @Id, @State, current_app_role(), @Note)
        """;

    private const string EventsSql = """
        SELECT id, state, by_role, note, happened_at FROM introduction_event
        WHERE consortium_id = current_consortium() AND introduction_id = @Id ORDER BY id
        """;

    // The demand's own function fills the seat, under the demand's own policies.
    private const string FillSql = "SELECT fill_demand(@DemandId, 1, coalesce(@HappenedOn, (now() AT TIME ZONE 'Asia/Shanghai')::date), @Note)";

    public Task<Introduction?> FindAsync(long id, CancellationToken ct) => session.FindAsync<Introduction>(FindSql, new { Id = id }, ct);

    public Task<IReadOnlyList<Introduction>> ListAsync(IntroductionQuery query, CancellationToken ct) => session.QueryAsync<Introduction>(
        ListSql, new { After = query.After?.Id ?? 0, query.DemandId, query.GraduateId, query.State, query.Take }, ct);

    public Task<IReadOnlyList<IntroductionEvent>> EventsAsync(long id, CancellationToken ct) => session.QueryAsync<IntroductionEvent>(EventsSql, new { Id = id }, ct);

    /// <summary>Whether the graduate consented; null when the caller does not see him at all.</summary>
    public Task<bool?> ConsentAsync(long graduateId, CancellationToken ct) => session.FindAsync<bool?>(ConsentSql, new { GraduateId = graduateId }, ct);

    /// <summary>Null when the demand is not open, or neither side is the caller's.</summary>
    public async Task<Introduction?> InsertAsync(CreateIntroduction request, CancellationToken ct)
    {
        if (await session.FindAsync<Introduction>(InsertSql, request, ct) is not { } introduction)
        {
            return null;
        }

        await session.ExecuteAsync(EventSql, new { introduction.Id, introduction.State, Note = "" }, ct);
        return introduction;
    }

    /// <summary>Moves on and records it, and fills a seat on PLACED. Null when its state does not allow the step or no seat is left.</summary>
    public async Task<Introduction?> MoveAsync(long id, IntroductionStep step, CancellationToken ct)
    {
        if (await session.FindAsync<Introduction>(MoveSql, new { Id = id, step.To, From = IntroductionStates.Before(step.To) }, ct) is not { } moved)
        {
            return null;
        }

        await session.ExecuteAsync(EventSql, new { Id = id, State = step.To, Note = step.Note ?? "" }, ct);
        return step.To != "PLACED" || await session.FindAsync<bool>(FillSql, new { moved.DemandId, step.HappenedOn, Note = $"推荐 {id} 入职" }, ct) ? moved : null;
    }
}
