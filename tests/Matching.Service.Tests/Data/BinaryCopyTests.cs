using Dapper;
using Matching.Service.Data;
using Matching.Service.Tests.Support;
using Npgsql;

namespace Matching.Service.Tests.Data;

/// <summary>What is copied in binary arrives as PostgreSQL itself would have read it.</summary>
public class BinaryCopyTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly (string Name, string Type)[] Columns =
    [
        ("i", "integer"), ("b", "bigint"), ("t", "text"), ("n", "numeric"), ("f", "boolean"), ("d", "date"), ("j", "jsonb"), ("ta", "text[]"), ("ba", "bigint[]"),
        ("sa", "smallint[]"), ("fa", "boolean[]"), ("z", "timestamp"), ("ia", "integer[]"), ("s", "smallint"), ("m", "timestamptz"),
    ];

    [Fact]
    public async Task Complete_WritesEveryType_AsParametersWould()
    {
        var random = new Random(18);
        var rows = Enumerable.Range(0, 400).Select(_ => Row(random)).ToList();
        await using var connection = await OpenAsync();
        await using (var copy = await BinaryCopy.OpenAsync(connection, "copied", Columns, CancellationToken.None))
        {
            foreach (var row in rows)
            {
                await copy.WriteAsync(row.AsSpan(0, 4), row.AsSpan(4), CancellationToken.None);
            }

            await copy.CompleteAsync(CancellationToken.None);
        }

        foreach (var row in rows)
        {
            await using var insert = new NpgsqlCommand(
                "INSERT INTO expected VALUES ($1::integer, $2::bigint, $3, $4::numeric, $5::boolean, $6::date, $7::jsonb, $8::text[], $9::bigint[], $10::smallint[], $11::boolean[], $12::timestamp, $13::integer[], $14::smallint, $15::timestamptz)", connection);
            foreach (var value in row)
            {
                insert.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
            }

            await insert.ExecuteNonQueryAsync();
        }

        var (copied, missing, extra) = await connection.QuerySingleAsync<(long, long, long)>("""
            SELECT (SELECT count(*) FROM copied), (SELECT count(*) FROM (TABLE expected EXCEPT ALL TABLE copied) m), (SELECT count(*) FROM (TABLE copied EXCEPT ALL TABLE expected) m)
            """);
        Assert.Equal((400L, 0L, 0L), (copied, missing, extra));
        Assert.Equal(0, await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM copied c JOIN expected e USING (b) WHERE c.n::text <> e.n::text"));
    }

    [Fact]
    public async Task Dispose_KeepsNothing_WhenTheRowsWereNotCompleted()
    {
        await using var connection = await OpenAsync();
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await using var copy = await BinaryCopy.OpenAsync(connection, "copied", [("t", "text")], CancellationToken.None);
            for (var i = 0; i < 5_000; i++)
            {
                await copy.WriteAsync([], ["一行很长的内容，足以让缓冲区送出好几次"], CancellationToken.None);
            }
        }

        Assert.Equal(0, await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM copied"));
    }

    [Fact]
    public async Task Complete_WritesEveryRow_HoweverLargeTheyAre()
    {
        var random = new Random(4);
        // Some longer than all that is sent at once, most of them short.
        var texts = Enumerable.Range(0, 3_000).Select(i => new string((char)('一' + random.Next(1_000)), i % 500 == 7 ? random.Next(1_000_000) : random.Next(400))).ToList();
        await using var connection = await OpenAsync();
        await using (var copy = await BinaryCopy.OpenAsync(connection, "copied", [("i", "integer"), ("t", "text")], CancellationToken.None))
        {
            foreach (var (i, text) in texts.Index())
            {
                await copy.WriteAsync([i], [text], CancellationToken.None);
            }

            await copy.CompleteAsync(CancellationToken.None);
        }

        Assert.Equal(texts, await connection.QueryAsync<string>("SELECT t FROM copied ORDER BY i"));
    }

    [Fact]
    public async Task Complete_Throws_WhenTheServerRefusesARowInTheMiddle_AndLeavesTheTransactionToBeRolledBack()
    {
        await using var connection = await OpenAsync();
        await connection.ExecuteAsync("ALTER TABLE copied ADD CHECK (i <> 9000)");
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await using (var copy = await BinaryCopy.OpenAsync(connection, "copied", [("i", "integer"), ("t", "text")], CancellationToken.None))
            {
                var refused = await Assert.ThrowsAsync<PostgresException>(async () =>
                {
                    for (var i = 0; i < 20_000; i++)
                    {
                        await copy.WriteAsync([i], ["一行很长的内容，足以让缓冲区送出好几次"], CancellationToken.None);
                    }

                    await copy.CompleteAsync(CancellationToken.None);
                });
                Assert.Equal(PostgresErrorCodes.CheckViolation, refused.SqlState);
            }

            await transaction.RollbackAsync();
        }

        Assert.Equal(0, await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM copied"));
    }

    [Fact]
    public async Task Cancelling_EndsACopyThatTheServerDoesNotTakeIn_AndKeepsNothing()
    {
        await using var holder = await database.Owner.OpenConnectionAsync();
        await holder.ExecuteAsync("CREATE TABLE held (i integer UNIQUE, t text)");
        await using var holding = await holder.BeginTransactionAsync();
        // Until it is known whether this row stays, the server does not get past the copy's first.
        await holder.ExecuteAsync("INSERT INTO held VALUES (0)");
        using var cancelling = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        await using (var connection = await database.Owner.OpenConnectionAsync())
        await using (var copy = await BinaryCopy.OpenAsync(connection, "held", [("i", "integer"), ("t", "text")], CancellationToken.None))
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                for (var i = 0; ; i++)
                {
                    await copy.WriteAsync([i], [new string('长', 200)], cancelling.Token);
                }
            });
        }

        await holding.RollbackAsync();
        Assert.Equal(0, await holder.ExecuteScalarAsync<long>("SELECT count(*) FROM held"));
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = await database.Owner.OpenConnectionAsync();
        foreach (var table in (string[])["copied", "expected"])
        {
            await connection.ExecuteAsync($"CREATE TEMP TABLE {table} ({string.Join(", ", Columns.Select(column => $"{column.Name} {column.Type}"))})");
        }

        return connection;
    }

    private static object?[] Row(Random random)
    {
        object?[] row =
        [
            random.Next(int.MinValue, int.MaxValue), random.NextInt64(), Text(random),
            new decimal(random.Next(), random.Next(0, 3) * random.Next(), random.Next(0, 2) * random.Next(), random.Next(2) == 0, (byte)random.Next(0, 29)),
            random.Next(2) == 0, new DateOnly(1980, 1, 1).AddDays(random.Next(40_000)), $$"""{"字": {{random.Next(9)}}}""", Many(random, () => Text(random)),
            Many(random, () => random.NextInt64()), Many(random, () => (short)random.Next(-3, 6)), Many(random, () => random.Next(2) == 0),
            new DateTime(1980, 1, 1).AddTicks(10 * random.NextInt64(3_000_000_000_000_000)), Many(random, () => random.Next(int.MinValue, int.MaxValue)),
            random.Next(short.MinValue, short.MaxValue), new DateTime(1990, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddTicks(random.NextInt64(1L << 56) / 10 * 10),
        ];
        // Some of them zero, some missing; the second tells rows apart.
        row[3] = random.Next(5) == 0 ? 0.000m : row[3];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = i != 1 && random.Next(6) == 0 ? null : row[i];
        }

        return row;
    }

    private static T[] Many<T>(Random random, Func<T> one) => [.. Enumerable.Range(0, random.Next(4)).Select(_ => one())];

    private static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => random.Next(4) switch { 0 => "数", 1 => "𠮷", 2 => "a", _ => "\t" }));
}
