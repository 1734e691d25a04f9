using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Matching.Service.Http;

/// <summary>
/// Days as <c>yyyy-MM-dd</c> between 1900 and 2199. Beyond that nobody means a day: 9999-12-31 stands for "never" in spreadsheets,
/// and PostgreSQL would be sent <c>infinity</c>, which no calendar arithmetic survives.
/// </summary>
internal sealed class DateConverter : JsonConverter<DateOnly>
{
    private const string Format = "yyyy-MM-dd";

    // Without a message of its own the serializer says where the value stands, and the answer is invalid_value with that path.
    public override DateOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && DateOnly.TryParseExact(reader.GetString(), Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.Year is >= 1900 and <= 2199
            ? day
            : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateOnly value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString(Format, CultureInfo.InvariantCulture));
}
