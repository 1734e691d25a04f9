using Matching.Engine.Duplicates;
using Matching.Service.Data;

namespace Matching.Service.Features.Demands;

/// <summary>Finds near-duplicates among a company's demands (重复需求) and keeps their groups. What is alike is decided in <see cref="DuplicateFinder"/>.</summary>
internal sealed class DuplicateStore(TenantSession session)
{
    // So many new postings are compared at a time, with the leaders of their companies: some tens of megabytes. A company is never cut.
    private const int Together = 5_000;

    /// <summary>Places demands that have just come: each is linked to what it repeats. Drafts and what is in a group already are left alone.</summary>
    public async Task LinkAsync(long[] ids, CancellationToken ct)
    {
        var alone = await session.QueryAsync<(long Organization, long Id)>(DuplicateSql.Alone, new { Ids = ids }, ct);
        var chunk = new List<long>();
        foreach (var company in alone.GroupBy(row => row.Organization, row => row.Id))
        {
            chunk.AddRange(company);
            if (chunk.Count >= Together)
            {
                await LinkChunkAsync([.. chunk], ct);
                chunk.Clear();
            }
        }

        if (chunk.Count > 0)
        {
            await LinkChunkAsync([.. chunk], ct);
        }
    }

    /// <summary>Changes a demand; where the change touches what was compared, it is compared again.</summary>
    public async Task<Demand?> RelinkAsync(Demand known, int version, DemandToStore demand, DemandStore store, CancellationToken ct)
    {
        var request = demand.Request;
        var changed = await store.UpdateAsync(known.Id, version, demand, ct);
        if (changed is null || known.State == "DRAFT"
            || (request.Kind, request.Title, request.Description ?? "", request.RegionCode) == (known.Kind, known.Title, known.Description, known.RegionCode))
        {
            return changed;
        }

        await session.ExecuteAsync(DuplicateSql.Leave, new { known.Id }, ct);
        await LinkAsync([known.Id], ct);
        return await store.FindAsync(known.Id, ct);
    }

    public Task<IReadOnlyList<DemandCopy>> MembersAsync(long id, long after, int take, CancellationToken ct) =>
        session.QueryAsync<DemandCopy>(DuplicateSql.Members, new { Id = id, After = after, Take = take }, ct);

    /// <summary>Takes the demand out of its group and remembers it for good; false when it is in none.</summary>
    public async Task<bool> UnlinkAsync(long id, CancellationToken ct)
    {
        if (await session.ExecuteAsync(DuplicateSql.KeepApart, new { Id = id }, ct) == 0)
        {
            return false;
        }

        await session.ExecuteAsync(DuplicateSql.Leave, new { Id = id }, ct);
        return true;
    }

    /// <summary>Puts the demand into the other's group because people say so; what they said against it before is forgotten.</summary>
    public async Task LinkByHandAsync(long id, long other, CancellationToken ct)
    {
        await session.ExecuteAsync(DuplicateSql.Leave, new { Id = id }, ct);
        var leader = await session.FindAsync<long>(DuplicateSql.LeaderOf, new { Id = other }, ct);
        await session.ExecuteAsync(DuplicateSql.Reconcile, new { Id = id, Leader = leader }, ct);
        await SaveAsync([id], [leader], ["MANUAL"], [null], ct);
    }

    private async Task LinkChunkAsync(long[] ids, CancellationToken ct)
    {
        var incoming = await session.QueryAsync<PostingRow>(DuplicateSql.Incoming, new { Ids = ids, DuplicateRules.RepostDays }, ct);
        // One that is not coded may repeat any.
        var groups = incoming.Any(row => row.OccupationCode is null) ? null : incoming.Select(row => row.OccupationCode!.Length > 7 ? row.OccupationCode[..7] : row.OccupationCode).Distinct().ToArray();
        var leaders = await session.QueryAsync<PostingRow>(
            DuplicateSql.Leaders,
            new { Ids = ids, Organizations = incoming.Select(row => row.OrganizationId).Distinct().ToArray(), DuplicateRules.RepostDays, From = incoming.Min(row => row.OpenedOn), Groups = groups },
            ct);
        var apart = (await session.QueryAsync<(long, long)>(DuplicateSql.Apart, new { Ids = ids }, ct)).ToHashSet();
        var ofCompany = leaders.ToLookup(row => row.OrganizationId);
        var links = incoming.GroupBy(row => row.OrganizationId)
            .SelectMany(company => DuplicateFinder.Find(ofCompany[company.Key].Select(row => row.Posting), company.Select(row => row.Posting), (id, leader) => apart.Contains((id, leader))))
            .ToArray();
        if (links.Length > 0)
        {
            await SaveAsync(
                [.. links.Select(link => link.Id)], [.. links.Select(link => link.Leader)], [.. links.Select(link => link.Reason.ToString().ToUpperInvariant())],
                [.. links.Select(link => (short?)link.Similarity)], ct);
        }
    }

    private Task<int> SaveAsync(long[] copies, long[] leaders, string[] reasons, short?[] similarities, CancellationToken ct) =>
        session.ExecuteAsync(DuplicateSql.Link, new { Copies = copies, Leaders = leaders, Reasons = reasons, Similarities = similarities }, ct);

    private sealed record PostingRow(
        long OrganizationId, long Id, string Kind, bool ByOthers, string RegionCode, string? OccupationCode, string Title, string Description, string Terms, int Headcount,
        DateOnly OpenedOn, DateOnly WantedUntil)
    {
        public Posting Posting => new(Id, Kind, ByOthers, RegionCode, OccupationCode, Title, Description, Terms, Headcount, OpenedOn, WantedUntil);
    }
}
