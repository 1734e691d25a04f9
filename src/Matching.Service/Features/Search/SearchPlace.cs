using System.Globalization;
using Matching.Service.Http;

namespace Matching.Service.Features.Search;

/// <summary>Where a page ended, besides the row's id: its score (0 when ordered by date) and day.</summary>
internal sealed record SearchPlace(int Score, DateOnly Day)
{
    public static string Key(int score, DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{score}.{day.DayNumber}");

    /// <summary>Null without a cursor, and for the cursor of another list.</summary>
    public static SearchPlace? Of(Cursor? cursor) =>
        cursor?.Key?.Split('.') is [var score, var day] && int.TryParse(score, NumberStyles.None, CultureInfo.InvariantCulture, out var points)
        && int.TryParse(day, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= DateOnly.MaxValue.DayNumber
            ? new(points, DateOnly.FromDayNumber(number))
            : null;
}
