using System.Globalization;
using Dapper;
using Matching.Benchmarks.Match.Data;
using Matching.Benchmarks.Match.Province;
using Matching.Engine.Scoring;
using Matching.Service.Data;
using Matching.Service.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Matching.Benchmarks.Serve;

/// <summary>The demands and graduates of task P as rows of one consortium, so that the service searches what the bare engine searches.</summary>
internal static class ServeData
{
    private const int Companies = 5_000;
    private const long School = Companies + 1;

    // By education 0–4 of the data set: 初中, 中职, 专科, 本科, 硕士.
    private static readonly string[] Educations = ["71", "41", "31", "21", "14"];

    private const string OwnersSql = """
        INSERT INTO consortium (id, name, region_code) VALUES (1, '省产教联合体', '440000');
        INSERT INTO organization (consortium_id, id, kind, name, region_code) OVERRIDING SYSTEM VALUE
        SELECT 1, i, 'COMPANY', '第' || i || '号公司', '440306' FROM generate_series(1, @Companies) AS i;
        INSERT INTO organization (consortium_id, id, kind, name, region_code) OVERRIDING SYSTEM VALUE VALUES (1, @School, 'SCHOOL', '省职业技术学院', '440306');
        INSERT INTO program (consortium_id, id, school_id, major_code, name, education_code) OVERRIDING SYSTEM VALUE
        SELECT 1, i, @School, (460000 + (i - 1) / 4 * 100 + 1 + (i - 1) % 4)::text, '第' || i || '号专业', '31' FROM generate_series(1, 64) AS i;
        INSERT INTO skill (consortium_id, id, kind, name, key, source, state) OVERRIDING SYSTEM VALUE
        SELECT 1, i, kind, name || i, name || i, 'EDITOR', 'ACCEPTED'
        FROM (VALUES (1000000, 1016383, 'SKILL', '技能'), (1100000, 1104095, 'SKILL', '技能群'), (1200000, 1200019, 'CERTIFICATE', '职业证书')) AS v (low, high, kind, name), generate_series(low, high) AS i;
        UPDATE skill SET broader_id = 1100000 + (id - 1000000) / 4 WHERE id BETWEEN 1000000 AND 1016383;
        """;

    private const string KeySql = """
        INSERT INTO api_key (consortium_id, organization_id, role, prefix, secret_hash, expires_at) VALUES (1, @School, 'school', @Prefix, @SecretHash, now() + interval '1 day')
        """;

    /// <summary>Fills a new database; returns a key of the school.</summary>
    public static async Task<string> FillAsync(NpgsqlDataSource owner, int demands, int graduates)
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        await new Migrator(owner, NullLogger<Migrator>.Instance).ApplyAsync(CancellationToken.None);
        await using var db = await owner.OpenConnectionAsync();
        // Without triggers: what they write is not read here.
        await db.ExecuteAsync("SET session_replication_role = replica");
        await db.ExecuteAsync(OwnersSql, new { Companies, School }, commandTimeout: 0);
        var (jobs, people) = new BenchGenerator('C').Create(demands, graduates);
        await CopyAsync(db, "demand (consortium_id, id, organization_id, kind, source, state, title, description, occupation_code, region_code, region_binding, headcount, education_code, major_codes, wage_min, wage_max, opened_on)",
            Enumerable.Range(0, demands).Select(i => Demand(ProvinceProfiles.Demand(jobs, i), jobs, i)));
        await CopyAsync(db, "demand_skill (consortium_id, demand_id, skill_id, must, level)", Enumerable.Range(0, demands).SelectMany(i => Asks(ProvinceProfiles.Demand(jobs, i))));
        await CopyAsync(db, "graduate (consortium_id, id, school_id, program_id, reference, cohort, education_code, graduates_on, wished_occupations, wished_regions, any_region, wage_wish, consent, certificates_complete)",
            Enumerable.Range(0, graduates).Select(i => Graduate(ProvinceProfiles.Graduate(people, i).Profile, people, i)));
        await CopyAsync(db, "graduate_skill (consortium_id, graduate_id, skill_id, evidence, level)", Enumerable.Range(0, graduates).SelectMany(i => Skills(ProvinceProfiles.Graduate(people, i).Profile)));
        await db.ExecuteAsync("RESET session_replication_role");
        await db.ExecuteAsync("VACUUM ANALYZE demand, demand_skill, graduate, graduate_skill, skill, organization, program", commandTimeout: 0);
        var key = ApiKey.Create();
        await db.ExecuteAsync(KeySql, new { School, key.Prefix, key.SecretHash });
        return key.ToString();
    }

    private static async Task CopyAsync(NpgsqlConnection db, string target, IEnumerable<object?[]> rows)
    {
        await using var copy = await db.BeginTextImportAsync($"COPY {target} FROM STDIN");
        foreach (var row in rows)
        {
            await copy.WriteLineAsync(string.Join('\t', row.Select(value => value is null ? "\\N" : Convert.ToString(value, CultureInfo.InvariantCulture))));
        }
    }

    private static object?[] Demand(DemandProfile demand, BenchRecords jobs, int i) =>
    [
        1, demand.Id, 1 + demand.CompanyId, "EMPLOYMENT", "COMPANY", "OPEN", $"第{i}号岗位", "", Code(demand.Occupation!.Value), demand.Region.Code, demand.RegionBinding, 3,
        Educations[jobs.Education[i]], $"{{{string.Join(',', demand.Majors)}}}", demand.WageMax / 2, demand.WageMax, "2026-09-01",
    ];

    private static IEnumerable<object?[]> Asks(DemandProfile demand) =>
    [
        .. demand.Must.Select(ask => (object?[])[1, demand.Id, 1_000_000 + ask.Skill, true, Level(ask.Level)]),
        .. demand.Nice.Select(ask => (object?[])[1, demand.Id, 1_000_000 + ask.Skill, false, Level(ask.Level)]),
        .. demand.Certificates.Select(ask => (object?[])[1, demand.Id, 1_000_000 + ask.Certificate, ask.Compulsory, null]),
    ];

    private static object?[] Graduate(GraduateProfile graduate, BenchRecords people, int i) =>
    [
        1, graduate.Id, School, 1 + people.Major(i), $"G{i}", 2026, Educations[people.Education[i]], "2026-06-30", $"{{{string.Join(',', graduate.Occupations.Select(Code))}}}",
        $"{{{string.Join(',', graduate.Regions.Select(region => region.Code))}}}", graduate.AnyRegion, graduate.WageWish, true, graduate.CertificatesComplete,
    ];

    private static IEnumerable<object?[]> Skills(GraduateProfile graduate) =>
    [
        .. graduate.Skills.DistinctBy(held => held.Skill).Select(held => (object?[])[1, graduate.Id, 1_000_000 + held.Skill, Evidence(held.Evidence), Level(held.Level)]),
        .. graduate.Certificates.Select(certificate => (object?[])[1, graduate.Id, 1_000_000 + certificate, "CERTIFICATE", null]),
    ];

    private static int? Level(int level) => level == 0 ? null : level;

    private static string Evidence(Evidence evidence) => evidence.ToString().ToUpperInvariant();

    // The inverse of OccupationId.Parse for codes of four parts.
    private static string Code(OccupationId occupation)
    {
        const int Base = 101;
        var full = occupation.Full;
        return string.Create(CultureInfo.InvariantCulture, $"{(full / (Base * Base * Base)) - 1}-{(full / (Base * Base) % Base) - 1:00}-{(full / Base % Base) - 1:00}-{(full % Base) - 1:00}");
    }
}
