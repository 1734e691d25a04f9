using System.Runtime.InteropServices;

namespace Matching.Engine.Scoring;

/// <summary>The greatest gains of those added, in order: more gain first, then the earlier component, then the lower id.</summary>
internal sealed class GreatestRaises
{
    private readonly List<Raise> _raises = [];
    private int _most;

    public ReadOnlySpan<Raise> Raises => CollectionsMarshal.AsSpan(_raises);

    /// <summary>Begins anew.</summary>
    /// <param name="most">How many are kept.</param>
    public void Clear(int most)
    {
        _raises.Clear();
        _most = most;
    }

    /// <summary>What gains nothing is left out.</summary>
    public void Add(in Raise raise)
    {
        // Most are less than all that are kept.
        if (raise.Gain <= 0 || (_raises.Count == _most && (_most == 0 || !Before(raise, Raises[^1]))))
        {
            return;
        }

        if (_raises.Count == _most)
        {
            _raises.RemoveAt(_most - 1);
        }

        var at = _raises.Count;
        while (at > 0 && Before(raise, Raises[at - 1]))
        {
            at--;
        }

        _raises.Insert(at, raise);
    }

    private static bool Before(in Raise a, in Raise b) =>
        a.Gain != b.Gain ? a.Gain > b.Gain : a.Component != b.Component ? a.Component < b.Component : Nullable.Compare(a.Id, b.Id) < 0;
}
