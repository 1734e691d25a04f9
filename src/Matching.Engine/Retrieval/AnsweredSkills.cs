using System.Runtime.InteropServices;

namespace Matching.Engine.Retrieval;

/// <summary>What each graduate of an index answers, skill by skill, worked out when it is needed while the index is built.</summary>
internal sealed class AnsweredSkills(GraduateDocuments documents)
{
    // So many tell which strengths are common. Codes are only bounds: what is coded as the rest answers for more than it should and is still scored exactly.
    private const int MostCounted = 8_192;

    private readonly Answers _answers = new();
    private readonly AnswerTable _table = new();
    private readonly List<Answer> _all = [];
    private readonly int[] _own = new int[documents.Numbers.Count];
    private int _asked;

    /// <summary>Every skill he answers, once; those of one family as siblings follow one another. Valid until the next is asked for.</summary>
    public ReadOnlySpan<Answer> Of(int document)
    {
        var numbers = documents.Numbers;
        _answers.Make(documents.Held(document), numbers, _table);
        _all.Clear();
        _all.AddRange(_answers.Skills);
        _asked++;
        foreach (ref readonly var answer in _answers.Skills)
        {
            _own[answer.Number] = _asked;
        }

        // A skill with an answer of its own has that as a sibling in it.
        foreach (var family in _answers.Families)
        {
            var (from, to) = numbers.Parts(family.Number);
            for (var part = from; part < to; part++)
            {
                if (_own[part] != _asked)
                {
                    _all.Add(family with { Number = part });
                }
            }
        }

        return CollectionsMarshal.AsSpan(_all);
    }

    /// <summary>Codes for the strengths that occur, the commonest among graduates of all occupations.</summary>
    public StrengthCodes Codes()
    {
        var counted = new Dictionary<Scoring.LevelStrengths, int>();
        for (var i = 0; i < documents.Count; i += Math.Max(1, documents.Count / MostCounted))
        {
            foreach (var answer in Of(i))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counted, answer.Strengths, out _)++;
            }
        }

        return new(counted);
    }
}
