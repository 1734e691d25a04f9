using Matching.Engine.Retrieval;
using Matching.Service.Data;
using Npgsql;

namespace Matching.Service.Features.Plans;

/// <summary>What was read, and how old it is.</summary>
/// <param name="Market">Both sides.</param>
/// <param name="SnapshotAt">The instant all of it was read as of.</param>
/// <param name="ListsSince">When the oldest list was computed; null: there was none.</param>
/// <param name="WeightsVersion">The newest among the lists.</param>
/// <param name="StaleLists">Lists whose row has changed since.</param>
internal sealed record PlanInput(PlanMarket Market, DateTime SnapshotAt, DateTime? ListsSince, int? WeightsVersion, int StaleLists);

/// <summary>Reads a plan's input in one snapshot: demands, then graduates with their lists row by row, then the demands' lists.</summary>
internal sealed class PlanLoader(TenantSession session, int k)
{
    private DateTime? _listsSince;
    private int? _weightsVersion;
    private int _stale;

    public async Task<PlanInput> LoadAsync(PlanScope scope, PlanRules rules, CancellationToken ct)
    {
        var snapshotAt = await session.FindAsync<DateTime>("SELECT now()", null, ct);
        var demands = await session.QueryAsync<PlanDemand>(PlanSql.Demands, new { Kinds = scope.Kinds!.ToArray(), Region = scope.RegionCode }, ct);
        var schools = (await session.QueryAsync<PlanSchool>(PlanSql.Schools, null, ct)).ToDictionary(school => school.Id);
        var market = new PlanMarket(rules, demands);
        await ReadGraduatesAsync(market, scope, schools, ct);
        await ReadDemandListsAsync(market, ct);
        return new PlanInput(market, snapshotAt, _listsSince, _weightsVersion, _stale);
    }

    private async Task ReadGraduatesAsync(PlanMarket market, PlanScope scope, Dictionary<long, PlanSchool> schools, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(PlanSql.Graduates, await session.ConnectionAsync(ct))
        {
            Parameters = { new NpgsqlParameter<int?> { TypedValue = scope.Cohort }, new NpgsqlParameter<long?> { TypedValue = scope.SchoolId } },
        };
        await using var rows = await command.ExecuteReaderAsync(ct);
        // A million graduates wish for some hundreds of occupations.
        var codes = new Dictionary<string, string>();
        while (await rows.ReadAsync(ct))
        {
            var id = rows.GetInt64(0);
            var origin = rows.IsDBNull(2) ? null : rows.GetString(2);
            var wishes = rows.GetFieldValue<string[]>(3);
            market.AddGraduate(id, new PlanGraduate(
                schools[rows.GetInt64(1)], origin is null ? null : Same(codes, origin), Array.ConvertAll(wishes, code => Same(codes, code)), rows.GetFieldValue<long[]>(4)));
            if (!rows.IsDBNull(5))
            {
                Remember(rows.GetDateTime(6), rows.GetInt32(7), rows.GetBoolean(8));
                AddFirst(rows.GetFieldValue<byte[]>(5), match => market.AddPair(id, match.Id, match.Points, match.Verdict));
            }
        }
    }

    private async Task ReadDemandListsAsync(PlanMarket market, CancellationToken ct)
    {
        var changed = market.Demands.ToDictionary(demand => demand.Id, demand => demand.UpdatedAt);
        await using var command = new NpgsqlCommand(PlanSql.DemandLists, await session.ConnectionAsync(ct));
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            var id = rows.GetInt64(0);
            if (!changed.TryGetValue(id, out var changedAt))
            {
                continue;
            }

            Remember(rows.GetDateTime(2), rows.GetInt32(3), changedAt > rows.GetDateTime(2));
            AddFirst(rows.GetFieldValue<byte[]>(1), match => market.AddPair(match.Id, id, match.Points, match.Verdict));
        }
    }

    // The first k that are of the plan: who asks for one school or county still has whole lists.
    private void AddFirst(byte[] packed, Func<RankedMatch, bool> add)
    {
        var left = k;
        foreach (var match in PackedMatches.Unpack(packed))
        {
            if (add(match) && --left == 0)
            {
                return;
            }
        }
    }

    private static string Same(Dictionary<string, string> known, string code) => known.TryGetValue(code, out var same) ? same : known[code] = code;

    private void Remember(DateTime computedAt, int weightsVersion, bool stale)
    {
        _listsSince = _listsSince is { } since && since < computedAt ? since : computedAt;
        _weightsVersion = Math.Max(_weightsVersion ?? 0, weightsVersion);
        _stale += stale ? 1 : 0;
    }
}
