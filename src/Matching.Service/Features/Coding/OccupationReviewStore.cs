using System.Globalization;
using Matching.Service.Data;

namespace Matching.Service.Features.Coding;

/// <summary>The titles that nobody and nothing has coded for sure, spellings of one title together.</summary>
internal sealed class OccupationReviewStore(TenantSession session)
{
    private const string Waiting = "consortium_id = current_consortium() AND (occupation_code IS NULL OR occupation_confidence < 60)";

    // Every key is counted, in the order of the index, which holds what waits and nothing else; spellings and demands are looked up for the page alone.
    internal const string ListSql = $"""
        WITH page AS (
            SELECT title_key, count(*)::int AS demands, sum(headcount)::bigint AS headcount, min(id) AS first
            FROM demand
            WHERE {Waiting}
            GROUP BY title_key
            HAVING @AfterDemands::int IS NULL OR count(*) < @AfterDemands OR (count(*) = @AfterDemands AND min(id) > @AfterFirst)
            ORDER BY demands DESC, first
            LIMIT @Take + 1)
        SELECT demands, headcount, first,
               ARRAY(SELECT title FROM demand WHERE {Waiting} AND title_key = p.title_key GROUP BY title ORDER BY count(*) DESC, min(id) LIMIT 5) AS spellings,
               ARRAY(SELECT id FROM demand WHERE {Waiting} AND title_key = p.title_key ORDER BY id LIMIT 5) AS ids
        FROM page p
        ORDER BY demands DESC, first
        """;

    /// <summary>Most demands first, then what waits longest: where the page before ended is named by both, so what is decided meanwhile moves nothing.</summary>
    public Task<IReadOnlyList<QueuedTitle>> ListAsync(OccupationPageQuery query, CancellationToken ct)
    {
        var after = int.TryParse(query.After?.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var demands) ? (int?)demands : null;
        return session.QueryAsync<QueuedTitle>(ListSql, new { AfterDemands = after, AfterFirst = query.After?.Id ?? 0, query.Take }, ct);
    }
}

/// <summary>A title of the queue with its spellings, most frequent first, and the first demands that bear it.</summary>
internal sealed record QueuedTitle(int Demands, long Headcount, long First, string[] Spellings, long[] Ids);
