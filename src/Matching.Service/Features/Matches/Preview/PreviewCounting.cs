using Matching.Engine.Scoring;

namespace Matching.Service.Features.Matches;

/// <summary>Counts pairs by verdict and by tens of points.</summary>
internal static class PreviewCounting
{
    private const int Bands = 10;
    private const int BandWidth = 10_00; // hundredths of a point

    /// <param name="scores">Every pair.</param>
    /// <param name="rounded">
    /// Counts go down to whole tens. Whoever may ask anything could otherwise narrow a question until it fits one person.
    /// </param>
    public static PreviewCounts Of(IEnumerable<PairScore> scores, bool rounded)
    {
        var (considered, pass, unknown, bands) = (0, 0, 0, new int[Bands]);
        foreach (var score in scores)
        {
            considered++;
            if (score.Verdict != Verdict.Fail && score.Points > 0)
            {
                pass += score.Verdict == Verdict.Pass ? 1 : 0;
                unknown += score.Verdict == Verdict.Unknown ? 1 : 0;
                bands[Math.Min(Bands - 1, score.Points / BandWidth)]++;
            }
        }

        return new PreviewCounts(Shown(considered), Shown(pass), Shown(unknown), [.. bands.Select(Shown)], rounded);

        int Shown(int count) => rounded ? count / 10 * 10 : count;
    }
}
