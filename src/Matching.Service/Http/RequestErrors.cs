using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Http;

/// <summary>
/// Says what is wrong with a request that could not be read. The framework says it in English and with type names,
/// so the names of fields are taken from its message and the rest is said anew; a message of unknown shape becomes a general one.
/// </summary>
internal static partial class RequestErrors
{
    private static readonly string[] Required = ["必填。"];

    public static ProblemHttpResult OfJson(JsonException json)
    {
        var path = json.Path is { Length: > 0 } ? json.Path : "$";
        if (json is TextRefusedException)
        {
            return Problems.InvalidField("invalid_text", path, json.Message);
        }

        if (json.Message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal))
        {
            return Problems.InvalidField("unknown_field", path, "没有这个字段。");
        }

        if (MissingFields().Match(json.Message) is { Success: true } missing)
        {
            var names = FieldName().Matches(missing.Groups[1].Value).Select(match => match.Groups[1].Value);
            return Problems.InvalidFields("missing_field", names.ToDictionary(name => name, _ => Required));
        }

        return json.Message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal)
            ? Problems.InvalidField("invalid_value", path, "值的类型或格式不对。")
            : Problems.InvalidField("invalid_json", path, $"不是合格的 JSON（第 {json.LineNumber + 1} 行第 {json.BytePositionInLine + 1} 字节附近）。");
    }

    public static ProblemHttpResult OfBinding(BadHttpRequestException bad) =>
        BoundParameter().Match(bad.Message) is { Success: true } match
            ? Problems.InvalidField("invalid_request", Camel(match.Groups[1].Value), "参数的值无法读取。")
            : Problems.Invalid("invalid_request", Foreign(bad.Message) ? "请求无法读取。" : bad.Message);

    /// <summary>A member's name as the JSON has it, each part of a path alike.</summary>
    public static string Camel(string name) =>
        string.Join('.', name.Split('.').Select(part => JsonNamingPolicy.CamelCase.ConvertName(part)));

    private static bool Foreign(string message) => message.All(char.IsAscii);

    [GeneratedRegex("was missing required properties including: (.+?)\\.?$")]
    private static partial Regex MissingFields();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex FieldName();

    [GeneratedRegex("parameter \"\\S+ (\\S+)\"")]
    private static partial Regex BoundParameter();
}
