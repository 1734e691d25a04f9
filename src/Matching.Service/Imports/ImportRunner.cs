using Matching.Service.Data;
using Matching.Service.Imports.Files;
using Npgsql;

namespace Matching.Service.Imports;

/// <summary>
/// Carries out imports. All of a file happens in one transaction that ends with the fenced update of the import's own row: a process that dies at any line
/// leaves nothing of the file, another worker starts it anew, and one that lost it in the meantime cannot commit.
/// </summary>
internal sealed class ImportRunner(TenantSessionFactory sessions, ImportLoading loading, UploadFiles uploads, ILogger<ImportRunner> logger)
{
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
        await using var session = sessions.Open(new TenantContext(import.Role, consortium, import.OrganizationId, import.ApiKeyId, import.RequestId));
        var telling = new ImportTelling(
            what => InOwnTransactionAsync(consortium, what, ct),
            read => ReportAsync(consortium, import, (int)(90 * upload.Position / upload.Length), read, ct));
        if (!await loading.LoadAsync(session, import, known => UploadedFile.Open(upload, known), telling, ct))
        {
            throw new ImportLostException();
        }

        // Until here nothing of the file exists for anybody; from here on all of it does.
        await session.CommitAsync(ct);
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
