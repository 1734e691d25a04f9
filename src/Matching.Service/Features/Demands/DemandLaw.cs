using Matching.Service.Data;
using Matching.Service.Http;
using Matching.Service.Imports.References;
using Matching.Service.Reference;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Features.Demands;

/// <summary>Keeps out of the platform what the law forbids and what the consortium's rules refuse, and says which words and why.</summary>
internal sealed class DemandLaw(TenantSession session, ReferenceTables reference)
{
    private RegionRules? _rules;

    public Task<DemandVerdict> JudgeAsync(WriteDemand request, CancellationToken ct) => JudgeAsync(
        new DemandTerms(request.Kind, request.WageMax, request.ContractMonths, request.OccupationCode ?? reference.CodeTitle(request.Title).Code),
        DemandVerdict.Texts(request.Title, request.Description, request.Skills, request.Certificates), ct);

    public Task<DemandVerdict> JudgeAsync(DemandText text, CancellationToken ct) => JudgeAsync(
        new DemandTerms(text.Kind, text.WageMax, text.ContractMonths, text.OccupationCode ?? (text.Title is null ? null : reference.CodeTitle(text.Title).Code)),
        DemandVerdict.Texts(text.Title, text.Description, text.Skills, text.Certificates), ct);

    private async Task<DemandVerdict> JudgeAsync(DemandTerms terms, IEnumerable<(string Field, string? Text)> texts, CancellationToken ct) =>
        DemandVerdict.Of(reference, _rules ??= await RegionRules.LoadAsync(session, ct), terms, texts);

    /// <summary>Rules the demand is taken in spite of.</summary>
    public async Task<string[]> WarningsAsync(WriteDemand request, CancellationToken ct) =>
        [.. (await JudgeAsync(request, ct)).Notices.Select(notice => notice.Rule).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Null when all of them may be taken; otherwise everything that is wrong, the item's number before the field in a batch.</summary>
    public async Task<ProblemHttpResult?> WhyRefusedAsync(IReadOnlyList<WriteDemand> requests, bool batch, CancellationToken ct)
    {
        var (findings, notices) = (new List<UnlawfulRequirement>(), new List<RuleNotice>());
        for (var i = 0; i < requests.Count; i++)
        {
            var verdict = await JudgeAsync(requests[i], ct);
            var prefix = batch ? $"items[{i}]." : "";
            findings.AddRange(verdict.Findings.Select(finding => finding with { Field = prefix + finding.Field }));
            notices.AddRange(verdict.Notices.Where(notice => notice.Severity == RegionRules.Refuse).Select(notice => notice with { Field = prefix + notice.Field }));
        }

        return findings.Count > 0
            ? Problems.InvalidFields("discriminatory_requirement", Errors(findings.Select(finding => (finding.Field, finding.Message))), ("findings", findings))
            : notices.Count > 0
            ? Problems.InvalidFields("intake_rule_broken", Errors(notices.Select(notice => (notice.Field, notice.Message))), ("rules", notices))
            : null;
    }

    private static Dictionary<string, string[]> Errors(IEnumerable<(string Field, string Message)> messages) =>
        messages.GroupBy(message => message.Field).ToDictionary(group => group.Key, group => group.Select(message => message.Message).ToArray());
}
