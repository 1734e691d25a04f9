using System.Globalization;

namespace Matching.Service.Features.Bulletins;

/// <summary>Makes cells the way they are printed.</summary>
internal static class Cells
{
    /// <summary>Suppressed: nothing of it is kept.</summary>
    public static readonly Cell Hidden = new("*");

    public static Cell Label(string text) => new(text);

    public static Cell Count(long count) => new(count.ToString("N0", CultureInfo.InvariantCulture), count);

    public static Cell Count(long count, bool hidden) => hidden ? Hidden : Count(count);

    /// <summary>A bound instead of a figure that would give away a suppressed one.</summary>
    public static Cell AtLeast(long count) => new($"≥ {count.ToString("N0", CultureInfo.InvariantCulture)}");

    public static Cell Number(decimal? value, string format, bool hidden = false) =>
        hidden ? Hidden : value is { } number ? new(number.ToString(format, CultureInfo.InvariantCulture), number) : new("—");

    /// <summary>A rate with what it is made of.</summary>
    public static Cell Rate(decimal? value, string format, decimal numerator, decimal denominator, bool hidden = false) =>
        hidden ? Hidden : value is { } number ? new(number.ToString(format, CultureInfo.InvariantCulture), number, numerator, denominator) : new("—", null, numerator, denominator);

    /// <summary>A signed change: +3, −2, 0.</summary>
    public static Cell Signed(decimal? value, string format, bool hidden = false) =>
        hidden ? Hidden : value is { } number ? new(number.ToString($"+{format};-{format};{format}", CultureInfo.InvariantCulture), number) : new("—");
}
