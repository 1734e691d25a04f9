using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Matching.Service.Jobs;
using Matching.Service.Reference;
using Npgsql;

namespace Matching.Service.Data;

/// <summary>Brings a database to this build's schema: roles, then the embedded migrations in file order, each once and each in its own transaction, then the reference files.</summary>
/// <remarks>Dying at any line is harmless: the advisory lock ends with the connection and an unfinished migration rolls back.</remarks>
internal sealed class Migrator(NpgsqlDataSource db, ILogger<Migrator> logger)
{
    // Any constant will do; it only has to be the same on every node.
    private const long LockKey = 7_206_114_001;

    private const string JournalSql = """
        CREATE TABLE IF NOT EXISTS schema_migration (
            name       text        CONSTRAINT schema_migration_pk PRIMARY KEY,
            checksum   text        NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT now())
        """;

    /// <summary>Applies what is missing and returns how many migrations that were.</summary>
    /// <exception cref="InvalidOperationException">An applied migration was edited afterwards.</exception>
    public async Task<int> ApplyAsync(CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition("SELECT pg_advisory_lock(@LockKey)", new { LockKey }, cancellationToken: ct));
        try
        {
            await connection.ExecuteAsync(new CommandDefinition(Roles.BootstrapSql, cancellationToken: ct));
            await connection.ExecuteAsync($"SET ROLE {Roles.Owner}");
            var count = await ApplyMissingAsync(connection, ct);
            await QuartzSchema.ApplyAsync(connection, ct);
            await ReferenceLoader.LoadAsync(connection, ct);
            return count;
        }
        finally
        {
            await connection.ExecuteAsync("RESET ROLE");
            await connection.ExecuteAsync("SELECT pg_advisory_unlock(@LockKey)", new { LockKey });
        }
    }

    /// <summary>Whether the database has every migration of this build; readiness asks.</summary>
    public async Task<bool> IsCurrentAsync(CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var names = Scripts().Select(script => script.Name).ToArray();
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "SELECT to_regclass('schema_migration') IS NOT NULL", cancellationToken: ct))
            && await connection.ExecuteScalarAsync<long>(new CommandDefinition(
                "SELECT count(*) FROM schema_migration WHERE name = ANY(@names)", new { names }, cancellationToken: ct)) == names.Length;
    }

    private async Task<int> ApplyMissingAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await connection.ExecuteAsync(JournalSql);
        var applied = (await connection.QueryAsync<(string Name, string Checksum)>("SELECT name, checksum FROM schema_migration"))
            .ToDictionary(row => row.Name, row => row.Checksum);

        var count = 0;
        foreach (var (name, sql) in Scripts())
        {
            var checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
            if (!applied.TryGetValue(name, out var known))
            {
                await ApplyOneAsync(connection, name, sql, checksum, ct);
                count++;
            }
            else if (known != checksum)
            {
                throw new InvalidOperationException($"Migration {name} was edited after it was applied. Add a new one instead.");
            }
        }

        return count;
    }

    private async Task ApplyOneAsync(NpgsqlConnection connection, string name, string sql, string checksum, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition(sql, transaction: transaction, commandTimeout: 0, cancellationToken: ct));
        await connection.ExecuteAsync("INSERT INTO schema_migration (name, checksum) VALUES (@name, @checksum)", new { name, checksum }, transaction);
        await transaction.CommitAsync(ct);
        logger.LogInformation("Applied migration {Migration}", name);
    }

    internal static IEnumerable<(string Name, string Sql)> Scripts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith("Migrations/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return (resource["Migrations/".Length..], reader.ReadToEnd());
        }
    }
}
