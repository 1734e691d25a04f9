using System.Globalization;
using Matching.Service.Data;
using Matching.Service.Jobs;

namespace Matching.Service.Imports;

/// <summary>
/// Carries out one uploaded file (导入) as a run of one piece. Its argument is the import's number. The piece's token fences the import: it grows with every claim,
/// so a worker that was taken for dead cannot commit, and saving happens as the uploader rather than as the job.
/// </summary>
internal sealed class ImportJob(ImportRunner runner) : IJob
{
    public static JobSpec Spec { get; } = new("import", "导入文件", Cron: null, OnRequest: false);

    /// <summary>Queues the import in the transaction that stores its upload.</summary>
    public static Task EnqueueAsync(TenantSession session, long import, CancellationToken ct) =>
        JobLedger.EnqueueNowAsync(session, Spec.Name, import.ToString(CultureInfo.InvariantCulture), ct);

    public Task RunAsync(JobShard shard, CancellationToken ct) => runner.RunAsync(
        shard.ConsortiumId, long.Parse(shard.Argument, CultureInfo.InvariantCulture), shard.Token, lastAttempt: shard.Claim.Attempts > Spec.Retries, ct);
}
