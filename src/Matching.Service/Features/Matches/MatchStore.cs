using Matching.Engine.Retrieval;
using Matching.Service.Data;

namespace Matching.Service.Features.Matches;

/// <summary>A stored list, still packed.</summary>
internal sealed record StoredMatches(byte[] Matches, DateTime ComputedAt, int WeightsVersion);

/// <summary>Which side of the pairs a list belongs to.</summary>
internal enum MatchSide
{
    /// <summary>Graduates of a demand.</summary>
    Demand,

    /// <summary>Demands of a graduate.</summary>
    Graduate,
}

/// <summary>The lists of one part of a run. A part is the rows whose id leaves <c>Part</c> over when divided by <c>Parts</c>, so that parts never share a row.</summary>
internal sealed record MatchPartResult(MatchSide Side, int Part, int Parts, DateTime ComputedAt, int WeightsVersion, IReadOnlyList<(long Id, RankedMatch[] Matches)> Lists);

/// <summary>The two tables of packed lists.</summary>
internal sealed class MatchStore(TenantSession session)
{
    private const string OwnDemandSql = """
        SELECT EXISTS (SELECT FROM demand WHERE consortium_id = current_consortium() AND id = @Id
                       AND (is_staff() OR current_organization() IN (organization_id, posted_by_id)))
        """;

    private const string OwnGraduateSql = """
        SELECT EXISTS (SELECT FROM graduate WHERE consortium_id = current_consortium() AND id = @Id AND (is_staff() OR school_id = current_organization()))
        """;

    /// <summary>Whether the row exists and its matches are the caller's to see.</summary>
    public async Task<bool> IsOwnAsync(MatchSide side, long id, CancellationToken ct) =>
        await session.FindAsync<bool>(side == MatchSide.Demand ? OwnDemandSql : OwnGraduateSql, new { Id = id }, ct);

    /// <summary>Null when no run has reached the row.</summary>
    public Task<StoredMatches?> FindAsync(MatchSide side, long id, CancellationToken ct)
    {
        var (table, key) = Names(side);
        return session.FindAsync<StoredMatches>(
            $"SELECT matches, computed_at, weights_version FROM {table} WHERE consortium_id = current_consortium() AND {key} = @Id", new { Id = id }, ct);
    }

    /// <summary>
    /// The part's lists as they are now, and no others: rows that are no longer matched lose theirs. Repeating it changes nothing.
    /// A row deleted since it was read is left out rather than failing the run.
    /// </summary>
    public static async Task ReplaceAsync(TenantSession session, MatchPartResult result, long runId, long token, CancellationToken ct)
    {
        var (table, key) = Names(result.Side);
        var source = result.Side == MatchSide.Demand ? "demand" : "graduate";
        await session.ExecuteAsync(
            $"""
            DELETE FROM {table} WHERE consortium_id = current_consortium() AND {key} % @Parts = @Part AND NOT {key} = ANY(@Ids);
            INSERT INTO {table} (consortium_id, {key}, matches, computed_at, weights_version, run_id, run_token)
            SELECT current_consortium(), n.id, n.matches, @ComputedAt, @WeightsVersion, @RunId, @Token
            FROM unnest(@Ids, @Packed) AS n (id, matches)
            JOIN {source} s ON s.consortium_id = current_consortium() AND s.id = n.id
            ON CONFLICT ON CONSTRAINT {table}_pk DO UPDATE
            SET matches = excluded.matches, computed_at = excluded.computed_at, weights_version = excluded.weights_version, run_id = excluded.run_id, run_token = excluded.run_token
            """,
            new
            {
                result.Part, result.Parts, result.ComputedAt, result.WeightsVersion, RunId = runId, Token = token,
                Ids = result.Lists.Select(list => list.Id).ToArray(), Packed = result.Lists.Select(list => PackedMatches.Pack(list.Matches)).ToArray(),
            },
            ct);
    }

    private static (string Table, string Key) Names(MatchSide side) => side == MatchSide.Demand ? ("match_of_demand", "demand_id") : ("match_of_graduate", "graduate_id");
}
