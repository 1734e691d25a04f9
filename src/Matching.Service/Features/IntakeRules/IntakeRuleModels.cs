using Matching.Service.Http;

namespace Matching.Service.Features.IntakeRules;

/// <summary>A rule of intake as the consortium has it (地方规则).</summary>
/// <param name="Rule">Stable key: discrimination, appearance_wording, internship_paid, apprentice_contract or program_endorsement.</param>
/// <param name="Name">What it asks.</param>
/// <param name="Severity">REFUSE 不予接收, WARN 接收并提示, OFF 不检查.</param>
/// <param name="Threshold">The number it compares with (months of an apprentice's contract); null: it has none.</param>
/// <param name="Fixed">true: the law's own, not to be changed.</param>
/// <param name="Warned">Open demands, or programmes, that were taken in spite of it.</param>
/// <param name="Version">Grows with every change, 0 while it is the default; the ETag of a change.</param>
public sealed record IntakeRule(string Rule, string Name, string Severity, int? Threshold, bool Fixed, long Warned, int Version) : IVersioned;

/// <summary>Sets a rule of intake.</summary>
/// <param name="Severity">REFUSE, WARN or OFF.</param>
/// <param name="Threshold">1–120; null: the default.</param>
public sealed record WriteIntakeRule([OneOf("REFUSE", "WARN", "OFF")] string Severity, [Between(1, 120)] int? Threshold = null);
