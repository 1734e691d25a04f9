using System.Text.Json;
using Matching.Service.Data;
using Matching.Service.Imports.Files;
using Matching.Service.Imports.Mapping;
using Npgsql;

namespace Matching.Service.Imports;

/// <summary>
/// Carries out imports. All of a file happens in one transaction that ends with the fenced update of the import's own row: a process that dies at any line
/// leaves nothing of the file, another worker starts it anew, and one that lost it in the meantime cannot commit.
/// </summary>
internal sealed class ImportRunner(TenantSessionFactory sessions, ImportKinds kinds, UploadFiles uploads, CellReading reading, ILogger<ImportRunner> logger)
{
    private const int RowsPerReport = 2_000;

    private const string SettingsSql = "SELECT set_config('app.audit', 'summary', true), set_config('statement_timeout', '1800000', true)";

    private const string RejectionSql = """
        INSERT INTO import_rejection (consortium_id, import_id, row_number, problems, headers, cells)
        SELECT current_consortium(), @Id, row_number, problems, headers, cells FROM stage WHERE problems IS NOT NULL
        """;

    private const string AuditSql = """
        INSERT INTO audit_log (consortium_id, role, api_key_id, organization_id, request_id, action, resource, resource_id, after)
        VALUES (current_consortium(), current_app_role(), @ApiKeyId, current_organization(), @RequestId, 'IMPORT', @Kind, @Id,
                jsonb_build_object('accepted', @Accepted, 'rejected', @Rejected, 'created', @Created, 'updated', @Updated))
        """;

    /// <summary>
    /// Carries out an import; one that has ended or been cancelled is left alone. A failure that is not the file's is thrown, for the job to try again;
    /// in the last attempt the import fails for good.
    /// </summary>
    /// <param name="consortium">Whose it is.</param>
    /// <param name="id">The import.</param>
    /// <param name="token">Fencing token; grows with every attempt, on whatever node.</param>
    /// <param name="lastAttempt">Nobody will try again.</param>
    /// <param name="ct">Cancels; what is done so far is undone.</param>
    public async Task RunAsync(long consortium, long id, long token, bool lastAttempt, CancellationToken ct)
    {
        if (await InOwnTransactionAsync(consortium, ledger => ledger.TakeAsync(id, token, ct), ct) is not { } import)
        {
            return;
        }

        try
        {
            await using var upload = await uploads.OpenAsync(consortium, id, ct);
            await LoadAsync(consortium, import, upload, ct);
        }
        catch (FileRefusedException refused)
        {
            await FailAsync(consortium, import, refused.Code, refused.Message, ct);
        }
        catch (ImportLostException)
        {
            logger.LogInformation("Import {Import} was cancelled or taken over; this attempt leaves nothing behind", id);
        }
        catch (PostgresException conflict) when (lastAttempt && conflict.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            await FailAsync(consortium, import, "conflicts_with_known_records",
                $"文件中有编号或名称与平台上的另一条记录相同（{conflict.ConstraintName}），请核对后再上传。", ct);
        }
        catch (Exception) when (lastAttempt && !ct.IsCancellationRequested)
        {
            await FailAsync(consortium, import, "internal_error", "多次尝试都未能完成，已记录，请联系平台运营。", ct);
            throw;
        }
    }

    private async Task LoadAsync(long consortium, ClaimedImport import, Stream upload, CancellationToken ct)
    {
        var kind = kinds.Find(import.Kind) ?? throw new InvalidOperationException($"No import kind {import.Kind}.");
        await using var session = sessions.Open(new TenantContext(import.Role, consortium, import.OrganizationId, import.ApiKeyId, import.RequestId));
        await session.ExecuteAsync(SettingsSql, null, ct);
        var map = new ColumnMap(kind, reading);
        var pass = await StageAsync(consortium, import, kind, map, upload, session, ct);

        var refused = import.Mode == "all-or-nothing" && pass.Rejected > 0;
        var counts = refused || import.DryRun || pass.Accepted == 0 ? new ImportCounts(0, 0) : await kind.WriteAsync(session, ct);
        await session.ExecuteAsync(RejectionSql, new { import.Id }, ct);
        if (!refused && !import.DryRun)
        {
            await session.ExecuteAsync(AuditSql,
                new { import.ApiKeyId, import.RequestId, import.Kind, import.Id, pass.Accepted, pass.Rejected, counts.Created, counts.Updated }, ct);
        }

        var outcome = new ImportOutcome(refused ? "REJECTED" : "DONE", null, null, pass.Read, pass.Accepted, pass.Rejected, counts,
            JsonSerializer.Serialize(pass.Reasons, ImportJson.Options), JsonSerializer.Serialize(pass.Notes, ImportJson.Options));
        var ledger = new ImportLedger(session);
        await ledger.DescribeAsync(import, map, ct);
        if (!await ledger.FinishAsync(import, outcome, ct))
        {
            throw new ImportLostException();
        }

        // Until here nothing of the file exists for anybody; from here on all of it does.
        await session.CommitAsync(ct);
    }

    /// <summary>One pass: every row is read, judged and copied into the stage, the refused ones with their reasons.</summary>
    private async Task<ImportPass> StageAsync(
        long consortium, ClaimedImport import, ImportKind kind, ColumnMap map, Stream upload, TenantSession session, CancellationToken ct)
    {
        var file = UploadedFile.Open(upload, map.Knows);
        await InOwnTransactionAsync(consortium, ledger => ledger.RecogniseAsync(import, file.Format, file.Encoding, ct), ct);
        using var rows = file.Rows.GetEnumerator();
        var sample = Take(rows, ColumnMap.SampleRows);
        await DecideAsync(consortium, import, kind, map, sample, session, demandAll: file.Format != "ndjson", ct);
        var read = await kind.PrepareAsync(session, new ImportTerms(import.ForOrganizationId, import.RegisterCompanies), ct);
        var stage = new ImportStage(kind, session);
        await stage.CreateAsync(ct);
        var pass = new ImportPass();
        await using (var writer = await stage.OpenAsync(ct))
        {
            foreach (var row in sample.Concat(Remaining(rows)))
            {
                var scan = map.Scan(row);
                var staged = read(scan);
                if (pass.Judge(scan, staged) is { Count: > 0 } problems)
                {
                    var (headers, cells) = map.Keep(row);
                    await stage.WriteRefusedAsync(writer, row.Number, problems, headers, cells, ct);
                }
                else
                {
                    await stage.WriteAsync(writer, row.Number, staged, ct);
                    map.CountKept(scan.Unparsed);
                }

                if (pass.Read % RowsPerReport == 0)
                {
                    await ReportAsync(consortium, import, (int)(90 * upload.Position / upload.Length), pass.Read, ct);
                }
            }

            await writer.CompleteAsync(ct);
        }

        await session.ExecuteAsync("ANALYZE stage", null, ct);
        await ReportAsync(consortium, import, 90, pass.Read, ct);
        return pass;
    }

    /// <summary>The first rows decide what each column is; that is written down at once, so that it shows also where the file is refused for a missing column.</summary>
    private async Task DecideAsync(
        long consortium, ClaimedImport import, ImportKind kind, ColumnMap map, List<FileRow> sample, TenantSession session, bool demandAll, CancellationToken ct)
    {
        if (sample.Count == 0)
        {
            throw new FileRefusedException("no_rows", "文件里没有数据行。");
        }

        map.Sample(sample);
        map.Decide(await new MappingStore(session).FindAsync(kind.Name, map.Signature, ct));
        await InOwnTransactionAsync(consortium, ledger => ledger.DescribeAsync(import, map, ct), ct);
        if (demandAll)
        {
            map.RequireColumns();
        }
    }

    private static List<FileRow> Take(IEnumerator<FileRow> rows, int most)
    {
        var taken = new List<FileRow>();
        while (taken.Count < most && rows.MoveNext())
        {
            taken.Add(rows.Current);
        }

        return taken;
    }

    private static IEnumerable<FileRow> Remaining(IEnumerator<FileRow> rows)
    {
        while (rows.MoveNext())
        {
            yield return rows.Current;
        }
    }

    private async Task ReportAsync(long consortium, ClaimedImport import, int percent, int read, CancellationToken ct)
    {
        if (!await InOwnTransactionAsync(consortium, ledger => ledger.ReportAsync(import, percent, read, ct), ct))
        {
            throw new ImportLostException();
        }
    }

    private Task<bool> FailAsync(long consortium, ClaimedImport import, string code, string reason, CancellationToken ct) => InOwnTransactionAsync(
        consortium, ledger => ledger.FinishAsync(import, new ImportOutcome("FAILED", code, reason, 0, 0, 0, new ImportCounts(0, 0), "[]", "[]"), ct), ct);

    private Task<bool> InOwnTransactionAsync(long consortium, Func<ImportLedger, Task> action, CancellationToken ct) => InOwnTransactionAsync(consortium, async ledger =>
    {
        await action(ledger);
        return true;
    }, ct);

    private async Task<T> InOwnTransactionAsync<T>(long consortium, Func<ImportLedger, Task<T>> action, CancellationToken ct)
    {
        await using var session = sessions.Open(TenantContext.Job(consortium));
        var result = await action(new ImportLedger(session));
        await session.CommitAsync(ct);
        return result;
    }
}

/// <summary>The import was cancelled, or another node took it over: this attempt must leave nothing.</summary>
internal sealed class ImportLostException : Exception;
