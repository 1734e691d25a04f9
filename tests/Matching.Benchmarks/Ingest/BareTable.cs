using Matching.Service.Imports;

namespace Matching.Benchmarks.Ingest;

/// <summary>performance.md's table as a table of a tenant: consortium in the key, row-level security, forced. Every contender writes it as the loader, past the policies.</summary>
internal static class BareTable
{
    public const long Consortium = 1;

    public const string CreateSql = """
        DROP TABLE IF EXISTS bare;
        CREATE TABLE bare (
            consortium_id bigint NOT NULL, id bigint NOT NULL, title text NOT NULL, employer text NOT NULL, region text NOT NULL, education text, salary_min integer,
            salary_max integer, headcount integer NOT NULL, published timestamp NOT NULL, skills integer[] NOT NULL);
        CALL protect_tenant_table('bare');
        GRANT INSERT ON bare TO matching_loader;
        """;

    public const string IndexesSql = """
        ALTER TABLE bare ADD PRIMARY KEY (consortium_id, id);
        CREATE INDEX bare_place ON bare (consortium_id, region, education);
        CREATE INDEX bare_published ON bare (consortium_id, published);
        """;

    public const string AsLoaderSql = "SET ROLE matching_loader";

    public static IReadOnlyList<StageColumn> Columns { get; } =
    [
        new("consortium_id", "bigint"), new("id", "bigint"), new("title", "text"), new("employer", "text"), new("region", "text"), new("education", "text"),
        new("salary_min", "integer"), new("salary_max", "integer"), new("headcount", "integer"), new("published", "timestamp"), new("skills", "integer[]"),
    ];
}
