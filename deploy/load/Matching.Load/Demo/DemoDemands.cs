using System.Globalization;

namespace Matching.Load.Demo;

/// <summary>One demand (需求) of a company, with what became of it by the end of the calendar.</summary>
internal sealed record DemoDemand(
    string Ref, string Company, string Kind, string Title, string Description, DemoOccupation Occupation, string Region, bool RegionBinding,
    int Headcount, int Filled, string? Education, string[] Majors, int WageMin, int WageMax,
    DateOnly OpenedOn, DateOnly StartsOn, DateOnly ValidThrough, DateOnly? ClosedOn, string State,
    string[] Must, string[] Nice, string[] NiceCertificates, string[] CompulsoryCertificates);

/// <summary>
/// Twelve thousand demands over twenty quarters. Each occupation has its trend and its season; planted shortages fill late and in part,
/// planted surpluses at once; in the end states, fills and dates fit each other.
/// </summary>
internal static class DemoDemands
{
    public const int Count = 12_000;

    public static IReadOnlyList<DemoDemand> Make(DemoCalendar calendar)
    {
        var cells = DemoTables.Occupations
            .SelectMany(occupation => Enumerable.Range(0, DemoCalendar.Quarters).Select(quarter => (occupation, quarter, weight: Weight(occupation, quarter, calendar))))
            .ToList();
        var counts = DemoRandom.Split(Count, [.. cells.Select(cell => cell.weight)]);
        return [.. cells.SelectMany((cell, i) => Enumerable.Range(1, counts[i]).Select(number => One(cell.occupation, cell.quarter, number, calendar)))];
    }

    private static double Weight(DemoOccupation occupation, int quarter, DemoCalendar calendar)
    {
        var noise = 0.9 + (0.2 * DemoRandom.For($"noise {occupation.Code} {quarter}").NextDouble());
        var season = (occupation.Season, calendar.Start(quarter).Month) switch
        {
            ('S', 1 or 4) => 1.25, ('S', _) => 0.75,
            ('A', 7 or 10) => 1.2, ('A', _) => 0.8,
            _ => 1.0,
        };
        return occupation.Weight * Math.Pow(1 + (occupation.Growth / 100), quarter) * season * noise;
    }

    private static DemoDemand One(DemoOccupation occupation, int quarter, int number, DemoCalendar calendar)
    {
        var reference = string.Create(CultureInfo.InvariantCulture, $"X{occupation.Code.Replace("-", "", StringComparison.Ordinal)}-{quarter:D2}-{number:D3}");
        var random = DemoRandom.For(reference);
        var opened = calendar.Start(quarter).AddDays(random.Next(0, 88));
        var headcount = 1 + random.Next(0, occupation.IsShortage ? 4 : 3);
        var fate = DemoFate.Of(occupation, opened, headcount, calendar.End, random);
        var level = (quarter - DemoCalendar.Quarters + 1) * (occupation.IsShortage ? 0.012 : 0.006);
        var middle = (int)(occupation.Wage * (1 + level) * (0.9 + (0.2 * random.NextDouble())));
        return new DemoDemand(
            reference, DemoOrganizations.CompanyRef(random.Pick([.. DemoOrganizations.CompaniesOf(occupation.Cluster)])), Kind(random),
            random.Pick(occupation.Titles), Description(occupation), occupation, random.Pick(DemoOrganizations.Counties), random.Chance(0.15),
            headcount, fate.Filled, random.Chance(0.85) ? occupation.Education : null, Majors(occupation, random),
            middle * 88 / 10000 * 100, middle * 115 / 10000 * 100, opened, opened.AddDays(30), fate.ValidThrough, fate.ClosedOn, fate.State,
            Some(occupation.Must, 0.85, random), Some(occupation.Nice, 0.6, random), Some(occupation.Certificates, 0.5, random),
            occupation.CompulsoryCertificates);
    }

    private static string Kind(Random random) => random.Next(100) switch { < 90 => "EMPLOYMENT", < 95 => "INTERNSHIP", < 98 => "APPRENTICE", _ => "ORDER_CLASS" };

    private static string Description(DemoOccupation occupation) => $"（演示数据）日常工作用到{string.Join("、", occupation.Must.Take(3))}，有师傅带教，双休。";

    private static string[] Majors(DemoOccupation occupation, Random random) => !random.Chance(0.3) ? [] :
        [.. DemoTables.Programs.Where(program => program.Occupations.Any(served => served.Code == occupation.Code)).Select(program => program.Major).Distinct()];

    // The first two always: a demand that asks for nothing would match everybody.
    private static string[] Some(string[] all, double share, Random random) => [.. all.Where((_, i) => i < Math.Min(2, all.Length) || random.Chance(share))];
}
