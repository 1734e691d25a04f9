using System.Globalization;
using System.Text.RegularExpressions;

namespace Matching.Engine.Normalizing;

/// <summary>What a number of pay is paid for.</summary>
public enum PayPeriod
{
    Month,
    Year,
    Week,
    Day,
    Hour,
}

public enum WageOutcome
{
    /// <summary>Not understood, or no pay a month can have.</summary>
    NotParsed,

    /// <summary>面议: there is no figure, and the sender says so.</summary>
    Negotiable,

    /// <summary>One or two figures.</summary>
    Parsed,
}

/// <summary>What a column's header says of every figure below it: 月薪（元）, 薪资(K), 年薪（万）.</summary>
/// <param name="Scale">Yuan per unit: 1, 1000 or 10000; null when the header says none.</param>
/// <param name="Period">What is paid for; null when the header says none.</param>
public readonly record struct WageUnit(int? Scale = null, PayPeriod? Period = null);

/// <param name="Outcome">Whether it was understood.</param>
/// <param name="Min">Least pay, yuan per month before tax; null when open downwards.</param>
/// <param name="Max">Most pay; null when open upwards.</param>
/// <param name="Months">Months paid a year where the text says so (13薪).</param>
/// <param name="Period">What the text's own figures are paid for; they are converted already.</param>
public readonly record struct Wage(WageOutcome Outcome, int? Min = null, int? Max = null, int? Months = null, PayPeriod? Period = null);

/// <summary>
/// Pay as written → yuan per month: 6千-1万, 8-12K·13薪, 20-30万/年, 200元/天, 3千及以下, 面议.
/// </summary>
/// <remarks>
/// Rules of conversion: a year's pay is divided by 12; a day counts 21.75 times, the paid days of a month by national rule ((365 − 104) ÷ 12); an hour 8 × 21.75
/// times; a week 21.75 ÷ 5 times; rounded to whole yuan, half up. 13薪 and the like say how many months are paid and leave the monthly figure as it is. A figure
/// without a unit takes the unit of the other end (6-8千) or of the header, else it is yuan; without a period it is a month's pay. What comes out below
/// <see cref="Least"/> or above <see cref="Most"/> is no month's pay (150 is a day's, 8-12 lacks its K), so it is not read; but 0 is, for it says that nothing is paid. Not guessed either: pay after tax,
/// base pay with commission, 左右.
/// </remarks>
public static partial class WageText
{
    /// <summary>Days paid in a month: (365 − 104 days of rest) ÷ 12.</summary>
    public const decimal PaidDays = 21.75m;

    /// <summary>Hours of a working day.</summary>
    public const decimal HoursPerDay = 8;

    /// <summary>Yuan per month; below it a figure is a day's or lacks its unit.</summary>
    public const int Least = 500;

    /// <summary>Yuan per month.</summary>
    public const int Most = 1_000_000;

    public static Wage Parse(string text, WageUnit header = default)
    {
        var tight = PlainText.Tight(text).Replace(",", "", StringComparison.Ordinal);
        if (Negotiable().IsMatch(tight))
        {
            return new(WageOutcome.Negotiable);
        }

        var match = Figures().Match(tight);
        return match.Success && Ends(match, header) is var (low, high, factor) ? Within(match, low * factor, high * factor, PeriodOf(match) ?? header.Period) : default;
    }

    private static Wage Within(Match match, decimal low, decimal high, PayPeriod? period)
    {
        var (min, max) = ((int)Math.Min(Math.Round(low, MidpointRounding.AwayFromZero), int.MaxValue), (int)Math.Min(Math.Round(high, MidpointRounding.AwayFromZero), int.MaxValue));
        int? months = match.Groups["months"].Success ? int.Parse(match.Groups["months"].Value, CultureInfo.InvariantCulture) : null;
        return (min < Least && (min, max) != (0, 0)) || max > Most || min > max || months is < 12 or > 36
            ? default
            : new(WageOutcome.Parsed, match.Groups["under"].Success ? null : min, match.Groups["over"].Success ? null : max, months, period ?? PayPeriod.Month);
    }

    private static (decimal Low, decimal High, decimal Factor)? Ends(Match match, WageUnit header)
    {
        var (unitA, unitB) = (ScaleOf(match.Groups["ua"].Value), ScaleOf(match.Groups["ub"].Value));
        if (!TryFigure(match.Groups["a"].Value, out var a) || !TryFigure(match.Groups["b"].Success ? match.Groups["b"].Value : match.Groups["a"].Value, out var b))
        {
            return null;
        }

        var factor = FactorOf(PeriodOf(match) ?? header.Period ?? PayPeriod.Month);
        if (!match.Groups["b"].Success)
        {
            var scale = unitA ?? header.Scale ?? 1;
            return (a * scale, a * scale, factor);
        }

        // 6-8千 says the unit once; 8000-1.2万 leaves the yuan out.
        var scaleB = unitB ?? (unitA is 1 or null ? header.Scale ?? 1 : b < a ? 10_000 : unitA.Value);
        var scaleA = unitA ?? (unitB is not null && a >= 500 ? 1 : unitB ?? header.Scale ?? 1);
        return unitB is null && unitA is > 1 && b < a ? null : (a * scaleA, b * scaleB, factor);
    }

    private static bool TryFigure(string text, out decimal value) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value) && value < 100_000_000;

    private static int? ScaleOf(string unit) => unit switch { "万" or "w" => 10_000, "千" or "k" => 1_000, "元" => 1, _ => null };

    private static decimal FactorOf(PayPeriod period) => period switch
    {
        PayPeriod.Year => 1m / 12,
        PayPeriod.Week => PaidDays / 5,
        PayPeriod.Day => PaidDays,
        PayPeriod.Hour => PaidDays * HoursPerDay,
        _ => 1,
    };

    private static PayPeriod? PeriodOf(Match match) => (match.Groups["per"].Success ? match.Groups["per"].Value : match.Groups["pre"].Value) switch
    {
        "月" or "month" or "月薪" => PayPeriod.Month,
        "年" or "year" or "年薪" => PayPeriod.Year,
        "周" or "星期" or "周薪" => PayPeriod.Week,
        "天" or "日" or "day" or "日薪" => PayPeriod.Day,
        "小时" or "时" or "hour" or "时薪" => PayPeriod.Hour,
        _ => null,
    };

    [GeneratedRegex("^(薪资|薪酬|薪水|工资|待遇|月薪|年薪)*:?(待遇)?(面议|面谈|可面议|可议|另议|协商|可协商|商议|电议|negotiable)$")]
    private static partial Regex Negotiable();

    [GeneratedRegex(@"^(税前|薪资|薪酬|工资|待遇|综合)*(?<pre>月薪|年薪|周薪|日薪|时薪)?(税前)?:?[¥$]?(?<a>\d+(\.\d+)?)(?<ua>万|千|k|w|元)?((-|~|—|–|―|至|到)+[¥$]?(?<b>\d+(\.\d+)?)(?<ub>万|千|k|w|元)?)?元?(?<over>及?以上|起|\+)?(?<under>及?以下|以内)?((/|每|一)?(?<per>月|年|周|星期|天|日|小时|时|month|year|day|hour))?(\(?税前\)?)?([·•.x×*/;]?\(?(?<months>\d{2})薪\)?)?(,?可?面议)?$")]
    private static partial Regex Figures();
}
