using System.Globalization;
using System.Net;
using System.Text;
using Matching.Service.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Features.Bulletins;

/// <summary>A bulletin as a page to read and to print: no scripts, nothing from elsewhere, every text encoded.</summary>
internal static class BulletinPage
{
    private const string Style = """
        body{font:16px/1.7 "Noto Serif CJK SC","Source Han Serif SC","Songti SC",SimSun,serif;color:#222;max-width:60rem;margin:2.5rem auto;padding:0 1.5rem}
        header{border-bottom:3px solid #b01f24;padding-bottom:1rem;margin-bottom:2rem;text-align:center}
        h1{font-size:1.7rem;color:#b01f24;margin:.2rem 0}h2{font-size:1.15rem;margin:2.2rem 0 .4rem}
        p{margin:.3rem 0;text-indent:2em}p.meta,p.note{text-indent:0;color:#666;font-size:.85rem}
        .state{display:inline-block;border:1px solid #b01f24;color:#b01f24;padding:0 .6em}
        .scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.88rem;margin:.6rem 0}
        th,td{border-bottom:1px solid #ddd;padding:.28rem .5rem;text-align:right;font-variant-numeric:tabular-nums}
        thead th{border-top:2px solid #222;border-bottom:1px solid #222;font-weight:600;white-space:nowrap}
        .label{text-align:left}tbody tr:last-child td{border-bottom:2px solid #222}
        footer{margin-top:3rem;border-top:1px solid #ddd;padding-top:.6rem}
        @media print{body{margin:0;max-width:none;font-size:11pt}table{page-break-inside:auto}tr{page-break-inside:avoid}h2{page-break-after:avoid}.scroll{overflow:visible}}
        """;

    public static void MapBulletinPages(this WebApplication app) =>
        app.MapGet("/bulletins/{id:long}", Show).WithName("ShowBulletin").WithTags("Bulletins").WithSummary("通报网页").AllowEverybody().MayBeFixed();

    internal static async Task<Results<ContentHttpResult, ProblemHttpResult>> Show(long id, BulletinStore store, HttpContext http, CancellationToken ct)
    {
        if (await store.FindAsync(id, ct) is not { } bulletin)
        {
            return Problems.NotFound("bulletin", id);
        }

        BulletinEndpoints.FixIfPublished(http, bulletin);
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
        return TypedResults.Content(Render(bulletin, await store.TablesAsync(id, ct)), "text/html; charset=utf-8");
    }

    internal static string Render(Bulletin bulletin, IReadOnlyList<BulletinTable> tables)
    {
        var page = new StringBuilder();
        page.Append("<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>")
            .Append(Text(bulletin.Title)).Append("</title><style>").Append(Style).Append("</style></head><body><header><h1>").Append(Text(bulletin.Title)).Append("</h1><p class=\"meta\">")
            .Append(Text(Subtitle(bulletin))).Append("</p></header>");
        for (var i = 0; i < tables.Count; i++)
        {
            Append(page, tables[i], i + 1);
        }

        return page.Append("<footer><p class=\"note\">* 人数过少，不予公布；— 分母为零或无可比数据。比率均四舍五入。各表数据同时取自截止时刻。</p></footer></body></html>").ToString();
    }

    private static void Append(StringBuilder page, BulletinTable table, int number)
    {
        page.Append("<section><h2>表 ").Append(number.ToString(CultureInfo.InvariantCulture)).Append('　').Append(Text(table.Title)).Append("</h2><p>").Append(Text(table.Prose)).Append("</p><div class=\"scroll\"><table><thead><tr>");
        for (var column = 0; column < table.Columns.Count; column++)
        {
            var labels = table.Rows.Count > 0 && table.Rows.All(row => IsLabel(row[column]));
            page.Append(labels ? "<th scope=\"col\" class=\"label\">" : "<th scope=\"col\">").Append(Text(table.Columns[column])).Append("</th>");
        }

        page.Append("</tr></thead><tbody>");
        foreach (var row in table.Rows)
        {
            page.Append("<tr>");
            foreach (var cell in row)
            {
                page.Append(IsLabel(cell) ? "<td class=\"label\">" : "<td>").Append(Text(cell.Text)).Append("</td>");
            }

            page.Append("</tr>");
        }

        page.Append("</tbody></table></div><p class=\"note\">口径：").Append(Text(table.Formula)).Append("</p></section>");
    }

    private static bool IsLabel(Cell cell) => cell.Value is null && cell.Text is not ("*" or "—" or ['≥', ..]);

    private static string Subtitle(Bulletin bulletin)
    {
        var state = bulletin.State switch { "DRAFT" => "草稿", "REVIEWED" => "已审核", _ => $"{China(bulletin.PublishedAt!.Value)} 发布" };
        var correction = bulletin.Correction.Length > 0 ? $"　更正：{bulletin.Correction}" : "";
        return $"{state}　第 {bulletin.Revision} 版　数据截止 {China(bulletin.CutOff)}{correction}";
    }

    private static string China(DateTime utc) =>
        TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), Jobs.JobSpec.TimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
