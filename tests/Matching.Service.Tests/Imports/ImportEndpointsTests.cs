using System.Net;
using System.Net.Http.Json;
using System.Text;
using Matching.Service.Http;
using Matching.Service.Imports;
using Matching.Service.Imports.Files;
using Matching.Service.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Service.Tests.Imports;

public class ImportEndpointsTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly byte[] OneDemand = Encoding.UTF8.GetBytes("岗位名称,需求人数\n车工,1\n");

    private readonly ImportClient _company = new(api, "company");

    [Fact]
    public async Task Create_AnswersWithTheAddressOfTheProgress_AndTakesAForm()
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(OneDemand), "file", "../../需求\0表.csv" } };

        var response = await _company.Http.PostAsync("/api/v1/imports?kind=demands&dryRun=true", form);

        var import = await HttpAssert.BodyAsync<Import>(response, HttpStatusCode.Accepted);
        Assert.Equal($"/api/v1/imports/{import.Id}", response.Headers.Location?.OriginalString);
        Assert.Equal(("QUEUED", 0, OneDemand.Length), (import.State, import.Percent, (int)import.Bytes));
        Assert.DoesNotContain("/", import.FileName, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kind=unheard")]
    [InlineData("kind=demands&mode=some")]
    [InlineData("")]
    public async Task Create_ReturnsBadRequest_WhenAParameterIsWrong(string query)
    {
        using var content = new ByteArrayContent(OneDemand);

        Assert.Equal(HttpStatusCode.BadRequest, (await _company.Http.PostAsync($"/api/v1/imports?{query}", content)).StatusCode);
    }

    [Fact]
    public async Task Create_ReturnsBadRequest_WhenThereIsNoFile()
    {
        using var form = new MultipartFormDataContent { { new StringContent("x"), "note" } };

        await HttpAssert.ProblemAsync(await _company.PostAsync("demands", []), HttpStatusCode.BadRequest, "empty_file");
        await HttpAssert.ProblemAsync(await _company.Http.PostAsync("/api/v1/imports?kind=demands", form), HttpStatusCode.BadRequest, "no_file");
    }

    [Fact]
    public async Task Create_AsksToComeBackLater_WhenTooManyWait()
    {
        var busy = new ImportClient(api, "company", api.Data.Second);
        for (var i = 0; i < ImportEndpoints.MostWaiting; i++)
        {
            await busy.UploadAsync("demands", OneDemand);
        }

        var response = await busy.PostAsync("demands", OneDemand);

        await HttpAssert.ProblemAsync(response, HttpStatusCode.TooManyRequests, "too_many_imports");
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task Imports_AreSeenByTheirOrganizationAndTheOfficeAlone()
    {
        var import = await _company.ImportAsync("demands", "岗位名称,需求人数\n,1\n");
        var office = new ImportClient(api, "office");

        Assert.Equal(import.Id, (await office.GetAsync(import.Id)).Id);
        Assert.Equal(2, (await office.RejectedAsync(import.Id)).Length);
        foreach (var stranger in new[] { api.ClientAs("school"), api.ClientOf(api.Data.First, "company2"), api.ClientOf(api.Data.Second, "company"), api.ClientOf(api.Data.Second, "office") })
        {
            await HttpAssert.ProblemAsync(await stranger.GetAsync($"/api/v1/imports/{import.Id}"), HttpStatusCode.NotFound, "import_not_found");
            await HttpAssert.ProblemAsync(await stranger.GetAsync($"/api/v1/imports/{import.Id}/rejected"), HttpStatusCode.NotFound, "import_not_found");
            await HttpAssert.ProblemAsync(await stranger.DeleteAsync($"/api/v1/imports/{import.Id}"), HttpStatusCode.NotFound, "import_not_found");
            Assert.DoesNotContain((await stranger.GetFromJsonAsync<Page<Import>>("/api/v1/imports"))!.Items, other => other.Id == import.Id);
        }
    }

    [Fact]
    public async Task List_PagesNewestFirst()
    {
        var ids = new List<long>();
        for (var i = 0; i < 3; i++)
        {
            ids.Insert(0, (await _company.UploadAsync("demands", OneDemand, "&dryRun=true")).Id);
        }

        var first = await _company.Http.GetFromJsonAsync<Page<Import>>("/api/v1/imports?take=2");
        var second = await _company.Http.GetFromJsonAsync<Page<Import>>($"/api/v1/imports?take=2&after={first!.Next}");

        Assert.Equal(ids, first.Items.Concat(second!.Items.Take(1)).Select(import => import.Id));
    }

    [Fact]
    public async Task Delete_CancelsAWaitingImport_ThenForgetsIt()
    {
        var import = await _company.UploadAsync("demands", Encoding.UTF8.GetBytes("企业内部编号,岗位名称,需求人数\nDEL,车工,1\n"));

        await _company.Http.DeleteAsync($"/api/v1/imports/{import.Id}");
        await api.Services.GetRequiredService<ImportRunner>().RunAsync(api.Data.First.Id, import.Id, token: 1, lastAttempt: false, CancellationToken.None);
        var cancelled = await _company.GetAsync(import.Id);
        await _company.Http.DeleteAsync($"/api/v1/imports/{import.Id}");

        Assert.Equal("CANCELLED", cancelled.State);
        Assert.Equal(0, await api.ValueAsync<long>($"SELECT count(*) FROM demand WHERE external_ref = 'DEL'"));
        Assert.Equal(HttpStatusCode.NotFound, (await _company.Http.GetAsync($"/api/v1/imports/{import.Id}")).StatusCode);
    }

    [Fact]
    public async Task Templates_AreReadByTheImportItself()
    {
        foreach (var kind in api.Services.GetRequiredService<ImportKinds>().All)
        {
            var headers = kind.Columns.Select(column => column.Header).ToArray();
            var csv = await _company.Http.GetByteArrayAsync($"/api/v1/imports/templates/{kind.Name}.csv");
            using var filled = new MemoryStream([.. csv, .. Encoding.UTF8.GetBytes("x\r\n")]);
            using var xlsx = new MemoryStream(await _company.Http.GetByteArrayAsync($"/api/v1/imports/templates/{kind.Name}.xlsx"));

            Assert.Equal(headers, Assert.Single(UploadedFile.Open(filled).Rows.ToBlockingEnumerable()).Headers);
            Assert.Equal(headers, FirstSheetHeaders(xlsx).Select(header => header.TrimStart('*')));
            Assert.Empty(UploadedFile.Open(xlsx).Rows.ToBlockingEnumerable());
        }

        await HttpAssert.ProblemAsync(await _company.Http.GetAsync("/api/v1/imports/templates/demands.pdf"), HttpStatusCode.NotFound, "template_not_found");
    }

    private static string[] FirstSheetHeaders(Stream xlsx)
    {
        using var book = ExcelDataReader.ExcelReaderFactory.CreateReader(xlsx, new ExcelDataReader.ExcelReaderConfiguration { LeaveOpen = true });
        book.Read();
        xlsx.Position = 0;
        return [.. Enumerable.Range(0, book.FieldCount).Select(book.GetString)];
    }

    [Fact]
    public void Columns_HaveNamesOfTheirOwn() => Assert.All(api.Services.GetRequiredService<ImportKinds>().All, kind =>
    {
        var names = kind.Columns.SelectMany(column => column.Names.Concat(column.Weak.Select(CellText.HeaderKey)).Distinct()).ToList();
        Assert.Equal(names.Distinct(), names);
        Assert.All(kind.Columns, column => Assert.False(PersonalData.IsPersonalColumn(column.Header) && column.Key != "name", column.Header));
        Assert.All(kind.Columns.Where(column => column.Allowed is not null && column.Example.Length > 0), column => Assert.Contains(column.Example, column.Allowed!.Keys));
    });
}
