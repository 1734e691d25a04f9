using Matching.Engine.Retrieval;
using Matching.Service.Data;

namespace Matching.Service.Features.Introductions;

internal sealed class IntroductionStore(TenantSession session)
{
    // What the caller may not see of the graduate is null: row-level security decides.
    private const string Select = """
        SELECT i.id, i.demand_id, d.title AS demand_title, i.graduate_id, i.company_id, i.school_id, i.state, i.state_since, i.decline_reason, i.from_match, i.reason,
               g.reference AS graduate_reference, p.name AS program_name,
               ARRAY(SELECT s.name FROM graduate_skill x JOIN skill s ON s.id = x.skill_id
                     WHERE x.consortium_id = i.consortium_id AND x.graduate_id = i.graduate_id ORDER BY s.kind DESC, s.id) AS skills,
               i.row_version AS version
        FROM introduction i
        JOIN demand d ON d.consortium_id = i.consortium_id AND d.id = i.demand_id
        LEFT JOIN graduate g ON g.consortium_id = i.consortium_id AND g.id = i.graduate_id
        LEFT JOIN program p ON p.consortium_id = g.consortium_id AND p.id = g.program_id
        """;

    private const string FindSql = $"{Select} WHERE i.consortium_id = current_consortium() AND i.id = @Id";

    private const string ListSql = $"""
        {Select}
        WHERE i.consortium_id = current_consortium() AND i.id > @After
          AND (@DemandId::bigint IS NULL OR i.demand_id = @DemandId)
          AND (@GraduateId::bigint IS NULL OR i.graduate_id = @GraduateId)
          AND (@State::text IS NULL OR i.state = @State)
        ORDER BY i.id
        LIMIT @Take + 1
        """;

    private const string ConsentSql = "SELECT consent FROM graduate WHERE consortium_id = current_consortium() AND id = @GraduateId";

    // A company sees the list of its demand, a school that of its graduate, the office both.
    private const string MatchesSql = """
        SELECT matches, @GraduateId AS wanted FROM match_of_demand WHERE consortium_id = current_consortium() AND demand_id = @DemandId
        UNION ALL
        SELECT matches, @DemandId FROM match_of_graduate WHERE consortium_id = current_consortium() AND graduate_id = @GraduateId
        """;

    private const string InsertSql = """
        INSERT INTO introduction (consortium_id, demand_id, graduate_id, company_id, school_id, from_match, reason)
        SELECT current_consortium(), d.id, g.id, d.organization_id, g.school_id, @FromMatch, @Reason
        FROM demand d, graduate g
        WHERE d.consortium_id = current_consortium() AND d.id = @DemandId AND d.state = 'OPEN'
          AND g.consortium_id = current_consortium() AND g.id = @GraduateId AND g.consent
          AND (is_staff() OR current_organization() IN (d.organization_id, g.school_id))
        RETURNING id
        """;

    // Without the graduate's consent nothing goes on; it may only end.
    private const string MoveSql = """
        UPDATE introduction SET state = @To, decline_reason = @Reason
        WHERE consortium_id = current_consortium() AND id = @Id AND state = ANY(@From) AND (@To = 'DECLINED' OR graduate_consents(consortium_id, graduate_id))
        RETURNING demand_id
        """;

    private const string EventSql = """
        WITH step AS (
            INSERT INTO introduction_event (consortium_id, introduction_id, state, by_role) VALUES (current_consortium(), @Id, @State, current_app_role()) RETURNING id)
        INSERT INTO introduction_note (consortium_id, event_id, organization_id, note)
        SELECT current_consortium(), id, current_organization(), @Note FROM step WHERE @Note <> ''
        """;

    private const string EventsSql = """
        SELECT e.id, e.state, e.by_role, coalesce(n.note, '') AS note, e.happened_at
        FROM introduction_event e
        LEFT JOIN introduction_note n ON n.consortium_id = e.consortium_id AND n.event_id = e.id
        WHERE e.consortium_id = current_consortium() AND e.introduction_id = @Id
        ORDER BY e.id
        """;

    // The demand's own function fills the seat, under the demand's own policies.
    private const string FillSql = "SELECT fill_demand(@DemandId, 1, coalesce(@HappenedOn, (now() AT TIME ZONE 'Asia/Shanghai')::date), @Note)";

    public Task<Introduction?> FindAsync(long id, CancellationToken ct) => session.FindAsync<Introduction>(FindSql, new { Id = id }, ct);

    public Task<IReadOnlyList<Introduction>> ListAsync(IntroductionQuery query, CancellationToken ct) => session.QueryAsync<Introduction>(
        ListSql, new { After = query.After?.Id ?? 0, query.DemandId, query.GraduateId, query.State, query.Take }, ct);

    public Task<IReadOnlyList<IntroductionEvent>> EventsAsync(long id, CancellationToken ct) => session.QueryAsync<IntroductionEvent>(EventsSql, new { Id = id }, ct);

    /// <summary>Whether the graduate consented; null when the caller does not see him at all.</summary>
    public Task<bool?> ConsentAsync(long graduateId, CancellationToken ct) => session.FindAsync<bool?>(ConsentSql, new { GraduateId = graduateId }, ct);

    /// <summary>Whether the pair stands in a list of matches that the caller sees.</summary>
    public async Task<bool> IsMatchAsync(CreateIntroduction pair, CancellationToken ct) =>
        (await session.QueryAsync<(byte[] Matches, long Wanted)>(MatchesSql, new { pair.DemandId, pair.GraduateId }, ct))
            .Any(row => PackedMatches.Unpack(row.Matches).Any(match => match.Id == row.Wanted));

    /// <summary>Null when the demand is not open, or neither side is the caller's.</summary>
    public async Task<Introduction?> InsertAsync(CreateIntroduction request, bool fromMatch, CancellationToken ct)
    {
        if (await session.FindAsync<long?>(InsertSql, new { request.DemandId, request.GraduateId, FromMatch = fromMatch, Reason = request.Reason ?? "" }, ct) is not { } id)
        {
            return null;
        }

        await session.ExecuteAsync(EventSql, new { Id = id, State = "SUGGESTED", Note = "" }, ct);
        return await FindAsync(id, ct);
    }

    /// <summary>Moves on and records it, and fills a seat on PLACED. Null when its state or the graduate's consent does not allow the step, or no seat is left.</summary>
    public async Task<Introduction?> MoveAsync(long id, IntroductionStep step, CancellationToken ct)
    {
        var move = new { Id = id, step.To, From = IntroductionStates.Before(step.To), Reason = step.To == "DECLINED" ? step.Reason : null };
        if (await session.FindAsync<long?>(MoveSql, move, ct) is not { } demand)
        {
            return null;
        }

        await session.ExecuteAsync(EventSql, new { Id = id, State = step.To, Note = step.Note ?? "" }, ct);
        return step.To != "PLACED" || await session.FindAsync<bool>(FillSql, new { DemandId = demand, step.HappenedOn, Note = $"推荐 {id} 入职" }, ct)
            ? await FindAsync(id, ct) : null;
    }
}
