namespace Matching.Engine.Normalizing;

/// <summary>
/// The strength of a proposal as a confidence: of a hundred titles coded with 90, about ninety are coded right. Judged by reading 177 distinct titles of four
/// collections of postings, drawn at random within bands of strength, 2026-11-25; bands that contradict their order are pooled, between their middles is a straight line:
/// 95–100: 19 of 19; 83–89: 20 of 20; 75–82: 38 of 40; 70–74: 18 of 20; 60–69: 24 of 31; 50–59: 7 of 20; 35–49: 1 of 9; below: 0 of 18, and one more is not told from it.
/// </summary>
internal static class Calibration
{
    private static readonly (int Strength, int Confidence)[] Knots = [(0, 0), (30, 5), (42, 11), (55, 35), (59, 45), (60, 74), (65, 77), (72, 90), (78, 95), (85, 98), (100, 100)];

    /// <summary>Never falls with the strength, and meets <see cref="OccupationCoder.AcceptFrom"/> where the strength does.</summary>
    public static int Confidence(int strength)
    {
        var at = 1;
        while (at < Knots.Length - 1 && Knots[at].Strength < strength)
        {
            at++;
        }

        var (from, to) = (Knots[at - 1], Knots[at]);
        return from.Confidence + ((strength - from.Strength) * (to.Confidence - from.Confidence) / (to.Strength - from.Strength));
    }
}
