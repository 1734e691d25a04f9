using System.Runtime.InteropServices;

namespace Matching.Engine.Retrieval;

/// <summary>What each graduate of an index answers, skill by skill, worked out when it is needed while the index is built.</summary>
internal sealed class AnsweredSkills(GraduateDocuments documents)
{
    private readonly Answers _answers = new();
    private readonly AnswerTable _table = new();
    private readonly List<Answer> _all = [];

    /// <summary>Every skill he answers, once.</summary>
    public ReadOnlySpan<Answer> Of(int document)
    {
        var numbers = documents.Numbers;
        _answers.Make(documents.Held(document), numbers, _table);
        _table.Spread(_answers, numbers);
        _all.Clear();
        _all.AddRange(_answers.Skills);
        foreach (var family in _answers.Families)
        {
            var (from, to) = numbers.Parts(family.Number);
            for (var part = from; part < to; part++)
            {
                if (_table.IsOfFamily(part))
                {
                    _all.Add(family with { Number = part });
                }
            }
        }

        _table.Clear();
        return CollectionsMarshal.AsSpan(_all);
    }

    /// <summary>Codes for all strengths that occur.</summary>
    public StrengthCodes Codes()
    {
        var counted = new Dictionary<Scoring.LevelStrengths, int>();
        for (var i = 0; i < documents.Count; i++)
        {
            foreach (var answer in Of(i))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counted, answer.Strengths, out _)++;
            }
        }

        return new(counted);
    }
}
