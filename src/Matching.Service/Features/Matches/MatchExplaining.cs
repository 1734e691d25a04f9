using Matching.Engine.Retrieval;
using Matching.Engine.Scoring;

namespace Matching.Service.Features.Matches;

/// <summary>Puts an explanation of the engine into words.</summary>
internal static class MatchExplaining
{
    /// <param name="listed">The pair as the stored list has it.</param>
    /// <param name="explanation">The pair as it is now.</param>
    /// <param name="names">Names of all skills and certificates the demand asks for.</param>
    public static MatchExplanation Of(RankedMatch listed, Explanation explanation, IReadOnlyDictionary<long, string> names)
    {
        var items = explanation.Parts.SelectMany(part => part.Items).ToArray();
        return new MatchExplanation(
            MatchTexts.Points(explanation.Points), MatchTexts.Points(explanation.Attainable), MatchTexts.Of(explanation.Verdict),
            explanation.Points == listed.Points && explanation.Verdict == listed.Verdict,
            [.. explanation.Parts.Select(part => Part(part, names))], In(ItemState.Matched), In(ItemState.Missing), In(ItemState.Unknown),
            [.. explanation.Requirements.Select(check => Requirement(check, names))], [.. explanation.Raises.Select(raise => Raise(raise, names))]);

        string[] In(ItemState state) => [.. items.Where(item => item.State == state).Select(item => names[item.Id])];
    }

    private static MatchPart Part(ScorePart part, IReadOnlyDictionary<long, string> names)
    {
        var (code, name) = MatchTexts.Of(part.Component);
        return new MatchPart(
            code, name, part.Attainable == 0 ? "NOT_ASKED" : MatchTexts.Of(part.State), MatchTexts.Points(part.Points), MatchTexts.Points(part.Attainable),
            [.. part.Items.Select(item => new MatchItem(item.Id, names[item.Id], MatchTexts.Of(item.State), MatchTexts.Points(item.Points)))]);
    }

    private static MatchRequirement Requirement(RequirementCheck check, IReadOnlyDictionary<long, string> names)
    {
        var (code, name) = MatchTexts.Of(check.Requirement);
        return new MatchRequirement(code, check.Certificate is { } certificate ? $"{name}：{names[certificate]}" : name, MatchTexts.Of(check.Verdict));
    }

    private static MatchRaise Raise(Raise raise, IReadOnlyDictionary<long, string> names)
    {
        var gain = MatchTexts.Points(raise.Gain);
        return new MatchRaise(
            MatchTexts.Of(raise.Component).Code, raise.Id, gain, MatchTexts.Raise(raise.Component, raise.Known, raise.Id is { } id ? names[id] : null, gain));
    }
}
