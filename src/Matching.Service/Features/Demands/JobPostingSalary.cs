namespace Matching.Service.Features.Demands;

/// <summary>
/// <c>baseSalary</c> as yuan per month. By the hour × 174 (21.75 days of 8 hours), by the day × 21.75, by the week × 52 / 12, by the year / 12; rounded to whole yuan, half away
/// from zero. Without a unit it is by the month; one number is least and most alike; a least without a most is both.
/// </summary>
internal static class JobPostingSalary
{
    public static (int? Least, int? Most) Read(JobPostingNode? salary)
    {
        if (salary?.One() is not { } amount)
        {
            return (null, null);
        }

        if (amount.IsObject && (amount.Find("currency")?.Text() ?? "CNY") is not ("CNY" or "RMB" or "人民币"))
        {
            amount.Problems.Add(amount.Find("currency")!.Value.Path, "只接受人民币（CNY）。");
            return (null, null);
        }

        var value = amount.IsObject ? amount.Find("value")?.One() ?? amount : amount;
        var unit = (value.IsObject ? value.Find("unitText") : null) ?? (amount.IsObject ? amount.Find("unitText") : null);
        (decimal Times, decimal By)? factor = unit?.Text()?.ToUpperInvariant() switch
        {
            "HOUR" => (174m, 1m), "DAY" => (21.75m, 1m), "WEEK" => (52m, 12m), "MONTH" or null => (1m, 1m), "YEAR" => (1m, 12m), _ => null,
        };
        if (factor is not var (times, by))
        {
            amount.Problems.Add(unit!.Value.Path, "须为 HOUR、DAY、WEEK、MONTH 或 YEAR。");
            return (null, null);
        }

        var (least, most) = value.IsObject ? (value.Find("minValue")?.Number(), value.Find("maxValue")?.Number()) : (value.Number(), null);
        least ??= most is null && value.IsObject ? value.Find("value")?.Number() : null;
        return (Monthly(least), Monthly(most ?? least));

        int? Monthly(decimal? number)
        {
            if (number is not { } given)
            {
                return null;
            }

            var month = decimal.Round(given * times / by, MidpointRounding.AwayFromZero);
            if (month is >= 0 and <= 1_000_000)
            {
                return (int)month;
            }

            amount.Problems.Add(value.Path, "折合月薪须在 0 到 1000000 元之间。");
            return null;
        }
    }
}
