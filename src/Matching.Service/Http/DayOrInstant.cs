using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Matching.Service.Http;

/// <summary>A point in time as a caller names it: a day (2026-11-25, of Asia/Shanghai) or an instant with its offset (2026-11-25T10:00:00+08:00). What a day means, the parameter says.</summary>
public sealed record DayOrInstant : IParsable<DayOrInstant>
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    private readonly DateOnly? _day;
    private readonly DateTimeOffset _instant;

    private DayOrInstant(DateOnly? day, DateTimeOffset instant) => (_day, _instant) = (day, instant);

    /// <summary>The instant, or the first of the day, UTC.</summary>
    public DateTime Begin => _day is { } day ? StartOf(day) : _instant.UtcDateTime;

    /// <summary>The instant, or the last microsecond of the day, UTC.</summary>
    public DateTime End => _day is { } day ? StartOf(day.AddDays(1)).AddMicroseconds(-1) : _instant.UtcDateTime;

    public static DayOrInstant Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var parsed) ? parsed : throw new FormatException("Neither a day nor an instant.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out DayOrInstant result)
    {
        // A plus sign that was not escaped in the address arrives as a blank.
        var text = (s ?? "").Trim().Replace(' ', '+');
        result = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1900 and < 9000
            ? new DayOrInstant(day, default)
            : DateTimeOffset.TryParseExact(text, ["yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-ddTHH:mmK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
                && instant.Year is > 1900 and < 9000
                ? new DayOrInstant(null, instant)
                : null;
        return result is not null;
    }

    private static DateTime StartOf(DateOnly day) => TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(TimeOnly.MinValue), Zone);
}
