using Matching.Engine.Indicators;
using Matching.Service.Data;

namespace Matching.Service.Features.Reports;

internal sealed class PlacementReportStore(TenantSession session)
{
    private const string SchoolSql = """
        SELECT name, region_code, now() FROM organization WHERE consortium_id = current_consortium() AND id = @Id AND kind = 'SCHOOL'
        """;

    // The current destination of each graduate, and whether its employer is a member: told by the organization, else by its name.
    private const string FactsSql = """
        SELECT g.program_id, pr.name AS program, p.destination_kind AS destination, p.region_code AS region,
               CASE WHEN p.employer_id IS NOT NULL OR p.employer_name IS NOT NULL THEN EXISTS (
                   SELECT FROM organization o WHERE o.consortium_id = g.consortium_id AND o.member_since IS NOT NULL AND (o.id = p.employer_id OR o.name = p.employer_name)) END AS alliance,
               p.occupation_code AS occupation, p.wage,
               ARRAY(SELECT o.occupation_code FROM program_occupation o WHERE (o.consortium_id, o.program_id) = (g.consortium_id, g.program_id) ORDER BY 1) AS served
        FROM graduate g
        JOIN program pr ON (pr.consortium_id, pr.id) = (g.consortium_id, g.program_id)
        LEFT JOIN placement p ON (p.consortium_id, p.graduate_id) = (g.consortium_id, g.id) AND p.ended_on IS NULL
        WHERE g.consortium_id = current_consortium() AND g.school_id = @Id AND g.cohort = @Cohort
        """;

    /// <summary>Null when there is no such school, or it is not the caller's.</summary>
    public async Task<PlacementReport?> FindAsync(long school, int cohort, CancellationToken ct)
    {
        var (name, region, now) = await session.FindAsync<(string?, string, DateTime)>(SchoolSql, new { Id = school }, ct);
        if (name is null)
        {
            return null;
        }

        var facts = await session.QueryAsync<FactRow>(FactsSql, new { Id = school, Cohort = cohort }, ct);
        PlacementRates Rates(IEnumerable<FactRow> rows) => PlacementRates.Of([.. rows.Select(row => row.Fact)], region);
        var programs = facts.GroupBy(row => (row.Program, row.ProgramId)).OrderBy(group => group.Key).ToArray();
        var hidden = Suppression.Hide([.. programs.Select(group => group.LongCount())], Suppression.OutcomeThreshold, out _);
        return new PlacementReport(
            school, name, cohort, now, ReportedGroups.Formula, ReportedGroups.Of("全校", null, Rates(facts)),
            [.. programs.Select((group, i) => ReportedGroups.Of(group.Key.Program, group.Key.ProgramId, Rates(group), hidden[i]))]);
    }

    private sealed record FactRow(long ProgramId, string Program, string? Destination, string? Region, bool? Alliance, string? Occupation, int? Wage, string[] Served)
    {
        public DestinationFact Fact => new(Destination, Region, Alliance, Occupation, Served, Wage);
    }
}
