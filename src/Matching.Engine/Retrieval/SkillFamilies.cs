using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>
/// Siblings make five lists of each skill a graduate has. Instead there is a list of each family (the parts of one broader skill): what a demand asks of all its members, in steps of units,
/// to be weighed by how well the graduate answers a sibling. His own skills add only what they give beyond that. So the sum is never less than what he is given, whatever the weights
/// and whatever graph his strengths were made by; it is more where a demand asks a high level of a sibling.
/// </summary>
internal sealed class SkillFamilies
{
    private const int MostCode = byte.MaxValue;

    private readonly UnitScale _scale;
    private readonly SkillGraph _graph;
    private readonly int _step;

    public SkillFamilies(UnitScale scale, SkillGraph graph, IEnumerable<DemandProfile> demands)
    {
        (_scale, _graph) = (scale, graph);
        _step = Math.Max(1, (demands.SelectMany(Units).Select(family => family.Units).DefaultIfEmpty().Max() + MostCode - 1) / MostCode);
    }

    public long? FamilyOf(long skill) => _graph.BroaderOf(skill);

    /// <summary>The families a demand asks of, each with its code.</summary>
    public IEnumerable<(long Family, byte Code)> Of(DemandProfile demand) => Units(demand).Select(family => (family.Family, (byte)((family.Units + _step - 1) / _step)));

    /// <summary>Units a step is worth to a graduate who answers with this strength.</summary>
    public ushort Weight(int strength) => (ushort)(((_step * strength) + SkillStrengths.Full - 1) / SkillStrengths.Full);

    /// <summary>By how many units a demand's sums may exceed what is really given, all by rounding up: a step and a unit a step for each family, a unit for each ask.</summary>
    public int Slack(DemandProfile demand) => demand.Must.Count + demand.Nice.Count + (Units(demand).Count() * (_step + MostCode + 1));

    private IEnumerable<(long Family, int Units)> Units(DemandProfile demand) =>
        demand.Must.Select(ask => (ask.Skill, Units: (int)_scale.Skill(true, Math.Max(demand.Must.Count, Components.MustFloor), SkillStrengths.Full)))
            .Concat(demand.Nice.Select(ask => (ask.Skill, Units: (int)_scale.Skill(false, Math.Max(demand.Nice.Count, Components.NiceFloor), SkillStrengths.Full))))
            .Where(ask => FamilyOf(ask.Skill) is not null)
            .GroupBy(ask => FamilyOf(ask.Skill)!.Value, ask => ask.Units, (family, units) => (family, units.Sum()));
}
