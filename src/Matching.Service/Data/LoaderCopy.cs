namespace Matching.Service.Data;

/// <summary>A table whose new rows the loader writes.</summary>
/// <param name="Name">The table; its key is (consortium_id, id).</param>
/// <param name="OwnerColumn">The column, among <paramref name="Columns"/>, that names the organization whose row it is.</param>
/// <param name="Columns">What is written besides the key, each with its SQL type.</param>
internal sealed record LoadTable(string Name, string OwnerColumn, IReadOnlyList<(string Name, string Type)> Columns);

/// <summary>A table of parts of such rows.</summary>
/// <param name="Name">The table.</param>
/// <param name="ParentColumn">The column that names the row it is a part of.</param>
/// <param name="Columns">What is written besides that and the consortium, each with its SQL type.</param>
internal sealed record PartTable(string Name, string ParentColumn, IReadOnlyList<(string Name, string Type)> Columns);

/// <summary>
/// New rows on their way straight into their table, by COPY as the loader, for PostgreSQL refuses COPY into a table with policies. What the policies would demand is therefore
/// made sure of here: the consortium is the session's and written by this class alone; a row is owned by the session's organization, unless the database says of the session,
/// as the policies ask it, that it is the staff's; a part belongs to a row of the last block, which this object has written. That a row's owner is of the consortium the foreign key
/// demands. The session is the loader for the length of a COPY and no longer, and only where the import's own entry audits the rows (<c>app.audit</c>): it may not write any other.
/// </summary>
internal sealed class LoaderCopy(TenantSession session, LoadTable table)
{
    private const string CallerSql = "SELECT current_consortium() AS consortium, current_organization() AS organization, is_staff() AS staff";

    private readonly int _owner = table.Columns.Select(column => column.Name).ToList().IndexOf(table.OwnerColumn);
    private readonly HashSet<long> _drawn = [];
    private readonly HashSet<long> _written = [];
    private Caller? _caller;

    /// <summary>Numbers for the next block of rows. The block before is closed: its rows take no more parts.</summary>
    public async Task<long[]> DrawAsync(int count, CancellationToken ct)
    {
        _drawn.Clear();
        _written.Clear();
        var ids = await session.QueryAsync<long>($"SELECT nextval(pg_get_serial_sequence('{table.Name}', 'id')) FROM generate_series(1, @count)", new { count }, ct);
        _drawn.UnionWith(ids);
        return [.. ids];
    }

    /// <summary>Writes rows: the number drawn, then the table's columns.</summary>
    public async Task WriteAsync(IEnumerable<object?[]> rows, CancellationToken ct)
    {
        var caller = await CallerAsync(ct);
        await CopyAsync(table.Name, "id", table.Columns, rows, row => Require(
            row[0] is long id && _drawn.Remove(id) && _written.Add(id) && row[1 + _owner] is long owner && (caller.Staff || owner == caller.Organization)), ct);
    }

    /// <summary>Writes parts of the rows just written: the row's number, then the part's columns.</summary>
    public Task WriteAsync(PartTable part, IEnumerable<object?[]> rows, CancellationToken ct) =>
        CopyAsync(part.Name, part.ParentColumn, part.Columns, rows, row => Require(row[0] is long parent && _written.Contains(parent)), ct);

    private void Require(bool allowed)
    {
        if (!allowed)
        {
            throw new InvalidOperationException($"A row for {table.Name} that the caller may not write.");
        }
    }

    private async Task CopyAsync(
        string into, string key, IReadOnlyList<(string Name, string Type)> columns, IEnumerable<object?[]> rows, Action<object?[]> check, CancellationToken ct)
    {
        object?[] consortium = [(await CallerAsync(ct)).Consortium];
        try
        {
            await session.ExecuteAsync($"SET LOCAL ROLE {Roles.Loader}", null, ct);
            await using (var copy = await BinaryCopy.OpenAsync(await session.ConnectionAsync(ct), into, [("consortium_id", "bigint"), (key, "bigint"), .. columns], ct))
            {
                foreach (var row in rows)
                {
                    check(row);
                    await copy.WriteAsync(consortium, row, ct);
                }

                await copy.CompleteAsync(ct);
            }

            await session.ExecuteAsync($"SET LOCAL ROLE {Roles.App}", null, ct);
        }
        catch
        {
            // Whatever went wrong, nothing goes on as the loader: with the transaction its role ends too.
            await session.RollbackAsync(CancellationToken.None);
            throw;
        }
    }

    private async Task<Caller> CallerAsync(CancellationToken ct) => _caller ??=
        await session.FindAsync<Caller>(CallerSql, null, ct) is { Consortium: not null } caller ? caller : throw new InvalidOperationException("Rows are loaded in a consortium.");

    private sealed record Caller(long? Consortium, long? Organization, bool Staff);
}
