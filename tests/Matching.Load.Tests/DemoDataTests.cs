using System.Text.Json;
using Matching.Load.Demo;

namespace Matching.Load.Tests;

public class DemoDataTests
{
    private static readonly DemoCalendar Calendar = DemoCalendar.Before(new DateOnly(2026, 11, 24));

    public static TheoryData<DateOnly> Days => [new(2026, 1, 1), new(2026, 3, 31), new(2026, 7, 1), new(2026, 12, 31), new(2028, 2, 29)];

    [Theory, MemberData(nameof(Days))]
    public void Calendar_EndsWithTheLastCompleteQuarter(DateOnly today)
    {
        var calendar = DemoCalendar.Before(today);

        Assert.InRange(today.DayNumber - calendar.End.DayNumber, 1, 92);
        Assert.Equal(1, calendar.End.AddDays(1).Day);
        Assert.Equal(calendar.End.AddDays(1), calendar.Start(DemoCalendar.Quarters));
        Assert.Equal(calendar.Start(1), calendar.Start(0).AddMonths(3));
        Assert.True(DemoCalendar.Graduation(calendar.LastCohort) <= calendar.End);
    }

    [Fact]
    public void Data_AreTheSame_WhenMadeTwice()
    {
        Assert.Equal(JsonSerializer.Serialize(DemoDemands.Make(Calendar)), JsonSerializer.Serialize(DemoDemands.Make(Calendar)));
        var graduates = DemoGraduates.Make(Calendar);
        Assert.Equal(JsonSerializer.Serialize(graduates), JsonSerializer.Serialize(DemoGraduates.Make(Calendar)));
        Assert.Equal(JsonSerializer.Serialize(DemoPlacements.Make(Calendar, graduates)), JsonSerializer.Serialize(DemoPlacements.Make(Calendar, graduates)));
    }

    [Theory, MemberData(nameof(Days))]
    public void Demands_HaveStatesThatFitTheirDatesAndFills(DateOnly today)
    {
        var calendar = DemoCalendar.Before(today);
        var demands = DemoDemands.Make(calendar);

        Assert.Equal(DemoDemands.Count, demands.Count);
        Assert.Equal(demands.Count, demands.DistinctBy(demand => demand.Ref).Count());
        Assert.All(demands, demand =>
        {
            Assert.InRange(demand.OpenedOn, calendar.Start(0), calendar.End);
            Assert.InRange(demand.Filled, 0, demand.Headcount);
            Assert.Equal(demand.State == "FILLED", demand.Filled == demand.Headcount);
            Assert.Equal(demand.State is "FILLED" or "WITHDRAWN" or "EXPIRED", demand.ClosedOn is not null);
            Assert.True(demand.ClosedOn is null || (demand.ClosedOn >= demand.OpenedOn && demand.ClosedOn <= calendar.End));
            Assert.True(demand.ValidThrough > (demand.ClosedOn is null ? today : demand.OpenedOn));
            Assert.True(demand.WageMin > 0 && demand.WageMin <= demand.WageMax);
        });
    }

    [Fact]
    public void Supply_IsScarceWhereShortagesArePlanted_AndAmpleWhereSurplusesAre()
    {
        var start = Calendar.Start(DemoCalendar.Quarters - 1);
        var graduates = DemoGraduates.Make(Calendar);
        var placed = DemoPlacements.Make(Calendar, graduates).Select(placement => placement.Graduate).ToHashSet();
        var seekers = graduates.Where(graduate => !placed.Contains(graduate)).ToLookup(graduate => graduate.WishedOccupations is [var wished, ..] ? wished : graduate.Program.Occupations[0].Code);
        var demand = DemoDemands.Make(Calendar).Where(demand => demand.OpenedOn >= start).ToLookup(demand => demand.Occupation.Code);
        double Ratio(DemoOccupation occupation) => demand[occupation.Code].Sum(one => one.Headcount) / (double)seekers[occupation.Code].Count();

        Assert.All(DemoTables.Occupations.Where(occupation => occupation.IsShortage), occupation => Assert.True(Ratio(occupation) > 2, occupation.Code));
        Assert.All(DemoTables.Occupations.Where(occupation => occupation.IsSurplus), occupation => Assert.True(Ratio(occupation) < 0.5, occupation.Code));
    }

    [Fact]
    public void Programs_ServeKnownOccupations_WithSharesThatSumToOne() => Assert.All(DemoTables.Programs, program =>
    {
        Assert.All(program.Occupations, served => Assert.Contains(served.Code, DemoTables.ByCode.Keys));
        Assert.Equal(1m, program.Occupations.Sum(served => served.Share));
    });

    [Fact]
    public void Split_AddsUpToTheTotal_InProportion()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            double[] weights = [.. Enumerable.Range(0, random.Next(1, 50)).Select(_ => random.NextDouble() + 0.001)];
            var total = random.Next(0, 5_000);

            var parts = DemoRandom.Split(total, weights);

            Assert.Equal(total, parts.Sum());
            Assert.All(parts.Zip(weights), pair => Assert.InRange(pair.First - (pair.Second / weights.Sum() * total), -1.001, 1.001));
        }
    }
}
