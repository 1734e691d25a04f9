using Dapper;
using Npgsql;

namespace Matching.Service.Jobs;

/// <summary>
/// Makes the scheduler's tables as the owner role, so that the application needs no right to create any. The statements are the package's own and only create
/// what is missing.
/// </summary>
internal static class QuartzSchema
{
    private const string Resource = "Quartz.Impl.AdoJobStore.Schema.create_postgres.sql";

    public static async Task ApplyAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var stream = typeof(Quartz.IScheduler).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException("The scheduler's package no longer brings its PostgreSQL schema.");
        using var reader = new StreamReader(stream);
        var sql = (await reader.ReadToEndAsync(ct)).Replace("{0}", "quartz.qrtz_", StringComparison.Ordinal).Replace("{1}", "qrtz_", StringComparison.Ordinal);
        await connection.ExecuteAsync(new CommandDefinition(sql, cancellationToken: ct));
    }
}
