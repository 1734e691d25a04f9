using Dapper;
using Matching.Benchmarks.Match.Data;
using Matching.Benchmarks.Match.Peers;
using Matching.Benchmarks.Match.Tasks;

namespace Matching.Benchmarks.Match.Stored;

/// <summary>Reads lists back from their table and compares them with those of the straightforward engine, which is asked with the data set as it was generated, not as it was read.</summary>
internal sealed class StoredCheck(BenchRecords jobs, BenchRecords graduates)
{
    private const int Sample = 1_000;
    private const string ListsSql = "SELECT graduate_id, ids, scores FROM match_list WHERE graduate_id = ANY (@asked)";

    /// <summary>How many of so many lists are the same, id for id and score for score; there must be one for each graduate.</summary>
    public async Task<(int Same, int Of)> CountSameAsync(StoredTables tables, int k)
    {
        await using var connection = await tables.OpenAsync();
        int[] sample = [.. Enumerable.Range(0, Math.Min(Sample, graduates.Count)).Select(i => (int)((long)i * graduates.Count / Math.Min(Sample, graduates.Count)))];
        var stored = (await connection.QueryAsync<(long Graduate, byte[] Ids, byte[] Scores)>(ListsSql, new { asked = sample.Select(StoredTables.IdOf).ToArray() }))
            .ToDictionary(row => row.Graduate, row => StoredLists.Unpack(row.Ids, row.Scores));
        var (peer, lists) = (new TermAtATime(jobs, graduates), new TopLists(sample.Length, k));
        var scratch = peer.NewScratch();
        for (var i = 0; i < sample.Length; i++)
        {
            peer.Find(BenchTask.F, sample[i], k, lists, i, scratch);
        }

        var missing = graduates.Count - await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM match_list");
        var same = sample.Index().Count(pair => stored.TryGetValue(StoredTables.IdOf(pair.Item), out var found) && found.SequenceEqual(Expected(lists, pair.Index)));
        return missing == 0 ? (same, sample.Length) : (0, sample.Length);
    }

    private static IEnumerable<(long Id, int Score)> Expected(TopLists lists, int place) =>
        Enumerable.Range(place * lists.K, lists.K).Where(at => lists.Job[at] >= 0).Select(at => (StoredTables.IdOf(lists.Job[at]), lists.Score[at]));
}
