using System.Globalization;
using System.Text.Json;
using Matching.Service.Data;
using Matching.Service.Http;
using Matching.Service.Jobs;

namespace Matching.Service.Features.Plans;

internal sealed class PlanStore(TenantSession session)
{
    // A plan that is not finished is as far as its run.
    private const string Columns = """
        p.id, p.title, CASE WHEN p.finished_at IS NOT NULL THEN 'DONE' WHEN r.state = 'PLANNED' THEN 'QUEUED' WHEN r.state = 'SUCCEEDED' THEN 'FAILED' ELSE coalesce(r.state, 'QUEUED') END AS state,
        p.objective, p.k, p.scope::text AS scope, p.rules::text AS rules, p.run_id AS job_run_id, p.requested_at, p.snapshot_at, p.lists_since, p.weights_version
        """;

    private const string From = "FROM plan p LEFT JOIN job_run r ON (r.consortium_id, r.id) = (p.consortium_id, p.run_id) WHERE p.consortium_id = current_consortium()";

    private const string FindSql = $"SELECT {Columns} {From} AND p.id = @Id";

    private const string FiguresSql = "SELECT figures::text FROM plan WHERE consortium_id = current_consortium() AND id = @Id";

    private const string IsThereSql = "SELECT EXISTS (SELECT FROM plan WHERE consortium_id = current_consortium() AND id = @Id)";

    private const string ListSql = $"""
        SELECT {Columns} {From}
          AND (@After::bigint IS NULL OR p.id < @After)
          AND (@Objective::text IS NULL OR p.objective = @Objective)
        ORDER BY p.id DESC LIMIT @Take + 1
        """;

    private const string InsertSql = """
        INSERT INTO plan (consortium_id, title, objective, k, scope, rules)
        VALUES (current_consortium(), @Title, @Objective, @K, @Scope::jsonb, @Rules::jsonb) RETURNING id
        """;

    private const string SetRunSql = "UPDATE plan SET run_id = @Run WHERE consortium_id = current_consortium() AND id = @Id";

    private const string DeleteSql = "DELETE FROM plan WHERE consortium_id = current_consortium() AND id = @Id";

    private const string IsSchoolSql = "SELECT EXISTS (SELECT FROM organization WHERE consortium_id = current_consortium() AND id = @Id AND kind = 'SCHOOL')";

    // A run has been to its end, whether or not it found anybody.
    private const string HasMatchesSql = "SELECT EXISTS (SELECT FROM match_set WHERE consortium_id = current_consortium())";

    internal static readonly JsonSerializerOptions Json = FrozenJson();

    public async Task<PlanDetail?> FindAsync(long id, CancellationToken ct) =>
        await session.FindAsync<PlanRow>(FindSql, new { Id = id }, ct) is not { } row ? null
        : new PlanDetail(row.ToPlan(), await session.FindAsync<string>(FiguresSql, new { Id = id }, ct) is { } figures ? JsonSerializer.Deserialize<PlanFigureTable>(figures, Json) : null);

    public Task<bool> IsThereAsync(long id, CancellationToken ct) => session.FindAsync<bool>(IsThereSql, new { Id = id }, ct);

    public async Task<IReadOnlyList<Plan>> ListAsync(PlanQuery query, CancellationToken ct) =>
        [.. (await session.QueryAsync<PlanRow>(ListSql, new { After = query.After?.Id, query.Objective, query.Take }, ct)).Select(row => row.ToPlan())];

    public Task<bool> IsSchoolAsync(long id, CancellationToken ct) => session.FindAsync<bool>(IsSchoolSql, new { Id = id }, ct);

    public Task<bool> HasMatchesAsync(CancellationToken ct) => session.FindAsync<bool>(HasMatchesSql, null, ct);

    /// <summary>Stores the request and queues its run, in one transaction.</summary>
    public async Task<Plan> InsertAsync(CreatePlan request, PlanScope scope, PlanRules rules, CancellationToken ct)
    {
        var row = new { request.Title, request.Objective, request.K, Scope = JsonSerializer.Serialize(scope, Json), Rules = JsonSerializer.Serialize(rules, Json) };
        var id = await session.FindAsync<long>(InsertSql, row, ct);
        var run = await JobLedger.EnqueueNowAsync(session, PlanJob.Spec.Name, id.ToString(CultureInfo.InvariantCulture), ct);
        await session.ExecuteAsync(SetRunSql, new { Id = id, Run = run }, ct);
        return (await session.FindAsync<PlanRow>(FindSql, new { Id = id }, ct))!.ToPlan();
    }

    /// <summary>With all its rows. A run in hand finds it gone and ends.</summary>
    public async Task<bool> DeleteAsync(long id, CancellationToken ct) => await session.ExecuteAsync(DeleteSql, new { Id = id }, ct) == 1;

    private static JsonSerializerOptions FrozenJson()
    {
        var json = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        HttpSetup.Configure(json);
        return json;
    }

    private sealed record PlanRow(
        long Id, string Title, string State, string Objective, int K, string Scope, string Rules, long? JobRunId, DateTime RequestedAt, DateTime? SnapshotAt, DateTime? ListsSince,
        int? WeightsVersion)
    {
        public Plan ToPlan() => new(
            Id, Title, State, Objective, K, JsonSerializer.Deserialize<PlanScope>(Scope, Json)!, JsonSerializer.Deserialize<PlanRules>(Rules, Json)!, JobRunId, RequestedAt,
            SnapshotAt, ListsSince, WeightsVersion);
    }
}
