using Matching.Service.Data;
using Matching.Service.Imports;

namespace Matching.Service.Features.Graduates;

/// <summary>Imported graduates on their way into graduate, graduate_skill and graduate_order_class: new ones are loaded, known ones updated.</summary>
internal sealed class GraduateWriter(TenantSession session) : ImportWriter
{
    private static readonly LoadTable Table = new("graduate", "school_id",
    [
        ("school_id", "bigint"), ("program_id", "bigint"), ("reference", "text"), ("cohort", "integer"), ("education_code", "text"), ("graduates_on", "date"),
        ("available_from", "date"), ("origin_region_code", "text"), ("wished_occupations", "text[]"), ("wished_regions", "text[]"), ("any_region", "boolean"),
        ("wage_wish", "integer"), ("consent", "boolean"), ("skills_complete", "boolean"), ("certificates_complete", "boolean"), ("consent_at", "timestamptz"),
    ]);

    // All but consent_at, which is the import's moment.
    private static readonly int[] Loaded = [.. Table.Columns.SkipLast(1).Select(column => GraduateImport.At(column.Name))];
    private static readonly int ProgramAt = GraduateImport.At("program_id");
    private static readonly int EducationAt = GraduateImport.At("education_code");
    private static readonly int ConsentAt = GraduateImport.At("consent");

    private readonly LoaderCopy _loader = new(session, Table);
    private readonly KnownGraduateRows _known = new(session);
    private readonly GraduateParts _parts = new(session);
    private Dictionary<long, string>? _levels;
    private DateTime? _now;
    private int _created;
    private int _updated;

    public override async Task WriteAsync(IReadOnlyList<ValidRow> rows, CancellationToken ct)
    {
        await FillLevelsAsync(rows, ct);
        await _parts.ResolveAsync(rows, ct);
        var known = await _known.FindAsync(rows, ct);
        var fresh = rows.Where((_, i) => known[i] is null).ToArray();
        if (fresh.Length > 0)
        {
            await LoadAsync([.. (await _loader.DrawAsync(fresh.Length, ct)).Zip(fresh)], ct);
        }

        var again = rows.Select((row, i) => (Id: known[i], row)).Where(graduate => graduate.Id is not null).Select(graduate => (graduate.Id!.Value, graduate.row)).ToArray();
        if (again.Length > 0)
        {
            _updated += await _known.UpdateAsync(again, _parts, ct);
        }
    }

    public override Task<ImportCounts> FinishAsync(CancellationToken ct) => Task.FromResult(new ImportCounts(_created, _updated));

    private async Task LoadAsync((long Id, ValidRow Row)[] graduates, CancellationToken ct)
    {
        var now = _now ??= await session.FindAsync<DateTime>("SELECT now()", null, ct);
        await _loader.WriteAsync(graduates.Select(graduate => (object?[])
            [graduate.Id, .. Loaded.Select(at => graduate.Row.Values[at]), (bool)graduate.Row.Values[ConsentAt]! ? now : null]), ct);
        await _loader.WriteAsync(GraduateParts.Skills, graduates.SelectMany(graduate => _parts.SkillsOf(graduate.Id, graduate.Row)), ct);
        await _loader.WriteAsync(GraduateParts.OrderClasses, graduates.SelectMany(graduate => GraduateParts.OrderClassesOf(graduate.Id, graduate.Row)), ct);
        _created += graduates.Length;
    }

    // An education that a row leaves open its programme answers.
    private async Task FillLevelsAsync(IReadOnlyList<ValidRow> rows, CancellationToken ct)
    {
        _levels ??= (await session.QueryAsync<(long Id, string Level)>("SELECT id, education_code FROM program WHERE consortium_id = current_consortium()", null, ct))
            .ToDictionary(program => program.Id, program => program.Level);
        foreach (var row in rows)
        {
            row.Values[EducationAt] ??= _levels[(long)row.Values[ProgramAt]!];
        }
    }
}
