using Dapper;
using Npgsql;

namespace Matching.Service.Data;

/// <summary>Registers the data source everybody shares, and the migrator.</summary>
internal static class DataSetup
{
    public static void AddData(this IServiceCollection services, MatchingOptions options)
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.AddTypeHandler(new ArrayHandler<string>());
        Dapper.SqlMapper.AddTypeHandler(new ArrayHandler<long>());
        services.AddSingleton(CreateSource(options.ConnectionString, options));
        services.AddSingleton<TenantSessionFactory>();
        services.AddSingleton<DatabaseNotices>();
        services.AddHostedService(provider => provider.GetRequiredService<DatabaseNotices>());
        services.AddSingleton(provider => new Migrator(
            options.OwnerConnectionString.Length > 0 ? CreateSource(options.OwnerConnectionString, options) : provider.GetRequiredService<NpgsqlDataSource>(),
            provider.GetRequiredService<ILogger<Migrator>>()));
    }

    private const int ServerGoneSeconds = 1_860;

    internal static NpgsqlDataSource CreateSource(string connectionString, MatchingOptions options)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "matching" };
        // Statements are few and fixed, so preparing them automatically is worth 1.4x on reads; a role set by a session lasts for its transaction only.
        settings.MaxAutoPrepare = settings.MaxAutoPrepare == 0 ? 200 : settings.MaxAutoPrepare;
        // The server ends what runs too long (statement_timeout, which an import raises for itself); the client's own clock only guards against a server that is gone.
        settings.CommandTimeout = ServerGoneSeconds;
        // Policies make plans look dear, and compiling one takes seconds where running it takes milliseconds.
        settings.Options = $"-c jit=off -c statement_timeout={options.StatementTimeoutSeconds * 1000} {settings.Options}".Trim();
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }
}
