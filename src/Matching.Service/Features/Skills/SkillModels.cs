using Matching.Service.Http;

namespace Matching.Service.Features.Skills;

/// <summary>A skill (技能) or certificate (证书) of the vocabulary.</summary>
/// <param name="Id">Number of the skill; the same for everybody when shared.</param>
/// <param name="Kind">SKILL or CERTIFICATE.</param>
/// <param name="Name">Its name as first written.</param>
/// <param name="BroaderId">The skill it is a part of.</param>
/// <param name="Source">STANDARD 职业标准, COURSE 课程, INPUT 录入, EDITOR 编辑.</param>
/// <param name="State">ACCEPTED, or PROVISIONAL until somebody has looked at it.</param>
/// <param name="Shared">Known to all consortia.</param>
public sealed record Skill(long Id, string Kind, string Name, long? BroaderId, string Source, string State, bool Shared);

/// <summary>Filters of the vocabulary, all optional and combined with AND.</summary>
/// <param name="Q">Part of a name or of another name for it, any width, case or script.</param>
/// <param name="Kind">SKILL or CERTIFICATE.</param>
/// <param name="State">ACCEPTED or PROVISIONAL.</param>
/// <param name="After">Cursor of the page before.</param>
/// <param name="Take">Rows of a page.</param>
public sealed record SkillQuery(
    [property: Text(50)] string? Q = null,
    [property: OneOf("SKILL", "CERTIFICATE")] string? Kind = null,
    [property: OneOf("ACCEPTED", "PROVISIONAL")] string? State = null,
    Cursor? After = null,
    [property: Between(1, Page.MaxTake)] int Take = Page.DefaultTake);
