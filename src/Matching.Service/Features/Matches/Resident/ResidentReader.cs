using Matching.Engine.Scoring;
using Matching.Service.Changes;
using Matching.Service.Data;
using Matching.Service.Reference;

namespace Matching.Service.Features.Matches;

/// <summary>Reads a consortium into memory, and then what has changed of it. Runs as the consortium's own background work, which sees all of it.</summary>
internal sealed class ResidentReader(TenantSession session, ReferenceTables reference)
{
    // One statement must end within the limit that every statement has.
    private const int RowsAtOnce = 5_000;

    private const string TodaySql = "SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date";

    private const string DemandsOfSql = "SELECT id FROM demand WHERE consortium_id = current_consortium() AND state = 'OPEN' AND organization_id = ANY(@Organizations)";

    private const string GraduatesOfSql = """
        SELECT id FROM graduate WHERE consortium_id = current_consortium() AND (program_id = ANY(@Programs) OR school_id = ANY(@Organizations))
        """;

    private const string LapsedSql = """
        SELECT id FROM demand WHERE consortium_id = current_consortium() AND state = 'OPEN' AND valid_through >= @Day AND valid_through < @Today
        """;

    public async Task<(ResidentSet Set, ResidentPlace Place)> LoadAsync(CancellationToken ct)
    {
        // The place in the stream comes first: what is written while the rows are read is read once more.
        var horizon = await new ChangeReader(session).HorizonAsync(ct);
        var today = await session.FindAsync<DateOnly>(TodaySql, null, ct);
        var graph = await MatchLoader.SkillsAsync(session, ct);
        var demands = await MatchLoader.OpenDemandsAsync(session, ct);
        var graduates = await MatchLoader.SeekingGraduatesAsync(session, consentedOnly: false, ct);
        var names = await MatchLoader.SkillNamesAsync(session, demands.SelectMany(row => row.SkillIds).Concat(graduates.SelectMany(row => row.SkillIds)), ct);
        return (new ResidentSet(ScoreWeights.Default, graph, demands.Select(Of), graduates.Select(row => Of(row, graph)), names), new ResidentPlace(horizon, [], today));
    }

    /// <summary>Brings the set up to what has committed. Null: it must be loaded anew, for the stream was trimmed, or what all rows rest on has changed.</summary>
    public async Task<ResidentPlace?> CatchUpAsync(ResidentSet set, ResidentPlace place, CancellationToken ct)
    {
        if (await new ChangeReader(session).PeekAsync(place.Entry, ct) is not { } seen)
        {
            return null;
        }

        var fresh = seen.Items.Where(change => !place.Ahead.Contains(change.Seq)).ToLookup(change => change.Resource, change => change.Id);
        if (fresh.Contains("skill") || fresh.Contains("consortium"))
        {
            return null;
        }

        var today = await session.FindAsync<DateOnly>(TodaySql, null, ct);
        var demands = await DemandIdsAsync(fresh, place.Day, today, ct);
        var graduates = await GraduateIdsAsync(fresh, ct);
        if (demands.Count > 0 || graduates.Count > 0)
        {
            await RereadAsync(set, demands, graduates, ct);
        }

        return new ResidentPlace(Math.Max(place.Entry, seen.Horizon), [.. seen.Items.Select(change => change.Seq).Where(seq => seq > seen.Horizon)], today);
    }

    // Demands themselves, those of companies that changed, and those whose last day has passed, which no row tells.
    private async Task<HashSet<long>> DemandIdsAsync(ILookup<string, long> fresh, DateOnly day, DateOnly today, CancellationToken ct)
    {
        HashSet<long> ids = [.. fresh["demand"]];
        if (fresh.Contains("organization"))
        {
            ids.UnionWith(await session.QueryAsync<long>(DemandsOfSql, new { Organizations = fresh["organization"].ToArray() }, ct));
        }

        if (today != day)
        {
            ids.UnionWith(await session.QueryAsync<long>(LapsedSql, new { Day = day, Today = today }, ct));
        }

        return ids;
    }

    // Graduates themselves and their destinations, and those of programmes and schools that changed.
    private async Task<HashSet<long>> GraduateIdsAsync(ILookup<string, long> fresh, CancellationToken ct)
    {
        HashSet<long> ids = [.. fresh["graduate"], .. fresh["destination"]];
        if (fresh.Contains("program") || fresh.Contains("organization"))
        {
            ids.UnionWith(await session.QueryAsync<long>(GraduatesOfSql, new { Programs = fresh["program"].ToArray(), Organizations = fresh["organization"].ToArray() }, ct));
        }

        return ids;
    }

    private async Task RereadAsync(ResidentSet set, HashSet<long> demandIds, HashSet<long> graduateIds, CancellationToken ct)
    {
        List<ResidentDemand> demands = [];
        List<ResidentGraduate> graduates = [];
        foreach (var ids in demandIds.Chunk(RowsAtOnce))
        {
            demands.AddRange((await session.QueryAsync<DemandRow>(MatchSql.OpenDemandsById, new { Ids = ids }, ct)).Select(Of));
        }

        foreach (var ids in graduateIds.Chunk(RowsAtOnce))
        {
            graduates.AddRange((await session.QueryAsync<GraduateRow>(MatchSql.SeekingGraduatesById, new { Ids = ids }, ct)).Select(row => Of(row, set.Graph)));
        }

        long[] unnamed = [.. demands.SelectMany(demand => demand.Row.SkillIds).Concat(graduates.SelectMany(graduate => graduate.Row.SkillIds)).Where(id => !set.Names.ContainsKey(id)).Distinct()];
        if (unnamed.Length > 0)
        {
            foreach (var (id, name) in await MatchLoader.SkillNamesAsync(session, unnamed, ct))
            {
                set.Names[id] = name;
            }
        }

        set.Apply(demandIds, demands, graduateIds, graduates);
    }

    private ResidentDemand Of(DemandRow row) => new(row, row.ToProfile(reference));

    private ResidentGraduate Of(GraduateRow row, SkillGraph graph) => new(row, new Candidate(row.ToProfile(reference), graph));
}

/// <summary>How far a set has followed.</summary>
/// <param name="Entry">The last entry of the stream up to which everything is in it.</param>
/// <param name="Ahead">Later entries that are in it already.</param>
/// <param name="Day">The day whose open demands it holds, Asia/Shanghai.</param>
internal sealed record ResidentPlace(long Entry, HashSet<long> Ahead, DateOnly Day);
