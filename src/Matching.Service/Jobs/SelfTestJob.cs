using System.Globalization;
using System.Text.Json;

namespace Matching.Service.Jobs;

/// <summary>
/// Lets an operator see that the cluster shares work and survives losing a node (运行自检): a few pieces that each take a while and write one row.
/// The argument says how many and how long: <c>{"pieces": 8, "millis": 500}</c>.
/// </summary>
internal sealed class SelfTestJob(JobOptions options) : IJob
{
    public static JobSpec Spec { get; } = new("self-test", "运行自检", Cron: null);

    private const string WriteSql = """
        INSERT INTO job_self_test (consortium_id, run_id, piece, token, node) VALUES (current_consortium(), @RunId, @Piece, @Token, @Node)
        ON CONFLICT ON CONSTRAINT job_self_test_pk DO UPDATE SET token = @Token, node = @Node, writes = job_self_test.writes + 1
        """;

    public Task<IReadOnlyList<PlannedPiece>> PlanAsync(JobShard plan, CancellationToken ct) => Task.FromResult<IReadOnlyList<PlannedPiece>>(
        [.. Enumerable.Range(1, Math.Clamp(Read(plan).Pieces, 1, 100)).Select(piece => new PlannedPiece(piece.ToString(CultureInfo.InvariantCulture)))]);

    public async Task RunAsync(JobShard shard, CancellationToken ct)
    {
        await Task.Delay(Math.Clamp(Read(shard).Millis, 0, 60_000), ct);
        await using var session = await shard.OpenAsync(ct);
        var piece = int.Parse(shard.Payload, CultureInfo.InvariantCulture);
        await session.ExecuteAsync(WriteSql, new { shard.RunId, Piece = piece, shard.Token, options.Node }, ct);
        await session.CommitAsync(ct);
    }

    private static Size Read(JobShard shard) =>
        shard.Argument.Length == 0 ? new Size() : JsonSerializer.Deserialize<Size>(shard.Argument, JsonSerializerOptions.Web) ?? new Size();

    private sealed record Size(int Pieces = 8, int Millis = 500);
}
