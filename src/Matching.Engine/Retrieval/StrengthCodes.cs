using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>
/// Strengths in one byte: the 254 commonest have codes of their own, all others share one that answers everything in full, which is more than any of them does.
/// </summary>
internal sealed class StrengthCodes
{
    private const int Own = 254;
    private const byte Rest = 255;

    private readonly Dictionary<LevelStrengths, byte> _codes = [];
    private readonly LevelStrengths[] _strengths = new LevelStrengths[256];

    /// <param name="counted">How often each occurs.</param>
    public StrengthCodes(IReadOnlyDictionary<LevelStrengths, int> counted)
    {
        Array.Fill(_strengths, LevelStrengths.Full);
        foreach (var (strengths, _) in counted.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key.Bits).Take(Own))
        {
            _codes[strengths] = (byte)(_codes.Count + 1);
            _strengths[_codes.Count] = strengths;
        }
    }

    public byte Of(LevelStrengths strengths) => _codes.GetValueOrDefault(strengths, Rest);

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
