using Matching.Engine.Indicators;
using Matching.Service.Http;

namespace Matching.Service.Features.Reports;

/// <summary>A rate as it may be published.</summary>
/// <param name="Name">What it is called (毕业去向落实率 …).</param>
/// <param name="Percent">In percent, two digits; null: nobody to rate, or suppressed.</param>
/// <param name="Numerator">Persons (graded for 对口率); null when suppressed.</param>
/// <param name="Denominator">Persons it is over; null when suppressed.</param>
/// <param name="Suppressed">Too few persons to be shown.</param>
public sealed record ReportedRate(string Name, decimal? Percent, decimal? Numerator, long? Denominator, bool Suppressed);

/// <summary>Pay of those whose pay is known, yuan per month; null: too few.</summary>
public sealed record ReportedWages(int? P25, int? P50, int? P75, long? Known);

/// <summary>The rates of one group of graduates.</summary>
/// <param name="Name">全校 or the programme.</param>
/// <param name="ProgramId">The programme; null for all.</param>
/// <param name="Graduates">Graduates, persons; null when suppressed.</param>
/// <param name="UnknownDestination">Share of graduates without a known destination; they count as 待就业.</param>
/// <param name="Rates">The rates, in the order of the form.</param>
/// <param name="Wages">Pay.</param>
public sealed record ReportedGroup(string Name, long? ProgramId, long? Graduates, ReportedRate UnknownDestination, IReadOnlyList<ReportedRate> Rates, ReportedWages Wages);

/// <summary>A school's placement report (毕业生就业质量报告数据) for one cohort.</summary>
/// <param name="SchoolId">The school.</param>
/// <param name="School">Its name.</param>
/// <param name="Cohort">Year of graduation.</param>
/// <param name="CutOff">The moment it shows, UTC.</param>
/// <param name="Formula">Formulas and their version.</param>
/// <param name="All">The whole cohort.</param>
/// <param name="Programs">By programme.</param>
public sealed record PlacementReport(long SchoolId, string School, int Cohort, DateTime CutOff, string Formula, ReportedGroup All, IReadOnlyList<ReportedGroup> Programs);

/// <summary>Which report, and how.</summary>
public sealed record PlacementReportQuery([property: Between(1980, 2100)] int Cohort, [property: OneOf("json", "csv")] string? Format = null);

/// <summary>From rates to what may be published of them.</summary>
internal static class ReportedGroups
{
    public const string Formula = "毕业去向 v1；对口率 v1；小数抑制 v1";

    /// <summary>
    /// Groups of fewer than 20 leavers are suppressed whole, and with <paramref name="hidden"/> those that would give such a one away by subtraction from the whole;
    /// of shown groups a rate over fewer than 20 persons.
    /// </summary>
    public static ReportedGroup Of(string name, long? program, PlacementRates rates, bool hidden = false)
    {
        var few = hidden || rates.Graduates is > 0 and < Suppression.OutcomeThreshold;
        ReportedRate Rate(string label, Rate rate) => Shown(label, rate, few || IsFew(rate));
        return new(
            name, program, few ? null : rates.Graduates, Shown("去向不详占比", Engine.Indicators.Rate.Of(rates.Unknown, rates.Graduates), few),
            [
                Rate("毕业去向落实率", rates.Placed), Rate("协议和合同就业率", rates.Contract), Rate("灵活就业率", rates.Flexible), Rate("自主创业率", rates.Startup),
                Rate("科研助理、入伍与基层项目率", rates.OtherEmployed), Rate("升学率", rates.Study), Rate("待就业率", rates.Seeking), Rate("暂不就业率", rates.Paused),
                Rate("本地就业率（县区）", rates.LocalCounty), Rate("本地就业率（地市）", rates.LocalPrefecture), Rate("本地就业率（省）", rates.LocalProvince),
                Rate("联盟企业就业率", rates.Alliance), Rate("对口率", rates.Relevant),
            ],
            few || rates.WagesKnown < Suppression.Threshold ? new(null, null, null, null) : new(rates.Wages[0], rates.Wages[1], rates.Wages[2], rates.WagesKnown));
    }

    // Rates over a handful of persons, such as the employed with a known place, tell of single ones whatever the size of the cohort.
    private static bool IsFew(Rate rate) => rate.Denominator is > 0 and < Suppression.OutcomeThreshold;

    private static ReportedRate Shown(string label, Rate rate, bool hidden) =>
        hidden ? new(label, null, null, null, true) : new(label, rate.Percent, rate.Numerator, rate.Denominator, false);
}
