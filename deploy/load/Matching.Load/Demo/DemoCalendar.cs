namespace Matching.Load.Demo;

/// <summary>The twenty quarters the demonstration covers; the last of them is complete, so its bulletin can be made.</summary>
/// <param name="End">Last day of the last quarter.</param>
internal sealed record DemoCalendar(DateOnly End)
{
    public const int Quarters = 20;

    /// <summary>Cohorts (届) of graduates, one a year, in late June.</summary>
    public const int Cohorts = 5;

    /// <summary>The calendar that ends with the last quarter complete on <paramref name="today"/>.</summary>
    public static DemoCalendar Before(DateOnly today) => new(new DateOnly(today.Year, ((today.Month - 1) / 3 * 3) + 1, 1).AddDays(-1));

    /// <summary>First day of quarter 0 … 19, oldest first.</summary>
    public DateOnly Start(int quarter) => End.AddDays(1).AddMonths(-3 * (Quarters - quarter));

    /// <summary>The bulletin periods it ends with, as the API names them: 2026Q3 and 2026-09.</summary>
    public string LastQuarter => $"{End.Year:D4}Q{(End.Month + 2) / 3}";

    public string LastMonth => $"{End.Year:D4}-{End.Month:D2}";

    /// <summary>The youngest cohort that has graduated by the end.</summary>
    public int LastCohort => End.Month >= 6 ? End.Year : End.Year - 1;

    public static DateOnly Graduation(int cohort) => new(cohort, 6, 30);
}
