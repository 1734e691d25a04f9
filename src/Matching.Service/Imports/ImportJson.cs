using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Matching.Service.Imports;

/// <summary>How problems and reasons are kept in jsonb: as the API shows them.</summary>
internal static class ImportJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };
}
