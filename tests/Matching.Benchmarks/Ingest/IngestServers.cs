using System.Net.Http.Headers;
using Dapper;
using Matching.Benchmarks.Http;
using Matching.Service.Data;
using Matching.Service.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Matching.Benchmarks.Ingest;

/// <summary>Servers under test, each a process of its own on the verb's database.</summary>
internal sealed class IngestServers(string connection)
{
    private string? _key;

    /// <summary>The way into the bare table, beside the tables of this build.</summary>
    public async Task<Served> BareAsync()
    {
        await using (var source = NpgsqlDataSource.Create(connection))
        {
            await new Migrator(source, NullLogger<Migrator>.Instance).ApplyAsync(CancellationToken.None);
        }

        return await Served.StartAsync("Matching.Benchmarks.dll", url => ["ingest", "--serve", url], "", new Dictionary<string, string> { ["BENCH_CONNECTION"] = connection });
    }

    /// <summary>The whole service, with a consortium of its own.</summary>
    public async Task<Served> ServiceAsync()
    {
        var served = await Served.ServiceAsync(connection, new Dictionary<string, string> { ["Serilog__MinimumLevel__Default"] = "Warning" });
        if (_key is null)
        {
            await using var db = new NpgsqlConnection(connection);
            await db.OpenAsync();
            await db.ExecuteAsync("INSERT INTO consortium (name, region_code) VALUES ('甲联合体', '440300')");
            for (var i = 0; i < FeedRows.Companies; i++)
            {
                await db.ExecuteAsync("INSERT INTO organization (consortium_id, kind, name, region_code) VALUES (1, 'COMPANY', @name, '440306') ON CONFLICT DO NOTHING", new { name = FeedRows.Company(i) });
            }

            var office = await db.ExecuteScalarAsync<long>("INSERT INTO organization (consortium_id, kind, name, region_code) VALUES (1, 'OFFICE', '秘书处', '440306') RETURNING id");
            var key = ApiKey.Create();
            await db.ExecuteAsync(
                "INSERT INTO api_key (consortium_id, organization_id, role, administers, prefix, secret_hash, expires_at) VALUES (1, @office, 'office', true, @Prefix, @SecretHash, now() + interval '1 day')",
                new { office, key.Prefix, key.SecretHash });
            _key = key.ToString();
        }

        return served;
    }

    /// <summary>A client of the service, as the consortium's office.</summary>
    public HttpClient Client()
    {
        var http = new HttpClient { Timeout = TimeSpan.FromMinutes(30) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _key);
        return http;
    }

    /// <summary>Sends a feed and waits for its answer.</summary>
    public static async Task SendAsync(HttpClient http, string url, string path)
    {
        await using var file = File.OpenRead(path);
        using var content = new StreamContent(file, 1 << 16);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        using var response = await http.PostAsync(url, content);
        var answer = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{(int)response.StatusCode}: {answer}");
        }
    }
}
