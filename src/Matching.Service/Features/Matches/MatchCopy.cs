using System.Buffers.Binary;
using Matching.Engine.Scoring;
using Matching.Service.Data;

namespace Matching.Service.Features.Matches;

/// <summary>
/// Reads a side, or a range of it, as a run needs it: by binary COPY under the session's policies, straight into profiles. A page of matches reads the same rows through
/// <see cref="MatchLoader"/> with what it shows besides; a test compares the two.
/// </summary>
internal static class MatchCopy
{
    public static async Task<List<DemandProfile>> DemandsAsync(TenantSession session, MatchTables tables, MatchRange range, CancellationToken ct)
    {
        var demands = new List<DemandProfile>();
        await using var rows = await CopyRows.OpenAsync(await session.ConnectionAsync(ct), MatchCopySql.Demands(range), ct);
        while (await rows.ReadAsync(ct))
        {
            demands.Add(ReadDemand(rows, tables));
        }

        return demands;
    }

    /// <summary>Hands the graduates over one by one, for of a million nobody could hold the profiles.</summary>
    public static async Task GraduatesAsync(TenantSession session, MatchTables tables, MatchRange range, bool consentedOnly, Action<GraduateProfile> take, CancellationToken ct)
    {
        var classes = (await session.QueryAsync<(long Graduate, long Company)>(MatchCopySql.OrderClasses, range, ct)).ToLookup(row => row.Graduate, row => row.Company);
        await using var rows = await CopyRows.OpenAsync(await session.ConnectionAsync(ct), MatchCopySql.Graduates(range, consentedOnly), ct);
        while (await rows.ReadAsync(ct))
        {
            take(ReadGraduate(rows, tables, classes));
        }
    }

    private static DemandProfile ReadDemand(CopyRows row, MatchTables tables)
    {
        var id = row.Bigint();
        var (must, nice, certificates) = ReadAsks(row.Field(), tables);
        return new()
        {
            Id = id,
            Must = must,
            Nice = nice,
            Certificates = certificates,
            CompanyId = row.Bigint(),
            Occupation = tables.Occupations.Of(row.Field()) is [var occupation] ? occupation : null,
            Majors = tables.Majors.Of(row.Field()),
            EducationRank = tables.EducationRank(row.Text()),
            Region = tables.Regions.Of(row.Field())[0],
            RegionBinding = row.Boolean(),
            WageMax = row.Integer(),
            StartsOn = row.Date(),
            Priority = row.Boolean(),
        };
    }

    private static (List<SkillAsk> Must, List<SkillAsk> Nice, List<CertificateAsk> Certificates) ReadAsks(ReadOnlySpan<byte> packed, MatchTables tables)
    {
        var (must, nice, certificates) = (new List<SkillAsk>(), new List<SkillAsk>(), new List<CertificateAsk>());
        for (; packed.Length > 0; packed = packed[8..])
        {
            var value = BinaryPrimitives.ReadInt64BigEndian(packed);
            var (skill, level, required) = (value >> 4, (int)(value >> 1) & 7, (value & 1) != 0);
            if (tables.IsCertificate(skill))
            {
                certificates.Add(new(skill, required));
            }
            else
            {
                (required ? must : nice).Add(new(skill, level));
            }
        }

        return (must, nice, certificates);
    }

    private static GraduateProfile ReadGraduate(CopyRows row, MatchTables tables, ILookup<long, long> classes)
    {
        var (id, programId) = (row.Bigint(), row.Bigint());
        var program = tables.Program(programId);
        var (skills, certificates) = ReadHeld(row.Field(), tables);
        return new()
        {
            Id = id,
            Major = program.Major,
            Skills = skills,
            Certificates = certificates,
            EducationRank = row.Text() is { } education ? tables.EducationRank(education) : program.EducationRank,
            AvailableFrom = row.Date(),
            Occupations = tables.OccupationsOf(programId, tables.Occupations.Of(row.Field())),
            Regions = tables.Regions.Of(row.Field()),
            AnyRegion = row.Boolean(),
            WageWish = row.Integer(),
            SkillsComplete = row.Boolean(),
            CertificatesComplete = row.Boolean(),
            OrderClassCompanies = classes.Contains(id) ? [.. classes[id]] : [],
        };
    }

    private static (SkillHeld[] Skills, long[] Certificates) ReadHeld(ReadOnlySpan<byte> packed, MatchTables tables)
    {
        var count = packed.Length / 8;
        var certified = 0;
        for (var i = 0; i < count; i++)
        {
            certified += tables.IsCertificate(BinaryPrimitives.ReadInt64BigEndian(packed[(8 * i)..]) >> 5) ? 1 : 0;
        }

        var (skills, certificates) = (count == certified ? [] : new SkillHeld[count - certified], certified == 0 ? [] : new long[certified]);
        var (skillAt, certificateAt) = (0, 0);
        for (var i = 0; i < count; i++)
        {
            var value = BinaryPrimitives.ReadInt64BigEndian(packed[(8 * i)..]);
            if (certified > 0 && tables.IsCertificate(value >> 5))
            {
                certificates[certificateAt++] = value >> 5;
            }
            else
            {
                skills[skillAt++] = new(value >> 5, (Evidence)(value & 3), (int)(value >> 2) & 7);
            }
        }

        return (skills, certificates);
    }
}
