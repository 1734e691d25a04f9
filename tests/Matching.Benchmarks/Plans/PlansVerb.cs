using System.Diagnostics;
using System.Globalization;
using Matching.Engine.Allocation;

namespace Matching.Benchmarks.Plans;

/// <summary>How long plans take on generated lists, and whether the independent checks hold: stability of the one, the bound of the other.</summary>
internal static class PlansVerb
{
    public const string Usage = "[--graduates 1000000] [--demands 100000] [--k 20] [--maximum GRADUATES]   deferred acceptance, maximum points, their checks";

    // A tenth as many demands as graduates, as above.
    private const int MaximumGraduates = 100_000;

    public static Task<int> RunAsync(string[] args)
    {
        var (graduates, demands, k) = (Number(args, "--graduates", 1_000_000), Number(args, "--demands", 100_000), Number(args, "--k", 20));
        var lists = Timed("lists", () => PlanData.Create(graduates, demands, k));
        Say($"{lists.GraduateCount:n0} graduates, {lists.Demands.Count:n0} demands, {lists.Demands.Sum(demand => demand.Seats):n0} seats, {lists.PairCount:n0} pairs");
        var plan = Timed("deferred acceptance", () => DeferredAcceptance.Solve(lists));
        var report = Timed("stability check", () => StabilityCheck.Check(plan));
        Say($"  {Timed("figures", () => PlanFigures.Of(plan))}");
        Say($"  top {k}: {PlanFigures.OfTopLists(lists, k)}");
        Say($"  {report}");
        Say($"  peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:n0} MB");

        var fewer = Number(args, "--maximum", Math.Min(graduates, MaximumGraduates));
        var smaller = PlanData.Create(fewer, Math.Max(1, (int)((long)fewer * demands / graduates)), k);
        Say($"{smaller.GraduateCount:n0} graduates, {smaller.Demands.Count:n0} demands, {smaller.PairCount:n0} pairs");
        var maximum = Timed("maximum points", () => MaximumPoints.Solve(smaller)!);
        var stable = Timed("deferred acceptance", () => DeferredAcceptance.Solve(smaller));
        var (most, points) = (PlanFigures.Of(maximum.Plan), PlanFigures.Of(stable));
        Say($"  maximum {most.Names:n0} placed, {most.Points:n0} hundredths, bound {maximum.Bound():n0}, {maximum.Steps / 1e6:n0} million entries looked at, {StabilityCheck.Check(maximum.Plan).BlockingPairs:n0} blocking pairs");
        Say($"  stable  {points.Names:n0} placed, {points.Points:n0} hundredths");
        return Task.FromResult(report == new StabilityReport(0, 0, 0) && most.Points == maximum.Bound() ? 0 : 1);
    }

    private static T Timed<T>(string what, Func<T> run)
    {
        var clock = Stopwatch.StartNew();
        var result = run();
        Say($"{what} {clock.Elapsed.TotalSeconds:n2} s");
        return result;
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private static int Number(string[] args, string name, int standard) =>
        Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : standard;
}
