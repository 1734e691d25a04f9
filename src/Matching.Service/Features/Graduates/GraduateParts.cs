using Matching.Service.Data;
using Matching.Service.Imports;
using Matching.Service.Imports.References;

namespace Matching.Service.Features.Graduates;

/// <summary>What imported graduates have besides: skills, each by its best evidence (certificate, course, internship, own claim), and the companies whose order class they are in.</summary>
internal sealed class GraduateParts(TenantSession session)
{
    public static readonly PartTable Skills = new("graduate_skill", "graduate_id", [("skill_id", "bigint"), ("evidence", "text")]);

    public static readonly PartTable OrderClasses = new("graduate_order_class", "graduate_id", [("company_id", "bigint")]);

    // The best evidence first.
    private static readonly (int At, string Kind, string Evidence)[] Named =
    [
        (GraduateImport.At("certificates"), "CERTIFICATE", "CERTIFICATE"), (GraduateImport.At("course_skills"), "SKILL", "COURSE"),
        (GraduateImport.At("internship_skills"), "SKILL", "INTERNSHIP"), (GraduateImport.At("claimed_skills"), "SKILL", "CLAIM"),
    ];

    private static readonly int CompaniesAt = GraduateImport.At("order_companies");

    private readonly SkillNames _names = new(session);

    /// <summary>Looks up all words of these rows.</summary>
    public async Task ResolveAsync(IReadOnlyList<ValidRow> rows, CancellationToken ct)
    {
        foreach (var kind in Named.GroupBy(column => column.Kind))
        {
            await _names.ResolveAsync(kind.Key, rows.SelectMany(row => kind.SelectMany(column => (string[])row.Values[column.At]!)), ct);
        }
    }

    /// <summary>The skills of one graduate: the number, then the columns of <see cref="Skills"/>.</summary>
    public IEnumerable<object?[]> SkillsOf(long graduate, ValidRow row)
    {
        var found = new Dictionary<long, string>();
        foreach (var (at, kind, evidence) in Named)
        {
            foreach (var name in (string[])row.Values[at]!)
            {
                if (_names.IdOf(kind, name) is { } id)
                {
                    found.TryAdd(id, evidence);
                }
            }
        }

        return found.Select(skill => new object?[] { graduate, skill.Key, skill.Value });
    }

    public static IEnumerable<object?[]> OrderClassesOf(long graduate, ValidRow row) => ((long[])row.Values[CompaniesAt]!).Select(company => new object?[] { graduate, company });
}
