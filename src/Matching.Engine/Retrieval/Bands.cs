namespace Matching.Engine.Retrieval;

/// <summary>Amounts in 31 bands that hold about as many documents each; class 0: not said.</summary>
internal sealed class Bands
{
    private readonly int[] _lowest;
    private readonly int[] _highest;

    public Bands(IEnumerable<int?> amounts)
    {
        var sorted = amounts.OfType<int>().Order().ToArray();
        _lowest = [.. Enumerable.Range(0, sorted.Length == 0 ? 0 : Block.Classes - 1).Select(i => sorted[(int)((long)i * sorted.Length / (Block.Classes - 1))]).Distinct()];
        _highest = [.. _lowest.Select((_, i) => i + 1 < _lowest.Length ? _lowest[i + 1] - 1 : sorted[^1])];
    }

    public byte Of(int? amount) => amount is { } value ? (byte)(1 + Array.FindLastIndex(_lowest, lowest => lowest <= value)) : (byte)0;

    /// <summary>Units by class: those of a band are asked of its lowest and highest amount.</summary>
    public void Fill(Span<ushort> units, Func<int, int, ushort> most)
    {
        units.Clear();
        for (var i = 0; i < _lowest.Length; i++)
        {
            units[i + 1] = most(_lowest[i], _highest[i]);
        }
    }
}
