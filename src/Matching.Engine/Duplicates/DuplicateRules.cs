namespace Matching.Engine.Duplicates;

/// <summary>
/// When a posting repeats another of its company, rules v1. Always: same kind, same place (equal, or one within the other), titles that agree, occupations of one 小类
/// where both are known, and days on which both could be about the same seats. Then one of
/// (a) both texts are long enough and their sets of three-character runs have a Jaccard likeness of at least <see cref="LeastLikeness"/> percent;
/// (b) a text is too short to tell: titles, texts and terms are equal to the letter of their keys;
/// (c) one was posted by a department, says too little, and title and headcount are equal.
/// </summary>
public static class DuplicateRules
{
    public const int Version = 1;

    /// <summary>Percent.</summary>
    public const int LeastLikeness = 80;

    /// <summary>From so many different three-character runs on a text tells a job from others.</summary>
    public const int LongText = 60;

    /// <summary>A posting taken down unfilled is held for the same seats when it comes back within so many days; a filled one is not: its seats are taken.</summary>
    public const int RepostDays = 90;

    internal static bool SamePlace(string a, string b) => a == b || Within(a, b) || Within(b, a);

    internal static bool SameTrade(string? a, string? b) => a is null || b is null || (a.Length >= 7 && b.Length >= 7 ? a.AsSpan(0, 7).SequenceEqual(b.AsSpan(0, 7)) : a == b);

    internal static bool SameTime(DateOnly opened, DateOnly until, DateOnly otherOpened, DateOnly otherUntil) => opened <= otherUntil && otherOpened <= until;

    /// <summary>Whether sets of those sizes with so many in common are alike enough; exact, without division.</summary>
    internal static bool AreAlike(int a, int b, int shared) => 100L * shared >= (long)LeastLikeness * (a + b - shared);

    // A code's trailing pairs of zeros say that it names what is above: 4403 00 is the prefecture of 4403 06.
    private static bool Within(string place, string wider)
    {
        var digits = wider.Length;
        while (digits > 2 && wider[digits - 1] == '0' && wider[digits - 2] == '0')
        {
            digits -= 2;
        }

        return place.AsSpan().StartsWith(wider.AsSpan(0, digits), StringComparison.Ordinal);
    }
}
