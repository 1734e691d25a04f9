using Matching.Service.Data;
using Matching.Service.Imports.Files;
using Npgsql;

namespace Matching.Service.Imports;

/// <summary>
/// Takes in rows while they arrive (NDJSON, or delimited text), in the request's own transaction. Nothing is stored on the way, so nobody else sees the import until the answer: where the
/// sender, the node or the database goes away before that, not even the import's record is left, and the same feed can be sent again.
/// </summary>
internal sealed class ImportFeed(TenantSession session, ImportLoading loading)
{
    private const string BeginSql = """
        INSERT INTO import (consortium_id, organization_id, role, api_key_id, request_id, kind, mode, dry_run, file_name, bytes, sha256,
                            for_organization_id, register_companies, state, run_token, started_at)
        VALUES (current_consortium(), @OrganizationId, @Role, @KeyId, @RequestId, @Kind, @Mode, @DryRun, @FileName, 0, '', @ForOrganizationId, @RegisterCompanies,
                'RUNNING', 1, now())
        RETURNING id, run_token AS token, kind, mode, dry_run, role, organization_id, api_key_id, request_id, for_organization_id, register_companies
        """;

    private const string MeasureSql = "UPDATE import SET bytes = @Bytes, sha256 = @Hash WHERE consortium_id = current_consortium() AND id = @Id";

    /// <summary>Reads the body to its end and answers the import's number; the request's transaction makes it true.</summary>
    /// <exception cref="FileRefusedException">The feed as a whole cannot be taken.</exception>
    public async Task<long> TakeAsync(ImportRequest request, string fileName, FeedType type, Stream body, long maxBytes, CancellationToken ct)
    {
        var tenant = session.Tenant;
        var import = (await session.FindAsync<ClaimedImport>(BeginSql, new
        {
            tenant.OrganizationId, tenant.Role, tenant.KeyId, tenant.RequestId, request.Kind, request.Mode, request.DryRun, FileName = fileName,
            ForOrganizationId = request.OrganizationId, request.RegisterCompanies,
        }, ct))!;
        await using var feed = new FeedBody(body, maxBytes);
        var telling = new ImportTelling(what => what(new ImportLedger(session)), _ => Task.CompletedTask);
        try
        {
            var head = type.IsTable ? await feed.HeadAsync(TextEncodings.HeadBytes, ct) : default;
            await loading.LoadAsync(session, import, known => type.IsTable ? UploadedFile.Feed(feed, head.Span, type.Encoding, known) : UploadedFile.Feed(feed), telling, ct);
        }
        catch (PostgresException conflict) when (conflict.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new FileRefusedException("conflicts_with_known_records", $"有编号或名称与平台上的另一条记录相同（{conflict.ConstraintName}），请核对后再发送。");
        }

        await session.ExecuteAsync(MeasureSql, new { import.Id, feed.Bytes, Hash = feed.Hash() }, ct);
        return import.Id;
    }
}
