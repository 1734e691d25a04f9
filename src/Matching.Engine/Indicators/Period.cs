using System.Globalization;

namespace Matching.Engine.Indicators;

/// <summary>The kinds of bulletin periods: 月调度, 季通报, 年总结.</summary>
public enum PeriodKind
{
    /// <summary>2026-10.</summary>
    Monthly,

    /// <summary>2026Q3.</summary>
    Quarterly,

    /// <summary>2026.</summary>
    Annual,
}

/// <summary>A month, quarter or year, both ends included.</summary>
public readonly record struct Period(PeriodKind Kind, DateOnly Start)
{
    private int Months => Kind switch { PeriodKind.Monthly => 1, PeriodKind.Quarterly => 3, _ => 12 };

    public DateOnly End => Start.AddMonths(Months).AddDays(-1);

    /// <summary>The period before, for 环比.</summary>
    public Period Previous => this with { Start = Start.AddMonths(-Months) };

    /// <summary>The same period of last year, for 同比.</summary>
    public Period YearBefore => this with { Start = Start.AddYears(-1) };

    /// <summary>The last period that is over on that day.</summary>
    public static Period LastBefore(PeriodKind kind, DateOnly day) => Containing(kind, day).Previous;

    public static Period Containing(PeriodKind kind, DateOnly day) => new(kind, kind switch
    {
        PeriodKind.Monthly => new DateOnly(day.Year, day.Month, 1),
        PeriodKind.Quarterly => new DateOnly(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1),
        _ => new DateOnly(day.Year, 1, 1),
    });

    /// <summary>Reads 2026-10, 2026Q3 or 2026.</summary>
    public static bool TryParse(string text, out Period period)
    {
        period = default;
        var quarter = text.Length == 6 && text[4] == 'Q' && text[5] is >= '1' and <= '4';
        var month = text.Length == 7 && text[4] == '-' && int.TryParse(text[5..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 12;
        if ((text.Length != 4 && !quarter && !month) || !int.TryParse(text.AsSpan(0, Math.Min(4, text.Length)), NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year is < 1980 or > 2100)
        {
            return false;
        }

        period = quarter ? new(PeriodKind.Quarterly, new DateOnly(year, ((text[5] - '1') * 3) + 1, 1))
            : month ? new(PeriodKind.Monthly, new DateOnly(year, int.Parse(text[5..], CultureInfo.InvariantCulture), 1))
            : new(PeriodKind.Annual, new DateOnly(year, 1, 1));
        return true;
    }

    public override string ToString() => Kind switch
    {
        PeriodKind.Monthly => Start.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        PeriodKind.Quarterly => string.Create(CultureInfo.InvariantCulture, $"{Start.Year}Q{((Start.Month - 1) / 3) + 1}"),
        _ => Start.Year.ToString(CultureInfo.InvariantCulture),
    };
}
