namespace Matching.Engine.Scoring;

/// <summary>The greatest gains of those added, in order: more gain first, then the earlier component, then the lower id.</summary>
/// <param name="most">How many are kept.</param>
internal sealed class GreatestRaises(int most)
{
    private readonly List<Raise> _raises = [];

    public IReadOnlyList<Raise> List => _raises;

    /// <summary>What gains nothing is left out.</summary>
    public void Add(Raise raise)
    {
        if (raise.Gain <= 0)
        {
            return;
        }

        var at = _raises.Count;
        while (at > 0 && Before(raise, _raises[at - 1]))
        {
            at--;
        }

        if (at == most)
        {
            return;
        }

        if (_raises.Count == most)
        {
            _raises.RemoveAt(most - 1);
        }

        _raises.Insert(at, raise);
    }

    private static bool Before(Raise a, Raise b) =>
        a.Gain != b.Gain ? a.Gain > b.Gain : a.Component != b.Component ? a.Component < b.Component : Nullable.Compare(a.Id, b.Id) < 0;
}
