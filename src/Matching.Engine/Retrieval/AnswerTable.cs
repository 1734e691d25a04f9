using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>One graduate's <see cref="Answers"/> spread out by skill, so that what a demand asks is looked up. Two bytes a skill, which stay in the cache. One per thread.</summary>
internal sealed class AnswerTable
{
    private ushort[] _places = [];
    private LevelStrengths[] _strengths = new LevelStrengths[128]; // of place 0: nothing
    private SkillNumbers? _numbers;
    private Answers? _spread;

    /// <summary>Place of a skill; all 0 while nothing is spread out.</summary>
    public ref ushort Skill(int number) => ref _places[number];

    /// <summary>Place of a family.</summary>
    public ref ushort Family(int family) => ref _places[_numbers!.Count + family];

    /// <summary>Makes room for these skills, with nothing spread out.</summary>
    public void Begin(SkillNumbers numbers)
    {
        Clear();
        _numbers = numbers;
        if (_places.Length < numbers.Count + numbers.Families)
        {
            _places = new ushort[numbers.Count + numbers.Families];
        }
    }

    /// <summary>Thousandths for a skill at the level that lies at <paramref name="shift"/> (see <see cref="LevelStrengths.Shift"/>).</summary>
    public int At(int number, int shift) => _strengths[_places[number]].At(shift);

    /// <summary>Whether a skill that is answered is so as a sibling alone.</summary>
    public bool IsOfFamily(int number) => _places[number] <= _spread!.Families.Length;

    /// <summary>Spreads out these answers instead of whichever were. Nothing to do where they are already.</summary>
    public void Spread(Answers answers, SkillNumbers numbers)
    {
        if (ReferenceEquals(_spread, answers))
        {
            return;
        }

        Begin(numbers);
        _spread = answers;
        var families = answers.Families;
        var skills = answers.Skills;
        if (_strengths.Length <= families.Length + skills.Length)
        {
            _strengths = new LevelStrengths[2 * (families.Length + skills.Length)];
        }

        var place = 0;
        foreach (var family in families)
        {
            _strengths[++place] = family.Strengths;
            var (from, to) = numbers.Parts(family.Number);
            _places.AsSpan(from..to).Fill(checked((ushort)place));
        }

        foreach (var skill in skills)
        {
            _strengths[++place] = skill.Strengths;
            _places[skill.Number] = checked((ushort)place);
        }
    }

    /// <summary>Must be called before the answers spread out are made anew.</summary>
    public void Clear()
    {
        if (_spread is null)
        {
            return;
        }

        foreach (var family in _spread.Families)
        {
            var (from, to) = _numbers!.Parts(family.Number);
            _places.AsSpan(from..to).Clear();
        }

        foreach (var skill in _spread.Skills)
        {
            _places[skill.Number] = 0;
        }

        _spread = null;
    }
}
