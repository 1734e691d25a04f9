using System.Globalization;
using Dapper;
using Matching.Benchmarks.Match.Data;
using Matching.Benchmarks.Match.Province;
using Matching.Engine.Scoring;
using Npgsql;

namespace Matching.Benchmarks.Nightly;

/// <summary>One consortium with the demands and graduates of task P as rows of the product's tables, copied past triggers and foreign keys: what the run reads, and nothing else.</summary>
internal static class NightlyData
{
    public const long Consortium = 1;
    private const int Companies = 5_000;
    private const int SkillBase = 1_000_000;
    private const long School = Companies + 1;

    // Codes of the ranks that task P knows as 0 to 4.
    private static readonly string[] Educations = ["71", "41", "31", "21", "14"];
    private static readonly string[] Evidence = ["CLAIM", "INTERNSHIP", "COURSE", "CERTIFICATE"];

    private const string OwnersSql = """
        INSERT INTO consortium (id, name, region_code) VALUES (@Consortium, '甲联合体', '440300');
        INSERT INTO organization (consortium_id, id, kind, name, region_code) OVERRIDING SYSTEM VALUE
        SELECT @Consortium, i, CASE WHEN i > @Companies THEN 'SCHOOL' ELSE 'COMPANY' END, i || '号单位', '440306' FROM generate_series(1, @Companies + 1) AS i;
        INSERT INTO skill (consortium_id, id, kind, name, key, broader_id, source) OVERRIDING SYSTEM VALUE
        SELECT @Consortium, @SkillBase + i, CASE WHEN i >= 200000 THEN 'CERTIFICATE' ELSE 'SKILL' END, '技能' || i, 'bench' || i, CASE WHEN i < 16384 THEN @SkillBase + 100000 + i / 4 END, 'EDITOR'
        FROM (SELECT generate_series(0, 16383) UNION ALL SELECT generate_series(100000, 104095) UNION ALL SELECT generate_series(200000, 200019)) AS n (i);
        INSERT INTO program (consortium_id, id, school_id, major_code, name, education_code) OVERRIDING SYSTEM VALUE
        SELECT @Consortium, 1 + i, @School, (4600 + i / 4)::text || lpad((1 + i % 4)::text, 2, '0'), '专业' || i, '41' FROM generate_series(0, 63) AS i;
        """;

    /// <summary>Fills a migrated database, unless it is filled already.</summary>
    public static async Task FillAsync(string connectionString, int demands, int graduates)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Command Timeout=0");
        await connection.OpenAsync();
        if (await connection.ExecuteScalarAsync<bool>("SELECT EXISTS (SELECT FROM consortium WHERE id = @Consortium)", new { Consortium }))
        {
            return;
        }

        await connection.ExecuteAsync("SET session_replication_role = replica");
        await connection.ExecuteAsync(OwnersSql, new { Consortium, Companies, SkillBase, School });
        var (jobs, seekers) = new BenchGenerator('C').Create(demands, graduates);
        CopyDemands(connection, jobs);
        CopyDemandSkills(connection, jobs);
        CopyGraduates(connection, seekers);
        CopyGraduateSkills(connection, seekers);
        await connection.ExecuteAsync("RESET session_replication_role");
        await connection.ExecuteAsync("VACUUM ANALYZE demand, demand_skill, graduate, graduate_skill, organization, program, skill", commandTimeout: 0);
    }

    private static void CopyDemands(NpgsqlConnection connection, BenchRecords jobs) => Copy(
        connection,
        "demand (consortium_id, id, organization_id, kind, source, state, title, occupation_code, region_code, region_binding, headcount, education_code, major_codes, wage_min, wage_max, opened_on)",
        jobs.Count,
        (row, i) =>
        {
            var demand = ProvinceProfiles.Demand(jobs, i);
            row.Write(Consortium);
            row.Write(demand.Id);
            row.Write(1 + demand.CompanyId);
            row.Write("EMPLOYMENT");
            row.Write("COMPANY");
            row.Write("OPEN");
            row.Write("岗位");
            row.Write(ProvinceProfiles.OccupationCode(jobs.Occupation[i]));
            row.Write(demand.Region.Code.ToString(CultureInfo.InvariantCulture));
            row.Write(demand.RegionBinding);
            row.Write(1 + (i % 9));
            row.Write(Educations[jobs.Education[i]]);
            row.Write(demand.Majors.ToArray());
            row.Write(3_000);
            row.Write(demand.WageMax!.Value);
            row.Write(new DateOnly(2026, 1, 1));
        });

    private static void CopyDemandSkills(NpgsqlConnection connection, BenchRecords jobs) => Copy(
        connection,
        "demand_skill (consortium_id, demand_id, skill_id, must, level)",
        jobs.Count,
        (row, i) =>
        {
            var demand = ProvinceProfiles.Demand(jobs, i);
            var asks = demand.Must.Select(ask => (ask.Skill, Must: true, ask.Level)).Concat(demand.Nice.Select(ask => (ask.Skill, Must: false, ask.Level)))
                .Concat(demand.Certificates.Select(ask => (Skill: ask.Certificate, Must: ask.Compulsory, Level: 0))).ToArray();
            for (var at = 0; at < asks.Length; at++)
            {
                if (at > 0)
                {
                    row.StartRow();
                }

                row.Write(Consortium);
                row.Write(demand.Id);
                row.Write(SkillBase + asks[at].Skill);
                row.Write(asks[at].Must);
                Level(row, asks[at].Level);
            }
        });

    private static void CopyGraduates(NpgsqlConnection connection, BenchRecords seekers) => Copy(
        connection,
        "graduate (consortium_id, id, school_id, program_id, reference, cohort, education_code, graduates_on, wished_occupations, wished_regions, any_region, wage_wish, consent, certificates_complete)",
        seekers.Count,
        (row, i) =>
        {
            var graduate = ProvinceProfiles.Profile(seekers, i);
            row.Write(Consortium);
            row.Write(graduate.Id);
            row.Write(School);
            row.Write(1L + seekers.Major(i));
            row.Write($"G{i}");
            row.Write(2026);
            row.Write(Educations[seekers.Education[i]]);
            row.Write(new DateOnly(2026, 7, 1));
            row.Write(new[] { ProvinceProfiles.OccupationCode(seekers.Occupation[i]) });
            row.Write(graduate.Regions.Select(region => region.Code.ToString(CultureInfo.InvariantCulture)).ToArray());
            row.Write(graduate.AnyRegion);
            row.Write(graduate.WageWish!.Value);
            row.Write(true);
            row.Write(graduate.CertificatesComplete);
        });

    private static void CopyGraduateSkills(NpgsqlConnection connection, BenchRecords seekers) => Copy(
        connection,
        "graduate_skill (consortium_id, graduate_id, skill_id, evidence, level)",
        seekers.Count,
        (row, i) =>
        {
            var graduate = ProvinceProfiles.Profile(seekers, i);
            var first = true;
            foreach (var (skill, evidence, level) in graduate.Skills.Concat(graduate.Certificates.Select(skill => new SkillHeld(skill, Engine.Scoring.Evidence.Certificate, 0))))
            {
                if (!first)
                {
                    row.StartRow();
                }

                first = false;
                row.Write(Consortium);
                row.Write(graduate.Id);
                row.Write(SkillBase + skill);
                row.Write(Evidence[(int)evidence]);
                Level(row, level);
            }
        });

    private static void Level(NpgsqlBinaryImporter row, int level)
    {
        if (level == 0)
        {
            row.WriteNull();
        }
        else
        {
            row.Write((short)level);
        }
    }

    private static void Copy(NpgsqlConnection connection, string target, int count, Action<NpgsqlBinaryImporter, int> write)
    {
        using var importer = connection.BeginBinaryImport($"COPY {target} FROM STDIN BINARY");
        importer.Timeout = TimeSpan.FromHours(1);
        for (var i = 0; i < count; i++)
        {
            importer.StartRow();
            write(importer, i);
        }

        importer.Complete();
    }
}
