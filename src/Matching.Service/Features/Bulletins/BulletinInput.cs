using Matching.Engine.Indicators;
using Matching.Service.Reference;

namespace Matching.Service.Features.Bulletins;

/// <summary>What a table's definition works on: the facts, the period, the names of codes.</summary>
internal sealed record BulletinInput(BulletinFacts Facts, Period Period, ReferenceTables Reference)
{
    public DemandCount Demand(Period period) => DemandCount.Of(Facts.Demands, period);

    /// <summary>Supply and demand over the rows of a classification.</summary>
    /// <param name="period">Which period.</param>
    /// <param name="keys">The rows, in order.</param>
    /// <param name="ofOccupation">The row of an occupation code.</param>
    public SupplyDemandTable ByOccupation(Period period, IEnumerable<string> keys, Func<string, string> ofOccupation)
    {
        var demand = Facts.Demands.GroupBy(fact => fact.Occupation is null ? "" : ofOccupation(fact.Occupation)).ToDictionary(group => group.Key, group => DemandCount.Of(group, period).Total);
        var seekers = Facts.Seekers.Where(fact => fact.CountsIn(period)).GroupBy(fact => fact.Occupation is null ? "" : ofOccupation(fact.Occupation)).ToDictionary(group => group.Key, group => group.LongCount());
        return SupplyDemandTable.Create(
            keys.Select(key => (key, demand.GetValueOrDefault(key), seekers.GetValueOrDefault(key))), seekers.GetValueOrDefault(""), demand.GetValueOrDefault(""));
    }

    /// <summary>By 大类, the rows of the quarterly form.</summary>
    public SupplyDemandTable ByMajorGroup(Period period) =>
        ByOccupation(period, Reference.Occupations.All.Where(code => code.Level == 1).Select(code => code.Code), code => code[..1]);

    /// <summary>By 小类, the rows of the mismatch.</summary>
    public SupplyDemandTable ByMinorGroup(Period period) =>
        ByOccupation(period, Reference.Occupations.All.Where(code => code.Level == 3).Select(code => code.Code), code => code.Length > 7 ? code[..7] : code);
}
