using System.Text.Json;
using System.Text.Json.Serialization;

namespace Matching.Service.Http;

/// <summary>A text that is valid JSON but cannot be kept: U+0000 or half a surrogate pair.</summary>
internal sealed class TextRefusedException(string message) : JsonException(message);

/// <summary>Refuses at the door what PostgreSQL cannot store or nobody could read back: U+0000 and lone surrogates. Everything else is kept as sent.</summary>
internal sealed class CleanTextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            var text = reader.GetString();
            return text is null || !text.Contains('\0', StringComparison.Ordinal) ? text : throw new TextRefusedException("文本含有 U+0000，不能保存。");
        }
        catch (InvalidOperationException)
        {
            throw new TextRefusedException("文本含有不成对的代理字符，不能保存。");
        }
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(ref reader, typeToConvert, options)!;

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);
}

/// <summary>The same rule for the path and the query.</summary>
internal static class CleanUrl
{
    // The query is still as it was sent, so U+0000 is %00 in it; it is not taken apart for this.
    public static IApplicationBuilder UseCleanUrls(this IApplicationBuilder app) => app.Use((http, next) =>
        http.Request.Path.Value?.Contains('\0', StringComparison.Ordinal) == true || http.Request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) == true
            ? Problems.Invalid("invalid_text", "地址中含有 U+0000。").ExecuteAsync(http)
            : next(http));
}
