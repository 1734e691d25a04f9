using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>
/// Siblings make five lists of each skill a graduate has. Instead there is a list of each family: what a demand asks of its members and of their broader skill, as much of it as the best
/// holder of another member is given, in steps of units; to be weighed by how well the graduate answers the member he has. His skills add only what they give beyond that.
/// So the sum is never less than what he is given; it is more where a demand asks a high level of a sibling.
/// </summary>
internal sealed class SkillFamilies
{
    private const int MostCode = byte.MaxValue;
    private const int Whole = SkillGraph.Itself;
    private const int Twice = SkillGraph.Sibling + SkillGraph.Broader - Whole; // tenths that a skill in two families gives too much

    private readonly UnitScale _scale;
    private readonly SkillNumbers _numbers;
    private readonly int _step;

    public SkillFamilies(UnitScale scale, SkillNumbers numbers, IEnumerable<DemandProfile> demands)
    {
        (_scale, _numbers) = (scale, numbers);
        _step = Math.Max(1, (demands.SelectMany(Units).Select(family => family.Units).DefaultIfEmpty().Max() + MostCode - 1) / MostCode);
    }

    /// <summary>The families a demand asks of, each with its code.</summary>
    public IEnumerable<(int Family, byte Code)> Of(DemandProfile demand) => Units(demand).Select(family => (family.Family, (byte)((family.Units + _step - 1) / _step)));

    /// <summary>Units a step is worth to a graduate who gives this to siblings, thousandths.</summary>
    public ushort Weight(int siblings) => (ushort)(((_step * siblings * Whole / SkillGraph.Sibling) + SkillStrengths.Full - 1) / SkillStrengths.Full);

    /// <summary>The thousandths that the families' lists give for a skill at least, by what he gives to siblings in its own family and in the family of its parts.</summary>
    public static int Given(int siblings, int parts) => siblings + (parts * SkillGraph.Broader / SkillGraph.Sibling);

    /// <summary>By how many units a demand's sums may exceed what is really given: by rounding up, a step and a unit a step for each family, two units for each ask; by skills in two families.</summary>
    public int Slack(DemandProfile demand) => (2 * (demand.Must.Count + demand.Nice.Count)) + (Units(demand).Count() * (_step + MostCode + 1))
        + Asks(demand).Where(ask => _numbers.IsPart(ask.Skill, out _) && _numbers.HasParts(ask.Skill, out _)).Sum(ask => Share(ask.Units, Twice));

    private IEnumerable<(int Family, int Units)> Units(DemandProfile demand) => Asks(demand).SelectMany(Shares).GroupBy(share => share.Family, share => share.Units, (family, units) => (family, units.Sum()));

    private IEnumerable<(int Family, int Units)> Shares((int Skill, int Units) ask)
    {
        if (_numbers.IsPart(ask.Skill, out var family))
        {
            yield return (family, Share(ask.Units, SkillGraph.Sibling));
        }

        if (_numbers.HasParts(ask.Skill, out var under))
        {
            yield return (under, Share(ask.Units, SkillGraph.Broader));
        }
    }

    private IEnumerable<(int Skill, int Units)> Asks(DemandProfile demand) =>
        demand.Must.Select(ask => (_numbers.Of(ask.Skill), (int)_scale.Skill(true, Math.Max(demand.Must.Count, Components.MustFloor), SkillStrengths.Full)))
            .Concat(demand.Nice.Select(ask => (_numbers.Of(ask.Skill), (int)_scale.Skill(false, Math.Max(demand.Nice.Count, Components.NiceFloor), SkillStrengths.Full))));

    private static int Share(int units, int tenths) => ((units * tenths) + Whole - 1) / Whole;
}
