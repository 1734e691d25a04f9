using System.Buffers.Binary;
using Dapper;
using Matching.Benchmarks.Match.Tasks;
using Npgsql;

namespace Matching.Benchmarks.Match.Stored;

/// <summary>
/// Lists on their way into their table, a row a graduate: ids of four bytes and scores of two, best first, little-endian. (The product's own packed lists hold points up to 10,000,
/// and scores of task F go beyond.)
/// </summary>
internal sealed class StoredLists : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlBinaryImporter _importer;

    private StoredLists(NpgsqlConnection connection, NpgsqlBinaryImporter importer) => (_connection, _importer) = (connection, importer);

    public static async Task<StoredLists> WriteAsync(NpgsqlConnection connection) =>
        new(connection, await connection.BeginBinaryImportAsync("COPY match_list (graduate_id, ids, scores) FROM STDIN BINARY"));

    /// <param name="graduates">Records of the graduates whose lists these are, in the lists' order.</param>
    /// <param name="graduateIds">By record.</param>
    /// <param name="lists">What was found.</param>
    /// <param name="demandIds">By record.</param>
    public void Add(ReadOnlySpan<int> graduates, long[] graduateIds, TopLists lists, long[] demandIds)
    {
        var (ids, scores) = (new byte[sizeof(uint) * lists.K], new byte[sizeof(ushort) * lists.K]);
        for (var i = 0; i < graduates.Length; i++)
        {
            var count = 0;
            for (; count < lists.K && lists.Job[(i * lists.K) + count] is >= 0 and var job; count++)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(ids.AsSpan(sizeof(uint) * count), checked((uint)demandIds[job]));
                BinaryPrimitives.WriteUInt16LittleEndian(scores.AsSpan(sizeof(ushort) * count), checked((ushort)lists.Score[(i * lists.K) + count]));
            }

            _importer.StartRow();
            _importer.Write(graduateIds[graduates[i]]);
            _importer.Write(ids.AsMemory(0, sizeof(uint) * count));
            _importer.Write(scores.AsMemory(0, sizeof(ushort) * count));
        }
    }

    /// <summary>Also makes the primary key: graduates come in the order of their occupations, and one by one their ids would cost twice as much.</summary>
    public async Task CompleteAsync()
    {
        await _importer.CompleteAsync();
        await _importer.DisposeAsync();
        await _connection.ExecuteAsync("ALTER TABLE match_list ADD PRIMARY KEY (graduate_id)");
    }

    public ValueTask DisposeAsync() => _importer.DisposeAsync();

    /// <summary>A row's list as ids and scores.</summary>
    public static IEnumerable<(long Id, int Score)> Unpack(byte[] ids, byte[] scores) => Enumerable.Range(0, scores.Length / sizeof(ushort)).Select(i =>
        ((long)BinaryPrimitives.ReadUInt32LittleEndian(ids.AsSpan(sizeof(uint) * i)), (int)BinaryPrimitives.ReadUInt16LittleEndian(scores.AsSpan(sizeof(ushort) * i))));
}
