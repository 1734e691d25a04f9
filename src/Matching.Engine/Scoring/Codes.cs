using System.Globalization;

namespace Matching.Engine.Scoring;

/// <summary>An occupation code (职业分类大典) as numbers, so that "same 小类" is one comparison.</summary>
/// <param name="Full">All parts as one number.</param>
/// <param name="Minor">小类; -1 when the code names less.</param>
/// <param name="Middle">中类; -1 when the code names less.</param>
public readonly record struct OccupationId(int Full, int Minor, int Middle)
{
    // A part is 0–99 and counted from 1 so that "not given" is 0: 101 values, and codes with a part 99 (其他) do exist.
    private const int PartValues = 101;

    /// <exception cref="FormatException">Not of the form 2-02-10-07, whole or cut at a dash.</exception>
    public static OccupationId Parse(string code)
    {
        var parts = code.Split('-');
        if (parts.Length > 4 || parts.Any(part => part.Length is 0 or > 2))
        {
            throw new FormatException($"Not an occupation code: {code}");
        }

        var number = 0;
        var (minor, middle) = (-1, -1);
        for (var i = 0; i < 4; i++)
        {
            number = (number * PartValues) + (i < parts.Length ? int.Parse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture) + 1 : 0);
            middle = i == 1 && parts.Length > 1 ? number : middle;
            minor = i == 2 && parts.Length > 2 ? number : minor;
        }

        return new(number, minor, middle);
    }
}

/// <summary>A region code (GB/T 2260) as a number.</summary>
public readonly record struct RegionId(int Code)
{
    /// <summary>地级: the first four digits; a 直辖市 is one city, whatever its districts are filed under.</summary>
    public int Prefecture => Province is 11 or 12 or 31 or 50 ? Province * 100 : Code / 100;

    /// <summary>省级: the first two digits.</summary>
    public int Province => Code / 10_000;

    /// <summary>The code of a whole province.</summary>
    public bool IsProvince => Code % 10_000 == 0;

    public static RegionId Parse(string code) => new(int.Parse(code, NumberStyles.None, CultureInfo.InvariantCulture));
}
