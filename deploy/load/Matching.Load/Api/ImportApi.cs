using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Matching.Load.Api;

/// <summary>Uploads rows as NDJSON, or files as they are, and waits until they are taken in.</summary>
internal static class ImportApi
{
    private static readonly JsonSerializerOptions Line = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>An upload of that name that is in or on its way is not repeated, so an interrupted run goes on where it was.</summary>
    /// <returns>The import when it has ended, in whatever state.</returns>
    public static Task<JsonElement> ImportAsync(this ApiClient api, string kind, string fileName, Func<IEnumerable<object>> rows) =>
        TakeAsync(api, kind, fileName, "", () => Ndjson(rows()));

    /// <summary>The same for a file as it is.</summary>
    public static Task<JsonElement> UploadAsync(this ApiClient api, string kind, string path, string fileName, string terms) =>
        TakeAsync(api, kind, fileName, terms, () => new ByteArrayContent(File.ReadAllBytes(path)));

    /// <summary>Whether the kind's own template is read as a workbook: its header is understood, and that it has no rows yet is said.</summary>
    public static async Task<bool> ReadsTemplateAsync(this ApiClient api, string kind)
    {
        var workbook = await api.GetBytesAsync($"imports/templates/{kind}.xlsx");
        return (await TakeAsync(api, kind, $"{kind}-template.xlsx", "&dryRun=true", () => new ByteArrayContent(workbook))).Text("failureCode") == "no_rows";
    }

    private static async Task<JsonElement> TakeAsync(ApiClient api, string kind, string fileName, string terms, Func<HttpContent> content)
    {
        var progress = new Progress($"import {fileName}");
        var import = (await api.ListAsync($"imports?kind={kind}"))
            .FirstOrDefault(known => known.Text("fileName") == fileName && known.Text("state") is "QUEUED" or "RUNNING" or "DONE");
        if (import.ValueKind == JsonValueKind.Undefined)
        {
            import = await api.PostAsync($"imports?kind={kind}&fileName={Uri.EscapeDataString(fileName)}{terms}", content());
        }

        while (import.Text("state") is "QUEUED" or "RUNNING")
        {
            progress.Report($"{import.Text("percent")} %");
            await Task.Delay(300);
            import = await api.GetAsync($"imports/{import.Text("id")}");
        }

        progress.Done($"{import.Text("state")}: read {import.Text("read")}, accepted {import.Text("accepted")}, rejected {import.Text("rejected")}");
        return import;
    }

    /// <exception cref="ApiException">It failed, refused a row, or did not know a column.</exception>
    public static JsonElement RequireAll(this JsonElement import) =>
        import.Text("state") == "DONE" && import.Number("rejected") == 0 && import.GetProperty("ignoredColumns").GetArrayLength() == 0
            ? import
            : throw new ApiException($"The import of {import.Text("kind")} is not complete: {import.Text("failureReason")} {import.Text("reasons")} {import.Text("ignoredColumns")}");

    private static ByteArrayContent Ndjson(IEnumerable<object> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.Append(JsonSerializer.Serialize(row, Line)).Append('\n');
        }

        return new ByteArrayContent(Encoding.UTF8.GetBytes(text.ToString())) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-ndjson") } };
    }
}
