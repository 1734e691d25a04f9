using System.Runtime.InteropServices;
using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>
/// What a demand asks, by the skills that answer it: its own, their descendants, their siblings. So an index of graduates keeps the skills they hold and not what they answer.
/// Reused from demand to demand.
/// </summary>
internal sealed class Asks
{
    private readonly List<AskAnswer> _answers = [];

    /// <summary>In the order of the skills held, so that those of one follow one another.</summary>
    public ReadOnlySpan<AskAnswer> Answers => CollectionsMarshal.AsSpan(_answers);

    public void Make(DemandProfile demand, SkillNumbers numbers)
    {
        _answers.Clear();
        var ask = 0;
        foreach (var asks in (ReadOnlySpan<IReadOnlyList<SkillAsk>>)[demand.Must, demand.Nice])
        {
            foreach (var (skill, level) in asks)
            {
                if (numbers.TryFind(skill, out var number))
                {
                    Add(number, ask, level, numbers);
                }

                ask++;
            }
        }

        _answers.Sort((a, b) => a.Held.CompareTo(b.Held));
    }

    private void Add(int skill, int ask, int level, SkillNumbers numbers)
    {
        var shift = LevelStrengths.Shift(level);
        _answers.Add(new(skill, ask, shift, SkillRelation.Itself));
        foreach (var descendant in numbers.Descendants(skill))
        {
            _answers.Add(new(descendant, ask, shift, SkillRelation.Broader));
        }

        if (numbers.IsPart(skill, out var family))
        {
            var (from, to) = numbers.Parts(family);
            for (var sibling = from; sibling < to; sibling++)
            {
                if (sibling != skill)
                {
                    _answers.Add(new(sibling, ask, shift, SkillRelation.Sibling));
                }
            }
        }
    }
}

/// <param name="Held">The skill held.</param>
/// <param name="Ask">Which ask it answers: the required ones first.</param>
/// <param name="Shift">The asked level (see <see cref="LevelStrengths.Shift"/>).</param>
/// <param name="Relation">As what it answers.</param>
internal readonly record struct AskAnswer(int Held, int Ask, int Shift, SkillRelation Relation);
