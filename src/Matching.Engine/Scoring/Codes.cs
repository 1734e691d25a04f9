using System.Globalization;

namespace Matching.Engine.Scoring;

/// <summary>An occupation code (职业分类大典) as numbers, so that "same 小类" is one comparison.</summary>
/// <param name="Full">All parts as one number.</param>
/// <param name="Minor">小类; -1 when the code names less.</param>
/// <param name="Middle">中类; -1 when the code names less.</param>
public readonly record struct OccupationId(int Full, int Minor, int Middle)
{
    /// <exception cref="FormatException">Not of the form 2-02-10-07, whole or cut at a dash.</exception>
    public static OccupationId Parse(string code)
    {
        var parts = code.Split('-');
        var number = 0;
        var (minor, middle) = (-1, -1);
        for (var i = 0; i < 4; i++)
        {
            number = (number * 100) + (i < parts.Length ? int.Parse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture) + 1 : 0);
            middle = i == 1 && parts.Length > 1 ? number : middle;
            minor = i == 2 && parts.Length > 2 ? number : minor;
        }

        return new(number, minor, middle);
    }
}

/// <summary>A region code (GB/T 2260) as a number.</summary>
public readonly record struct RegionId(int Code)
{
    public int Prefecture => Code / 100;

    public int Province => Code / 10_000;

    public static RegionId Parse(string code) => new(int.Parse(code, NumberStyles.None, CultureInfo.InvariantCulture));
}
