using System.Globalization;
using Npgsql;

namespace Matching.Service.Data;

/// <summary>How an embedded cluster runs.</summary>
/// <param name="Durable">False only for throw-away clusters: nothing is flushed, a crash loses everything.</param>
/// <param name="MaxConnections">Connections the server accepts.</param>
internal sealed record EmbeddedClusterOptions(bool Durable = true, int MaxConnections = 100);

/// <summary>
/// A private PostgreSQL in a folder of ours: real, alone, reached through a Unix socket in that folder and from nowhere else.
/// It serves a trial on one machine and the tests; production names its own server.
/// </summary>
internal sealed class EmbeddedCluster : IAsyncDisposable
{
    private const string SuperUser = "postgres";
    private static readonly TimeSpan OwnerPatience = TimeSpan.FromSeconds(60);
    private readonly PostgresBinaries _binaries;
    private readonly string _data;
    private readonly string _sockets;
    private readonly FileStream? _ownership;

    private EmbeddedCluster(PostgresBinaries binaries, string data, string sockets, FileStream? ownership)
    {
        _binaries = binaries;
        _data = data;
        _sockets = sockets;
        _ownership = ownership;
    }

    // A Unix socket's buffer does not grow with what is sent, as that of TCP does: this is what TCP would come to, so that rows being copied lie ready when the server asks.
    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = _sockets, Port = 5432, Username = SuperUser, Database = database, SocketSendBufferSize = 1 << 20,
    }.ConnectionString;

    /// <summary>
    /// Starts the cluster of <paramref name="directory"/>, making it first where there is none, or attaches to it when another process runs it.
    /// Dying while it is made leaves a folder that the next start replaces.
    /// </summary>
    /// <exception cref="InvalidOperationException">No PostgreSQL here, or it does not start; the message says what to do.</exception>
    public static async Task<EmbeddedCluster> StartAsync(string directory, EmbeddedClusterOptions options, CancellationToken ct)
    {
        var binaries = PostgresBinaries.Find();
        var root = Directory.CreateDirectory(Path.GetFullPath(directory)).FullName;
        var data = Path.Combine(root, "pg");
        // A socket's path holds 107 bytes at most, so it lives under the system's temporary folder, named after the data folder.
        var sockets = Path.Combine(Path.GetTempPath(), $"matching-{PathHash(data)}");
        await PrepareFoldersAsync(binaries, root, sockets, ct);
        var cluster = new EmbeddedCluster(binaries, data, sockets, TryOwn(Path.Combine(root, "owner.lock")));
        if (cluster._ownership is null)
        {
            await cluster.WaitForOwnerAsync(ct);
            return cluster;
        }

        if (!Directory.Exists(data))
        {
            await InitializeAsync(binaries, data, ct);
        }

        // Running already: its owner was killed, and it is ours from here on.
        if (await binaries.TryRunAsync("pg_ctl", ["-D", data, "status"], ct) != 0)
        {
            await StartServerAsync(binaries, data, sockets, options, ct);
        }

        return cluster;
    }

    /// <summary>Makes the database where it is missing.</summary>
    public async Task EnsureDatabaseAsync(string database, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync(ct);
        await using var exists = new NpgsqlCommand("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", connection) { Parameters = { new() { Value = database } } };
        if (await exists.ExecuteScalarAsync(ct) is false)
        {
            await using var create = new NpgsqlCommand($"CREATE DATABASE \"{database}\"", connection);
            await create.ExecuteNonQueryAsync(ct);
        }
    }

    /// <summary>Stops the server, unless it belongs to another process.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_ownership is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await _binaries.RunAsync("pg_ctl", ["-D", _data, "-m", "fast", "-w", "stop"], CancellationToken.None);
            Directory.Delete(_sockets, recursive: true);
            await _ownership.DisposeAsync();
        }
    }

    /// <summary>Null when another living process owns the cluster: the system drops the lock of one that died.</summary>
    private static FileStream? TryOwn(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private async Task WaitForOwnerAsync(CancellationToken ct)
    {
        for (var until = DateTime.UtcNow + OwnerPatience; ; await Task.Delay(200, ct))
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
                await connection.OpenAsync(ct);
                return;
            }
            catch (NpgsqlException problem) when (DateTime.UtcNow > until)
            {
                throw new InvalidOperationException($"Another process holds {_data} but its server does not answer.", problem);
            }
            catch (NpgsqlException)
            {
                // Its owner is still starting it.
            }
        }
    }

    private static async Task PrepareFoldersAsync(PostgresBinaries binaries, string root, string sockets, CancellationToken ct)
    {
        Directory.CreateDirectory(sockets);
        await binaries.GiveToServerUserAsync(root, ct);
        await binaries.GiveToServerUserAsync(sockets, ct);
    }

    private static async Task InitializeAsync(PostgresBinaries binaries, string data, CancellationToken ct)
    {
        var unfinished = data + ".unfinished";
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        // Chinese order and classes come from ICU; with locale C trigrams of Chinese text would be empty.
        await binaries.RunAsync(
            "initdb",
            ["-D", unfinished, "-U", SuperUser, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=zh-Hans-CN", "--data-checksums"],
            ct);
        Directory.Move(unfinished, data);
    }

    private static async Task StartServerAsync(PostgresBinaries binaries, string data, string sockets, EmbeddedClusterOptions options, CancellationToken ct)
    {
        var settings = $"-c listen_addresses='' -c unix_socket_directories={sockets} -c unix_socket_permissions=0700 -c port=5432 "
            + string.Create(CultureInfo.InvariantCulture, $"-c max_connections={options.MaxConnections} -c shared_buffers=256MB -c max_wal_size=2GB")
            + (options.Durable ? "" : " -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off");
        await binaries.RunAsync("pg_ctl", ["-D", data, "-l", Path.Combine(data, "server.log"), "-w", "-t", "60", "-o", settings, "start"], ct);
    }

    private static string PathHash(string path) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(path)))[..12];
}
