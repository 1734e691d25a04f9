using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>
/// Strengths in one byte: the 254 commonest have codes of their own, all others share one that answers everything in full, which is more than any of them does.
/// </summary>
internal sealed class StrengthCodes
{
    private const int Own = 254;
    private const byte Rest = 255;

    private readonly Dictionary<long, byte> _codes = [];
    private readonly short[][] _strengths = new short[256][];

    public StrengthCodes(IEnumerable<short[]> all)
    {
        var counted = new Dictionary<long, (int Count, short[] Strengths)>();
        foreach (var strengths in all)
        {
            counted[Key(strengths)] = (counted.GetValueOrDefault(Key(strengths)).Count + 1, strengths);
        }

        Array.Fill(_strengths, [.. Enumerable.Repeat((short)SkillStrengths.Full, SkillStrengths.Levels)]);
        foreach (var (key, (_, strengths)) in counted.OrderByDescending(pair => pair.Value.Count).ThenBy(pair => pair.Key).Take(Own))
        {
            _codes[key] = (byte)(_codes.Count + 1);
            _strengths[_codes.Count] = strengths;
        }
    }

    /// <summary>Strengths are at most 1,000: ten bits each.</summary>
    public static long Key(short[] strengths)
    {
        var key = 0L;
        foreach (var strength in strengths)
        {
            key = (key << 10) | (ushort)strength;
        }

        return key;
    }

    public byte Of(short[] strengths) => _codes.GetValueOrDefault(Key(strengths), Rest);

    /// <summary>Units by code for one of so many asks of a level.</summary>
    public ushort[] Table(UnitScale scale, bool must, int asked, int level)
    {
        var count = Math.Max(asked, must ? Components.MustFloor : Components.NiceFloor);
        var units = new ushort[256];
        for (var code = 1; code < units.Length; code++)
        {
            units[code] = scale.Skill(must, count, _strengths[code][level]);
        }

        return units;
    }
}
