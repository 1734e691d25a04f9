using System.Runtime.InteropServices;
using Dapper;
using Matching.Benchmarks.Match.Data;
using Matching.Service.Data;
using Npgsql;

namespace Matching.Benchmarks.Match.Stored;

/// <summary>A side as it was read, row by row into its place.</summary>
/// <param name="Ids">Of each record.</param>
/// <param name="Records">Without levels, which no task asks for.</param>
internal sealed record StoredSide(long[] Ids, BenchRecords Records)
{
    /// <param name="connection">To the database.</param>
    /// <param name="table">Which side.</param>
    /// <param name="order">SQL that orders the rows, or nothing.</param>
    public static async Task<StoredSide> ReadAsync(NpgsqlConnection connection, string table, string order)
    {
        // How much room all need is asked first: it takes a tenth of reading them, and nothing grows by copying.
        var (count, skills) = await connection.QuerySingleAsync<(long, long)>($"SELECT count(*), coalesce(sum(length(weights)), 0) FROM {table}");
        var side = new StoredSide(new long[count], Empty((int)count, (int)skills));
        await using var rows = await CopyRows.OpenAsync(connection, $"SELECT id, occupation, region, education, salary, mask, skills, weights FROM {table} {order}", CancellationToken.None);
        for (var i = 0; await rows.ReadAsync(CancellationToken.None); i++)
        {
            side.Read(i, rows);
        }

        return side;
    }

    /// <summary>Some of the records side by side, in this order.</summary>
    public BenchRecords Part(ReadOnlySpan<int> order)
    {
        var skills = 0;
        foreach (var i in order)
        {
            skills += Records.Start[i + 1] - Records.Start[i];
        }

        var part = Empty(order.Length, skills);
        for (var i = 0; i < order.Length; i++)
        {
            var from = order[i];
            (part.Occupation[i], part.Region[i], part.Education[i]) = (Records.Occupation[from], Records.Region[from], Records.Education[from]);
            (part.Salary[i], part.Mask[i]) = (Records.Salary[from], Records.Mask[from]);
            Skills(part, i, Records.SkillsOf(from), Records.WeightsOf(from));
        }

        return part;
    }

    private void Read(int i, CopyRows row)
    {
        Ids[i] = row.Bigint();
        (Records.Occupation[i], Records.Region[i], Records.Education[i]) = ((ushort)row.Smallint(), (byte)row.Smallint(), (byte)row.Smallint());
        (Records.Salary[i], Records.Mask[i]) = ((byte)row.Smallint(), (uint)row.Integer()!.Value);
        Skills(Records, i, MemoryMarshal.Cast<byte, ushort>(row.Field()), row.Field());
    }

    private static void Skills(BenchRecords records, int i, ReadOnlySpan<ushort> skills, ReadOnlySpan<byte> weights)
    {
        var at = records.Start[i];
        skills.CopyTo(records.Skill.AsSpan(at));
        weights.CopyTo(records.Weight.AsSpan(at));
        records.Start[i + 1] = at + skills.Length;
    }

    private static BenchRecords Empty(int count, int skills) => new()
    {
        Start = new int[count + 1], Skill = new ushort[skills], Weight = new byte[skills], Level = [], Occupation = new ushort[count], Region = new byte[count], Education = new byte[count],
        Salary = new byte[count], Mask = new uint[count],
    };
}
