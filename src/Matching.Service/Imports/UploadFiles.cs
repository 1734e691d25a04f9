using Matching.Service.Data;

namespace Matching.Service.Imports;

/// <summary>Brings an upload from the database into a local temporary file, for reading it takes seeking; the file vanishes when closed.</summary>
internal sealed class UploadFiles(TenantSessionFactory sessions)
{
    private const string ChunkSql = """
        SELECT content FROM import_chunk
        WHERE consortium_id = current_consortium() AND import_id = @Id AND position = @Position
        """;

    public async Task<Stream> OpenAsync(long consortium, long import, CancellationToken ct)
    {
        // Made by GetTempFileName the file is the service's user's alone; an upload may hold personal columns.
        var file = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 65_536, FileOptions.DeleteOnClose);
        try
        {
            await using var session = sessions.Open(TenantContext.Job(consortium));
            for (var position = 0; await session.FindAsync<byte[]>(ChunkSql, new { Id = import, Position = position }, ct) is { } chunk; position++)
            {
                await file.WriteAsync(chunk, ct);
            }

            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }
}
