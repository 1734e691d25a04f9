using Matching.Service.Data;

namespace Matching.Service.Features.Matches;

/// <summary>A stored list, still packed.</summary>
internal sealed record StoredMatches(byte[] Matches, DateTime ComputedAt, int WeightsVersion);

/// <summary>The current lists, and whose they are to see.</summary>
internal sealed class MatchStore(TenantSession session)
{
    private const string OwnDemandSql = """
        SELECT EXISTS (SELECT FROM demand WHERE consortium_id = current_consortium() AND id = @Id
                       AND (is_staff() OR current_organization() IN (organization_id, posted_by_id)))
        """;

    private const string OwnGraduateSql = """
        SELECT EXISTS (SELECT FROM graduate WHERE consortium_id = current_consortium() AND id = @Id AND (is_staff() OR school_id = current_organization()))
        """;

    private const string DemandSql = """
        SELECT matches, computed_at, weights_version FROM match_of_demand WHERE consortium_id = current_consortium() AND demand_id = @Id
        """;

    private const string GraduateSql = """
        SELECT matches, computed_at, weights_version FROM match_of_graduate WHERE consortium_id = current_consortium() AND graduate_id = @Id
        """;

    /// <summary>Whether the row exists and its matches are the caller's to see.</summary>
    public async Task<bool> IsOwnAsync(MatchSide side, long id, CancellationToken ct) =>
        await session.FindAsync<bool>(side == MatchSide.Demand ? OwnDemandSql : OwnGraduateSql, new { Id = id }, ct);

    /// <summary>Null when no run has reached the row.</summary>
    public Task<StoredMatches?> FindAsync(MatchSide side, long id, CancellationToken ct) =>
        session.FindAsync<StoredMatches>(side == MatchSide.Demand ? DemandSql : GraduateSql, new { Id = id }, ct);
}
