using System.Diagnostics;
using Matching.Benchmarks.Match.Data;
using Matching.Benchmarks.Match.Tasks;
using Matching.Service.Data;
using Npgsql;
using NpgsqlTypes;

namespace Matching.Benchmarks.Match.Peers;

/// <summary>
/// The best SQL found: skills of jobs with everything the filters and bonuses need beside them in one covering index, two backends, prepared statements.
/// It runs on a throw-away PostgreSQL of its own.
/// </summary>
internal sealed class SqlEngine : IMatchEngine
{
    private const string Schema = """
        CREATE UNLOGGED TABLE job_skill (skill int, region int, education int, job int, weight int, salary int, major int);
        """;

    private const string Indexes = """
        CREATE INDEX by_region ON job_skill (skill, region, education, job) INCLUDE (weight, salary, major);
        CREATE INDEX by_skill ON job_skill (skill, job) INCLUDE (weight);
        VACUUM ANALYZE job_skill;
        """;

    private const string U = """
        SELECT h.job, sum(h.weight * q.weight)::int AS score
        FROM unnest($1::int[], $2::int[]) AS q (skill, weight) CROSS JOIN LATERAL (SELECT s.job, s.weight FROM job_skill s WHERE s.skill = q.skill) h
        GROUP BY h.job ORDER BY score DESC, h.job LIMIT $3
        """;

    private const string F = """
        SELECT h.job, (sum(h.weight * q.weight) + CASE WHEN min(h.major) = $6 THEN 3000 ELSE 0 END + 400 * greatest(0, 5 - abs(min(h.salary) - $7))
                       + CASE WHEN min(h.region) = $8 THEN 1000 ELSE 0 END)::int AS score
        FROM unnest($1::int[], $2::int[]) AS q (skill, weight) CROSS JOIN unnest($4::int[]) AS r (region)
        CROSS JOIN LATERAL (SELECT s.job, s.weight, s.major, s.salary, s.region FROM job_skill s WHERE s.skill = q.skill AND s.region = r.region AND s.education <= $5) h
        GROUP BY h.job ORDER BY score DESC, h.job LIMIT $3
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("matching-bench-").FullName;
    private readonly MatchSetting _setting;
    private EmbeddedCluster? _cluster;
    private NpgsqlDataSource? _source;

    private SqlEngine(MatchSetting setting) => _setting = setting;

    public string Name => "sql";

    /// <summary>Null, with the reason said, where there is no PostgreSQL.</summary>
    public static async Task<SqlEngine?> StartAsync(MatchSetting setting)
    {
        var engine = new SqlEngine(setting);
        try
        {
            engine._cluster = await EmbeddedCluster.StartAsync(engine._folder, new(Durable: false), CancellationToken.None);
            var settings = new NpgsqlConnectionStringBuilder(engine._cluster.ConnectionString("postgres")) { MaxAutoPrepare = 4, AutoPrepareMinUsages = 1, Options = "-c jit=off -c work_mem=64MB" };
            engine._source = NpgsqlDataSource.Create(settings);
            await engine.LoadAsync(setting.Jobs);
            return engine;
        }
        catch (InvalidOperationException missing)
        {
            Console.WriteLine($"sql skipped: {missing.Message}");
            await engine.DisposeAsync();
            return null;
        }
    }

    public int Sample(BenchTask task, int graduates) => Math.Min(graduates, 200);

    public async Task<double> RunAsync(BenchTask task, int[] graduates, TopLists lists)
    {
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(graduates, new ParallelOptions { MaxDegreeOfParallelism = _setting.Threads }, async (graduate, ct) =>
        {
            await using var connection = await _source!.OpenConnectionAsync(ct);
            await using var command = Command(connection, task, graduate, lists.K);
            await using var reader = await command.ExecuteReaderAsync(ct);
            for (var place = 0; await reader.ReadAsync(ct); place++)
            {
                lists.Set(graduate, place, reader.GetInt32(0), reader.GetInt32(1));
            }
        });
        return clock.Elapsed.TotalMicroseconds / graduates.Length;
    }

    public async ValueTask DisposeAsync()
    {
        if (_source is not null)
        {
            await _source.DisposeAsync();
        }

        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private NpgsqlCommand Command(NpgsqlConnection connection, BenchTask task, int graduate, int k)
    {
        var records = _setting.Graduates;
        var command = new NpgsqlCommand(task == BenchTask.U ? U : F, connection);
        command.Parameters.Add(new() { Value = records.SkillsOf(graduate).ToArray().Select(skill => (int)skill).ToArray() });
        command.Parameters.Add(new() { Value = records.WeightsOf(graduate).ToArray().Select(weight => (int)weight).ToArray() });
        command.Parameters.Add(new() { Value = k });
        if (task == BenchTask.F)
        {
            command.Parameters.Add(new() { Value = Enumerable.Range(0, BenchRecords.Regions).Where(region => (records.Mask[graduate] >> region & 1) != 0).ToArray() });
            foreach (var value in (int[])[records.Education[graduate], records.Major(graduate), records.Salary[graduate], records.Region[graduate]])
            {
                command.Parameters.Add(new() { Value = value });
            }
        }

        return command;
    }

    private async Task LoadAsync(BenchRecords jobs)
    {
        await using var connection = await _source!.OpenConnectionAsync();
        await ExecuteAsync(connection, Schema);
        await using (var writer = await connection.BeginBinaryImportAsync("COPY job_skill FROM STDIN (FORMAT binary)"))
        {
            for (var job = 0; job < jobs.Count; job++)
            {
                for (var at = jobs.Start[job]; at < jobs.Start[job + 1]; at++)
                {
                    await writer.StartRowAsync();
                    foreach (var value in (int[])[jobs.Skill[at], jobs.Region[job], jobs.Education[job], job, jobs.Weight[at], jobs.Salary[job], jobs.Major(job)])
                    {
                        await writer.WriteAsync(value, NpgsqlDbType.Integer);
                    }
                }
            }

            await writer.CompleteAsync();
        }

        foreach (var statement in Indexes.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            await ExecuteAsync(connection, statement);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }
}
