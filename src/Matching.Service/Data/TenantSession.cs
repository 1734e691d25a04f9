using System.Data;
using Dapper;
using Npgsql;

namespace Matching.Service.Data;

/// <summary>
/// One transaction as the application role (no superuser, no BYPASSRLS) with the tenant set for exactly its duration.
/// It opens on first use, and BEGIN and the settings travel in one batch, so a read costs one extra round trip at most.
/// Without <see cref="CommitAsync"/> everything rolls back.
/// </summary>
internal sealed class TenantSession(NpgsqlDataSource db, TenantContext tenant, IsolationLevel isolation = IsolationLevel.ReadCommitted) : IAsyncDisposable
{
    private NpgsqlConnection? _connection;
    private bool _open;

    public TenantContext Tenant => tenant;

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? args, CancellationToken ct) =>
        (await (await ConnectionAsync(ct)).QueryAsync<T>(Command(sql, args, ct))).AsList();

    /// <summary>The first row, or null when there is none.</summary>
    public async Task<T?> FindAsync<T>(string sql, object? args, CancellationToken ct) =>
        await (await ConnectionAsync(ct)).QueryFirstOrDefaultAsync<T>(Command(sql, args, ct));

    /// <summary>Returns how many rows were affected.</summary>
    public async Task<int> ExecuteAsync(string sql, object? args, CancellationToken ct) =>
        await (await ConnectionAsync(ct)).ExecuteAsync(Command(sql, args, ct));

    /// <summary>The connection inside the tenant's transaction, for COPY and for reading row by row.</summary>
    public async Task<NpgsqlConnection> ConnectionAsync(CancellationToken ct)
    {
        if (_connection is null)
        {
            _connection = await db.OpenConnectionAsync(ct);
        }

        if (!_open)
        {
            await BeginAsync(_connection, ct);
            _open = true;
        }

        return _connection;
    }

    public async Task CommitAsync(CancellationToken ct)
    {
        if (_open)
        {
            _open = false;
            await RunAsync("COMMIT", ct);
        }
    }

    public async Task RollbackAsync(CancellationToken ct)
    {
        if (_open)
        {
            _open = false;
            // Of a connection that is gone the server has undone it.
            if (_connection!.FullState == ConnectionState.Open)
            {
                await RunAsync("ROLLBACK", ct);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await RollbackAsync(CancellationToken.None);
            await _connection.DisposeAsync();
            _connection = null;
        }
    }

    private async Task BeginAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(isolation switch
        {
            IsolationLevel.RepeatableRead => "BEGIN ISOLATION LEVEL REPEATABLE READ",
            IsolationLevel.Serializable => "BEGIN ISOLATION LEVEL SERIALIZABLE",
            _ => "BEGIN",
        }));
        var settings = new NpgsqlBatchCommand("""
            SELECT set_config('role', $1, true), set_config('app.role', $2, true), set_config('app.consortium', $3, true),
                   set_config('app.organization', $4, true), set_config('app.key', $5, true), set_config('app.request', $6, true)
            """);
        foreach (var value in (string[])[Roles.App, tenant.Role, Text(tenant.ConsortiumId), Text(tenant.OrganizationId), Text(tenant.KeyId), tenant.RequestId ?? ""])
        {
            settings.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value });
        }

        batch.BatchCommands.Add(settings);
        await batch.ExecuteNonQueryAsync(ct);
    }

    private async Task RunAsync(string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static string Text(long? value) => value?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "";

    private static CommandDefinition Command(string sql, object? args, CancellationToken ct) => new(sql, args, cancellationToken: ct);
}
