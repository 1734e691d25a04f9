using System.Runtime.InteropServices;
using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>
/// How well a graduate answers each skill, as <see cref="SkillStrengths"/> has it, but short: the skills he holds and their broader ones each by itself, the parts of a family
/// he answers as a sibling by one entry. Reused from graduate to graduate.
/// </summary>
internal sealed class Answers
{
    private readonly List<Answer> _skills = [];
    private readonly List<Answer> _families = [];

    /// <summary>Skills by number, each once, with the best of what he gives.</summary>
    public ReadOnlySpan<Answer> Skills => CollectionsMarshal.AsSpan(_skills);

    /// <summary>Families of which he holds a part, with what he gives to any other part.</summary>
    public ReadOnlySpan<Answer> Families => CollectionsMarshal.AsSpan(_families);

    public void Make(ReadOnlySpan<NumberedSkill> held, SkillNumbers numbers, AnswerTable table)
    {
        _skills.Clear();
        _families.Clear();
        table.Begin(numbers);
        foreach (var skill in held)
        {
            Raise(_skills, ref table.Skill(skill.Number), skill.Number, skill.As(SkillRelation.Itself));
            foreach (var ancestor in numbers.Ancestors(skill.Number))
            {
                Raise(_skills, ref table.Skill(ancestor), ancestor, skill.As(SkillRelation.Broader));
            }

            if (numbers.IsPart(skill.Number, out var family))
            {
                Raise(_families, ref table.Family(family), family, skill.As(SkillRelation.Sibling));
            }
        }

        // A sibling of his own skill is one of his skills too. (What he gives to "any other part" by the best part of all is never more than that part gives to itself.)
        foreach (ref var skill in CollectionsMarshal.AsSpan(_skills))
        {
            var member = numbers.IsPart(skill.Number, out var family) ? Family(table, family) : default;
            var part = numbers.HasParts(skill.Number, out var under) ? Family(table, under) : default;
            skill = new(skill.Number, LevelStrengths.Max(skill.Strengths, member), SkillFamilies.Given(member.Most, part.Most));
            table.Skill(skill.Number) = 0;
        }

        foreach (var family in _families)
        {
            table.Family(family.Number) = 0;
        }
    }

    private LevelStrengths Family(AnswerTable table, int family) => table.Family(family) is not 0 and var at ? _families[at - 1].Strengths : default;

    private static void Raise(List<Answer> answers, ref ushort place, int number, LevelStrengths strengths)
    {
        if (place == 0)
        {
            answers.Add(new(number, strengths));
            place = checked((ushort)answers.Count);
        }
        else
        {
            ref var answer = ref CollectionsMarshal.AsSpan(answers)[place - 1];
            answer = answer with { Strengths = LevelStrengths.Max(answer.Strengths, strengths) };
        }
    }
}

/// <param name="Number">Of a skill or a family.</param>
/// <param name="Strengths">How well it is answered.</param>
/// <param name="Given">Of a skill, what <see cref="SkillFamilies"/> give for it already.</param>
internal readonly record struct Answer(int Number, LevelStrengths Strengths, int Given = 0);
