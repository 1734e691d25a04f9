using Dapper;
using Matching.Service.Data;
using Matching.Service.Tests.Support;
using Npgsql;

namespace Matching.Service.Tests.Data;

/// <summary>Statements of sessions are prepared by themselves, and what a migration of a newer build does to them.</summary>
public class AutoPrepareTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int Enough = 6;

    [Fact]
    public async Task Statement_IsPrepared_AfterItsFifthUse_WhateverSessionUsesIt()
    {
        await using var source = Source();
        for (var i = 0; i < Enough; i++)
        {
            await using var session = new TenantSession(source, new TenantContext("office", i));
            Assert.Equal(i, await session.FindAsync<long>("SELECT current_consortium() AS of_this_test WHERE @Yes", new { Yes = true }, default));
        }

        await using var connection = await source.OpenConnectionAsync();
        Assert.Equal(1, await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE @like", new { like = "%of_this_test%" }));
    }

    [Fact]
    public async Task Statement_OutlivesANewColumn_AndIsPreparedAnewAfterAChangeOfType()
    {
        await using var owner = await database.Owner.OpenConnectionAsync();
        await owner.ExecuteAsync("CREATE TABLE changing (id integer, word text); INSERT INTO changing VALUES (1, 'a'); GRANT SELECT ON changing TO matching_app");
        await using var source = Source();
        for (var i = 0; i < Enough; i++)
        {
            await AskAsync(source);
        }

        await owner.ExecuteAsync("ALTER TABLE changing ADD COLUMN more text DEFAULT 'b'");
        Assert.Equal("a", await AskAsync(source));
        await owner.ExecuteAsync("ALTER TABLE changing ALTER COLUMN word TYPE varchar(9)");
        var refused = await Assert.ThrowsAsync<PostgresException>(() => AskAsync(source));
        Assert.Equal((PostgresErrorCodes.FeatureNotSupported, "RevalidateCachedQuery"), (refused.SqlState, refused.Routine));
        Assert.Equal("a", await AskAsync(source));
    }

    // One connection, for a statement is prepared on the connection that used it.
    private NpgsqlDataSource Source() => DataSetup.CreateSource(database.ServiceConnectionString + ";Maximum Pool Size=1", new MatchingOptions());

    private static async Task<string?> AskAsync(NpgsqlDataSource source)
    {
        await using var session = new TenantSession(source, TenantContext.Public);
        return await session.FindAsync<string>("SELECT word FROM changing", null, default);
    }
}
