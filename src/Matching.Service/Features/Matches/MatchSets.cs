using Matching.Service.Data;

namespace Matching.Service.Features.Matches;

/// <summary>Writes a run's lists beside the current ones, makes them the current ones, and removes what no run needs any more.</summary>
internal static class MatchSets
{
    // So much is removed in one transaction: a fraction of a second's work.
    private const int RowsPerRemoval = 20_000;

    /// <summary>The piece's lists. Repeating it changes nothing. A row deleted since it was read is left out.</summary>
    public static Task SaveAsync(TenantSession session, MatchPiece piece, long runId, MatchLists lists, CancellationToken ct)
    {
        var (table, key, source) = Names(piece.Side);
        return session.ExecuteAsync(
            $"""
            DELETE FROM {table} WHERE consortium_id = current_consortium() AND {key} BETWEEN @From AND @To AND run_id = @RunId;
            INSERT INTO {table} (consortium_id, {key}, matches, computed_at, weights_version, run_id)
            SELECT current_consortium(), n.id, n.matches, @ComputedAt, @WeightsVersion, @RunId
            FROM unnest(@Ids, @Packed) AS n (id, matches)
            WHERE EXISTS (SELECT FROM {source} s WHERE s.consortium_id = current_consortium() AND s.id = n.id AND s.id BETWEEN @From AND @To)
            """,
            new { piece.Range.From, piece.Range.To, RunId = runId, lists.ComputedAt, lists.WeightsVersion, lists.Ids, lists.Packed },
            ct);
    }

    /// <summary>All of the run's lists become the current ones at the commit, unless a later run's are already.</summary>
    public static Task PublishAsync(TenantSession session, long runId, CancellationToken ct) => session.ExecuteAsync(
        """
        INSERT INTO match_set (consortium_id, run_id) VALUES (current_consortium(), @RunId)
        ON CONFLICT ON CONSTRAINT match_set_pk DO UPDATE SET run_id = excluded.run_id, since = now() WHERE match_set.run_id < excluded.run_id
        """,
        new { RunId = runId },
        ct);

    /// <summary>Removes lists that are neither the current ones nor of a run that is still at work, beginning behind a row; the row it came to, or null at the end.</summary>
    public static Task<long?> RemoveOldAsync(TenantSession session, MatchSide side, long after, long runId, CancellationToken ct)
    {
        var (table, key, _) = Names(side);
        return session.FindAsync<long?>(
            $"""
            WITH reached AS (
                SELECT max(id) AS id FROM (SELECT {key} AS id FROM {table} WHERE consortium_id = current_consortium() AND {key} > @After ORDER BY {key} LIMIT @RowsPerRemoval) b),
            removed AS (
                DELETE FROM {table} m USING reached r
                WHERE m.consortium_id = current_consortium() AND m.{key} > @After AND m.{key} <= r.id
                  AND m.run_id <> (SELECT s.run_id FROM match_set s WHERE s.consortium_id = current_consortium())
                  AND m.run_id <> ALL (ARRAY(SELECT j.id FROM job_run j WHERE j.consortium_id = current_consortium() AND j.state IN ('PLANNED', 'RUNNING') AND j.id <> @RunId)))
            SELECT id FROM reached
            """,
            new { After = after, RowsPerRemoval, RunId = runId },
            ct);
    }

    private static (string Table, string Key, string Source) Names(MatchSide side) =>
        side == MatchSide.Demand ? ("demand_match_list", "demand_id", "demand") : ("graduate_match_list", "graduate_id", "graduate");
}
