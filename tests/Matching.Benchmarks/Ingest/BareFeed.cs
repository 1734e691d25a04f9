using Matching.Service.Data;
using Matching.Service.Imports;
using Matching.Service.Imports.Files;
using Matching.Service.Imports.Mapping;
using Matching.Service.Imports.References;
using Matching.Service.Reference;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Matching.Benchmarks.Ingest;

/// <summary>
/// The service's own way in — its reader of NDJSON, its recognition of columns, its checks of cells, its writer of rows — before a bare table of ten columns. What is
/// measured with it is the way in and not what demands have besides: policies, triggers, skills, events, duplicates.
/// </summary>
internal sealed class BareFeed(ReferenceTables tables) : ImportKind
{
    public const string TableSql = """
        DROP TABLE IF EXISTS bare;
        CREATE TABLE bare (id bigint, title text, employer text, region text, education text, wage_min integer, wage_max integer, headcount integer, published date, skills text[]);
        """;

    public const string IndexesSql = """
        ALTER TABLE bare ADD PRIMARY KEY (id);
        CREATE INDEX bare_place ON bare (region, education);
        CREATE INDEX bare_published ON bare (published);
        """;

    private static readonly ImportColumn Id = new("id", "编号", "", Required: true);
    private static readonly ImportColumn Job = new("title", "岗位名称", "", Required: true);
    private static readonly ImportColumn Employer = new("employer", "单位名称", "", Required: true);
    private static readonly ImportColumn Region = new("region", "工作地区", "", Required: true);
    private static readonly ImportColumn Education = new("education", "最低学历", "");
    private static readonly ImportColumn WageMin = new("wageMin", "最低月薪", "");
    private static readonly ImportColumn WageMax = new("wageMax", "最高月薪", "");
    private static readonly ImportColumn Headcount = new("headcount", "需求人数", "", Required: true);
    private static readonly ImportColumn Published = new("published", "发布日期", "", Required: true);
    private static readonly ImportColumn SkillWords = new("skills", "技能", "");

    private readonly CodeCells _codes = new(tables);

    public override string Name => "bare";

    public override string Title => "bare";

    public override IReadOnlyList<string> Roles => [];

    public override IReadOnlyList<ImportColumn> Columns { get; } = [Id, Job, Employer, Region, Education, WageMin, WageMax, Headcount, Published, SkillWords];

    public override IReadOnlyList<StageColumn> Stage { get; } =
    [
        new("id", "bigint"), new("title", "text"), new("employer", "text"), new("region", "text"), new("education", "text"), new("wage_min", "integer"),
        new("wage_max", "integer"), new("headcount", "integer"), new("published", "date"), new("skills", "text[]"),
    ];

    public override Task<ReadRow> PrepareAsync(TenantSession session, ImportTerms terms, CancellationToken ct) => Task.FromResult<ReadRow>(Read);

    public override Task<ImportCounts> WriteAsync(TenantSession session, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Serves POST /bare until the process ends; what it answers is how many rows were taken and refused.</summary>
    public static async Task ServeAsync(string connection, string url)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        var tables = new ReferenceTables();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        await using var app = builder.Build();
        app.MapGet("/", () => "ready");
        app.MapPost("/bare", async (HttpContext http) =>
        {
            http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
            var pass = await new BareFeed(tables).TakeAsync(source, http.Request.Body, http.RequestAborted);
            return $"{pass.Accepted} {pass.Rejected}";
        });
        await app.RunAsync();
    }

    private async Task<ImportPass> TakeAsync(NpgsqlDataSource source, Stream body, CancellationToken ct)
    {
        var (map, pass) = (new ColumnMap(this, new CellReading(tables)), new ImportPass());
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var copy = await BinaryCopy.OpenAsync(connection, "bare", [.. Stage.Select(column => (column.Name, column.Type))], ct))
        {
            await using var feed = new FeedBody(body, long.MaxValue);
            await foreach (var row in UploadedFile.Feed(feed).Rows.WithCancellation(ct))
            {
                var scan = map.Scan(row);
                var staged = Read(scan);
                if (pass.Judge(scan, staged).Count == 0)
                {
                    await copy.WriteAsync(staged.Values, [], ct);
                }
            }

            await copy.CompleteAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return pass;
    }

    private StagedRow Read(RowScan scan)
    {
        var (id, title, employer, region) = (scan.Int(Id, 0, int.MaxValue), scan.Text(Job, 200), scan.Text(Employer, 200), _codes.Region(scan, Region));
        var (least, most) = (scan.Int(WageMin, 0, 1_000_000), scan.Int(WageMax, 0, 1_000_000));
        if (least > most)
        {
            scan.Refuse(WageMin, "wage_contradicts", "最低月薪高于最高月薪。");
        }

        return new StagedRow(scan.Raw(Id), (long?)id, title, employer, region, _codes.Education(scan, Education), least, most, scan.Int(Headcount, 1, 100_000), scan.Date(Published),
            scan.List(SkillWords, 60, 100));
    }
}
