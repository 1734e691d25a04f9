using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Matching.Service.Data;
using Matching.Service.Imports;
using Matching.Service.Imports.Files;
using Matching.Service.Imports.Mapping;
using Matching.Service.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Service.Tests.Imports;

/// <summary>Rows that are taken in while they arrive: the same rules as for a file, and nothing at all until the answer.</summary>
public class ImportFeedTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private readonly ImportClient _company = new(api, "company");

    [Fact]
    public async Task Feed_TakesTheValidRows_AndKeepsTheOthersWithTheirNumbers()
    {
        var feed = Bytes(Line("G-1"), """{"externalRef":"G-2","title":""}""", "", "not json", """{"externalRef":"G-5","title":"车\u0000工"}""",
            """{"externalRef":"G-6","title":"车\ud800工"}""", Line("G-7"), Line("G-1"), """{"externalRef":"G-9","title":"限男性车工"}""");
        var wrong = Bytes("""{"externalRef":"G-10","title":"X"}""");
        wrong[Array.LastIndexOf(wrong, (byte)'X')] = 0xFF;

        var import = await FeedAsync(_company, [.. feed, .. wrong]);

        Assert.Equal(("DONE", "ndjson", 9, 2, 7, 2), (import.State, import.Format, import.Read, import.Accepted, import.Rejected, import.Created));
        Assert.Equal(["2", "4", "5", "6", "8", "9", "10"], (await _company.RejectedAsync(import.Id)).Skip(1).Select(cells => cells[0]));
        Assert.Equal(
            // A line that breaks off before its title lacks that too.
            ["discriminatory_requirement", "duplicate_in_file", "invalid_json", "invalid_text", "invalid_text", "invalid_text", "required", "required", "required", "required"],
            import.Reasons.SelectMany(reason => Enumerable.Repeat(reason.Code, reason.Count)).Order(StringComparer.Ordinal));
        Assert.Equal((2L, feed.Length + wrong.Length), (await CountAsync("G"), import.Bytes));
        Assert.Equal(1, await api.ValueAsync<long>($"SELECT count(*) FROM audit_log WHERE action = 'IMPORT' AND resource_id = {import.Id}"));
    }

    [Fact]
    public async Task Feed_TakesNothing_WhenItIsAllOrNothing_AndOneRowIsWrong()
    {
        var import = await FeedAsync(_company, Bytes(Line("A-1"), Line("A-2"), "{}"), "&mode=all-or-nothing");

        Assert.Equal(("REJECTED", 2, 1, 0, 0L), (import.State, import.Accepted, import.Rejected, import.Created, await CountAsync("A")));
    }

    [Fact]
    public async Task Feed_ChangesNothing_WhenItIsSentAgain_AndTellsTheSameAsAFile()
    {
        var feed = Bytes([.. Enumerable.Range(1, 300).Select(i => Line($"T-{i}")), """{"title":"无编号的车工"}"""]);
        var first = await FeedAsync(_company, feed);
        var before = await StateAsync("T");
        var again = await FeedAsync(_company, feed);
        var file = await _company.ImportAsync("demands", feed);

        Assert.Equal((301, 0), (first.Created, first.Updated));
        Assert.Equal(((0, 301), (0, 301)), ((again.Created, again.Updated), (file.Created, file.Updated)));
        Assert.Equal(before, await StateAsync("T"));
    }

    [Fact]
    public async Task Feed_RefusesRowsOfAnotherCompany()
    {
        var import = await FeedAsync(_company, Bytes(Line("O-1"), $$"""{"externalRef":"O-2","title":"车工","organization":"甲市产教联合体-company2"}"""));

        Assert.Equal(("not_your_organization", 1, 1L), (Assert.Single(import.Reasons).Code, import.Created, await CountAsync("O")));
    }

    [Theory]
    [InlineData("text/csv", "utf-8", ',', "U")]
    [InlineData("text/csv; charset=utf-8", "utf-8", ';', "V")]
    [InlineData("text/csv", "utf-8-mark", '\t', "W")]
    [InlineData("text/csv", "gb18030", ',', "X")]
    [InlineData("text/tab-separated-values; charset=GBK", "gb18030", '\t', "Y")]
    [InlineData("text/csv", "utf-16", ',', "Z")]
    public async Task Table_IsTakenInWhileItArrives_AsTheFileWouldBe(string type, string encoding, char delimiter, string prefix)
    {
        // Rows enough that most of them come after what the encoding and the header are told from.
        var lines = Enumerable.Range(1, 3_000).Select(i => $"{prefix}-{i}|数控车工|{i % 7}|广东省深圳市宝安区|\"按图纸，\n加工\"\"零件\"\" {i}\"").Prepend("企业内部编号|岗位名称|招聘人数|工作地区|岗位描述");
        var text = string.Join("\r\n", lines).Replace('|', delimiter);
        byte[] body = encoding switch
        {
            "utf-8" => Encoding.UTF8.GetBytes(text),
            "utf-8-mark" => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)],
            "gb18030" => TextEncodings.Gb18030.GetBytes(text),
            _ => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)],
        };

        using var response = await PostAsync(_company, body, "&dryRun=true", type);
        var feed = await HttpAssert.BodyAsync<Import>(response, HttpStatusCode.OK);
        var file = await _company.ImportAsync("demands", body, "&dryRun=true");

        Assert.Equal(("DONE", "csv", 3_000, 3_000, body.Length), (feed.State, feed.Format, feed.Read, feed.Accepted, feed.Bytes));
        Assert.Equal(file.Columns!.Select(Told), feed.Columns!.Select(Told));
        Assert.Equal(file.Notes.Select(note => (note.Code, note.Count)), feed.Notes.Select(note => (note.Code, note.Count)));

        static string Told(ImportedColumn column) => $"{column.Header} {column.Field} {column.By} {column.Filled} {string.Join('/', column.Samples.Select(sample => sample.Text))}";
    }

    [Fact]
    public async Task Table_RefusesTheRowsThatDoNotFit_AndTakesTheOthersIn()
    {
        var body = Encoding.UTF8.GetBytes("企业内部编号,岗位名称,需求人数\nQ-1,数控车工,2\nQ-2,车\"工,1\nQ-3,车工\nQ-4,焊工,1,多\nQ-5,X,1\n");
        body[Array.LastIndexOf(body, (byte)'X')] = 0xFF;

        using var response = await PostAsync(_company, body, "", "text/csv");
        var import = await HttpAssert.BodyAsync<Import>(response, HttpStatusCode.OK);

        Assert.Equal((5, 2, 2, 2L), (import.Read, import.Accepted, import.Created, await CountAsync("Q")));
        Assert.Equal(["broken_quotes", "too_many_cells", "undecodable_text"], import.Reasons.Select(reason => reason.Code).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Feed_OfOneConsortium_LeavesAnotherAlone()
    {
        var other = new ImportClient(api, "company", api.Data.Second);
        await FeedAsync(other, Bytes(Line("B-1")));
        var before = await api.ValueAsync<string>($"SELECT string_agg(row_version || ':' || title, ',') FROM demand WHERE consortium_id = {api.Data.Second.Id}");
        var import = await FeedAsync(_company, Bytes(Line("B-1"), Line("B-2")));

        Assert.Equal((2, 0), (import.Created, import.Updated));
        Assert.Equal(before, await api.ValueAsync<string>($"SELECT string_agg(row_version || ':' || title, ',') FROM demand WHERE consortium_id = {api.Data.Second.Id}"));
        Assert.Equal(HttpStatusCode.NotFound, (await other.Http.GetAsync($"/api/v1/imports/{import.Id}")).StatusCode);
    }

    [Fact]
    public async Task Feed_LeavesNothing_WhenTheSenderIsCutOff()
    {
        var imports = await api.ValueAsync<long>($"SELECT count(*) FROM import");
        var session = api.Database.Open(new TenantContext("company", api.Data.First.Id, api.Data.First.Organizations["company"]));
        await using (session)
        {
            var feed = new ImportFeed(session, api.Services.GetRequiredService<ImportLoading>());
            await Assert.ThrowsAsync<IOException>(() => feed.TakeAsync(
                new ImportRequest("demands"), "", FeedType.Ndjson, new CutBody(Bytes([.. Enumerable.Range(1, 3_000).Select(i => Line($"C-{i}"))])), long.MaxValue, CancellationToken.None));
        }

        Assert.Equal((0L, imports), (await CountAsync("C"), await api.ValueAsync<long>($"SELECT count(*) FROM import")));
    }

    [Theory]
    [InlineData("text/plain", "a,b\n", HttpStatusCode.UnsupportedMediaType, "unsupported_media_type")]
    [InlineData("text/csv; charset=big5", "a,b\n", HttpStatusCode.UnsupportedMediaType, "unsupported_media_type")]
    [InlineData("text/csv", "", HttpStatusCode.BadRequest, "empty_file")]
    [InlineData("text/csv", "岗位名称,需求人数\n", HttpStatusCode.BadRequest, "no_rows")]
    [InlineData("text/csv", "企业内部编号,需求人数\nN-1,2\n", HttpStatusCode.BadRequest, "missing_column")]
    [InlineData("text/csv", "PK\u0003\u0004", HttpStatusCode.BadRequest, "unknown_format")]
    [InlineData("application/x-ndjson", "\n \n", HttpStatusCode.BadRequest, "no_rows")]
    public async Task Feed_IsRefused_WhenItIsNone(string type, string content, HttpStatusCode status, string code)
    {
        using var response = await PostAsync(_company, Encoding.UTF8.GetBytes(content), "", type);

        await HttpAssert.ProblemAsync(response, status, code);
    }

    [Fact]
    public async Task Feed_IsRefused_WhenItIsLongerThanAllowed()
    {
        await using var session = api.Database.Open(new TenantContext("company", api.Data.First.Id, api.Data.First.Organizations["company"]));
        var feed = new ImportFeed(session, api.Services.GetRequiredService<ImportLoading>());

        var refused = await Assert.ThrowsAsync<FileRefusedException>(() => feed.TakeAsync(
            new ImportRequest("demands"), "", FeedType.Ndjson, new MemoryStream(Bytes(Line("L-1"), Line("L-2"))), maxBytes: 60, CancellationToken.None));

        Assert.Equal("file_too_large", refused.Code);
    }

    private static string Line(string reference) => $$"""{"externalRef":"{{reference}}","title":"数控车工","headcount":2,"region":"440300","mustSkills":["数控车床操作"]}""";

    private static byte[] Bytes(params string[] lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));

    private static async Task<Import> FeedAsync(ImportClient client, byte[] feed, string query = "") =>
        await HttpAssert.BodyAsync<Import>(await PostAsync(client, feed, query), HttpStatusCode.OK);

    private static async Task<HttpResponseMessage> PostAsync(ImportClient client, byte[] feed, string query, string type = "application/x-ndjson")
    {
        using var content = new ByteArrayContent(feed);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return await client.Http.PostAsync($"/api/v1/imports/stream?kind=demands{query}", content);
    }

    private Task<long> CountAsync(string prefix) => api.ValueAsync<long>($"SELECT count(*) FROM demand WHERE consortium_id = {api.Data.First.Id} AND external_ref LIKE '{prefix}-%'");

    private Task<string> StateAsync(string prefix) => api.ValueAsync<string>($"""
        SELECT md5(string_agg(concat_ws('|', d.id, d.title, d.headcount, d.state, d.region_code,
            (SELECT string_agg(k.skill_id::text, ',' ORDER BY k.skill_id) FROM demand_skill k WHERE (k.consortium_id, k.demand_id) = (d.consortium_id, d.id)),
            (SELECT count(*) FROM demand_event e WHERE (e.consortium_id, e.demand_id) = (d.consortium_id, d.id))), E'\n' ORDER BY d.id))
        FROM demand d WHERE d.consortium_id = {api.Data.First.Id} AND (d.external_ref LIKE '{prefix}-%' OR d.external_ref LIKE 'auto:%')
        """);

    /// <summary>A connection that is cut when all but the last line has arrived.</summary>
    private sealed class CutBody(byte[] content) : MemoryStream(content)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            return read > 0 ? read : throw new IOException("The connection was cut.");
        }
    }
}
