using System.Text.Json;
using Matching.Service.Data;
using Matching.Service.Imports.Files;
using Matching.Service.Imports.Mapping;

namespace Matching.Service.Imports;

/// <summary>How an import tells of itself while it runs.</summary>
/// <param name="WriteAsync">Carries out what the ledger is to write down, before any row is copied.</param>
/// <param name="ReportAsync">Says how many rows were read; throws when the import is not to go on.</param>
internal sealed record ImportTelling(Func<Func<ImportLedger, Task>, Task> WriteAsync, Func<int, Task> ReportAsync);

/// <summary>
/// The one way in for every file, uploaded or streaming: rows are read, judged and written in one pass, chunk by chunk, all in the session's transaction, which the caller
/// commits.
/// </summary>
internal sealed class ImportLoading(ImportKinds kinds, CellReading reading)
{
    private const int RowsPerReport = 2_000;

    private const string SettingsSql = "SELECT set_config('app.audit', 'summary', true), set_config('statement_timeout', '1800000', true)";

    private const string AuditSql = """
        INSERT INTO audit_log (consortium_id, role, api_key_id, organization_id, request_id, action, resource, resource_id, after)
        VALUES (current_consortium(), current_app_role(), @ApiKeyId, current_organization(), @RequestId, 'IMPORT', @Kind, @Id,
                jsonb_build_object('accepted', @Accepted, 'rejected', @Rejected, 'created', @Created, 'updated', @Updated))
        """;

    /// <summary>False when the import was cancelled or taken over in the meantime: then nothing of the transaction may stay.</summary>
    /// <exception cref="FileRefusedException">The file as a whole cannot be taken.</exception>
    public async Task<bool> LoadAsync(
        TenantSession session, ClaimedImport import, Func<Func<string, bool>, UploadedFile> open, ImportTelling telling, CancellationToken ct)
    {
        var kind = kinds.Find(import.Kind) ?? throw new InvalidOperationException($"No import kind {import.Kind}.");
        await session.ExecuteAsync(SettingsSql, null, ct);
        var map = new ColumnMap(kind, reading);
        var (pass, counts) = await TakeAsync(import, kind, map, open(map.Knows), session, telling, ct);

        var refused = import.Mode == "all-or-nothing" && pass.Rejected > 0;
        if (!refused && !import.DryRun)
        {
            await session.ExecuteAsync(AuditSql,
                new { import.ApiKeyId, import.RequestId, import.Kind, import.Id, pass.Accepted, pass.Rejected, counts.Created, counts.Updated }, ct);
        }

        var outcome = new ImportOutcome(refused ? "REJECTED" : "DONE", null, null, pass.Read, pass.Accepted, pass.Rejected, counts,
            JsonSerializer.Serialize(pass.Reasons, ImportJson.Options), JsonSerializer.Serialize(pass.Notes, ImportJson.Options));
        var ledger = new ImportLedger(session);
        await ledger.DescribeAsync(import, map, ct);
        return await ledger.FinishAsync(import, outcome, ct);
    }

    /// <summary>One pass: every row is read, judged and written, the refused ones with their reasons.</summary>
    private static async Task<(ImportPass Pass, ImportCounts Counts)> TakeAsync(
        ClaimedImport import, ImportKind kind, ColumnMap map, UploadedFile file, TenantSession session, ImportTelling telling, CancellationToken ct)
    {
        await telling.WriteAsync(ledger => ledger.RecogniseAsync(import, file.Format, file.Encoding, ct));
        await using var rows = file.Rows.GetAsyncEnumerator(ct);
        var sample = await TakeAsync(rows, ColumnMap.SampleRows);
        await DecideAsync(import, kind, map, sample, session, demandAll: file.Format != "ndjson", telling, ct);
        var read = await kind.PrepareAsync(session, new ImportTerms(import.ForOrganizationId, import.RegisterCompanies), ct);
        var pass = new ImportPass();
        await using var chunks = new ImportChunks(session, import, kind.Writer(session));
        foreach (var row in sample)
        {
            await AddAsync(row);
        }

        while (await rows.MoveNextAsync())
        {
            await AddAsync(rows.Current);
        }

        var counts = await chunks.FinishAsync(ct);
        await telling.ReportAsync(pass.Read);
        return (pass, counts);

        async ValueTask AddAsync(FileRow row)
        {
            var scan = map.Scan(row);
            var staged = read(scan);
            if (pass.Judge(scan, staged) is { Count: > 0 } problems)
            {
                var (headers, cells) = map.Keep(row);
                await chunks.RefuseAsync(row.Number, problems, headers, cells, ct);
            }
            else
            {
                map.CountKept(scan.Unparsed);
                await chunks.AddAsync(row.Number, staged, ct);
            }

            if (pass.Read % RowsPerReport == 0)
            {
                await telling.ReportAsync(pass.Read);
            }
        }
    }

    /// <summary>The first rows decide what each column is; that is written down at once, so that it shows also where the file is refused for a missing column.</summary>
    private static async Task DecideAsync(
        ClaimedImport import, ImportKind kind, ColumnMap map, List<FileRow> sample, TenantSession session, bool demandAll, ImportTelling telling, CancellationToken ct)
    {
        if (sample.Count == 0)
        {
            throw new FileRefusedException("no_rows", "文件里没有数据行。");
        }

        map.Sample(sample);
        map.Decide(await new MappingStore(session).FindAsync(kind.Name, map.Signature, ct));
        await telling.WriteAsync(ledger => ledger.DescribeAsync(import, map, ct));
        if (demandAll)
        {
            map.RequireColumns();
        }
    }

    private static async ValueTask<List<FileRow>> TakeAsync(IAsyncEnumerator<FileRow> rows, int most)
    {
        var taken = new List<FileRow>();
        while (taken.Count < most && await rows.MoveNextAsync())
        {
            taken.Add(rows.Current);
        }

        return taken;
    }
}
