using Dapper;
using Matching.Engine.Retrieval;
using Matching.Engine.Scoring;
using Matching.Service.Data;
using Matching.Service.Features.Matches;
using Matching.Service.Reference;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Matches;

/// <summary>
/// A consortium with hundreds of demands and graduates, made set by set: few skills, places and wishes, so that points tie; every field that scoring reads, said and unsaid; some of both
/// sides that are not matched.
/// </summary>
internal sealed class MatchCorpus(TestDatabase database, TestConsortium consortium)
{
    private const string FillSql = """
        CREATE TEMP TABLE s ON COMMIT DROP AS
            SELECT i, nextval(pg_get_serial_sequence('skill', 'id')) AS id FROM generate_series(0, 15) AS i;
        INSERT INTO skill (consortium_id, id, kind, name, key, broader_id, source) OVERRIDING SYSTEM VALUE
        SELECT @Id, s.id, CASE WHEN s.i < 13 THEN 'SKILL' ELSE 'CERTIFICATE' END, '技能' || s.i, 'corpus' || s.i, CASE WHEN s.i BETWEEN 1 AND 8 THEN b.id END, 'EDITOR'
        FROM s LEFT JOIN s b ON b.i = s.i / 3 ORDER BY s.i;
        INSERT INTO program (consortium_id, school_id, major_code, name, education_code) SELECT @Id, @School, '46010' || i, '专业' || i, CASE WHEN i < 3 THEN '31' ELSE '21' END FROM generate_series(1, 4) AS i;
        INSERT INTO program_occupation (consortium_id, program_id, occupation_code)
        SELECT @Id, p.id, o FROM program p, unnest(ARRAY['6-18-01-07', '6-18-01-01']) AS o WHERE p.consortium_id = @Id AND p.major_code IN ('460101', '460103');

        INSERT INTO demand (consortium_id, organization_id, kind, source, state, title, occupation_code, region_code, region_binding, headcount, filled, education_code, major_codes,
                            wage_min, wage_max, opened_on, closed_on, starts_on, valid_through)
        SELECT @Id, CASE WHEN i % 3 = 0 THEN @Other ELSE @Company END, CASE WHEN i % 31 = 5 THEN 'TEACHER_PRACTICE' ELSE 'EMPLOYMENT' END, 'COMPANY',
               CASE WHEN i % 17 = 3 THEN 'FILLED' ELSE 'OPEN' END, '岗位', (ARRAY['6-18-01-07', '6-18-01-02', '6-18-02-01', '2-02-10-07', NULL])[1 + i * 7 % 5],
               (ARRAY['440306', '440305', '440100', '110105'])[1 + i * 5 % 4], i % 4 = 0, 2, CASE WHEN i % 17 = 3 THEN 2 ELSE 0 END, (ARRAY[NULL, '41', '31', '21'])[1 + i * 3 % 4],
               CASE WHEN i % 4 = 1 THEN ARRAY['460103', '460101', '460103'] ELSE '{}' END, 3000, CASE WHEN i % 5 > 0 THEN 4000 + 500 * (i % 7) END, '2026-01-01',
               CASE WHEN i % 17 = 3 THEN '2026-02-01'::date END, CASE WHEN i % 6 = 0 THEN '2026-08-01'::date END, CASE WHEN i % 23 = 1 THEN '2026-03-01'::date END
        FROM generate_series(1, @Demands) AS i;
        INSERT INTO demand_skill (consortium_id, demand_id, skill_id, must, level)
        SELECT @Id, d.id, s.id, (d.id + s.i) % 2 = 0, CASE WHEN s.i < 13 THEN nullif((d.id * 3 + s.i) % 6, 0) END
        FROM demand d, s WHERE d.consortium_id = @Id AND (d.id * 7 + s.i * 11 + d.id * s.i) % 4 = 0;

        INSERT INTO graduate (consortium_id, school_id, program_id, reference, cohort, education_code, graduates_on, available_from, wished_occupations, wished_regions, any_region, wage_wish,
                              consent, skills_complete, certificates_complete)
        SELECT @Id, @School, (SELECT id FROM program WHERE consortium_id = @Id AND major_code = '46010' || (1 + i % 4)), 'C' || i, 2026, (ARRAY[NULL, '41', '21'])[1 + i % 3], '2026-07-01',
               CASE WHEN i % 5 = 0 THEN '2026-09-01'::date END, CASE i % 4 WHEN 0 THEN '{}' WHEN 1 THEN ARRAY['6-18-01-07'] WHEN 2 THEN ARRAY['2-02-10', '6-18-02-01'] ELSE ARRAY['6-18-01-01'] END,
               CASE WHEN i % 5 = 1 THEN '{}' ELSE ARRAY[(ARRAY['440306', '440300', '440000'])[1 + i % 3]] END, i % 10 = 1, CASE WHEN i % 3 > 0 THEN 4000 + 500 * (i % 8) END,
               i % 9 > 0, i % 4 = 0, i % 3 = 0
        FROM generate_series(1, @Graduates) AS i;
        INSERT INTO graduate_skill (consortium_id, graduate_id, skill_id, evidence, level)
        SELECT @Id, g.id, s.id, (ARRAY['CLAIM', 'INTERNSHIP', 'COURSE', 'CERTIFICATE'])[1 + (g.id + s.i) % 4], CASE WHEN s.i < 13 THEN nullif((g.id + s.i * 5) % 6, 0) END
        FROM graduate g, s WHERE g.consortium_id = @Id AND (g.id * 5 + s.i * 13 + g.id * s.i) % 5 = 0;
        INSERT INTO graduate_order_class (consortium_id, graduate_id, company_id)
        SELECT @Id, id, c FROM graduate, unnest(ARRAY[@Company, @Other]) AS c WHERE consortium_id = @Id AND id % 11 = 0 AND (id % 2 = 0 OR c = @Other);
        INSERT INTO placement (consortium_id, school_id, graduate_id, destination_kind, evidence, placed_on)
        SELECT @Id, @School, id, CASE WHEN id % 26 = 0 THEN 'SEEKING' ELSE 'FREELANCE' END, CASE WHEN id % 26 = 0 THEN 'NONE' ELSE 'OWN_STATEMENT' END, '2026-07-02'
        FROM graduate WHERE consortium_id = @Id AND id % 13 = 0;
        """;

    public long Id => consortium.Id;

    public static async Task<MatchCorpus> CreateAsync(TestDatabase database, int demands, int graduates)
    {
        var corpus = new MatchCorpus(database, await TestData.CreateConsortiumAsync(database, $"题库{Guid.NewGuid():n}", "440300"));
        await using var connection = await database.Owner.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var organizations = corpus.Organizations;
        await connection.ExecuteAsync(
            FillSql, new { corpus.Id, Company = organizations["company"], Other = organizations["company2"], School = organizations["school"], Demands = demands, Graduates = graduates });
        await transaction.CommitAsync();
        return corpus;
    }

    public IReadOnlyDictionary<string, long> Organizations => consortium.Organizations;

    public TenantSession Open() => database.Open(TenantContext.Job(Id));

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql)
    {
        await using var session = Open();
        return await session.QueryAsync<T>(sql, null, default);
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var session = Open();
        await session.ExecuteAsync(sql, null, default);
        await session.CommitAsync(default);
    }

    /// <summary>The lists people see, as text, so that two states are compared at once.</summary>
    public async Task<string[]> ListsAsync() =>
        [.. (await QueryAsync<string>("""
            SELECT 'D' || demand_id || ' ' || encode(matches, 'hex') FROM match_of_demand WHERE consortium_id = current_consortium()
            UNION ALL SELECT 'G' || graduate_id || ' ' || encode(matches, 'hex') FROM match_of_graduate WHERE consortium_id = current_consortium()
            """)).Order(StringComparer.Ordinal)];

    /// <summary>The same as scoring every pair finds them.</summary>
    public async Task<string[]> OracleAsync()
    {
        await using var session = Open();
        var reference = new ReferenceTables();
        var graph = await MatchLoader.SkillsAsync(session, default);
        var demands = (await MatchLoader.OpenDemandsAsync(session, default)).Select(row => row.ToProfile(reference)).ToArray();
        var all = (await MatchLoader.SeekingGraduatesAsync(session, consentedOnly: false, default)).Select(row => new Candidate(row.ToProfile(reference), graph)).ToArray();
        var consented = (await MatchLoader.SeekingGraduatesAsync(session, consentedOnly: true, default)).Select(row => row.Id).ToHashSet();
        return [.. demands.Select(demand => Line('D', demand.Id, ExhaustiveMatcher.TopGraduates(ScoreWeights.Default, demand, all.Where(one => consented.Contains(one.Profile.Id)), 50)))
            .Concat(all.Select(one => Line('G', one.Profile.Id, ExhaustiveMatcher.TopDemands(ScoreWeights.Default, demands, one, 50)))).Order(StringComparer.Ordinal)];
    }

    private static string Line(char side, long id, RankedMatch[] matches) => $"{side}{id} {Convert.ToHexStringLower(PackedMatches.Pack(matches))}";
}
