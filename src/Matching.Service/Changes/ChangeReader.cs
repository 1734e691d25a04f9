using Matching.Service.Data;

namespace Matching.Service.Changes;

/// <summary>
/// Reads the log of changes in order, in the eyes of its session: row-level security leaves out what the caller neither saw before a change nor sees after it.
/// Never passes over a transaction that commits late (<c>change_horizon</c>), so a follower that keeps <see cref="ChangeBatch.Next"/> misses nothing.
/// </summary>
/// <remarks>
/// A transaction that changes something is heard on <see cref="Channel"/> as <c>consortium:batch</c> when it commits. That is a hint to read, not a message: hints get lost with
/// their connection, and a transaction that was waited for may end without one, so a follower also reads on its own every few seconds.
/// </remarks>
internal sealed class ChangeReader(TenantSession session)
{
    public const string Channel = DatabaseNotices.Changes;

    private const string HorizonSql = "SELECT change_horizon()";

    private const string ExpiredSql = "SELECT EXISTS (SELECT FROM change_floor WHERE consortium_id = current_consortium() AND (entry > @Entry OR at > @Time))";

    private const string FindTimeSql = """
        SELECT id - 1 FROM change_log WHERE consortium_id = current_consortium() AND at >= @Time ORDER BY id LIMIT 1
        """;

    private const string ReadSql = """
        SELECT id AS seq, resource, resource_id AS id, CASE WHEN NOT saw THEN 'CREATED' WHEN NOT sees THEN 'DELETED' ELSE 'UPDATED' END AS kind, at, version
        FROM (SELECT *, seen_by_caller(seen_before, owners) AS saw, seen_by_caller(seen_after, owners) AS sees
              FROM change_log
              WHERE consortium_id = current_consortium() AND (@Resource::text IS NULL OR resource = @Resource) AND id > @After AND id <= @Horizon) c
        WHERE saw OR sees
        ORDER BY seq
        LIMIT @Take + 1
        """;

    private const string PeekSql = "SELECT id AS seq, resource, resource_id AS id FROM change_log WHERE consortium_id = current_consortium() AND id > @After ORDER BY id";

    /// <summary>The last entry up to which nothing can appear any more.</summary>
    public Task<long> HorizonAsync(CancellationToken ct) => session.FindAsync<long>(HorizonSql, null, ct);

    /// <summary>The entry behind which that point lies; null when what followed it has been removed meanwhile, so that everything must be read anew.</summary>
    public async Task<long?> LocateAsync(Since since, CancellationToken ct) =>
        await session.FindAsync<bool>(ExpiredSql, new { since.Entry, since.Time }, ct) ? null
        : since.Entry ?? await session.FindAsync<long?>(FindTimeSql, new { since.Time }, ct) ?? await HorizonAsync(ct);

    /// <summary>What follows an entry.</summary>
    /// <param name="resource">Of that resource only; null: of all.</param>
    /// <param name="after">The last entry read; 0: from the beginning of the log.</param>
    /// <param name="take">At most so many.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<ChangeBatch> ReadAsync(string? resource, long after, int take, CancellationToken ct)
    {
        // Two statements in this order: what is below the horizon is visible to a snapshot taken after it.
        var horizon = await HorizonAsync(ct);
        var rows = await session.QueryAsync<LoggedChange>(ReadSql, new { Resource = resource, After = after, Horizon = horizon, Take = take }, ct);
        return rows.Count > take
            ? new ChangeBatch([.. rows.Take(take)], rows[take - 1].Seq, true)
            : new ChangeBatch(rows, Math.Max(after, horizon), false);
    }

    /// <summary>
    /// Everything that can be seen behind an entry, also beyond the horizon, where entries with lower numbers may still come in between. For followers that read the rows anew
    /// instead of replaying changes: to them order means nothing, and somebody's long transaction holds up nothing that has committed. Null when part of it has been removed.
    /// </summary>
    public async Task<ChangePeek?> PeekAsync(long after, CancellationToken ct)
    {
        var horizon = await HorizonAsync(ct);
        return await session.FindAsync<bool>(ExpiredSql, new { Entry = (long?)after, Time = (DateTime?)null }, ct) ? null
            : new ChangePeek(horizon, await session.QueryAsync<SeenChange>(PeekSql, new { After = after }, ct));
    }
}
