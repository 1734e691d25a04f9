namespace Matching.Service.Jobs;

/// <summary>Writes what came of a piece. Each outcome is one fenced transaction, so two workers can never both record one.</summary>
internal static class JobOutcome
{
    private const int MaxErrorLength = 500;
    private const double MaxPauseSeconds = 300;

    private const string Key = "consortium_id = @ConsortiumId AND run_id = @RunId";

    private const string DoneSql = $"""
        UPDATE job_shard SET state = 'DONE', lease_until = NULL, error = NULL, done = greatest(done, total)
        WHERE {Key} AND number = @Number;
        """;

    private const string PlanSql = $"""
        INSERT INTO job_shard (consortium_id, run_id, number, phase, payload, total)
        SELECT @ConsortiumId, @RunId, position::integer, 'WORK', payload, total FROM unnest(@Payloads, @Totals) WITH ORDINALITY AS p (payload, total, position);
        {DoneSql}
        """;

    // The run's row is locked first, so that of two last pieces exactly one sees that it was the last.
    private const string LockRunSql = "SELECT id FROM job_run WHERE consortium_id = @ConsortiumId AND id = @RunId FOR UPDATE";

    private const string FinishIfLastSql = $"""
        INSERT INTO job_shard (consortium_id, run_id, number, phase)
        SELECT @ConsortiumId, @RunId, max(number) + 1, 'FINISH' FROM job_shard WHERE {Key}
        HAVING bool_and(state = 'DONE');
        SELECT pg_notify('matching_jobs', '');
        """;

    // The fence does not lock the run's row, so a cancel may commit after it: what was answered as cancelled stays cancelled.
    private const string SucceedSql = """
        UPDATE job_run SET state = 'SUCCEEDED', finished_at = now(), error = NULL
        WHERE consortium_id = @ConsortiumId AND id = @RunId AND state = 'RUNNING';
        """;

    private const string FailSql = $"""
        UPDATE job_shard
        SET state = CASE WHEN @Final THEN 'FAILED' ELSE 'WAITING' END, lease_until = NULL, error = @Error, not_before = now() + make_interval(secs => @Pause)
        WHERE {Key} AND number = @Number;
        UPDATE job_run SET state = 'FAILED', finished_at = now(), error = @Error
        WHERE consortium_id = @ConsortiumId AND id = @RunId AND state = 'RUNNING' AND @Final;
        """;

    public static async Task PlannedAsync(JobShard shard, IReadOnlyList<PlannedPiece> pieces, CancellationToken ct)
    {
        await using var session = await shard.OpenAsync(ct);
        await session.ExecuteAsync(
            PlanSql,
            new
            {
                shard.ConsortiumId, shard.RunId, shard.Claim.Number, Payloads = pieces.Select(piece => piece.Payload).ToArray(), Totals = pieces.Select(piece => piece.Total).ToArray(),
            },
            ct);
        await session.ExecuteAsync(FinishIfLastSql, shard.Claim, ct);
        await session.CommitAsync(ct);
    }

    public static async Task DoneAsync(JobShard shard, CancellationToken ct)
    {
        await using var session = await shard.OpenAsync(ct);
        await session.ExecuteAsync(LockRunSql, shard.Claim, ct);
        await session.ExecuteAsync(DoneSql, shard.Claim, ct);
        await session.ExecuteAsync(FinishIfLastSql, shard.Claim, ct);
        await session.CommitAsync(ct);
    }

    public static async Task FinishedAsync(JobShard shard, CancellationToken ct)
    {
        await using var session = await shard.OpenAsync(ct);
        await session.ExecuteAsync(DoneSql + SucceedSql, shard.Claim, ct);
        await session.CommitAsync(ct);
    }

    /// <summary>Back to the others with a growing pause, or for good after the last try: then the run has failed. A lost piece is left alone.</summary>
    public static async Task FailAsync(JobShard shard, int retries, Exception error, CancellationToken ct)
    {
        try
        {
            await using var session = await shard.OpenAsync(ct);
            var attempts = shard.Claim.Attempts;
            var text = $"{error.GetType().Name}: {error.Message}";
            await session.ExecuteAsync(
                FailSql,
                new
                {
                    shard.ConsortiumId, shard.RunId, shard.Claim.Number, Final = attempts > retries, Pause = Math.Min(MaxPauseSeconds, Math.Pow(2, attempts)),
                    Error = text[..Math.Min(text.Length, MaxErrorLength)],
                },
                ct);
            await session.CommitAsync(ct);
        }
        catch (RunLostException)
        {
            // Somebody else has it already; his outcome counts.
        }
    }
}
