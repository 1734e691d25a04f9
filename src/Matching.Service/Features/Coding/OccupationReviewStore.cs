using Matching.Engine.Normalizing;
using Matching.Service.Data;
using Matching.Service.Http;

namespace Matching.Service.Features.Coding;

/// <summary>
/// The titles that nobody and nothing has coded for sure. Spellings are grouped by the coder's own key, which SQL does not know, so a page reads the
/// titles of the whole queue: one index scan, about 0.1 s at 50,000 of them.
/// </summary>
internal sealed class OccupationReviewStore(TenantSession session)
{
    private const int Samples = 5;

    private const string TitlesSql = """
        SELECT title, count(*)::int AS demands, sum(headcount)::bigint AS headcount, (array_agg(id ORDER BY id))[1:5] AS ids
        FROM demand
        WHERE consortium_id = current_consortium() AND (occupation_code IS NULL OR occupation_confidence < 60)
        GROUP BY title
        """;

    /// <summary>Most demands first, then by key: where the page before ended is named by both, so what is decided meanwhile moves nothing.</summary>
    public async Task<IReadOnlyList<QueuedTitle>> ListAsync(OccupationPageQuery query, CancellationToken ct)
    {
        var rows = await session.QueryAsync<Row>(TitlesSql, null, ct);
        return
        [
            .. rows.GroupBy(row => OccupationCoder.TitleKey(row.Title)).Select(Merge)
                .OrderByDescending(entry => entry.Demands).ThenBy(entry => entry.Key, StringComparer.Ordinal)
                .Where(entry => query.After is null || IsAfter(entry, query.After)).Take(query.Take + 1),
        ];
    }

    private static QueuedTitle Merge(IGrouping<string, Row> spellings)
    {
        var ordered = spellings.OrderByDescending(row => row.Demands).ThenBy(row => row.Title, StringComparer.Ordinal).ToList();
        return new QueuedTitle(
            spellings.Key, ordered.Sum(row => row.Demands), ordered.Sum(row => row.Headcount), [.. ordered.Take(Samples).Select(row => row.Title)],
            [.. ordered.SelectMany(row => row.Ids).Order().Take(Samples)]);
    }

    private static bool IsAfter(QueuedTitle entry, Cursor after) =>
        entry.Demands < after.Id || (entry.Demands == after.Id && string.CompareOrdinal(entry.Key, after.Key ?? "") > 0);

    private sealed record Row(string Title, int Demands, long Headcount, long[] Ids);
}

/// <summary>A title of the queue with its spellings, most frequent first.</summary>
internal sealed record QueuedTitle(string Key, int Demands, long Headcount, string[] Spellings, long[] Ids);
