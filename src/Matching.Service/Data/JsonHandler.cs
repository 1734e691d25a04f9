using System.Data;
using System.Text.Json;
using Dapper;

namespace Matching.Service.Data;

/// <summary>Lets a record take a list of parts that the query built as JSON (jsonb_agg), so that a row and its children come in one statement.</summary>
internal sealed class JsonHandler<T> : SqlMapper.TypeHandler<T[]>
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static void Register() => SqlMapper.AddTypeHandler(new JsonHandler<T>());

    public override T[] Parse(object value) => JsonSerializer.Deserialize<T[]>((string)value, Json)!;

    public override void SetValue(IDbDataParameter parameter, T[]? value) => throw new NotSupportedException("Lists of parts are written with arrays, not as JSON.");
}
