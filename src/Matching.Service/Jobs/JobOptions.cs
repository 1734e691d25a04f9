namespace Matching.Service.Jobs;

/// <summary>How this node works; from <see cref="MatchingOptions"/>.</summary>
/// <param name="Node">Name of the node, unique among those that live.</param>
/// <param name="Workers">Pieces it does at once.</param>
/// <param name="Lease">How long a piece stays with a worker that gives no sign of life.</param>
internal sealed record JobOptions(string Node, int Workers, TimeSpan Lease)
{
    /// <summary>How often a worker gives a sign of life, and learns that its run was cancelled.</summary>
    public TimeSpan Heartbeat => TimeSpan.FromSeconds(Math.Min(Lease.TotalSeconds / 3, 2));

    public static JobOptions From(MatchingOptions options) => new(
        $"{Environment.MachineName}-{Environment.ProcessId}", options.JobWorkers > 0 ? options.JobWorkers : Environment.ProcessorCount, TimeSpan.FromSeconds(options.JobLeaseSeconds));
}
