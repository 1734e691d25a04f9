using System.Collections;
using System.Reflection;
using System.Text.Json;

namespace Matching.Service.Exports;

/// <summary>
/// The sheet of a list that has none of its own: a column per field, records inside a row spread out, lists by the names of what they hold, and beside a code or the number
/// of an organization its name.
/// </summary>
internal static class DefaultSheet
{
    public static ExportSheet<T> Of<T>(string title) => new(title, [.. Columns<T>(typeof(T), "", row => row)]);

    private static IEnumerable<ExportColumn<T>> Columns<T>(Type type, string prefix, Func<object?, object?> get)
    {
        foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.GetIndexParameters().Length == 0))
        {
            var name = Headings.Of(property.Name);
            object? Value(object? row) => get(row) is { } owner ? property.GetValue(owner) : null;
            var plain = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            if (IsCell(plain))
            {
                yield return new ExportColumn<T>(prefix + name, (row, _) => Value(row));
                if (Named(property.Name) is { } find)
                {
                    yield return new ExportColumn<T>($"{prefix}{name}（名称）", (row, names) => find(names, Value(row)));
                }
            }
            else if (typeof(IEnumerable).IsAssignableFrom(plain))
            {
                yield return new ExportColumn<T>(prefix + name, (row, _) => (Value(row) as IEnumerable)?.Cast<object>().Select(Short));
            }
            else if (prefix.Length == 0 && plain != typeof(JsonElement))
            {
                foreach (var inner in Columns<T>(plain, name + "·", Value))
                {
                    yield return inner;
                }
            }
            else
            {
                yield return new ExportColumn<T>(prefix + name, (row, _) => Value(row) is { } value ? Short(value) : null);
            }
        }
    }

    private static bool IsCell(Type type) =>
        type.IsPrimitive || type == typeof(string) || type == typeof(decimal) || type == typeof(DateOnly) || type == typeof(DateTime);

    // A thing inside a list or a record: its name, else itself.
    private static string Short(object value) =>
        IsCell(value.GetType()) ? CellValue.Text(value)
        : (value.GetType().GetProperty("Name") ?? value.GetType().GetProperty("Code"))?.GetValue(value) is { } name ? CellValue.Text(name)
        : JsonSerializer.Serialize(value, JsonSerializerOptions.Web);

    private static Func<ExportNames, object?, string?>? Named(string property) => property switch
    {
        "OrganizationId" or "SchoolId" or "CompanyId" or "PostedById" or "EmployerId" => (names, id) => names.Organization(id as long?),
        "ClusterId" => (names, id) => names.Cluster(id as long?),
        "RegionCode" or "OriginRegionCode" => (names, code) => names.Region(code as string),
        "OccupationCode" => (names, code) => names.Occupation(code as string),
        "IndustryCode" => (names, code) => names.Industry(code as string),
        "MajorCode" => (names, code) => names.Major(code as string),
        "EducationCode" => (names, code) => names.Education(code as string),
        "DestinationKind" => (names, code) => names.Destination(code as string),
        _ => null,
    };
}
