namespace Matching.Service.Data;

/// <summary>Writes one value that is not null.</summary>
internal delegate void CopyField(CopyBuffer buffer, object value);

/// <summary>How the values of a column are written, by its SQL type.</summary>
internal static class CopyFields
{
    public static CopyField Of(string type) => type switch
    {
        "text" => (buffer, value) => buffer.Text((string)value),
        "smallint" => (buffer, value) => buffer.Smallint((short)(int)value),
        "integer" => (buffer, value) => buffer.Integer((int)value),
        "bigint" => (buffer, value) => buffer.Bigint((long)value),
        "numeric" => (buffer, value) => buffer.Numeric((decimal)value),
        "boolean" => (buffer, value) => buffer.Boolean((bool)value),
        "timestamp" => (buffer, value) => buffer.Timestamp((DateTime)value),
        "date" => (buffer, value) => buffer.Date((DateOnly)value),
        "timestamptz" => (buffer, value) => buffer.Timestamptz((DateTime)value),
        "jsonb" => (buffer, value) => buffer.Jsonb((string)value),
        "text[]" => (buffer, value) => buffer.TextArray((IReadOnlyList<string>)value),
        "integer[]" => (buffer, value) => buffer.IntegerArray((int[])value),
        "bigint[]" => (buffer, value) => buffer.BigintArray((long[])value),
        "smallint[]" => (buffer, value) => buffer.SmallintArray((short[])value),
        "boolean[]" => (buffer, value) => buffer.BooleanArray((bool[])value),
        _ => throw new ArgumentException($"No column of type {type} is copied.", nameof(type)),
    };
}
