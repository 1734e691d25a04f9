using System.Security.Cryptography;
using Matching.Service.Data;
using Matching.Service.Imports.Files;

namespace Matching.Service.Imports;

/// <summary>Imports as requests see them; row-level security leaves each organization its own.</summary>
internal sealed class ImportStore(TenantSession session)
{
    private const int ChunkBytes = 1 << 20;

    private const string Columns = """
        id, kind, mode, dry_run, state, failure_code, failure_reason, file_name, bytes, format, encoding, percent, rows_read, rows_accepted, rows_rejected,
        rows_created, rows_updated, reasons::text AS reasons, dropped_columns, ignored_columns, columns::text AS columns, missing_columns, notes::text AS notes, companies_registered,
        header_signature, created_at, finished_at
        """;

    private const string InsertSql = """
        INSERT INTO import (consortium_id, organization_id, role, api_key_id, request_id, kind, mode, dry_run, file_name, bytes, sha256,
                            for_organization_id, register_companies)
        VALUES (current_consortium(), @OrganizationId, @Role, @KeyId, @RequestId, @Kind, @Mode, @DryRun, @FileName, 0, '', @ForOrganizationId, @RegisterCompanies)
        RETURNING id
        """;

    private const string InsertChunkSql = """
        INSERT INTO import_chunk (consortium_id, import_id, position, content) VALUES (current_consortium(), @Id, @Position, @Content)
        """;

    private const string CompleteSql = $"""
        UPDATE import SET bytes = @Bytes, sha256 = @Hash WHERE consortium_id = current_consortium() AND id = @Id
        RETURNING {Columns}
        """;

    private const string FindSql = $"SELECT {Columns} FROM import WHERE consortium_id = current_consortium() AND id = @Id";

    private const string ListSql = $"""
        SELECT {Columns}
        FROM import
        WHERE consortium_id = current_consortium() AND (@Before::bigint IS NULL OR id < @Before) AND (@Kind::text IS NULL OR kind = @Kind)
        ORDER BY id DESC
        LIMIT @Take + 1
        """;

    private const string WaitingSql = """
        SELECT count(*) FROM import
        WHERE consortium_id = current_consortium() AND organization_id IS NOT DISTINCT FROM current_organization() AND state IN ('QUEUED', 'RUNNING')
        """;

    private const string IsOwnerSql = "SELECT EXISTS (SELECT FROM organization WHERE consortium_id = current_consortium() AND id = @Id AND kind = @Kind)";

    private const string CancelSql = """
        UPDATE import SET state = 'CANCELLED', finished_at = now()
        WHERE consortium_id = current_consortium() AND id = @Id AND state IN ('QUEUED', 'RUNNING')
        """;

    private const string ForgetUploadSql = "DELETE FROM import_chunk WHERE consortium_id = current_consortium() AND import_id = @Id";

    private const string DeleteSql = "DELETE FROM import WHERE consortium_id = current_consortium() AND id = @Id";

    private const string RejectedHeadersSql = """
        SELECT h.header
        FROM import_rejection r, unnest(r.headers) WITH ORDINALITY AS h (header, position)
        WHERE r.consortium_id = current_consortium() AND r.import_id = @Id
        GROUP BY h.header
        ORDER BY min(r.row_number), min(h.position)
        """;

    private const string RejectedSql = """
        SELECT row_number, problems::text AS problems, headers, cells
        FROM import_rejection
        WHERE consortium_id = current_consortium() AND import_id = @Id AND row_number > @After
        ORDER BY row_number
        LIMIT @Take
        """;

    /// <summary>Takes the upload in, a megabyte at a time, and queues its import.</summary>
    /// <exception cref="FileRefusedException">It is longer than <paramref name="maxBytes"/>, or empty.</exception>
    public async Task<ImportRow> InsertAsync(ImportRequest request, string fileName, Stream upload, long maxBytes, CancellationToken ct)
    {
        var tenant = session.Tenant;
        var id = await session.FindAsync<long>(InsertSql, new
        {
            tenant.OrganizationId, tenant.Role, tenant.KeyId, tenant.RequestId, request.Kind, request.Mode, request.DryRun, FileName = fileName,
            ForOrganizationId = request.OrganizationId, request.RegisterCompanies,
        }, ct);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[ChunkBytes];
        long bytes = 0;
        for (var position = 0; await upload.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct) is > 0 and var read; position++)
        {
            bytes += read;
            if (bytes > maxBytes)
            {
                throw new FileRefusedException("file_too_large", $"文件超过 {maxBytes / 1_000_000} MB。");
            }

            hash.AppendData(buffer, 0, read);
            await session.ExecuteAsync(InsertChunkSql, new { Id = id, Position = position, Content = buffer[..read] }, ct);
        }

        if (bytes == 0)
        {
            throw new FileRefusedException("empty_file", "文件是空的。");
        }

        await ImportJob.EnqueueAsync(session, id, ct);
        return (await session.FindAsync<ImportRow>(CompleteSql, new { Id = id, Bytes = bytes, Hash = hash.GetHashAndReset() }, ct))!;
    }

    /// <summary>Whether the organization is of the kind that has rows of this import.</summary>
    public Task<bool> IsOwnerAsync(long organization, string ownerKind, CancellationToken ct) =>
        session.FindAsync<bool>(IsOwnerSql, new { Id = organization, Kind = ownerKind }, ct);

    /// <summary>How many imports of the caller's organization have not ended.</summary>
    public Task<int> CountWaitingAsync(CancellationToken ct) => session.FindAsync<int>(WaitingSql, null, ct);

    public Task<ImportRow?> FindAsync(long id, CancellationToken ct) => session.FindAsync<ImportRow>(FindSql, new { Id = id }, ct);

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<ImportRow>> ListAsync(ImportQuery query, CancellationToken ct) =>
        session.QueryAsync<ImportRow>(ListSql, new { Before = query.After?.Id, query.Kind, query.Take }, ct);

    /// <summary>Cancels an import that has not ended: a node at work on it finds out at its next report, and nothing of the file stays. False when it had ended.</summary>
    public async Task<bool> CancelAsync(long id, CancellationToken ct) =>
        await session.ExecuteAsync(CancelSql, new { Id = id }, ct) == 1 && await session.ExecuteAsync(ForgetUploadSql, new { Id = id }, ct) >= 0;

    /// <summary>Forgets an ended import with its refused rows; what it brought in stays.</summary>
    public Task DeleteAsync(long id, CancellationToken ct) => session.ExecuteAsync(DeleteSql, new { Id = id }, ct);

    /// <summary>Every header that a refused row has, in the file's order.</summary>
    public Task<IReadOnlyList<string>> RejectedHeadersAsync(long id, CancellationToken ct) => session.QueryAsync<string>(RejectedHeadersSql, new { Id = id }, ct);

    public Task<IReadOnlyList<RejectedRow>> RejectedAsync(long id, int after, int take, CancellationToken ct) =>
        session.QueryAsync<RejectedRow>(RejectedSql, new { Id = id, After = after, Take = take }, ct);
}

/// <summary>A refused row as kept.</summary>
internal sealed record RejectedRow(int RowNumber, string Problems, string[] Headers, string[] Cells);
