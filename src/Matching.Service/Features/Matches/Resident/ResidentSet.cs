using System.Collections.Concurrent;
using Matching.Engine.Retrieval;
using Matching.Engine.Scoring;

namespace Matching.Service.Features.Matches;

/// <summary>Both indexes of one moment. Graduates are those who agreed to be shown to companies.</summary>
/// <param name="Version">Grows with every change.</param>
/// <param name="Demands">Searched for a graduate.</param>
/// <param name="Graduates">Searched for a demand.</param>
/// <param name="Recent">What changed last.</param>
internal sealed record ResidentView(long Version, LiveIndex<DemandProfile, Candidate> Demands, LiveIndex<Candidate, DemandProfile> Graduates, RecentChanges Recent);

/// <summary>
/// A consortium's open demands and seeking graduates in memory. One follower changes it, requests read it meanwhile: rows first, then the view, so that a page made of older rows
/// than its view cannot come about, and one made of newer rows is made again with the next view.
/// It lies outside row-level security: whoever reads it decides who may see what.
/// </summary>
internal sealed class ResidentSet
{
    private volatile ResidentView _view;

    public ResidentSet(ScoreWeights weights, SkillGraph graph, IEnumerable<ResidentDemand> demands, IEnumerable<ResidentGraduate> graduates, IReadOnlyDictionary<long, string> names)
    {
        (Weights, Graph, Names) = (weights, graph, new(names));
        Demands = new(demands.Select(demand => KeyValuePair.Create(demand.Row.Id, demand)));
        Graduates = new(graduates.Select(graduate => KeyValuePair.Create(graduate.Row.Id, graduate)));
        _view = new(
            1, LiveIndex.OfDemands(weights, Demands.Values.Select(demand => demand.Profile), graph),
            LiveIndex.OfGraduates(weights, Graduates.Values.Where(graduate => graduate.Row.Consent).Select(graduate => graduate.Candidate)), RecentChanges.None(1));
    }

    public ScoreWeights Weights { get; }

    public SkillGraph Graph { get; }

    public ConcurrentDictionary<long, ResidentDemand> Demands { get; }

    public ConcurrentDictionary<long, ResidentGraduate> Graduates { get; }

    /// <summary>Names of all skills and certificates that any of them names.</summary>
    public ConcurrentDictionary<long, string> Names { get; }

    public ResidentView View => _view;

    /// <summary>Pages that were asked for.</summary>
    public ResidentPages Pages { get; } = new();

    /// <summary>These numbers are now these rows; a number without a row is no longer open, or no longer seeking.</summary>
    public void Apply(IReadOnlyCollection<long> demandIds, IReadOnlyList<ResidentDemand> demands, IReadOnlyCollection<long> graduateIds, IReadOnlyList<ResidentGraduate> graduates)
    {
        var view = _view;
        long[] closed = [.. demandIds.Except(demands.Select(demand => demand.Row.Id))];
        long[] gone = [.. graduateIds.Except(graduates.Select(graduate => graduate.Row.Id))];
        Replace(Demands, demands, demand => demand.Row.Id, closed);
        Replace(Graduates, graduates, graduate => graduate.Row.Id, gone);
        var shown = graduates.ToLookup(graduate => graduate.Row.Consent);
        var change = new ResidentChange(view.Version + 1, [.. demandIds], [.. demands.Select(demand => demand.Profile)], [.. graduateIds]);
        _view = new(
            change.Version,
            demandIds.Count == 0 ? view.Demands : view.Demands.With(demands.Select(demand => demand.Profile), closed),
            graduateIds.Count == 0 ? view.Graduates : view.Graduates.With(shown[true].Select(graduate => graduate.Candidate), [.. gone, .. shown[false].Select(graduate => graduate.Row.Id)]),
            view.Recent.With(change));
    }

    /// <summary>Moves the view onto indexes that were compacted meanwhile.</summary>
    public void Settle(ResidentView compacted) =>
        _view = _view with { Demands = _view.Demands.Onto(compacted.Demands), Graduates = _view.Graduates.Onto(compacted.Graduates) };

    private static void Replace<T>(ConcurrentDictionary<long, T> rows, IEnumerable<T> put, Func<T, long> id, IEnumerable<long> removed)
    {
        foreach (var row in put)
        {
            rows[id(row)] = row;
        }

        foreach (var gone in removed)
        {
            rows.TryRemove(gone, out _);
        }
    }
}
