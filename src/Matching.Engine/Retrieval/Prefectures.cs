using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>Where: the commonest prefectures have a class each, the others share the last one. The first two classes are the caller's.</summary>
internal sealed class Prefectures
{
    public const byte FirstFree = 2;
    public const byte Others = Block.Classes - 1;

    private readonly Dictionary<int, byte> _classes = [];
    private readonly RegionId[] _sample = new RegionId[Block.Classes];

    public Prefectures(IEnumerable<RegionId> places)
    {
        foreach (var group in places.GroupBy(place => place.Prefecture).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).Take(Others - FirstFree))
        {
            var next = (byte)(FirstFree + _classes.Count);
            (_classes[group.Key], _sample[next]) = (next, group.First());
        }
    }

    public byte Of(RegionId place) => _classes.GetValueOrDefault(place.Prefecture, Others);

    /// <summary>
    /// Most tenths by class of a place or wish there against <paramref name="other"/>: <paramref name="same"/> in the same prefecture and among the others, 4 in the same province.
    /// </summary>
    public void Raise(Span<ushort> units, RegionId other, int same, Func<int, ushort> unitsOfTenths)
    {
        for (var i = (int)FirstFree; i < FirstFree + _classes.Count; i++)
        {
            var tenths = _sample[i].Prefecture == other.Prefecture ? same : _sample[i].Province == other.Province ? 4 : 0;
            units[i] = Math.Max(units[i], unitsOfTenths(tenths));
        }

        units[Others] = unitsOfTenths(same);
    }
}
