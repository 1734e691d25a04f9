using Matching.Service.Data;
using Matching.Service.Imports;

namespace Matching.Service.Features.Demands;

/// <summary>Imported demands on their way into demand, demand_skill and demand_event: new ones are loaded, known ones updated; at the end all are compared for repetition.</summary>
internal sealed class DemandWriter(TenantSession session) : ImportWriter
{
    private static readonly LoadTable Table = new("demand", "organization_id",
    [
        ("organization_id", "bigint"), ("external_ref", "text"), ("kind", "text"), ("source", "text"), ("state", "text"), ("title", "text"), ("description", "text"),
        ("occupation_code", "text"), ("occupation_confidence", "smallint"), ("industry_code", "text"), ("cluster_id", "bigint"), ("region_code", "text"),
        ("region_binding", "boolean"), ("headcount", "integer"), ("filled", "integer"), ("education_code", "text"), ("major_codes", "text[]"), ("experience_years", "integer"),
        ("wage_min", "integer"), ("wage_max", "integer"), ("opened_on", "date"), ("starts_on", "date"), ("valid_through", "date"), ("closed_on", "date"),
        ("contract_months", "integer"), ("warnings", "text[]"), ("unparsed", "jsonb"), ("headcount_stated", "boolean"), ("wage_negotiable", "boolean"),
    ]);

    private static readonly PartTable Events = new("demand_event", "demand_id", [("happened_on", "date"), ("state", "text"), ("filled_delta", "integer"), ("note", "text")]);

    private static readonly int[] Loaded = [.. Table.Columns.Select(column => DemandImport.At(column.Name))];
    private static readonly int StateAt = DemandImport.At("state");
    private static readonly int FilledAt = DemandImport.At("filled");
    private static readonly int OpenedAt = DemandImport.At("opened_on");
    private static readonly int ClosedAt = DemandImport.At("closed_on");

    private readonly LoaderCopy _loader = new(session, Table);
    private readonly OwnerDefaults _owners = new(session);
    private readonly DemandSkillRows _skills = new(session);
    private readonly KnownDemands _known = new(session);
    private readonly List<long> _toCompare = [];
    private DateOnly? _today;
    private int _created;
    private int _updated;

    public override async Task WriteAsync(IReadOnlyList<ValidRow> rows, CancellationToken ct)
    {
        await _owners.FillAsync(rows, ct);
        await _skills.ResolveAsync(rows, ct);
        var known = await _known.FindAsync(rows, ct);
        var fresh = rows.Where((_, i) => known[i] is null).ToArray();
        var ids = await _loader.DrawAsync(fresh.Length, ct);
        if (fresh.Length > 0)
        {
            await LoadAsync([.. ids.Zip(fresh)], ct);
        }

        var again = rows.Select((row, i) => (Known: known[i]!, Row: row)).Where(demand => demand.Known is not null).ToArray();
        if (again.Length > 0)
        {
            _updated += await _known.UpdateAsync(again, _skills, ct);
        }

        _toCompare.AddRange([.. ids, .. again.Select(demand => demand.Known.Id)]);
    }

    public override async Task<ImportCounts> FinishAsync(CancellationToken ct)
    {
        await new DuplicateStore(session).LinkAsync([.. _toCompare], ct);
        return new ImportCounts(_created, _updated, _owners.Registered);
    }

    private async Task LoadAsync((long Id, ValidRow Row)[] demands, CancellationToken ct)
    {
        var today = _today ??= await session.FindAsync<DateOnly>("SELECT today_in_china()", null, ct);
        await _loader.WriteAsync(demands.Select(demand => (object?[])[demand.Id, .. Loaded.Select(at => demand.Row.Values[at])]), ct);
        await _loader.WriteAsync(DemandSkillRows.Table, demands.SelectMany(demand => _skills.Of(demand.Id, demand.Row)), ct);
        await _loader.WriteAsync(Events, demands.Select(Opening).Concat(demands.Select(demand => SinceThen(demand, today)).OfType<object?[]>()), ct);
        _created += demands.Length;
    }

    // A new demand was opened on its day, and what else is true of it happened when it closed or, while it runs, today.
    private static object?[] Opening((long Id, ValidRow Row) demand) => [demand.Id, demand.Row.Values[OpenedAt], StateAtFirst(demand.Row), 0, "导入"];

    private static object?[]? SinceThen((long Id, ValidRow Row) demand, DateOnly today)
    {
        var (state, filled, opened) = ((string)demand.Row.Values[StateAt]!, (int)demand.Row.Values[FilledAt]!, (DateOnly)demand.Row.Values[OpenedAt]!);
        return filled == 0 && state == StateAtFirst(demand.Row) ? null : [demand.Id, demand.Row.Values[ClosedAt] ?? (opened > today ? opened : today), state, filled, "导入"];
    }

    private static string StateAtFirst(ValidRow row) => (string)row.Values[StateAt]! == "DRAFT" ? "DRAFT" : "OPEN";
}
