using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>One demand's <see cref="Asks"/> spread out by the skill that answers, so that a graduate's few skills are looked up. One per thread.</summary>
internal sealed class AskTable
{
    private int[] _places = []; // of a skill's first answer, counted from 1
    private int[] _best = new int[64];
    private Asks? _spread;

    /// <summary>The strengths of the required and the welcome skills of who holds these, summed.</summary>
    public (int Must, int Nice) Sums(Asks asks, ReadOnlySpan<NumberedSkill> held, in DemandFacts demand, SkillNumbers numbers)
    {
        Spread(asks, numbers);
        var answers = asks.Answers;
        if (_best.Length < demand.MustCount + demand.NiceCount)
        {
            _best = new int[2 * (demand.MustCount + demand.NiceCount)];
        }

        var best = _best.AsSpan(0, demand.MustCount + demand.NiceCount);
        best.Clear();
        foreach (var skill in held)
        {
            if (_places[skill.Number] is not 0 and var place)
            {
                for (var at = place - 1; at < answers.Length && answers[at].Held == skill.Number; at++)
                {
                    ref var one = ref best[answers[at].Ask];
                    one = Math.Max(one, skill.As(answers[at].Relation).At(answers[at].Shift));
                }
            }
        }

        return (Sum(best[..demand.MustCount]), Sum(best[demand.MustCount..]));
    }

    /// <summary>Must be called before the asks spread out are made anew.</summary>
    public void Clear()
    {
        foreach (var answer in _spread is null ? [] : _spread.Answers)
        {
            _places[answer.Held] = 0;
        }

        _spread = null;
    }

    private void Spread(Asks asks, SkillNumbers numbers)
    {
        if (ReferenceEquals(_spread, asks))
        {
            return;
        }

        Clear();
        _spread = asks;
        if (_places.Length < numbers.Count)
        {
            _places = new int[numbers.Count];
        }

        var answers = asks.Answers;
        for (var at = answers.Length - 1; at >= 0; at--)
        {
            _places[answers[at].Held] = at + 1;
        }
    }

    private static int Sum(ReadOnlySpan<int> strengths)
    {
        var sum = 0;
        foreach (var strength in strengths)
        {
            sum += strength;
        }

        return sum;
    }
}
