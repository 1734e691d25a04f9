using Matching.Service.Data;
using Matching.Service.Reference;

namespace Matching.Service.Features.Demands;

/// <summary>A demand as it is to be stored: what was sent, for whom, and the occupation found for the title.</summary>
internal sealed record DemandToStore(WriteDemand Request, long OrganizationId, long? PostedById, string Source, string? OccupationCode, int? OccupationConfidence, string[] Warnings);

internal sealed class DemandStore(TenantSession session, SkillVocabulary vocabulary)
{
    private const string DeleteSql = "DELETE FROM demand WHERE consortium_id = current_consortium() AND id = @Id AND row_version = @Version";

    private const string FillSql = "SELECT fill_demand(@Id, @Count, coalesce(@HappenedOn, (now() AT TIME ZONE 'Asia/Shanghai')::date), @Note)";

    private const string UnfillSql = "SELECT unfill_demand(@Id, @Count, coalesce(@HappenedOn, (now() AT TIME ZONE 'Asia/Shanghai')::date), @Note)";

    private const string ConfirmSql = """
        WITH confirmed AS (
            UPDATE demand SET confirmed_on = today_in_china(), valid_through = coalesce(@ValidThrough, valid_through)
            WHERE consortium_id = current_consortium() AND id = @Id AND state IN ('OPEN', 'PAUSED')
              AND (coalesce(@ValidThrough, valid_through) IS NULL OR coalesce(@ValidThrough, valid_through) >= today_in_china())
            RETURNING consortium_id, id, opened_on, state)
        INSERT INTO demand_event (consortium_id, demand_id, happened_on, state, note)
        SELECT consortium_id, id, greatest(opened_on, today_in_china()), state, '确认仍有效' || coalesce('，有效期至 ' || @ValidThrough::date, '') FROM confirmed
        """;

    private const string TakeSql = "SELECT take_introductions(@Id, @Taken)";

    private const string EventsSql = """
        SELECT id, happened_on, recorded_at, state, filled_delta, headcount_delta, note
        FROM demand_event
        WHERE consortium_id = current_consortium() AND demand_id = @Id
        ORDER BY happened_on, id
        """;

    private const string ShareSql = """
        INSERT INTO demand_share (consortium_id, demand_id, with_consortium) VALUES (current_consortium(), @Id, @With)
        ON CONFLICT ON CONSTRAINT demand_share_pk DO NOTHING
        """;

    private const string UnshareSql = "DELETE FROM demand_share WHERE consortium_id = current_consortium() AND demand_id = @Id AND with_consortium = @With";

    private const string IsCompanySql = "SELECT EXISTS (SELECT FROM organization WHERE consortium_id = current_consortium() AND id = @Id AND kind = 'COMPANY')";

    public Task<Demand?> FindAsync(long id, CancellationToken ct) => session.FindAsync<Demand>(DemandSql.Find, new { Id = id }, ct);

    /// <summary>The demand as it was at that moment; null when it was not, or not in the caller's sight.</summary>
    public Task<Demand?> FindAsync(long id, DateTime asOf, CancellationToken ct) => session.FindAsync<Demand>(DemandSql.FindPast, new { Id = id, AsOf = asOf }, ct);

    public Task<IReadOnlyList<Demand>> FindAllAsync(long[] ids, CancellationToken ct) => session.QueryAsync<Demand>(DemandSql.FindAll, new { Ids = ids }, ct);

    public Task<IReadOnlyList<Demand>> ListAsync(DemandQuery q, CancellationToken ct) => session.QueryAsync<Demand>(
        q.AsOf is null ? DemandSql.List : DemandSql.ListPast, new { After = q.After?.Id ?? 0, q.State, q.Kind, q.Region, q.Occupation, q.OrganizationId, q.Own, q.OpenedFrom, q.OpenedTo, q.Shared, q.Take, AsOf = q.AsOf?.End }, ct);

    public async Task<bool> IsCompanyAsync(long id, CancellationToken ct) => await session.FindAsync<bool>(IsCompanySql, new { Id = id }, ct);

    /// <summary>Inserts the demand with its lists and its first event; returns its id.</summary>
    public async Task<long> InsertAsync(DemandToStore demand, CancellationToken ct)
    {
        var id = await session.FindAsync<long>(DemandSql.Insert, Row(demand, 0, 0), ct);
        await ReplaceSkillsAsync(id, demand.Request, ct);
        await session.ExecuteAsync(DemandSql.Opened, new { Id = id }, ct);
        return id;
    }

    /// <summary>Null when the row is no longer at that version or not the caller's to change.</summary>
    public async Task<Demand?> UpdateAsync(long id, int version, DemandToStore demand, CancellationToken ct)
    {
        if (await session.FindAsync<int>(DemandSql.Update, Row(demand, id, version), ct) == 0)
        {
            return null;
        }

        await ReplaceSkillsAsync(id, demand.Request, ct);
        return await FindAsync(id, ct);
    }

    public async Task<bool> DeleteAsync(long id, int version, CancellationToken ct) => await session.ExecuteAsync(DeleteSql, new { Id = id, Version = version }, ct) == 1;

    /// <summary>Moves the demand and records it; false when its state, its opening day or the end of its validity does not allow the move.</summary>
    public async Task<bool> MoveAsync(long id, DemandTransition move, CancellationToken ct) => await session.ExecuteAsync(
        DemandSql.Transition, new { Id = id, move.To, From = DemandStates.Before(move.To), move.HappenedOn, move.ValidThrough, Note = move.Note ?? "" }, ct) == 1;

    /// <summary>Fills seats and records it; false when it is not open or has fewer seats left.</summary>
    public async Task<bool> FillAsync(long id, DemandFill fill, CancellationToken ct) =>
        await session.FindAsync<bool>(FillSql, new { Id = id, fill.Count, fill.HappenedOn, Note = fill.Note ?? "" }, ct);

    /// <summary>Takes back seats reported filled and records it; false when so many were not filled by that day.</summary>
    public async Task<bool> UnfillAsync(long id, DemandFillCorrection correction, CancellationToken ct) =>
        await session.FindAsync<bool>(UnfillSql, new { Id = id, correction.Count, correction.HappenedOn, correction.Note }, ct);

    /// <summary>Records that it still stands; false when it is closed or its validity has passed and is not extended.</summary>
    public async Task<bool> ConfirmAsync(long id, DateOnly? validThrough, CancellationToken ct) =>
        await session.ExecuteAsync(ConfirmSql, new { Id = id, ValidThrough = validThrough }, ct) == 1;

    /// <summary>The company names whom it took: their introductions become placed; false when one is not this demand's, is over already, or may not be seen any more.</summary>
    public async Task<bool> TakeAsync(long id, IReadOnlyList<long> taken, CancellationToken ct) =>
        await session.FindAsync<bool>(TakeSql, new { Id = id, Taken = taken.Distinct().ToArray() }, ct);

    public Task<IReadOnlyList<DemandEvent>> EventsAsync(long id, CancellationToken ct) => session.QueryAsync<DemandEvent>(EventsSql, new { Id = id }, ct);

    public Task ShareAsync(long id, long with, CancellationToken ct) => session.ExecuteAsync(ShareSql, new { Id = id, With = with }, ct);

    public Task UnshareAsync(long id, long with, CancellationToken ct) => session.ExecuteAsync(UnshareSql, new { Id = id, With = with }, ct);

    private static object Row(DemandToStore demand, long id, int version)
    {
        var d = demand.Request;
        return new
        {
            Id = id, Version = version, demand.OrganizationId, demand.PostedById, demand.Source, demand.OccupationCode, demand.OccupationConfidence,
            d.ExternalRef, d.Kind, d.State, d.Title, Description = d.Description ?? "", d.IndustryCode, d.ClusterId, d.RegionCode, d.RegionBinding, d.Headcount, d.EducationCode,
            MajorCodes = (d.MajorCodes ?? []).Distinct().ToArray(), d.ExperienceYears, d.WageMin, d.WageMax, d.WageNegotiable, d.OpenedOn, d.StartsOn, d.ValidThrough, d.ContractMonths, demand.Warnings,
        };
    }

    private async Task ReplaceSkillsAsync(long id, WriteDemand demand, CancellationToken ct)
    {
        await session.ExecuteAsync(DemandSql.ReplaceSkills, Skills(id, demand), ct);
        if (!string.IsNullOrEmpty(demand.Description))
        {
            await DemandTextSkills.AddAsync(session, id, (await vocabulary.OfAsync(session, ct)).Skills(demand.Description), ct);
        }
    }

    private static object Skills(long id, WriteDemand d)
    {
        var skills = (d.Skills ?? []).Where(skill => skill.Origin != "TEXT" && SkillTexts.Of([skill.Name]).Keys.Length > 0).ToArray();
        var certificates = (d.Certificates ?? []).Where(certificate => SkillTexts.Of([certificate.Name]).Keys.Length > 0).ToArray();
        var (names, papers) = (SkillTexts.Of(skills.Select(skill => skill.Name)), SkillTexts.Of(certificates.Select(certificate => certificate.Name)));
        return new
        {
            Id = id,
            names.Names,
            names.Keys,
            Must = skills.Select(skill => skill.Must).ToArray(),
            Levels = skills.Select(skill => (short?)skill.Level).ToArray(),
            CertificateNames = papers.Names,
            CertificateKeys = papers.Keys,
            Compulsory = certificates.Select(certificate => certificate.Compulsory).ToArray(),
        };
    }
}
