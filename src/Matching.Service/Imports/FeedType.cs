using System.Net.Http.Headers;
using System.Text;
using Matching.Service.Imports.Files;

namespace Matching.Service.Imports;

/// <summary>What a feed is by its Content-Type. Nobody has seen all of it, so unlike a file's it is believed.</summary>
/// <param name="IsTable">Delimited text with a header; otherwise NDJSON.</param>
/// <param name="Encoding">What a table is written in by its charset; null: its first bytes tell.</param>
internal sealed record FeedType(bool IsTable, Encoding? Encoding = null)
{
    public static FeedType Ndjson { get; } = new(false);

    /// <summary>Null where it is nothing that is taken as a feed.</summary>
    public static FeedType? Of(string? contentType) => !MediaTypeHeaderValue.TryParse(contentType, out var type) ? null : type.MediaType?.ToLowerInvariant() switch
    {
        "application/x-ndjson" or "application/ndjson" or "application/jsonl" => Ndjson,
        "text/csv" or "text/tab-separated-values" => type.CharSet?.Trim('"').ToLowerInvariant() switch
        {
            null => new(true),
            "utf-8" or "utf8" => new(true, Encoding.UTF8),
            "gb18030" or "gbk" or "gb2312" => new(true, TextEncodings.Gb18030),
            _ => null,
        },
        _ => null,
    };
}
