using System.Diagnostics.CodeAnalysis;
using Matching.Service.Http;

namespace Matching.Service.Changes;

/// <summary>Where a reader of changes goes on: the cursor of the page before, or a point in time (a day begins at 00:00 Asia/Shanghai).</summary>
/// <param name="Entry">The last entry read.</param>
/// <param name="Time">Entries written since then, UTC.</param>
public sealed record Since(long? Entry, DateTime? Time) : IParsable<Since>
{
    private const string Mark = "changes";

    /// <summary>The cursor that stands behind this entry.</summary>
    public static string After(long entry) => new Cursor(entry, Mark).ToString();

    public static Since Parse(string s, IFormatProvider? provider) => TryParse(s, provider, out var since) ? since : throw new FormatException("Neither a cursor nor a time.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out Since result)
    {
        result = DayOrInstant.TryParse(s, provider, out var time) ? new Since(null, time.Begin)
            : Cursor.TryParse(s, provider, out var cursor) && cursor.Key == Mark ? new Since(cursor.Id, null)
            : null;
        return result is not null;
    }
}
