using Matching.Service.Data;
using Matching.Service.Jobs;

namespace Matching.Service.Features.Matches;

/// <summary>Cuts both sides into ranges of ids. What a worker loses when it dies is one of them.</summary>
internal static class MatchPlan
{
    // A list costs 1 to 6 ns for each row it is searched among (a graduate's least, a demand's most): so a piece takes seconds whatever the other side's size.
    private const double PairsPerPiece = 1e9;
    private const int LeastRows = 500;

    /// <summary>Most rows that get their lists in a piece, for they are in memory until it is saved.</summary>
    public const int MostRows = 50_000;

    private const string CountSql = $"""
        SELECT (SELECT count(*) FROM demand d WHERE d.consortium_id = current_consortium() AND {MatchSql.IsMatched}) AS demands,
               (SELECT count(*) FROM graduate g WHERE g.consortium_id = current_consortium() AND {MatchSql.IsSeeking}) AS graduates
        """;

    private const string DemandRangesSql = $"""
        SELECT min(id), max(id), count(*)
        FROM (SELECT d.id, (row_number() OVER (ORDER BY d.id) - 1) / @Rows AS part FROM demand d WHERE d.consortium_id = current_consortium() AND {MatchSql.IsMatched}) p
        GROUP BY part ORDER BY part
        """;

    private const string GraduateRangesSql = $"""
        SELECT min(id), max(id), count(*)
        FROM (SELECT g.id, (row_number() OVER (ORDER BY g.id) - 1) / @Rows AS part FROM graduate g WHERE g.consortium_id = current_consortium() AND {MatchSql.IsSeeking}) p
        GROUP BY part ORDER BY part
        """;

    /// <param name="session">Sees the consortium.</param>
    /// <param name="rows">How many rows get their lists in a piece; null: as many as take seconds.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<IReadOnlyList<PlannedPiece>> MakeAsync(TenantSession session, int? rows, CancellationToken ct)
    {
        var (demands, graduates) = await session.FindAsync<(long, long)>(CountSql, null, ct);
        return
        [
            .. await PiecesAsync(session, MatchSide.Demand, DemandRangesSql, rows ?? RowsPerPiece(graduates), ct),
            .. await PiecesAsync(session, MatchSide.Graduate, GraduateRangesSql, rows ?? RowsPerPiece(demands), ct),
        ];
    }

    private static int RowsPerPiece(long searched) => (int)Math.Clamp(PairsPerPiece / Math.Max(searched, 1), LeastRows, MostRows);

    private static async Task<IEnumerable<PlannedPiece>> PiecesAsync(TenantSession session, MatchSide side, string sql, int rows, CancellationToken ct) =>
        (await session.QueryAsync<(long From, long To, long Count)>(sql, new { Rows = rows }, ct))
        .Select(part => new PlannedPiece(new MatchPiece(side, new(part.From, part.To)).ToString(), part.Count));
}
