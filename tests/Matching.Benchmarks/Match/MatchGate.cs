using System.Globalization;
using Matching.Benchmarks.Match.Data;

namespace Matching.Benchmarks.Match;

/// <summary>
/// The verdict for every change: a small set, wide margins. It catches an engine that became a scan again or stopped being exact, not a few lost percent; a busy machine gets a second try.
/// </summary>
internal static class MatchGate
{
    private const double LeastF = 5;
    private const double LeastU = 2.5;
    private const int Tries = 2;

    public static async Task<int> RunAsync()
    {
        var (jobs, graduates) = new BenchGenerator('C').Create(50_000, 4_000);
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            var report = MatchReport.Of(await MatchVerb.MeasureAsync(new('C', jobs, graduates, 20), 3, ["taat"]));
            var (f, u) = (report.Ratios["f_vs_taat"].Median, report.Ratios["u_vs_taat"].Median);
            var holds = f >= LeastF && u >= LeastU && report.ExactFailed == 0;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"match gate: F {f:f1} times (least {LeastF}), U {u:f1} times (least {LeastU}), {report.ExactFailed} of {report.ExactChecked} lists different: {(holds ? "holds" : "fails")}"));
            if (holds)
            {
                return 0;
            }
        }

        return 1;
    }
}
