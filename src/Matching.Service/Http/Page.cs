namespace Matching.Service.Http;

/// <summary>One page of a list.</summary>
/// <param name="Items">The rows, in the list's order.</param>
/// <param name="Next">Pass it as <c>after</c> to get the next page; null on the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

internal static class Page
{
    public const int DefaultTake = 50;
    public const int MaxTake = 200;

    /// <summary>Makes a page of <paramref name="rows"/>, which hold one row more than <paramref name="take"/> when there is another page.</summary>
    public static Page<T> Of<T>(IReadOnlyList<T> rows, int take, Func<T, Cursor> key) =>
        rows.Count > take ? new([.. rows.Take(take)], key(rows[take - 1]).ToString()) : new(rows, null);

    public static Page<T> Of<T>(IReadOnlyList<T> rows, int take, Func<T, long> id) => Of(rows, take, row => new Cursor(id(row)));
}
