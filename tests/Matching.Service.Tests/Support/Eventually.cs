using System.Diagnostics;

namespace Matching.Service.Tests.Support;

/// <summary>Asks again and again until the answer is the one wanted; the bound is far beyond what it takes, so that a busy machine fails no test.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(2);

    public static async Task<T> AsksAsync<T>(Func<Task<T>> ask, Func<T, bool> wanted)
    {
        var clock = Stopwatch.StartNew();
        var answer = await ask();
        while (!wanted(answer))
        {
            Assert.True(clock.Elapsed < Most, $"Still not, after {clock.Elapsed}: {answer}");
            await Task.Delay(20);
            answer = await ask();
        }

        return answer;
    }
}
