using System.Globalization;
using Matching.Benchmarks.Match.Data;

namespace Matching.Benchmarks.Match;

/// <summary>
/// The verdict for every change: few graduates, wide margins, ratios of one interleaved run by processor time, so that it also holds on a busy machine. It catches an engine that became
/// a scan again or stopped being exact, not a few lost percent.
/// </summary>
internal static class MatchGate
{
    private const double LeastF = 12;
    private const double LeastU = 6;
    private const int Tries = 5;
    private const int Rounds = 7;

    public static async Task<int> RunAsync()
    {
        var (jobs, graduates) = new BenchGenerator('C').Create(100_000, 8_192);
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            var report = MatchReport.Of(await MatchVerb.MeasureAsync(new('C', jobs, graduates, 20) { ByProcessorTime = true }, Rounds, ["taat"]));
            var (f, u) = (report.Ratios["f_vs_taat"], report.Ratios["u_vs_taat"]);
            var holds = f.Median >= LeastF && u.Median >= LeastU && report.ExactFailed == 0;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"match gate: F {f} times (least {LeastF}), U {u} times (least {LeastU}), {report.ExactFailed} of {report.ExactChecked} lists different: {(holds ? "holds" : "fails")}"));
            if (holds)
            {
                return 0;
            }
        }

        return 1;
    }
}
