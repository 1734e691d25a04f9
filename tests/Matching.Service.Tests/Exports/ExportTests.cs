using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dapper;
using ExcelDataReader;
using Matching.Service.Exports;
using Matching.Service.Features.Demands;
using Matching.Service.Http;
using Matching.Service.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Service.Tests.Exports;

public class ExportTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task List_IsExportedWhole_WithItsFilters_AsTypedCells()
    {
        using var company = api.ClientAs("company");
        await ManyDemandsAsync(1_050);
        using var response = await company.GetAsync("/api/v1/demands?format=xlsx&take=1&own=true");
        var rows = Read(await response.Content.ReadAsByteArrayAsync());
        var count = (await company.GetFromJsonAsync<Page<Demand>>("/api/v1/demands?own=true&take=1"))!.Items.Count;

        Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", response.Content.Headers.ContentType!.MediaType);
        Assert.Matches("^用人需求-[0-9]{4}-[0-9]{2}-[0-9]{2}\\.xlsx$", response.Content.Headers.ContentDisposition!.FileNameStar);
        Assert.True(count == 1 && rows.Count > 1_050, $"{rows.Count} rows");
        var heads = rows[0].Select(cell => (string)cell!).ToList();
        Assert.Equal((3d, new DateTime(2026, 9, 1)), (rows[1][heads.IndexOf("需求人数")], rows[1][heads.IndexOf("发布日期")]));
        Assert.Equal(("440306", "宝安区"), (rows[1][heads.IndexOf("工作地区")], rows[1][heads.IndexOf("工作地区（名称）")]));
    }

    [Theory]
    [InlineData("=1+1"), InlineData("+8"), InlineData("-cmd|' /C calc'!A0"), InlineData("@SUM(A1)"), InlineData("＝HYPERLINK(1)")]
    public async Task Text_ThatASpreadsheetWouldRun_StaysAText(string title)
    {
        using var company = api.ClientAs("company");
        var demand = await ApiData.CreateAsync<Demand>(company, "demands", ApiData.NewDemand() with { Title = title, ExternalRef = $"F{ApiData.Next()}" });

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/demands?own=true");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));
        var csv = await (await company.SendAsync(request)).Content.ReadAsStringAsync();
        var xlsx = Read(await company.GetByteArrayAsync("/api/v1/demands?format=xlsx&own=true"));

        var line = csv.Split("\r\n").Single(row => row.StartsWith(demand.ExternalRef!, StringComparison.Ordinal));
        Assert.True(title == "+8" ? line.Contains(",+8,") : line.Contains("'" + title, StringComparison.Ordinal), line);
        Assert.Contains(xlsx, row => Equals(row[2], title));
    }

    [Fact]
    public async Task Export_OfDemands_CanBeEditedAndImportedAgain()
    {
        using var company = api.ClientAs("company");
        var reference = $"R{ApiData.Next()}";
        var before = await ApiData.CreateAsync<Demand>(company, "demands", ApiData.NewDemand() with
        {
            ExternalRef = reference, IndustryCode = "34", MajorCodes = ["460103"], ExperienceYears = 2, ValidThrough = new DateOnly(2027, 1, 31), Description = "第一行\n第二行，含“引号”\"与逗号,",
            Skills = [new("数控编程"), new("机械制图", false)], RegionBinding = true,
        });
        var exported = Read(await company.GetByteArrayAsync("/api/v1/demands?format=xlsx&own=true"));
        var heads = exported[0].Select(cell => (string)cell!).ToList();
        var row = exported.Single(cells => Equals(cells[0], reference));
        using var file = new MemoryStream();
        using (var writer = new XlsxSheetWriter(file, "需求"))
        {
            writer.WriteRow(exported[0]);
            writer.WriteRow(row.Select((cell, i) => heads[i] == "需求人数" ? 9 : cell is DateTime day ? DateOnly.FromDateTime(day) : cell is double number ? (long)number : cell));
        }

        var import = await UploadAsync(company, file.ToArray());
        var after = await company.GetFromJsonAsync<Demand>($"/api/v1/demands/{before.Id}");

        Assert.Equal((1, 0, 0), (import.GetProperty("updated").GetInt32(), import.GetProperty("created").GetInt32(), import.GetProperty("rejected").GetInt32()));
        var expected = before with { Headcount = 9, CountedHeadcount = 9, Version = after!.Version, OccupationConfidence = after.OccupationConfidence, Skills = [.. before.Skills.Select(skill => skill with { Level = null })] };
        Assert.Equal(JsonSerializer.Serialize(expected), JsonSerializer.Serialize(after));
    }

    [Fact]
    public async Task EveryList_AnswersAsASpreadsheet()
    {
        using var office = api.ClientAs("office");
        using var admin = api.ClientAs("admin");
        foreach (var resource in (string[])["programs", "graduates", "demands", "placements", "seekers", "introductions"])
        {
            await ApiData.CreateRowAsync(api, resource);
        }

        var routes = api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
            .Where(endpoint => endpoint.Metadata.GetMetadata<System.Reflection.MethodInfo>() is { } handler && ListShape.RowOf(handler) is not null)
            .Select(endpoint => endpoint.RoutePattern.RawText!).Where(route => !route.Contains('{', StringComparison.Ordinal)).ToArray();
        foreach (var route in routes)
        {
            using var response = await admin.GetAsync(route.TrimEnd('/') + "?format=csv");
            Assert.True(response.StatusCode == HttpStatusCode.OK, $"{route}: {await response.Content.ReadAsStringAsync()}");
            Assert.Equal("text/csv", response.Content.Headers.ContentType!.MediaType);
        }

        Assert.True(routes.Length >= 12, string.Join(' ', routes));
        var matches = await office.GetAsync($"/api/v1/demands/{await ApiData.CreateRowAsync(api, "demands")}/matches?format=csv");
        Assert.StartsWith("名次,得分,硬性条件,毕业生·平台编号,毕业生·代号,毕业生·学校", await matches.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("学校,学校（名称）", await office.GetStringAsync("/api/v1/placements?format=csv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_LeavesAnAuditRow_AndHoldsNoMoreThanTheListShows()
    {
        await ApiData.CreateRowAsync(api, "graduates");
        using var other = api.ClientOf(api.Data.First, "school2");
        using var school = api.ClientAs("school");

        Assert.Single((await other.GetStringAsync("/api/v1/graduates?format=csv")).TrimEnd().Split("\r\n"));
        var rows = (await school.GetStringAsync("/api/v1/graduates?format=csv&cohort=2026")).TrimEnd().Split("\r\n").Length - 1;
        await using var owner = await api.Database.Owner.OpenConnectionAsync();
        var (query, count) = await owner.QuerySingleAsync<(string, int)>("""
            SELECT after ->> 'query', (after ->> 'rows')::int FROM audit_log
            WHERE action = 'READ' AND resource LIKE '%graduates%' AND organization_id = @Id ORDER BY id DESC LIMIT 1
            """, new { Id = api.Data.First.Organizations["school"] });
        Assert.Equal(("?format=csv&cohort=2026", rows), (query, count));
    }

    [Fact]
    public async Task Export_IsRefused_WhenTooLongOrTooOftenOrOfAnotherFormat()
    {
        await ManyDemandsAsync(6);
        await using var strict = api.WithWebHostBuilder(host => host.UseSetting("Matching:ExportRows", "5").UseSetting("Matching:ExportsPerMinute", "1"));
        using var client = strict.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", api.Data.First.Keys["company"]);

        await HttpAssert.ProblemAsync(await client.GetAsync("/api/v1/demands?format=csv"), HttpStatusCode.UnprocessableEntity, "export_too_long");
        await HttpAssert.ProblemAsync(await client.GetAsync("/api/v1/demands?format=csv"), HttpStatusCode.TooManyRequests, "too_many_requests");
        await HttpAssert.ProblemAsync(await client.GetAsync("/api/v1/demands?format=pdf"), HttpStatusCode.BadRequest, "invalid_request");
        await HttpAssert.ProblemAsync(await client.GetAsync("/api/v1/demands?format=csv&take=0"), HttpStatusCode.BadRequest, "invalid_request");
        Assert.Equal("application/json", (await client.GetAsync("/api/v1/demands?format=json")).Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public void Workbook_KeepsWhateverTextXmlCanHold()
    {
        using var file = new MemoryStream();
        using (var writer = new XlsxSheetWriter(file, "表<1>&"))
        {
            writer.WriteRow(["𠮷<>&\"'", " 前后 ", "a\u0001b", "一\n二", new string('长', 40_000), null, true, 1.5m]);
        }

        var row = Read(file.ToArray()).Single();
        Assert.Equal(["𠮷<>&\"'", " 前后 ", "ab", "一\n二"], row.Take(4));
        Assert.Equal((32_767, null, "是", 1.5), (((string)row[4]!).Length, row[5], row[6], row[7]));
    }

    private async Task ManyDemandsAsync(int count)
    {
        await using var owner = await api.Database.Owner.OpenConnectionAsync();
        await owner.ExecuteAsync("""
            INSERT INTO demand (consortium_id, organization_id, kind, source, state, title, region_code, headcount, opened_on)
            SELECT @Id, @company, 'EMPLOYMENT', 'COMPANY', 'OPEN', '车工', '440306', 3, '2026-09-01' FROM generate_series(1, @count)
            """, new { api.Data.First.Id, company = api.Data.First.Organizations["company"], count });
    }

    private async Task<JsonElement> UploadAsync(HttpClient client, byte[] file)
    {
        using var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        var import = await HttpAssert.BodyAsync<JsonElement>(await client.PostAsync("/api/v1/imports?kind=demands", content), HttpStatusCode.Accepted);
        await WaitingWork.DrainAsync(api);
        var done = await client.GetFromJsonAsync<JsonElement>($"/api/v1/imports/{import.GetProperty("id").GetInt64().ToString(CultureInfo.InvariantCulture)}");
        Assert.True(done.GetProperty("state").GetString() == "DONE", done.ToString());
        return done;
    }

    private static List<object?[]> Read(byte[] file)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var reader = ExcelReaderFactory.CreateReader(new MemoryStream(file));
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)]);
        }

        return rows;
    }
}
