using Matching.Service.Data;

namespace Matching.Service.Features.Organizations;

internal sealed class OrganizationStore(TenantSession session)
{
    private const string Columns = """
        id, kind, name, credit_code, external_ref, region_code, industry_code, cluster_id, nature, staff_count, staff_min, staff_max,
        agency, agency_like AS looks_like_agency, teacher_count, member_since, state, confirmed, row_version AS version
        """;

    private const string InsertSql = $"""
        INSERT INTO organization (consortium_id, kind, name, credit_code, external_ref, region_code, industry_code, cluster_id, nature,
                                  staff_count, staff_min, staff_max, agency, teacher_count, member_since, state)
        VALUES (current_consortium(), @Kind, @Name, @CreditCode, @ExternalRef, @RegionCode, @IndustryCode, @ClusterId, @Nature,
                @StaffCount, @StaffMin, @StaffMax, @Agency, @TeacherCount, @MemberSince, @State)
        RETURNING {Columns}
        """;

    private const string UpdateSql = $"""
        UPDATE organization
        SET kind = @Kind, name = @Name, credit_code = @CreditCode, external_ref = @ExternalRef, region_code = @RegionCode,
            industry_code = @IndustryCode, cluster_id = @ClusterId, nature = @Nature, staff_count = @StaffCount, staff_min = @StaffMin, staff_max = @StaffMax, agency = @Agency,
            teacher_count = @TeacherCount, member_since = @MemberSince, state = @State, confirmed = confirmed OR is_staff()
        WHERE consortium_id = current_consortium() AND id = @Id AND row_version = @Version
        RETURNING {Columns}
        """;

    private const string FindSql = $"SELECT {Columns} FROM organization WHERE consortium_id = current_consortium() AND id = @Id";

    // A region filter names a province, prefecture or county; the code's trailing zeros say which.
    private const string ListSql = $"""
        SELECT {Columns}
        FROM organization
        WHERE consortium_id = current_consortium() AND id > @After
          AND (@Kind::text IS NULL OR kind = @Kind)
          AND (@Confirmed::boolean IS NULL OR confirmed = @Confirmed)
          AND (@Region::text IS NULL OR region_code LIKE regexp_replace(@Region, '(00)+$', '') || '%')
        ORDER BY id
        LIMIT @Take + 1
        """;

    private const string DeleteSql = "DELETE FROM organization WHERE consortium_id = current_consortium() AND id = @Id AND row_version = @Version";

    public Task<Organization?> InsertAsync(WriteOrganization organization, CancellationToken ct) => session.FindAsync<Organization>(InsertSql, organization, ct);

    /// <summary>Null when the row is gone, not the caller's to change, or no longer at that version.</summary>
    public Task<Organization?> UpdateAsync(long id, int version, WriteOrganization o, CancellationToken ct) => session.FindAsync<Organization>(
        UpdateSql,
        new
        {
            Id = id, Version = version, o.Kind, o.Name, o.CreditCode, o.ExternalRef, o.RegionCode, o.IndustryCode, o.ClusterId, o.Nature,
            o.StaffCount, o.StaffMin, o.StaffMax, o.Agency, o.TeacherCount, o.MemberSince, o.State,
        },
        ct);

    public Task<Organization?> FindAsync(long id, CancellationToken ct) => session.FindAsync<Organization>(FindSql, new { Id = id }, ct);

    public Task<IReadOnlyList<Organization>> ListAsync(OrganizationQuery query, CancellationToken ct) => session.QueryAsync<Organization>(
        ListSql, new { After = query.After?.Id ?? 0, query.Kind, query.Region, query.Confirmed, query.Take }, ct);

    public async Task<bool> DeleteAsync(long id, int version, CancellationToken ct) => await session.ExecuteAsync(DeleteSql, new { Id = id, Version = version }, ct) == 1;
}
