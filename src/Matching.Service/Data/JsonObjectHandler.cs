using System.Data;
using System.Text.Json;
using Dapper;

namespace Matching.Service.Data;

/// <summary>Lets a record take a jsonb object of texts by name.</summary>
internal sealed class JsonObjectHandler : SqlMapper.TypeHandler<Dictionary<string, string>>
{
    public static void Register() => SqlMapper.AddTypeHandler(new JsonObjectHandler());

    public override Dictionary<string, string> Parse(object value) => JsonSerializer.Deserialize<Dictionary<string, string>>((string)value)!;

    public override void SetValue(IDbDataParameter parameter, Dictionary<string, string>? value) => throw new NotSupportedException("Objects are written as JSON text.");
}
