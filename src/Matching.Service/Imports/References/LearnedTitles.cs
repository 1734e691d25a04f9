using Matching.Engine.Normalizing;
using Matching.Service.Data;

namespace Matching.Service.Imports.References;

/// <summary>What the consortium's office has taught of job titles, read in the caller's own transaction: right on every node at once, and under row-level security.</summary>
internal sealed class LearnedTitles(TenantSession session)
{
    private const string FindSql = """
        SELECT DISTINCT ON (title_key) title_key AS key, occupation_code AS code
        FROM occupation_correction
        WHERE consortium_id = current_consortium() AND undone_at IS NULL AND (@Keys::text[] IS NULL OR title_key = ANY(@Keys))
        ORDER BY title_key, id DESC
        """;

    /// <summary>Everything taught, for a file.</summary>
    public Task<IReadOnlyDictionary<string, string>> AllAsync(CancellationToken ct) => ReadAsync(null, ct);

    /// <summary>What bears on this title; nothing for callers outside a consortium.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OfAsync(string title, CancellationToken ct) =>
        session.Tenant.ConsortiumId is null ? OccupationCoder.NothingLearned : await ReadAsync([.. OccupationCoder.LearningKeys(title)], ct);

    private async Task<IReadOnlyDictionary<string, string>> ReadAsync(string[]? keys, CancellationToken ct) =>
        (await session.QueryAsync<Row>(FindSql, new { Keys = keys }, ct)).ToDictionary(row => row.Key, row => row.Code);

    private sealed record Row(string Key, string Code);
}
