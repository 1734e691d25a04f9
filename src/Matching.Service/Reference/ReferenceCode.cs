namespace Matching.Service.Reference;

/// <summary>One national code (国家标准代码).</summary>
/// <param name="Code">The code itself.</param>
/// <param name="Level">Depth in its classification, 1 at the top.</param>
/// <param name="LevelName">What that depth is called (门类, 小类, 县级 …).</param>
/// <param name="Name">Official name.</param>
/// <param name="Parent">Code one level up; null at the top.</param>
/// <param name="Rank">Order for "at least" (education) or of listing; null where there is none.</param>
/// <param name="ValidFrom">First day of the edition it is from, where known.</param>
/// <param name="ValidTo">No longer in use from then on; null: in use.</param>
/// <param name="Successor">The code that took its place, where there is exactly one.</param>
/// <param name="Titles">Alternative titles (工种) of an occupation.</param>
/// <param name="Flags">DIGITAL, GREEN (occupations); VIRTUAL, FUNCTIONAL_ZONE (regions); reporting groups (destinations).</param>
public sealed record ReferenceCode(
    string Code, int Level, string LevelName, string Name, string? Parent, int? Rank, DateOnly? ValidFrom, DateOnly? ValidTo, string? Successor,
    IReadOnlyList<string> Titles, IReadOnlyList<string> Flags);
