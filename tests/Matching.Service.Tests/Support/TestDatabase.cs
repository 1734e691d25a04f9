using Dapper;
using Matching.Service.Data;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Matching.Service.Tests.Support;

/// <summary>A migrated database of the test class's own, cloned from a template that is built once per test run.</summary>
public sealed class TestDatabase : IAsyncLifetime
{
    // What the service logs in as here: a member of the application's roles and nothing more, as an operator should set it up.
    private const string ServiceLogin = "matching_service";

    private static readonly Lazy<Task<string>> Template = new(CreateTemplateAsync);

    private readonly string _name = $"test_{Guid.NewGuid():n}";

    /// <summary>Connects as the owner of the server, past every policy; tests arrange and inspect with it.</summary>
    public NpgsqlDataSource Owner { get; private set; } = null!;

    /// <summary>The service's own login.</summary>
    public NpgsqlDataSource Service { get; private set; } = null!;

    public string OwnerConnectionString => For(_name);

    public string ServiceConnectionString => new NpgsqlConnectionStringBuilder(For(_name)) { Username = ServiceLogin, Password = ServiceLogin }.ConnectionString;

    public async Task InitializeAsync()
    {
        var template = await Template.Value;
        await OnServerAsync($"CREATE DATABASE {_name} TEMPLATE {template}");
        Owner = NpgsqlDataSource.Create(OwnerConnectionString);
        Service = NpgsqlDataSource.Create(ServiceConnectionString);
    }

    public async Task DisposeAsync()
    {
        await Owner.DisposeAsync();
        await Service.DisposeAsync();
        await OnServerAsync($"DROP DATABASE {_name} WITH (FORCE)");
    }

    internal TenantSession Open(TenantContext tenant) => new(Service, tenant);

    private static async Task<string> CreateTemplateAsync()
    {
        var name = $"template_{Guid.NewGuid():n}";
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        await OnServerAsync($"CREATE DATABASE {name}");
        // A template cannot be cloned while anybody is connected to it, so nothing may linger in a pool.
        await using var source = NpgsqlDataSource.Create(For(name) + ";Pooling=false");
        await new Migrator(source, NullLogger<Migrator>.Instance).ApplyAsync(CancellationToken.None);
        await OnServerAsync($"""
            DO $$ BEGIN
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ServiceLogin}') THEN
                    CREATE ROLE {ServiceLogin} LOGIN PASSWORD '{ServiceLogin}' IN ROLE matching_app, matching_loader;
                END IF;
            END $$
            """);
        return name;
    }

    private static async Task OnServerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(For("postgres") + ";Pooling=false");
        await connection.ExecuteAsync(sql);
    }

    private static string For(string database) =>
        new NpgsqlConnectionStringBuilder(PrivateCluster.ConnectionString) { Database = database, IncludeErrorDetail = true, MaxPoolSize = 20 }.ConnectionString;
}
