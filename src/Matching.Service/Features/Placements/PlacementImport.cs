using System.Globalization;
using Matching.Service.Data;
using Matching.Service.Http;
using Matching.Service.Imports;
using Matching.Service.Imports.References;
using Matching.Service.Reference;
using static Matching.Service.Features.Placements.PlacementColumns;

namespace Matching.Service.Features.Placements;

/// <summary>
/// Placements (毕业去向) from a file. One is known by graduate and 落实日期; a known one is updated. A newer one ends the one before it on its own day.
/// </summary>
internal sealed class PlacementImport(ReferenceTables tables) : ImportKind
{
    private const string EndEarlierSql = """
        UPDATE placement p SET ended_on = s.placed_on
        FROM stage s
        WHERE s.ended_on IS NULL AND p.consortium_id = current_consortium() AND p.graduate_id = s.graduate_id
          AND p.ended_on IS NULL AND p.placed_on < s.placed_on
        """;

    private const string UpdateSql = """
        UPDATE placement p
        SET destination_kind = s.destination_kind, evidence = s.evidence, employer_name = s.employer_name, employer_id = s.employer_id,
            occupation_code = s.occupation_code, region_code = s.region_code, wage = s.wage, ended_on = s.ended_on, confirmed = s.confirmed,
            status_6_months = coalesce(s.status_6_months, p.status_6_months), status_12_months = coalesce(s.status_12_months, p.status_12_months),
            status_24_months = coalesce(s.status_24_months, p.status_24_months)
        FROM stage s
        WHERE p.consortium_id = current_consortium() AND p.graduate_id = s.graduate_id AND p.placed_on = s.placed_on
        """;

    private const string InsertSql = """
        INSERT INTO placement (consortium_id, school_id, graduate_id, destination_kind, evidence, employer_name, employer_id, occupation_code, region_code,
                               wage, placed_on, ended_on, confirmed, status_6_months, status_12_months, status_24_months)
        SELECT current_consortium(), s.school_id, s.graduate_id, s.destination_kind, s.evidence, s.employer_name, s.employer_id, s.occupation_code,
               s.region_code, s.wage, s.placed_on, s.ended_on, s.confirmed, s.status_6_months, s.status_12_months, s.status_24_months
        FROM stage s
        WHERE NOT EXISTS (
            SELECT FROM placement p WHERE p.consortium_id = current_consortium() AND p.graduate_id = s.graduate_id AND p.placed_on = s.placed_on)
        ORDER BY s.row_number
        """;

    private readonly CodeCells _codes = new(tables);

    public override string Name => "placements";

    public override string Title => "毕业去向";

    public override IReadOnlyList<string> Roles { get; } = [ApiRoles.School, ApiRoles.Office, ApiRoles.Admin];

    public override IReadOnlyList<ImportColumn> Columns => All;

    public override IReadOnlyList<StageColumn> Stage { get; } =
    [
        new("school_id", "bigint"), new("graduate_id", "bigint"), new("destination_kind", "text"), new("evidence", "text"), new("employer_name", "text"),
        new("employer_id", "bigint"), new("occupation_code", "text"), new("region_code", "text"), new("wage", "integer"), new("placed_on", "date"),
        new("ended_on", "date"), new("confirmed", "boolean"), new("status_6_months", "text"), new("status_12_months", "text"), new("status_24_months", "text"),
    ];

    public override async Task<ReadRow> PrepareAsync(TenantSession session, ImportTerms terms, CancellationToken ct)
    {
        var parties = await Parties.LoadAsync(session, terms, ct);
        var graduates = await KnownGraduates.LoadAsync(session, ct);
        var current = new Dictionary<long, int>();
        return scan => Read(scan, parties, graduates, current);
    }

    public override ImportWriter Writer(TenantSession session) => new StagedWriter(session, this, MoveAsync);

    private static async Task<ImportCounts> MoveAsync(TenantSession session, CancellationToken ct)
    {
        await session.ExecuteAsync(EndEarlierSql, null, ct);
        var updated = await session.ExecuteAsync(UpdateSql, null, ct);
        return new ImportCounts(await session.ExecuteAsync(InsertSql, null, ct), updated);
    }

    private StagedRow Read(RowScan scan, Parties parties, KnownGraduates graduates, Dictionary<long, int> current)
    {
        var school = parties.Owner(scan, School, "SCHOOL", ApiRoles.School);
        var graduate = graduates.Find(scan, Graduate, school);
        var (placedOn, endedOn) = (scan.Date(PlacedOn), scan.Date(EndedOn));
        if (endedOn < placedOn)
        {
            scan.Refuse(EndedOn, "dates_out_of_order", "结束日期不能早于落实日期。");
        }

        if (graduate is not null && placedOn is not null && endedOn is null)
        {
            RequireOneCurrent(scan, graduate, placedOn.Value, current);
        }

        var employer = scan.TextOrNull(Employer, 200);
        var destination = _codes.Destination(scan, Kind);
        return new StagedRow(
            graduate is null ? null : string.Create(CultureInfo.InvariantCulture, $"{graduate.Id}\n{placedOn:O}"),
            school, graduate?.Id, destination, ReadEvidence(scan, destination), employer, employer is null ? null : parties.Find("COMPANY", employer),
            _codes.Occupation(scan, Occupation), _codes.Region(scan, Region), scan.PayFigure(Wage), placedOn, endedOn, scan.Flag(Confirmed),
            scan.Choice(After6), scan.Choice(After12), scan.Choice(After24));
    }

    /// <summary>Evidence that proves the destination by the same rules as in the API.</summary>
    private static string? ReadEvidence(RowScan scan, string? destination)
    {
        if (scan.Raw(Evidence).Contains("实习", StringComparison.Ordinal))
        {
            return scan.Refuse<string?>(Evidence, "internship_is_not_employment", PlacementRules.WhyNotAccepted("", PlacementRules.InternshipCertificate)!);
        }

        var evidence = scan.Choice(Evidence) ?? "NONE";
        if (destination is not null && PlacementRules.WhyNotAccepted(destination, evidence) is { } reason)
        {
            scan.Refuse(Evidence, "evidence_does_not_prove", Evidence.Allowed!.Aggregate(reason, (text, word) => text.Replace(word.Value, word.Key, StringComparison.Ordinal)));
        }

        if (destination is not null && PlacementRules.NeedsEmployer(destination) && !scan.Has(Employer))
        {
            scan.Refuse(Employer, "required", "该去向须写明就业单位。");
        }

        return evidence;
    }

    private static void RequireOneCurrent(RowScan scan, KnownGraduate graduate, DateOnly placedOn, Dictionary<long, int> current)
    {
        if (graduate.CurrentSince > placedOn)
        {
            scan.Refuse(PlacedOn, "newer_destination_known", string.Create(CultureInfo.InvariantCulture,
                $"平台上已有 {graduate.CurrentSince:yyyy-MM-dd} 起的去向；补录更早的去向须填结束日期。"));
        }

        if (!current.TryAdd(graduate.Id, scan.Number))
        {
            scan.Refuse(Graduate, "duplicate_in_file", string.Create(CultureInfo.InvariantCulture,
                $"与第 {current[graduate.Id]} 行同为该生的当前去向；较早的一条须填结束日期。"));
        }
    }
}
