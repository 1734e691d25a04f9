using Matching.Engine.Scoring;
using Matching.Service.Data;

namespace Matching.Service.Features.Matches;

/// <summary>Reads what scoring needs, set by set. What a session may not see is not there: a company's session yields consenting graduates only.</summary>
internal static class MatchLoader
{
    public static Task<IReadOnlyList<DemandRow>> OpenDemandsAsync(TenantSession session, CancellationToken ct) =>
        session.QueryAsync<DemandRow>(MatchSql.OpenDemands, null, ct);

    public static Task<IReadOnlyList<DemandRow>> DemandsAsync(TenantSession session, long[] ids, CancellationToken ct) =>
        session.QueryAsync<DemandRow>(MatchSql.DemandsById, new { Ids = ids }, ct);

    public static Task<IReadOnlyList<GraduateRow>> SeekingGraduatesAsync(TenantSession session, bool consentedOnly, CancellationToken ct) =>
        session.QueryAsync<GraduateRow>(MatchSql.SeekingGraduates, new { ConsentedOnly = consentedOnly }, ct);

    public static Task<IReadOnlyList<GraduateRow>> GraduatesAsync(TenantSession session, long[] ids, bool consentedOnly, CancellationToken ct) =>
        session.QueryAsync<GraduateRow>(MatchSql.GraduatesById, new { Ids = ids, ConsentedOnly = consentedOnly }, ct);

    public static async Task<SkillGraph> SkillsAsync(TenantSession session, CancellationToken ct) =>
        new((await session.QueryAsync<(long Id, long Broader)>(MatchSql.BroaderSkills, null, ct)).ToDictionary(pair => pair.Id, pair => pair.Broader));

    public static async Task<IReadOnlyDictionary<long, string>> SkillNamesAsync(TenantSession session, IEnumerable<long> ids, CancellationToken ct) =>
        (await session.QueryAsync<(long Id, string Name)>(MatchSql.SkillNames, new { Ids = ids.Distinct().ToArray() }, ct)).ToDictionary(pair => pair.Id, pair => pair.Name);
}
