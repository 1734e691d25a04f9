using System.Data;
using System.Runtime.InteropServices;
using Dapper;
using Matching.Benchmarks.Match.Data;
using Npgsql;

namespace Matching.Benchmarks.Match.Stored;

/// <summary>
/// Both sides as rows, skills and their weights packed in a value each, and the lists found. Arrays of the server's own cost three to four times as much to read, and a row a match
/// fifteen times as much to write.
/// </summary>
internal sealed class StoredTables(string connectionString)
{
    public const string Demands = "demand";
    public const string Graduates = "graduate";

    private const string Columns = """
        (id bigint PRIMARY KEY, occupation smallint NOT NULL, region smallint NOT NULL, education smallint NOT NULL, salary smallint NOT NULL, mask integer NOT NULL, skills bytea NOT NULL,
         weights bytea NOT NULL)
        """;

    private const string Lists = "CREATE TABLE match_list (graduate_id bigint NOT NULL, ids bytea NOT NULL, scores bytea NOT NULL)";

    // What a row of the data set has as its number, so that no number stands for a place by chance.
    private const int FirstId = 1_000_001;

    public static long IdOf(int record) => FirstId + record;

    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(connectionString + ";Command Timeout=0");
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Unless both are there already.</summary>
    public async Task FillAsync(char set, int demands, int graduates)
    {
        await using var connection = await OpenAsync();
        if (await connection.ExecuteScalarAsync<bool>("SELECT to_regclass('graduate') IS NOT NULL"))
        {
            return;
        }

        var (jobs, seekers) = new BenchGenerator(set).Create(demands, graduates);
        foreach (var (table, records) in new[] { (Demands, jobs), (Graduates, seekers) })
        {
            await connection.ExecuteAsync($"CREATE TABLE {table} {Columns}");
            await CopyAsync(connection, table, records);
            await connection.ExecuteAsync($"VACUUM ANALYZE {table}");
        }
    }

    /// <summary>An empty table for lists, its key still to be made, and nothing left to be flushed that came before.</summary>
    public async Task EmptyListsAsync()
    {
        await using var connection = await OpenAsync();
        await connection.ExecuteAsync("DROP TABLE IF EXISTS match_list");
        await connection.ExecuteAsync(Lists);
        await connection.ExecuteAsync("CHECKPOINT", commandType: CommandType.Text);
    }

    private static async Task CopyAsync(NpgsqlConnection connection, string table, BenchRecords records)
    {
        await using var importer = await connection.BeginBinaryImportAsync($"COPY {table} FROM STDIN BINARY");
        for (var i = 0; i < records.Count; i++)
        {
            await importer.StartRowAsync();
            await importer.WriteAsync(IdOf(i));
            foreach (var value in (short[])[(short)records.Occupation[i], records.Region[i], records.Education[i], records.Salary[i]])
            {
                await importer.WriteAsync(value);
            }

            await importer.WriteAsync((int)records.Mask[i]);
            await importer.WriteAsync(MemoryMarshal.AsBytes(records.SkillsOf(i)).ToArray());
            await importer.WriteAsync(records.WeightsOf(i).ToArray());
        }

        await importer.CompleteAsync();
    }
}
