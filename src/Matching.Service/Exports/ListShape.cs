using System.Reflection;
using Matching.Service.Http;

namespace Matching.Service.Exports;

/// <summary>Tells lists by the shape of their answer: <c>items</c>, and the cursor <c>next</c>. A stream of changes, which says <c>more</c>, is no list.</summary>
internal static class ListShape
{
    /// <summary>What a handler lists; null when its answer is no list.</summary>
    public static Type? RowOf(MethodInfo handler) => Answers(handler.ReturnType).Select(RowOf).FirstOrDefault(row => row is not null);

    public static IEnumerable<T> Items<T>(object page) => (IEnumerable<T>)page.GetType().GetProperty("Items")!.GetValue(page)!;

    public static string? Next(object page) => (string?)page.GetType().GetProperty("Next")!.GetValue(page);

    private static Type? RowOf(Type page) =>
        page.GetProperty("Next")?.PropertyType == typeof(string) && page.GetProperty("More") is null && page.GetProperty("Items")?.PropertyType is { IsGenericType: true } items
        && items.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            ? items.GetGenericArguments()[0]
            : null;

    // Task<Results<Ok<Page>, Problem>> down to Page.
    private static IEnumerable<Type> Answers(Type type) => type.IsGenericType && !IsList(type) ? type.GetGenericArguments().SelectMany(Answers).Prepend(type) : [type];

    private static bool IsList(Type type) => type.GetProperty("Items") is not null;
}

/// <summary>The handler's own paging parameter, moved from page to page.</summary>
internal sealed class Paging
{
    private readonly IList<object?> _arguments;
    private readonly int _position;

    private Paging(IList<object?> arguments, int position) => (_arguments, _position) = (arguments, position);

    public static Paging? Find(EndpointFilterInvocationContext context)
    {
        var position = context.Arguments.ToList().FindIndex(argument => argument?.GetType().GetProperty("After")?.PropertyType == typeof(Cursor));
        return position < 0 ? null : new Paging(context.Arguments, position);
    }

    /// <summary>Longer pages than a caller may ask for, where the list does not set its own length.</summary>
    public void Begin(int rows) => Change("Take", rows);

    public void GoOn(string cursor) => Change("After", Cursor.Parse(cursor, null));

    // Queries are records: a copy with one property changed, as `with` makes it.
    private void Change(string property, object value)
    {
        var query = _arguments[_position]!;
        var copy = query.GetType().GetMethod("<Clone>$")!.Invoke(query, null)!;
        copy.GetType().GetProperty(property)!.SetValue(copy, value);
        _arguments[_position] = copy;
    }
}
