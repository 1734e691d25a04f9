using System.Text.Json;
using Matching.Service.Http;

namespace Matching.Service.Jobs;

/// <summary>A kind of background work.</summary>
/// <param name="Name">Its stable name.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Cron">Its schedule in Asia/Shanghai (Quartz cron with seconds); null: on request only.</param>
/// <param name="NextAt">Next planned instant, UTC.</param>
/// <param name="LastRun">Its latest run in this consortium.</param>
public sealed record JobInfo(string Name, string Title, string? Cron, DateTime? NextAt, JobRun? LastRun);

/// <summary>A run of a job.</summary>
/// <param name="Id">Number of the run.</param>
/// <param name="Job">The job.</param>
/// <param name="PlannedFor">Instant it was planned for, UTC.</param>
/// <param name="Argument">What it was asked for with.</param>
/// <param name="State">PLANNED, RUNNING, SUCCEEDED, FAILED or CANCELLED.</param>
/// <param name="Percent">How far it is, 0–100.</param>
/// <param name="Pieces">Pieces of work.</param>
/// <param name="PiecesDone">Pieces done.</param>
/// <param name="Done">Units done, where the job counts any: persons and demands in recompute-matches.</param>
/// <param name="Total">Units in all that are known of.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="CreatedAt">Entered at, UTC.</param>
/// <param name="StartedAt">First piece begun at, UTC.</param>
/// <param name="FinishedAt">Over at, UTC.</param>
public sealed record JobRun(
    long Id, string Job, DateTime PlannedFor, string Argument, string State, int Percent, int Pieces, int PiecesDone, long Done, long Total, string? Error,
    DateTime CreatedAt, DateTime? StartedAt, DateTime? FinishedAt);

/// <summary>A piece of a run.</summary>
/// <param name="Number">0 plans, the last one finishes.</param>
/// <param name="Phase">PLAN, WORK or FINISH.</param>
/// <param name="State">WAITING, RUNNING, DONE or FAILED.</param>
/// <param name="Attempts">How often it was begun.</param>
/// <param name="Node">Who had it last.</param>
/// <param name="Done">Units done.</param>
/// <param name="Total">Units in all.</param>
/// <param name="Note">What it is at.</param>
/// <param name="Error">Why the last try failed.</param>
public sealed record JobPiece(int Number, string Phase, string State, int Attempts, string? Node, long Done, long Total, string Note, string? Error);

/// <summary>A run with its pieces.</summary>
public sealed record JobRunDetail(JobRun Run, IReadOnlyList<JobPiece> Pieces);

/// <summary>Starts a job now. What <c>Argument</c> means is the job's business.</summary>
public sealed record StartJob(JsonElement? Argument = null);

/// <summary>Filters of the history, all optional and combined with AND.</summary>
public sealed record JobRunQuery(
    [property: Text(100)] string? Job = null,
    [property: OneOf("PLANNED", "RUNNING", "SUCCEEDED", "FAILED", "CANCELLED")] string? State = null,
    Cursor? After = null,
    [property: Between(1, Page.MaxTake)] int Take = Page.DefaultTake);
