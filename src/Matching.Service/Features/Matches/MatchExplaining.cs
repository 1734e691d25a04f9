using Matching.Engine.Retrieval;
using Matching.Engine.Scoring;

namespace Matching.Service.Features.Matches;

/// <summary>Puts an explanation of the engine into words.</summary>
internal static class MatchExplaining
{
    /// <summary>How many of what would help most a brief explanation tells.</summary>
    public const int BriefRaises = 3;

    private static readonly ScoreWeights Weights = ScoreWeights.Default;

    /// <param name="listed">The pair as the list has it.</param>
    /// <param name="demand">The demand as it is now.</param>
    /// <param name="candidate">The graduate as he is now.</param>
    /// <param name="names">Names of all skills and certificates the demand asks for.</param>
    /// <param name="full">Whether all that is known is told, see <see cref="MatchQuery.Reasons"/>.</param>
    public static MatchExplanation Of(RankedMatch listed, DemandProfile demand, Candidate candidate, IReadOnlyDictionary<long, string> names, bool full)
    {
        var explanation = Explainer.Explain(Weights, demand, candidate, full ? int.MaxValue : BriefRaises);
        var items = explanation.Parts.SelectMany(part => part.Items).ToArray();
        return new MatchExplanation(
            MatchTexts.Points(explanation.Points), MatchTexts.Points(explanation.Attainable), MatchTexts.Of(explanation.Verdict),
            explanation.Points == listed.Points && explanation.Verdict == listed.Verdict,
            [.. explanation.Parts.Select(part => Part(part, names, full))], In(ItemState.Matched), In(ItemState.Missing), In(ItemState.Unknown),
            [.. explanation.Requirements.Select(check => Requirement(check, names))], [.. explanation.Raises.Select(raise => Raise(raise, names))]);

        string[] In(ItemState state) => [.. items.Where(item => item.State == state).Select(item => names[item.Id])];
    }

    private static MatchPart Part(ScorePart part, IReadOnlyDictionary<long, string> names, bool full)
    {
        var (code, name) = MatchTexts.Of(part.Component);
        return new MatchPart(
            code, name, MatchTexts.StateOf(part), MatchTexts.Points(part.Points), MatchTexts.Points(part.Attainable),
            !full ? [] : [.. part.Items.Select(item => new MatchItem(item.Id, names[item.Id], MatchTexts.Of(item.State), MatchTexts.Points(item.Points)))]);
    }

    private static MatchRequirement Requirement(RequirementCheck check, IReadOnlyDictionary<long, string> names)
    {
        var (code, name) = MatchTexts.Of(check.Requirement);
        return new MatchRequirement(code, check.Certificate is { } certificate ? name + MatchTexts.Which + names[certificate] : name, MatchTexts.Of(check.Verdict));
    }

    private static MatchRaise Raise(Raise raise, IReadOnlyDictionary<long, string> names)
    {
        var gain = MatchTexts.Points(raise.Gain);
        return new MatchRaise(MatchTexts.Of(raise.Component).Code, raise.Id, gain, MatchTexts.Raise(raise, raise.Id is { } id ? names[id] : ""));
    }
}
