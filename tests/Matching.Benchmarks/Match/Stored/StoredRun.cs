using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Matching.Benchmarks.Match.Tasks;

namespace Matching.Benchmarks.Match.Stored;

/// <summary>
/// One run: read, index, and then part by part match and write, so that a part's lists are all that is ever held of the results. Matching and writing take turns, for either keeps
/// both cores busy.
/// </summary>
internal sealed class StoredRun(StoredTables tables, int k, int threads)
{
    // A graduate's list is 160 bytes while it is found. Fewer together would end oftener with a thread that waits for the other's last batch.
    private const int Together = 128 * BlockedEngine.Batch;

    private readonly Stopwatch _loading = new();
    private readonly Stopwatch _indexing = new();
    private readonly Stopwatch _matching = new();
    private readonly Stopwatch _writing = new();

    /// <summary>What it took.</summary>
    public async Task<string> RunAsync()
    {
        await tables.EmptyListsAsync();
        foreach (var part in (Stopwatch[])[_loading, _indexing, _matching, _writing])
        {
            part.Reset();
        }

        await ResidentMemory.CountPeakFromHereAsync();
        var (before, processor, clock) = (ResidentMemory.Now, Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        await MatchAsync();
        var (total, used) = (clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"load {_loading.Elapsed.TotalSeconds:f2}, index {_indexing.Elapsed.TotalSeconds:f2}, match {_matching.Elapsed.TotalSeconds:f2}, write {_writing.Elapsed.TotalSeconds:f2}, total {total:f2}; {used:f1} of this process's processor time; {before:n0} MB before, {ResidentMemory.Peak:n0} MB at most");
    }

    private async Task MatchAsync()
    {
        await using var connection = await tables.OpenAsync();
        _loading.Start();
        // Of equal scores the lower id comes first, so ids must ascend with the records.
        var demands = await StoredSide.ReadAsync(connection, StoredTables.Demands, "ORDER BY id");
        var graduates = await StoredSide.ReadAsync(connection, StoredTables.Graduates, "");
        _loading.Stop();
        _indexing.Start();
        var index = new BenchIndex(demands.Records);
        int[] order = [.. Enumerable.Range(0, graduates.Ids.Length)];
        ((ushort[])graduates.Records.Occupation.Clone()).AsSpan().Sort(order.AsSpan());
        _indexing.Stop();
        await using var writer = await StoredLists.WriteAsync(connection);
        for (var from = 0; from < order.Length; from += Together)
        {
            var part = order.AsMemory(from, Math.Min(Together, order.Length - from));
            _matching.Start();
            var lists = Match(index, graduates.Part(part.Span));
            _matching.Stop();
            _writing.Start();
            writer.Add(part.Span, graduates.Ids, lists, demands.Ids);
            _writing.Stop();
        }

        _writing.Start();
        await writer.CompleteAsync();
        _writing.Stop();
    }

    private TopLists Match(BenchIndex index, Data.BenchRecords graduates)
    {
        var (lists, idle) = (new TopLists(graduates.Count, k), new ConcurrentBag<BenchSearch>());
        Parallel.For(
            0, (graduates.Count + BlockedEngine.Batch - 1) / BlockedEngine.Batch, new() { MaxDegreeOfParallelism = threads }, () => idle.TryTake(out var search) ? search : new(index, graduates),
            (at, _, search) =>
            {
                var first = at * BlockedEngine.Batch;
                search.Find(BenchTask.F, [.. Enumerable.Range(first, Math.Min(BlockedEngine.Batch, graduates.Count - first))], lists);
                return search;
            },
            idle.Add);
        return lists;
    }
}
