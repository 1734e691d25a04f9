using Matching.Service.Data;

namespace Matching.Service.Jobs;

/// <summary>Claims one piece of work and does it. Separate from the loop, so that a test runs exactly one piece.</summary>
internal sealed class JobRunner(TenantSessionFactory sessions, JobCatalog catalog, IServiceScopeFactory scopes, JobOptions options, ILogger<JobRunner> logger)
{
    private const int MaxTakeovers = 10;

    private const string ClaimSql = "SELECT * FROM claim_shard(@Node, make_interval(secs => @Lease), @Jobs)";

    // The run's state comes back so that a cancelled one stops within a heartbeat.
    private const string RenewSql = """
        UPDATE job_shard s SET lease_until = now() + make_interval(secs => @Lease)
        FROM job_run r
        WHERE s.consortium_id = @ConsortiumId AND s.run_id = @RunId AND s.number = @Number AND s.token = @Token AND s.state = 'RUNNING'
          AND (r.consortium_id, r.id) = (s.consortium_id, s.run_id) AND r.state = 'RUNNING'
        """;

    /// <summary>False when there was nothing to do.</summary>
    public async Task<bool> RunOneAsync(CancellationToken ct)
    {
        if (await ClaimAsync(ct) is not { } claim)
        {
            return false;
        }

        var shard = new JobShard(claim, sessions);
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var over = new CancellationTokenSource();
        var renewing = RenewAsync(claim, lost, over.Token);
        try
        {
            // A piece that takes its process down with it never reaches the catch below; it must not go round the cluster for ever.
            if (claim.Attempts > catalog.Retries(claim.Job) + MaxTakeovers)
            {
                throw new InvalidOperationException($"Begun {claim.Attempts} times and never ended.");
            }

            await DoAsync(shard, lost.Token);
        }
        catch (RunLostException)
        {
            logger.LogWarning("Lost piece {Number} of run {RunId} ({Job})", claim.Number, claim.RunId, claim.Job);
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
            // Shut down, cancelled or lost. A piece that is still ours returns to the others when its lease ends.
            logger.LogInformation("Stopped piece {Number} of run {RunId} ({Job})", claim.Number, claim.RunId, claim.Job);
        }
        catch (Exception error)
        {
            logger.LogError(error, "Piece {Number} of run {RunId} ({Job}) failed", claim.Number, claim.RunId, claim.Job);
            await JobOutcome.FailAsync(shard, catalog.Retries(claim.Job), error, ct);
        }
        finally
        {
            await over.CancelAsync();
            await renewing;
        }

        return true;
    }

    private async Task<ClaimedShard?> ClaimAsync(CancellationToken ct)
    {
        await using var session = sessions.Open(TenantContext.Planner);
        var claim = await session.FindAsync<ClaimedShard>(ClaimSql, new { options.Node, Lease = options.Lease.TotalSeconds, Jobs = catalog.All.Select(spec => spec.Name).ToArray() }, ct);
        await session.CommitAsync(ct);
        return claim;
    }

    // If the process dies before the outcome is written, the piece is done again: that is what "safe to repeat" is for.
    private async Task DoAsync(JobShard shard, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var job = catalog.Create(shard.Claim.Job, scope.ServiceProvider);
        switch (shard.Claim.Phase)
        {
            case "PLAN":
                await JobOutcome.PlannedAsync(shard, await job.PlanAsync(shard, ct), ct);
                break;
            case "WORK":
                await job.RunAsync(shard, ct);
                await JobOutcome.DoneAsync(shard, ct);
                break;
            default:
                await job.FinishAsync(shard, ct);
                await JobOutcome.FinishedAsync(shard, ct);
                break;
        }
    }

    private async Task RenewAsync(ClaimedShard claim, CancellationTokenSource lost, CancellationToken over)
    {
        try
        {
            using var timer = new PeriodicTimer(options.Heartbeat);
            while (await timer.WaitForNextTickAsync(over))
            {
                await using var session = sessions.Open(TenantContext.Job(claim.ConsortiumId));
                var args = new { claim.ConsortiumId, claim.RunId, claim.Number, claim.Token, Lease = options.Lease.TotalSeconds };
                if (await session.ExecuteAsync(RenewSql, args, over) == 0)
                {
                    await lost.CancelAsync();
                    return;
                }

                await session.CommitAsync(over);
            }
        }
        catch (OperationCanceledException)
        {
            // the piece is over
        }
        catch (Exception error)
        {
            // Without the database the lease cannot be kept; going on would only waste work that the fence refuses.
            logger.LogWarning(error, "Could not renew the lease of run {RunId}", claim.RunId);
            await lost.CancelAsync();
        }
    }
}
