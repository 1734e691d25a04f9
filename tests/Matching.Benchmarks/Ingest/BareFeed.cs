using System.Globalization;
using Matching.Engine.Normalizing;
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
/// The service's own way in — its reader of NDJSON, its recognition of columns, its checks of cells, its writer of rows as matching_loader — before a tenant's table of ten
/// columns. What is measured with it is the way in and not what demands have besides: triggers, skills, events, duplicates.
/// </summary>
internal sealed class BareFeed(ReferenceTables tables) : ImportKind
{
    private static readonly ImportColumn Id = new("id", "编号", "", Required: true);
    private static readonly ImportColumn Job = new("title", "岗位名称", "", Required: true);
    private static readonly ImportColumn Employer = new("employer", "单位名称", "", Required: true);
    private static readonly ImportColumn Region = new("region", "工作地区", "", Required: true);
    private static readonly ImportColumn Education = new("edu", "最低学历", "");
    private static readonly ImportColumn SalaryMin = new("salaryMin", "最低月薪", "");
    private static readonly ImportColumn SalaryMax = new("salaryMax", "最高月薪", "");
    private static readonly ImportColumn Headcount = new("headcount", "需求人数", "", Required: true);
    private static readonly ImportColumn Published = new("published", "发布时间", "", Required: true);
    private static readonly ImportColumn Skills = new("skills", "技能", "");

    // Whose rows they are is the server's word, as in every table of a tenant.
    private static readonly object Consortium = BareTable.Consortium;

    private readonly int[] _numbers = new int[60];
    private readonly CodeCells _codes = new(tables);

    public override string Name => "bare";

    public override string Title => "bare";

    public override IReadOnlyList<string> Roles => [];

    public override IReadOnlyList<ImportColumn> Columns { get; } = [Id, Job, Employer, Region, Education, SalaryMin, SalaryMax, Headcount, Published, Skills];

    public override IReadOnlyList<StageColumn> Stage { get; } = BareTable.Columns;

    public override Task<ReadRow> PrepareAsync(TenantSession session, ImportTerms terms, CancellationToken ct) => Task.FromResult<ReadRow>(Read);

    public override ImportWriter Writer(TenantSession session) => throw new NotSupportedException();

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

    /// <summary>A row, checked: what is wrong is on the scan.</summary>
    public StagedRow Read(RowScan scan)
    {
        var (id, title, employer, region) = (scan.Int(Id, 0, int.MaxValue), scan.Text(Job, 200), scan.Text(Employer, 200), _codes.Region(scan, Region));
        var (least, most) = (scan.Int(SalaryMin, 0, 1_000_000), scan.Int(SalaryMax, 0, 1_000_000));
        if (least > most)
        {
            scan.Refuse(SalaryMin, "wage_contradicts", "最低月薪高于最高月薪。");
        }

        return new StagedRow(scan.Raw(Id), Consortium, (long?)id, title, employer, region, _codes.Education(scan, Education), least, most, scan.Int(Headcount, 1, 100_000),
            Time(scan), Numbers(scan));
    }

    private static DateTime? Time(RowScan scan) =>
        DateTime.TryParseExact(scan.Raw(Published), "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time : scan.Refuse<DateTime?>(Published, "not_a_time", "须为时间，如 2026-03-01T08:00:00。");

    // An array is lines of one cell.
    private int[] Numbers(RowScan scan)
    {
        var text = scan.Raw(Skills).AsSpan();
        var count = 0;
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            if (count == _numbers.Length || !NumberText.TryInt(text[line], out _numbers[count++]))
            {
                scan.Refuse(Skills, "not_numbers", "须为不超过 60 个整数。");
                return [];
            }
        }

        return _numbers[..count];
    }

    private async Task<ImportPass> TakeAsync(NpgsqlDataSource source, System.IO.Stream body, CancellationToken ct)
    {
        var (map, pass) = (new ColumnMap(this, new CellReading(tables)), new ImportPass());
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var role = new NpgsqlCommand(BareTable.AsLoaderSql, connection))
        {
            await role.ExecuteNonQueryAsync(ct);
        }

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
}
