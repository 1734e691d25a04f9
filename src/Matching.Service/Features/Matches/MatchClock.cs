using System.Diagnostics;
using System.Globalization;

namespace Matching.Service.Features.Matches;

/// <summary>Where the time of a piece went; told in the piece's note, so that the ledger shows what a run is made of.</summary>
internal sealed class MatchClock
{
    /// <summary>Reading its own rows, and the other side's where it was the one to do so.</summary>
    public TimeSpan Load { get; private set; }

    /// <summary>Indexing the other side, where it was the one to do so.</summary>
    public TimeSpan Index { get; private set; }

    public TimeSpan Match { get; private set; }

    public TimeSpan Write { get; private set; }

    public async Task<T> LoadingAsync<T>(Func<Task<T>> work)
    {
        var began = Stopwatch.GetTimestamp();
        var result = await work();
        Load += Stopwatch.GetElapsedTime(began);
        return result;
    }

    public T Indexing<T>(Func<T> work)
    {
        var began = Stopwatch.GetTimestamp();
        var result = work();
        Index += Stopwatch.GetElapsedTime(began);
        return result;
    }

    public async Task<T> MatchingAsync<T>(Func<Task<T>> work)
    {
        var began = Stopwatch.GetTimestamp();
        var result = await work();
        Match += Stopwatch.GetElapsedTime(began);
        return result;
    }

    public async Task WritingAsync(Func<Task> work)
    {
        var began = Stopwatch.GetTimestamp();
        await work();
        Write += Stopwatch.GetElapsedTime(began);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"读取 {Load.TotalSeconds:0.00} s，索引 {Index.TotalSeconds:0.00} s，匹配 {Match.TotalSeconds:0.00} s，写入 {Write.TotalSeconds:0.00} s");
}
