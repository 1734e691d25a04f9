using Matching.Service.Changes;
using Matching.Service.Data;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Changes;

/// <summary>
/// A follower that applies the stream to what it knows ends with exactly what its role may read, whatever transactions ran at once, in whatever order they ended:
/// the oracle is the table itself.
/// </summary>
public class ChangeFollowingTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int Writers = 4;

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public async Task Follower_KnowsWhatItsRoleMayRead_AfterInterleavedTransactions(int seed)
    {
        var own = await TestData.CreateConsortiumAsync(database, $"甲{seed}", "440300");
        var partner = await TestData.CreateConsortiumAsync(database, $"乙{seed}", "110100");
        var followers = new[] { Of(own, "company"), Of(own, "company2"), Of(own, "office"), Of(partner, "school"), Of(partner, "office") }
            .Select(who => new Follower(who)).ToArray();
        var random = new Random(seed);
        var writers = new TenantSession?[Writers];
        for (var step = 0; step < 250; step++)
        {
            var writer = random.Next(Writers);
            var session = writers[writer] ??= database.Open(Of(own, "company"));
            await StepAsync(session, random, writer, own, partner);
            if (random.Next(4) == 0)
            {
                writers[writer] = null;
                await EndAsync(session, random.Next(5) > 0);
            }

            await followers[random.Next(followers.Length)].ReadAsync(database, random.Next(1, 6));
        }

        foreach (var session in writers.OfType<TenantSession>())
        {
            await EndAsync(session, commit: true);
        }

        foreach (var follower in followers)
        {
            while (await follower.ReadAsync(database, 50))
            {
            }

            var (known, readable) = (follower.Known, await follower.ReadableAsync(database));
            Assert.Equal(readable, known);
        }

        Assert.True(followers[3].Read > 0, "nothing was ever shared");
        Assert.True(followers[0].Known.Count > followers[1].Known.Count, "no drafts were left to tell the owner from the others");
    }

    private static async Task EndAsync(TenantSession session, bool commit)
    {
        await (commit ? session.CommitAsync(default) : session.RollbackAsync(default));
        await session.DisposeAsync();
    }

    // Each writer keeps to rows of its own, for two open transactions on one row would wait for each other.
    private static Task<int> StepAsync(TenantSession session, Random random, int writer, TestConsortium own, TestConsortium partner) => session.ExecuteAsync(
        random.Next(6) switch
        {
            0 or 1 => """
                INSERT INTO demand (consortium_id, organization_id, kind, source, state, title, region_code, headcount, opened_on)
                VALUES (current_consortium(), @Company, 'EMPLOYMENT', 'COMPANY', @State, @Title, '440306', 3, '2026-09-01')
                """,
            2 => $"UPDATE demand SET state = CASE state WHEN 'DRAFT' THEN 'OPEN' WHEN 'OPEN' THEN 'PAUSED' ELSE 'OPEN' END WHERE {Picked}",
            3 => $"UPDATE demand SET headcount = headcount + 1 WHERE {Picked}",
            4 => random.Next(3) > 0
                ? $"INSERT INTO demand_share (consortium_id, demand_id, with_consortium) SELECT consortium_id, id, @Partner FROM demand WHERE {Picked} ON CONFLICT DO NOTHING"
                : "DELETE FROM demand_share WHERE demand_id IN (SELECT id FROM demand WHERE title = @Title ORDER BY id OFFSET @Skip LIMIT 2)",
            _ => $"DELETE FROM demand WHERE {Picked}",
        },
        new { Company = own.Organizations["company"], State = random.Next(2) == 0 ? "DRAFT" : "OPEN", Title = $"车工{writer}", Partner = partner.Id, Skip = random.Next(8) }, default);

    private const string Picked = "id IN (SELECT id FROM demand WHERE title = @Title ORDER BY id OFFSET @Skip LIMIT 2)";

    private static TenantContext Of(TestConsortium consortium, string party) => new(party.TrimEnd('2'), consortium.Id, consortium.Organizations[party]);

    private sealed class Follower(TenantContext who)
    {
        private long _cursor;

        public SortedDictionary<long, int> Known { get; } = [];

        public int Read { get; private set; }

        public async Task<bool> ReadAsync(TestDatabase database, int take)
        {
            await using var session = database.Open(who);
            var batch = await new ChangeReader(session).ReadAsync("demand", _cursor, take, default);
            _cursor = batch.Next;
            Read += batch.Items.Count;
            foreach (var change in batch.Items)
            {
                Assert.True((change.Kind == "CREATED") != Known.ContainsKey(change.Id), $"{who}: {change}");
                if (change.Kind == "DELETED")
                {
                    Known.Remove(change.Id);
                }
                else
                {
                    Known[change.Id] = change.Version;
                }
            }

            return batch.More;
        }

        public async Task<SortedDictionary<long, int>> ReadableAsync(TestDatabase database)
        {
            await using var session = database.Open(who);
            var rows = await session.QueryAsync<(long Id, int Version)>("SELECT id, row_version FROM demand", null, default);
            return new SortedDictionary<long, int>(rows.ToDictionary(row => row.Id, row => row.Version));
        }
    }
}
