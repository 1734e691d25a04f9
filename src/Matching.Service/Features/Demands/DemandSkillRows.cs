using Matching.Service.Data;
using Matching.Service.Imports;
using Matching.Service.Imports.References;

namespace Matching.Service.Features.Demands;

/// <summary>
/// The skills of imported demands, as rows of demand_skill. A skill that is both must and nice counts as must; one read from the text counts where the sender did not name it.
/// </summary>
internal sealed class DemandSkillRows(TenantSession session)
{
    public static readonly PartTable Table = new("demand_skill", "demand_id", [("skill_id", "bigint"), ("must", "boolean"), ("level", "smallint"), ("origin", "text")]);

    private static readonly (int At, string Kind, bool Must)[] Stated =
    [
        (DemandImport.At("must_skills"), "SKILL", true), (DemandImport.At("nice_skills"), "SKILL", false),
        (DemandImport.At("must_certificates"), "CERTIFICATE", true), (DemandImport.At("nice_certificates"), "CERTIFICATE", false),
    ];

    private static readonly int Ids = DemandImport.At("text_skills");
    private static readonly int Musts = DemandImport.At("text_musts");
    private static readonly int Levels = DemandImport.At("text_levels");

    private readonly SkillNames _names = new(session);

    /// <summary>Looks up all words of these rows.</summary>
    public async Task ResolveAsync(IReadOnlyList<ValidRow> rows, CancellationToken ct)
    {
        foreach (var kind in Stated.GroupBy(column => column.Kind))
        {
            await _names.ResolveAsync(kind.Key, rows.SelectMany(row => kind.SelectMany(column => (string[])row.Values[column.At]!)), ct);
        }

        await _names.FollowAsync(rows.SelectMany(row => (long[])row.Values[Ids]!), ct);
    }

    /// <summary>The rows of one demand: its number, then the columns of <see cref="Table"/>.</summary>
    public IEnumerable<object?[]> Of(long demand, ValidRow row)
    {
        var found = new Dictionary<long, (bool Must, int Level, bool Stated)>();
        foreach (var (at, kind, must) in Stated)
        {
            foreach (var name in (string[])row.Values[at]!)
            {
                if (_names.IdOf(kind, name) is { } id)
                {
                    found[id] = (must || found.GetValueOrDefault(id).Must, 0, true);
                }
            }
        }

        var (ids, musts, levels) = ((long[])row.Values[Ids]!, (bool[])row.Values[Musts]!, (short[])row.Values[Levels]!);
        for (var i = 0; i < ids.Length; i++)
        {
            if (_names.Now(ids[i]) is { } id && found.GetValueOrDefault(id) is { Stated: false } known)
            {
                found[id] = (musts[i] || known.Must, Math.Max(levels[i], known.Level), false);
            }
        }

        return found.Select(skill => new object?[]
        {
            demand, skill.Key, skill.Value.Must, skill.Value.Level == 0 ? null : skill.Value.Level, skill.Value.Stated ? "STATED" : "TEXT",
        });
    }
}
