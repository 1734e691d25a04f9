namespace Matching.Load.Demo;

/// <summary>What became of a demand by the end of the calendar.</summary>
internal sealed record DemoFate(string State, int Filled, DateOnly ValidThrough, DateOnly? ClosedOn)
{
    private const int ValidDays = 150;

    /// <summary>Filled after some weeks (a shortage: months), else expired after 150 days or withdrawn, else still open.</summary>
    public static DemoFate Of(DemoOccupation occupation, DateOnly opened, int headcount, DateOnly end, Random random)
    {
        var fillShare = occupation.IsShortage ? 0.3 : occupation.IsSurplus ? 0.97 : 0.85;
        var days = occupation.IsShortage ? random.Next(80, 149) : occupation.IsSurplus ? random.Next(5, 25) : random.Next(15, 75);
        var getsFilled = random.Chance(fillShare);
        var partly = random.Next(0, headcount);
        var withdrawn = random.Chance(0.2);
        var closed = opened.AddDays(getsFilled ? days : withdrawn ? ValidDays / 2 : ValidDays);
        var validThrough = opened.AddDays(ValidDays);
        if (closed <= end)
        {
            return getsFilled ? new("FILLED", headcount, validThrough, closed) : new(withdrawn ? "WITHDRAWN" : "EXPIRED", partly, validThrough, closed);
        }

        // What is open at the end stays open through the quarter in which the demonstration is looked at.
        var state = random.Next(100) switch { < 92 => "OPEN", < 97 => "PAUSED", _ => "DRAFT" };
        return new(state, state == "DRAFT" ? 0 : partly, end.AddDays(120 + random.Next(0, 60)), null);
    }
}
