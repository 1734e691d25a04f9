using Matching.Service.Data;

namespace Matching.Service.Features.Placements;

internal sealed class PlacementStore(TenantSession session)
{
    private const string Columns = """
        id, school_id, graduate_id, destination_kind, evidence, employer_name, employer_id, demand_id, occupation_code, region_code, wage, placed_on, ended_on, confirmed,
        status_6_months, status_12_months, status_24_months, row_version AS version
        """;

    private const string FindSql = $"SELECT {Columns} FROM placement WHERE consortium_id = current_consortium() AND id = @Id";

    private const string ListSql = $"""
        SELECT {Columns}
        FROM placement p
        WHERE consortium_id = current_consortium() AND id > @After
          AND (@SchoolId::bigint IS NULL OR school_id = @SchoolId)
          AND (@GraduateId::bigint IS NULL OR graduate_id = @GraduateId)
          AND (@Cohort::int IS NULL OR EXISTS (SELECT FROM graduate g WHERE (g.consortium_id, g.id) = (p.consortium_id, p.graduate_id) AND g.cohort = @Cohort))
          AND (NOT @Current OR ended_on IS NULL)
        ORDER BY id
        LIMIT @Take + 1
        """;

    // The graduate has one destination at a time: the new one ends the one before on the day it begins.
    private const string EndCurrentSql = """
        UPDATE placement SET ended_on = greatest(placed_on, @PlacedOn)
        WHERE consortium_id = current_consortium() AND graduate_id = @GraduateId AND ended_on IS NULL
        """;

    private const string InsertSql = $"""
        INSERT INTO placement (consortium_id, school_id, graduate_id, destination_kind, evidence, employer_name, employer_id, demand_id, occupation_code, region_code, wage,
                               placed_on, confirmed, status_6_months, status_12_months, status_24_months)
        SELECT current_consortium(), g.school_id, g.id, @DestinationKind, @Evidence, @EmployerName, @EmployerId, @DemandId, @OccupationCode, @RegionCode, @Wage,
               @PlacedOn, @Confirmed, @Status6Months, @Status12Months, @Status24Months
        FROM graduate g
        WHERE g.consortium_id = current_consortium() AND g.id = @GraduateId
        RETURNING {Columns}
        """;

    private const string UpdateSql = $"""
        UPDATE placement
        SET destination_kind = @DestinationKind, evidence = @Evidence, employer_name = @EmployerName, employer_id = @EmployerId, demand_id = @DemandId,
            occupation_code = @OccupationCode, region_code = @RegionCode, wage = @Wage, placed_on = @PlacedOn, confirmed = @Confirmed,
            status_6_months = @Status6Months, status_12_months = @Status12Months, status_24_months = @Status24Months
        WHERE consortium_id = current_consortium() AND id = @Id AND row_version = @Version AND graduate_id = @GraduateId
        RETURNING {Columns}
        """;

    private const string DeleteSql = "DELETE FROM placement WHERE consortium_id = current_consortium() AND id = @Id AND row_version = @Version";

    public Task<Placement?> FindAsync(long id, CancellationToken ct) => session.FindAsync<Placement>(FindSql, new { Id = id }, ct);

    public Task<IReadOnlyList<Placement>> ListAsync(PlacementQuery query, CancellationToken ct) => session.QueryAsync<Placement>(
        ListSql, new { After = query.After?.Id ?? 0, query.SchoolId, query.GraduateId, query.Cohort, query.Current, query.Take }, ct);

    /// <summary>Ends the graduate's current destination and records the new one; null when the caller has no such graduate.</summary>
    public async Task<Placement?> InsertAsync(WritePlacement placement, CancellationToken ct)
    {
        await session.ExecuteAsync(EndCurrentSql, placement, ct);
        return await session.FindAsync<Placement>(InsertSql, placement, ct);
    }

    /// <summary>Null when the row is no longer at that version; a placement never moves to another graduate.</summary>
    public Task<Placement?> UpdateAsync(long id, int version, WritePlacement p, CancellationToken ct) => session.FindAsync<Placement>(
        UpdateSql,
        new
        {
            Id = id, Version = version, p.GraduateId, p.DestinationKind, p.Evidence, p.EmployerName, p.EmployerId, p.DemandId, p.OccupationCode, p.RegionCode, p.Wage,
            p.PlacedOn, p.Confirmed, p.Status6Months, p.Status12Months, p.Status24Months,
        },
        ct);

    public async Task<bool> DeleteAsync(long id, int version, CancellationToken ct) => await session.ExecuteAsync(DeleteSql, new { Id = id, Version = version }, ct) == 1;
}
