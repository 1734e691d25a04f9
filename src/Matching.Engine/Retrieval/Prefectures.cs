using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>Where: the commonest prefectures have a class each, the others share the last one.</summary>
internal sealed class Prefectures
{
    private const byte Others = Block.Classes - 1;

    private readonly Dictionary<int, byte> _classes = [];
    private readonly (int Prefecture, int Province)[] _sample = new (int, int)[Block.Classes];

    public Prefectures(IEnumerable<RegionId> places)
    {
        foreach (var group in places.GroupBy(place => place.Prefecture).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).Take(Others))
        {
            var next = (byte)_classes.Count;
            (_classes[group.Key], _sample[next]) = (next, (group.Key, group.First().Province));
        }
    }

    public byte Of(RegionId place) => _classes.GetValueOrDefault(place.Prefecture, Others);

    /// <summary>
    /// Raises the units of each class to what a place or wish there is worth against <paramref name="other"/>: <paramref name="same"/> in the same prefecture and among the others,
    /// <paramref name="province"/> in the same province.
    /// </summary>
    public void Raise(Span<ushort> units, RegionId other, ushort same, ushort province)
    {
        var (prefecture, home) = (other.Prefecture, other.Province);
        for (var i = 0; i < _classes.Count; i++)
        {
            var place = _sample[i];
            units[i] = Math.Max(units[i], place.Prefecture == prefecture ? same : place.Province == home ? province : (ushort)0);
        }

        units[Others] = same;
    }
}
