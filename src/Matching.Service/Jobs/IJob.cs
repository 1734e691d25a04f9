namespace Matching.Service.Jobs;

/// <summary>
/// A unit of background work for one consortium. It is cut into pieces that any worker of any node may take; each runs at least once and may be cut off at any line,
/// so each must be safe to repeat. Saving happens in a session of the piece's own (<see cref="JobShard.OpenAsync"/>), which refuses a worker that has lost the piece.
/// </summary>
internal interface IJob
{
    static abstract JobSpec Spec { get; }

    /// <summary>Cuts the work into pieces; the default is one. May prepare what all pieces share.</summary>
    Task<IReadOnlyList<PlannedPiece>> PlanAsync(JobShard plan, CancellationToken ct) => Task.FromResult<IReadOnlyList<PlannedPiece>>([new("")]);

    /// <summary>Does one piece.</summary>
    Task RunAsync(JobShard shard, CancellationToken ct);

    /// <summary>Runs once all pieces are done.</summary>
    Task FinishAsync(JobShard finish, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>A piece as it is planned.</summary>
/// <param name="Payload">A short text that tells <see cref="IJob.RunAsync"/> which piece it is.</param>
/// <param name="Total">How many units, such as persons, are to be done, where that is known before; the run's progress is told in them.</param>
internal sealed record PlannedPiece(string Payload, long Total = 0);

/// <summary>What a job is and when it runs.</summary>
/// <param name="Name">Stable identity; it is stored, so never rename it.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Cron">When a run is planned for every active consortium, in Asia/Shanghai; null: on request only.</param>
/// <param name="Retries">How often a failed piece is tried again, with growing pauses.</param>
/// <param name="OnRequest">Whether the office may start it by hand; false for work that belongs to a resource of its own, such as an import.</param>
internal sealed record JobSpec(string Name, string Title, string? Cron, int Retries = 3, bool OnRequest = true)
{
    public static readonly TimeZoneInfo TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
}

/// <summary>The piece is no longer this worker's: its lease ran out and another took it, or the run was cancelled. Whatever it has not saved is void.</summary>
internal sealed class RunLostException() : Exception("The piece of work was taken over by another worker or its run was cancelled.");
