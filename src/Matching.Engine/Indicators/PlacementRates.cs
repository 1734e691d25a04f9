namespace Matching.Engine.Indicators;

/// <summary>What the report knows of one graduate.</summary>
/// <param name="Destination">Code of the destination kind; null: none known, which counts as 待就业.</param>
/// <param name="Region">Place of work, GB/T 2260; null: not known.</param>
/// <param name="AllianceEmployer">With a member of the alliance; null: employer not known.</param>
/// <param name="Occupation">Occupation taken up; null: not known.</param>
/// <param name="Served">Occupations his programme serves.</param>
/// <param name="Wage">Pay, yuan per month; null: not known.</param>
public sealed record DestinationFact(string? Destination, string? Region, bool? AllianceEmployer, string? Occupation, IReadOnlyList<string> Served, int? Wage);

/// <summary>A rate with what it is made of; null when the denominator is zero.</summary>
/// <param name="Numerator">Persons, or graded persons for 对口率.</param>
/// <param name="Denominator">Persons.</param>
/// <param name="Percent">Two digits.</param>
public sealed record Rate(decimal Numerator, long Denominator, decimal? Percent)
{
    public static Rate Of(decimal numerator, long denominator) => new(numerator, denominator, Rounding.Percent(numerator, denominator));
}

/// <summary>
/// The rates of a placement report (毕业去向), formulas v1. 协议和合同 + 灵活 + 自主创业 + other employment + 升学 + 待就业 + 暂不就业 add up to all graduates.
/// </summary>
/// <param name="Graduates">All graduates, persons.</param>
/// <param name="Unknown">Of them without a known destination; counted as 待就业.</param>
/// <param name="Placed">毕业去向落实率.</param>
/// <param name="Contract">协议和合同就业率.</param>
/// <param name="Flexible">灵活就业率.</param>
/// <param name="Startup">自主创业率.</param>
/// <param name="OtherEmployed">科研助理, 应征义务兵, 基层项目.</param>
/// <param name="Study">升学率.</param>
/// <param name="Seeking">待就业率.</param>
/// <param name="Paused">暂不就业率.</param>
/// <param name="LocalCounty">本地就业率 by county, over the employed with a known place.</param>
/// <param name="LocalPrefecture">By prefecture.</param>
/// <param name="LocalProvince">By province.</param>
/// <param name="Alliance">联盟企业就业率, over the employed with a known employer.</param>
/// <param name="Relevant">对口率, graded, over the employed with a known occupation.</param>
/// <param name="Wages">P25, P50, P75 of known pay.</param>
/// <param name="WagesKnown">Employed with known pay, persons.</param>
public sealed record PlacementRates(
    long Graduates, long Unknown, Rate Placed, Rate Contract, Rate Flexible, Rate Startup, Rate OtherEmployed, Rate Study, Rate Seeking, Rate Paused,
    Rate LocalCounty, Rate LocalPrefecture, Rate LocalProvince, Rate Alliance, Rate Relevant, IReadOnlyList<int?> Wages, long WagesKnown)
{
    private static readonly string[] ContractKinds = ["AGREEMENT", "CONTRACT"];
    private static readonly string[] FlexibleKinds = ["OTHER_EMPLOYMENT", "FREELANCE"];
    private static readonly string[] OtherKinds = ["RESEARCH_ASSISTANT", "MILITARY", "NATIONAL_PROJECT", "LOCAL_PROJECT"];
    private static readonly string[] StudyKinds = ["FURTHER_STUDY", "ABROAD"];
    private static readonly string[] PausedKinds = ["PLANNING_STUDY", "PAUSED"];

    /// <param name="graduates">All graduates of the group.</param>
    /// <param name="home">Region of the school, GB/T 2260: what local means.</param>
    public static PlacementRates Of(IReadOnlyList<DestinationFact> graduates, string home)
    {
        long Count(Func<DestinationFact, bool> which) => graduates.LongCount(which);
        Rate OfAll(params string[] kinds) => Rate.Of(Count(graduate => kinds.Contains(graduate.Destination)), graduates.Count);
        string[] employedKinds = [.. ContractKinds, .. FlexibleKinds, .. OtherKinds, "STARTUP"];
        var employed = graduates.Where(graduate => employedKinds.Contains(graduate.Destination)).ToArray();
        var placed = employed.Where(graduate => graduate.Region is not null).ToArray();
        var known = employed.Where(graduate => graduate.AllianceEmployer is not null).ToArray();
        var working = employed.Where(graduate => graduate.Occupation is not null).ToArray();
        int[] wages = [.. employed.Where(graduate => graduate.Wage is not null).Select(graduate => graduate.Wage!.Value).Order()];
        Rate Local(int digits) => Rate.Of(placed.Count(graduate => string.CompareOrdinal(graduate.Region, 0, home, 0, digits) == 0), placed.Length);
        return new(
            graduates.Count, Count(graduate => graduate.Destination is null),
            Rate.Of(employed.Length + Count(graduate => StudyKinds.Contains(graduate.Destination)), graduates.Count),
            OfAll(ContractKinds), OfAll(FlexibleKinds), OfAll("STARTUP"), OfAll(OtherKinds), OfAll(StudyKinds),
            Rate.Of(Count(graduate => graduate.Destination is null or "SEEKING"), graduates.Count), OfAll(PausedKinds),
            Local(6), Local(4), Local(2),
            Rate.Of(known.Count(graduate => graduate.AllianceEmployer is true), known.Length),
            Rate.Of(working.Sum(graduate => Relevance(graduate.Occupation!, graduate.Served)), working.Length),
            [Quantile(wages, 25), Quantile(wages, 50), Quantile(wages, 75)], wages.Length);
    }

    /// <summary>对口: an occupation the programme serves 1, same 小类 0.7, same 中类 0.4, else 0.</summary>
    public static decimal Relevance(string occupation, IReadOnlyList<string> served) =>
        served.Count == 0 ? 0 : served.Max(code => code == occupation ? 1m : Same(code, occupation, 7) ? 0.7m : Same(code, occupation, 4) ? 0.4m : 0m);

    // Nearest rank: the smallest value that at least p percent do not exceed.
    private static int? Quantile(int[] sorted, int percent) =>
        sorted.Length == 0 ? null : sorted[(((percent * sorted.Length) + 99) / 100) - 1];

    // 小类 codes have 7 characters (2-02-10), 中类 codes 4 (2-02).
    private static bool Same(string a, string b, int length) => a.Length >= length && b.Length >= length && string.CompareOrdinal(a, 0, b, 0, length) == 0;
}
