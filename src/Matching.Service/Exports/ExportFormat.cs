using Microsoft.Net.Http.Headers;

namespace Matching.Service.Exports;

/// <summary>A kind of spreadsheet.</summary>
internal sealed record ExportFormat(string Extension, string ContentType, Func<Stream, string, ISheetWriter> Open)
{
    private static readonly ExportFormat[] All =
    [
        new("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (file, title) => new XlsxSheetWriter(file, title)),
        new("csv", "text/csv; charset=utf-8", (file, _) => new CsvSheetWriter(file)),
    ];

    /// <summary>What the parameter may say besides json.</summary>
    public static IEnumerable<string> Names => All.Select(one => one.Extension);

    /// <summary>What the request asks for: the parameter decides, else Accept where it prefers a spreadsheet to JSON; null: JSON. False when the parameter says something else.</summary>
    public static bool TryRead(HttpRequest request, out ExportFormat? format)
    {
        var wanted = request.Query["format"].ToString();
        format = wanted.Length > 0
            ? Array.Find(All, one => one.Extension == wanted)
            : MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
                ? accepted.OrderByDescending(type => type.Quality ?? 1).Select(type => Array.Find(All, one => one.ContentType.Split(';')[0] == type.MediaType.Value)).FirstOrDefault()
                : null;
        return format is not null || wanted is "" or "json";
    }
}
