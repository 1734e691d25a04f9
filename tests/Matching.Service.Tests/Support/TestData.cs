using Dapper;
using Matching.Service.Http;

namespace Matching.Service.Tests.Support;

/// <summary>A consortium with one organization and one key per role, and a second company and school to test the borders between organizations.</summary>
/// <param name="Id">The consortium.</param>
/// <param name="Organizations">By role, and <c>company2</c>, <c>school2</c>.</param>
/// <param name="Keys">By role, and <c>company2</c>, <c>school2</c>; all may administer their organization.</param>
public sealed record TestConsortium(long Id, IReadOnlyDictionary<string, long> Organizations, IReadOnlyDictionary<string, string> Keys);

/// <summary>What every test database starts with, written as the owner so that no API under test is needed to arrange it.</summary>
public sealed class TestData
{
    private static readonly (string Name, string Role, string Kind)[] Parties =
    [
        ("company", ApiRoles.Company, "COMPANY"), ("company2", ApiRoles.Company, "COMPANY"), ("school", ApiRoles.School, "SCHOOL"),
        ("school2", ApiRoles.School, "SCHOOL"), ("institute", ApiRoles.Institute, "INSTITUTE"), ("department", ApiRoles.Department, "DEPARTMENT"),
        ("office", ApiRoles.Office, "OFFICE"),
    ];

    public required TestConsortium First { get; init; }

    public required TestConsortium Second { get; init; }

    public static async Task<TestData> CreateAsync(TestDatabase database) => new()
    {
        First = await CreateConsortiumAsync(database, "甲市产教联合体", "440300"),
        Second = await CreateConsortiumAsync(database, "乙市产教联合体", "110100"),
    };

    public static async Task<TestConsortium> CreateConsortiumAsync(TestDatabase database, string name, string region)
    {
        await using var connection = await database.Owner.OpenConnectionAsync();
        var id = await connection.ExecuteScalarAsync<long>("INSERT INTO consortium (name, region_code) VALUES (@name, @region) RETURNING id", new { name, region });
        var organizations = new Dictionary<string, long>();
        var keys = new Dictionary<string, string>();
        foreach (var (party, role, kind) in Parties)
        {
            organizations[party] = await connection.ExecuteScalarAsync<long>(
                "INSERT INTO organization (consortium_id, kind, name, region_code) VALUES (@id, @kind, @label, @region) RETURNING id",
                new { id, kind, label = $"{name}-{party}", region });
            keys[party] = await CreateKeyAsync(connection, id, organizations[party], role);
        }

        keys[ApiRoles.Platform] = await CreateKeyAsync(connection, id, null, ApiRoles.Platform);
        keys[ApiRoles.Admin] = await CreateKeyAsync(connection, 0, null, ApiRoles.Admin);
        return new TestConsortium(id, organizations, keys);
    }

    public static async Task<string> CreateKeyAsync(System.Data.IDbConnection connection, long consortium, long? organization, string role, bool administers = true, int validDays = 1)
    {
        var key = ApiKey.Create();
        await connection.ExecuteAsync(
            """
            INSERT INTO api_key (consortium_id, organization_id, role, administers, prefix, secret_hash, expires_at)
            VALUES (@consortium, @organization, @role, @administers, @Prefix, @SecretHash, now() + make_interval(days => @validDays))
            """,
            new { consortium, organization, role, administers, key.Prefix, key.SecretHash, validDays });
        return key.ToString();
    }
}
