using Matching.Service.Data;

namespace Matching.Service.Features.Seekers;

internal sealed class SeekerStore(TenantSession session)
{
    private const string Columns = """
        id, organization_id, reference, category, region_code, education_code, birth_band, wished_occupations, wished_regions, any_region, wage_wish,
        registered_on, closed_on, row_version AS version
        """;

    private const string FindSql = $"SELECT {Columns} FROM seeker WHERE consortium_id = current_consortium() AND id = @Id";

    private const string ListSql = $"""
        SELECT {Columns}
        FROM seeker
        WHERE consortium_id = current_consortium() AND id > @After
          AND (@Category::text IS NULL OR category = @Category)
          AND (@Region::text IS NULL OR starts_with(region_code, regexp_replace(@Region, '(00)+$', '')))
          AND (NOT @OnlyOpen OR closed_on IS NULL)
        ORDER BY id
        LIMIT @Take + 1
        """;

    private const string InsertSql = $"""
        INSERT INTO seeker (consortium_id, organization_id, reference, category, region_code, education_code, birth_band, wished_occupations, wished_regions, any_region,
                            wage_wish, registered_on, closed_on)
        VALUES (current_consortium(), @OrganizationId, @Reference, @Category, @RegionCode, @EducationCode, @BirthBand, @WishedOccupations, @WishedRegions, @AnyRegion,
                @WageWish, @RegisteredOn, @ClosedOn)
        RETURNING {Columns}
        """;

    private const string UpdateSql = $"""
        UPDATE seeker
        SET reference = @Reference, category = @Category, region_code = @RegionCode, education_code = @EducationCode, birth_band = @BirthBand,
            wished_occupations = @WishedOccupations, wished_regions = @WishedRegions, any_region = @AnyRegion, wage_wish = @WageWish,
            registered_on = @RegisteredOn, closed_on = @ClosedOn
        WHERE consortium_id = current_consortium() AND id = @Id AND row_version = @Version
        RETURNING {Columns}
        """;

    private const string DeleteSql = "DELETE FROM seeker WHERE consortium_id = current_consortium() AND id = @Id AND row_version = @Version";

    public Task<Seeker?> FindAsync(long id, CancellationToken ct) => session.FindAsync<Seeker>(FindSql, new { Id = id }, ct);

    public Task<IReadOnlyList<Seeker>> ListAsync(SeekerQuery query, CancellationToken ct) => session.QueryAsync<Seeker>(
        ListSql, new { After = query.After?.Id ?? 0, query.Category, query.Region, query.OnlyOpen, query.Take }, ct);

    public Task<Seeker?> InsertAsync(long organization, WriteSeeker seeker, CancellationToken ct) => session.FindAsync<Seeker>(InsertSql, Row(seeker, 0, 0, organization), ct);

    /// <summary>Null when the row is no longer at that version or not the caller's to change.</summary>
    public Task<Seeker?> UpdateAsync(long id, int version, WriteSeeker seeker, CancellationToken ct) => session.FindAsync<Seeker>(UpdateSql, Row(seeker, id, version, 0), ct);

    public async Task<bool> DeleteAsync(long id, int version, CancellationToken ct) => await session.ExecuteAsync(DeleteSql, new { Id = id, Version = version }, ct) == 1;

    private static object Row(WriteSeeker s, long id, int version, long organization) => new
    {
        Id = id, Version = version, OrganizationId = organization, s.Reference, s.Category, s.RegionCode, s.EducationCode, s.BirthBand,
        WishedOccupations = (s.WishedOccupations ?? []).Distinct().ToArray(), WishedRegions = (s.AnyRegion ? [] : s.WishedRegions ?? []).Distinct().ToArray(),
        s.AnyRegion, s.WageWish, s.RegisteredOn, s.ClosedOn,
    };
}
