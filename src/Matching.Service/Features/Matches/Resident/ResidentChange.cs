using Matching.Engine.Retrieval;
using Matching.Engine.Scoring;

namespace Matching.Service.Features.Matches;

/// <summary>What one step of following changed.</summary>
/// <param name="Version">The view that has it.</param>
/// <param name="Demands">Demands that changed, came or went.</param>
/// <param name="Put">Those of them that are open now.</param>
/// <param name="Graduates">Graduates that changed, came or went.</param>
internal sealed record ResidentChange(long Version, HashSet<long> Demands, DemandProfile[] Put, HashSet<long> Graduates)
{
    /// <summary>Whether a graduate's list, as it was shown, is another by this change.</summary>
    /// <param name="graduate">Whose list it is.</param>
    /// <param name="list">The list, best first, as far as it is shown.</param>
    /// <param name="length">How long it can be.</param>
    /// <param name="weights">The weights of both.</param>
    public bool Bears(ResidentGraduate graduate, RankedMatch[] list, int length, ScoreWeights weights) =>
        Graduates.Contains(graduate.Row.Id)
        || (Demands.Count > 0 && Array.Exists(list, match => Demands.Contains(match.Id)))
        || Array.Exists(Put, demand => Enters(PairScorer.Score(weights, demand, graduate.Candidate), demand, list, length));

    private static bool Enters(PairScore score, DemandProfile demand, RankedMatch[] list, int length) =>
        score.Verdict != Verdict.Fail && score.Points > 0
        && (list.Length < length || new RankedMatch(demand.Id, score.Points, score.Verdict, demand.Priority).Before(list[^1]) > 0);
}

/// <summary>The last few changes, oldest first. A value.</summary>
internal sealed class RecentChanges
{
    // To look through them must stay cheaper than to search anew.
    private const int MostDemands = 100;

    private readonly ResidentChange[] _changes;
    private readonly long _from;

    private RecentChanges(ResidentChange[] changes, long from) => (_changes, _from) = (changes, from);

    public static RecentChanges None(long version) => new([], version);

    /// <summary>Whether all that changed after this version is here.</summary>
    public bool Covers(long version) => version >= _from;

    public ReadOnlySpan<ResidentChange> Since(long version)
    {
        var first = _changes.Length;
        while (first > 0 && _changes[first - 1].Version > version)
        {
            first--;
        }

        return _changes.AsSpan(first);
    }

    public RecentChanges With(ResidentChange change)
    {
        ResidentChange[] changes = [.. _changes, change];
        var (first, demands) = (changes.Length, 0);
        while (first > 0 && (demands += 1 + changes[first - 1].Demands.Count) <= MostDemands)
        {
            first--;
        }

        return new(changes[first..], first == 0 ? _from : changes[first - 1].Version);
    }
}
