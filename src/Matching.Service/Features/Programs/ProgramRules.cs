using Matching.Service.Data;
using Matching.Service.Http;
using Matching.Service.Imports;
using Matching.Service.Imports.References;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Features.Programs;

/// <summary>
/// The rule that a new programme needs a company behind it (新设专业点须有合作企业). New is one whose first year on record is this year or later, or that has no year yet;
/// one that replaces another is not new.
/// </summary>
internal sealed class ProgramRules(TenantSession session, TimeProvider clock)
{
    public const string Rule = "program_endorsement";
    private const string Message = "新设专业点须有合作企业支持，请填写合作企业。";

    // Programmes that were there before this year need nobody's word any more.
    private const string OldSql = """
        SELECT p.school_id, p.major_code, p.name
        FROM program p
        WHERE p.consortium_id = current_consortium()
          AND EXISTS (SELECT FROM program_year y WHERE y.consortium_id = p.consortium_id AND y.program_id = p.id AND y.year < @Year)
        """;

    public async Task<IReadOnlyList<RuleNotice>> JudgeAsync(WriteProgram program, CancellationToken ct)
    {
        var isNew = program.PredecessorId is null && (program.Years ?? []).All(year => year.Year >= ThisYear(clock));
        return isNew && (program.EndorsingCompanyIds ?? []).Count == 0 && Notice(await RegionRules.LoadAsync(session, ct), "endorsingCompanyIds") is { } notice ? [notice] : [];
    }

    public static ProblemHttpResult? WhyRefused(IReadOnlyList<RuleNotice> notices) =>
        notices.Where(notice => notice.Severity == RegionRules.Refuse).ToArray() is { Length: > 0 } refused
            ? Problems.InvalidFields("intake_rule_broken", refused.ToDictionary(notice => notice.Field, notice => new[] { notice.Message }), ("rules", refused))
            : null;

    public static string[] Warnings(IReadOnlyList<RuleNotice> notices) => [.. notices.Select(notice => notice.Rule)];

    public static async Task<ProgramImportRules> LoadAsync(TenantSession session, TimeProvider clock, CancellationToken ct)
    {
        var year = ThisYear(clock);
        var old = await session.QueryAsync<(long School, string Major, string Name)>(OldSql, new { Year = year }, ct);
        return new ProgramImportRules(Notice(await RegionRules.LoadAsync(session, ct), ProgramColumns.Companies.Key), year, [.. old.Select(row => $"{row.School}\n{row.Major}\n{row.Name}")]);
    }

    private static RuleNotice? Notice(RegionRules rules, string field) => rules.Notice(Rule, onlyUnsaid: false, field, Message);

    private static int ThisYear(TimeProvider clock) => TimeZoneInfo.ConvertTime(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")).Year;
}

/// <summary>The same rule for the rows of a file; <paramref name="old"/> holds school, major and name of those that are not new, and grows with the file's earlier years.</summary>
internal sealed class ProgramImportRules(RuleNotice? notice, int thisYear, HashSet<string> old)
{
    /// <summary>Refuses the row, or returns the rule it is taken in spite of.</summary>
    public string[] Check(RowScan scan, string identity, int? year, int companies)
    {
        if (year < thisYear)
        {
            old.Add(identity);
        }

        if (notice is null || companies > 0 || old.Contains(identity))
        {
            return [];
        }

        if (notice.Severity == RegionRules.Refuse)
        {
            scan.Refuse(ProgramColumns.Companies, "intake_rule_broken", notice.Message);
        }

        return [notice.Rule];
    }
}
