using System.ComponentModel.DataAnnotations;
using Matching.Service.Http;

namespace Matching.Service.Features.Skills;

/// <summary>A skill (技能) or certificate (证书) of the vocabulary.</summary>
/// <param name="Id">Number of the skill; the same for everybody when shared.</param>
/// <param name="Kind">SKILL or CERTIFICATE.</param>
/// <param name="Name">Its name.</param>
/// <param name="BroaderId">The skill it is a part of.</param>
/// <param name="Source">STANDARD 职业标准, COURSE 课程, INPUT 录入, EDITOR 编辑.</param>
/// <param name="State">ACCEPTED; PROVISIONAL until somebody has looked at it; MERGED when it became another.</param>
/// <param name="Shared">Known to all consortia.</param>
public sealed record Skill(long Id, string Kind, string Name, long? BroaderId, string Source, string State, bool Shared);

/// <summary>A skill with all that is known of it.</summary>
/// <param name="Id">Number of the skill.</param>
/// <param name="Kind">SKILL or CERTIFICATE.</param>
/// <param name="Name">Its name.</param>
/// <param name="BroaderId">The skill it is a part of.</param>
/// <param name="Source">STANDARD 职业标准, COURSE 课程, INPUT 录入, EDITOR 编辑.</param>
/// <param name="State">ACCEPTED, PROVISIONAL or MERGED.</param>
/// <param name="Shared">Known to all consortia; only the operator changes it, without naming a consortium.</param>
/// <param name="MergedIntoId">What it became; its references and its name belong to that skill.</param>
/// <param name="Aliases">Other names for it.</param>
/// <param name="Broader">What it is a part of, nearest first.</param>
/// <param name="Uses">Where the caller's consortium uses it, as far as the caller may see.</param>
/// <param name="Version">Grows with every change; the ETag.</param>
public sealed record SkillDetail(
    long Id, string Kind, string Name, long? BroaderId, string Source, string State, bool Shared, long? MergedIntoId, SkillAlias[] Aliases, BroaderSkill[] Broader,
    SkillUses Uses, int Version) : IVersioned;

/// <summary>Another name for a skill.</summary>
/// <param name="Name">The name.</param>
/// <param name="Shared">Known to all consortia.</param>
public sealed record SkillAlias(string Name, bool Shared);

/// <summary>A skill that another is a part of.</summary>
public sealed record BroaderSkill(long Id, string Name);

/// <summary>Rows that name the skill.</summary>
/// <param name="Demands">Demands.</param>
/// <param name="Programs">Programmes.</param>
/// <param name="Graduates">Graduates.</param>
/// <param name="Seekers">Seekers.</param>
public sealed record SkillUses(int Demands, int Programs, int Graduates, int Seekers);

/// <summary>Filters of the vocabulary, all optional and combined with AND.</summary>
/// <param name="Q">Part of a name or of another name for it, any width, case or script.</param>
/// <param name="Kind">SKILL or CERTIFICATE.</param>
/// <param name="Source">STANDARD, COURSE, INPUT or EDITOR.</param>
/// <param name="State">ACCEPTED, PROVISIONAL or MERGED; none: all but MERGED.</param>
/// <param name="After">Cursor of the page before.</param>
/// <param name="Take">Rows of a page.</param>
public sealed record SkillQuery(
    [property: Text(50)] string? Q = null,
    [property: OneOf("SKILL", "CERTIFICATE")] string? Kind = null,
    [property: OneOf("STANDARD", "COURSE", "INPUT", "EDITOR")] string? Source = null,
    [property: OneOf("ACCEPTED", "PROVISIONAL", "MERGED")] string? State = null,
    Cursor? After = null,
    [property: Between(1, Page.MaxTake)] int Take = Page.DefaultTake);

/// <summary>A new accepted word, of the caller's consortium; of the shared vocabulary when the operator names no consortium.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">SKILL or CERTIFICATE.</param>
/// <param name="BroaderId">The skill it is a part of.</param>
public sealed record CreateSkill([Text(100)] string Name, [OneOf("SKILL", "CERTIFICATE")] string Kind = "SKILL", long? BroaderId = null);

/// <summary>Renames a skill or puts it under another; the former name stays as an alias.</summary>
/// <param name="Name">Its name.</param>
/// <param name="BroaderId">The skill it is a part of; null: none.</param>
public sealed record UpdateSkill([Text(100)] string Name, long? BroaderId = null);

/// <summary>Another name for a skill; on a shared skill it is the consortium's own.</summary>
public sealed record AddSkillAlias([Text(100)] string Name);

/// <summary>What the word becomes.</summary>
/// <param name="Into">The skill that stays: shared, or the consortium's own.</param>
public sealed record MergeSkill(long Into);

/// <summary>Filters of the review list.</summary>
/// <param name="Kind">SKILL or CERTIFICATE.</param>
/// <param name="After">Cursor of the page before.</param>
/// <param name="Take">Rows of a page.</param>
public sealed record SkillReviewQuery(
    [property: OneOf("SKILL", "CERTIFICATE")] string? Kind = null, Cursor? After = null, [property: Between(1, Page.MaxTake)] int Take = Page.DefaultTake);

/// <summary>A word that came with input and nobody has looked at.</summary>
/// <param name="Id">Number of the skill.</param>
/// <param name="Kind">SKILL or CERTIFICATE.</param>
/// <param name="Name">As first written.</param>
/// <param name="Uses">Rows that name it, of all kinds.</param>
/// <param name="Proposals">What it may be merged into, best first; empty: perhaps a skill of its own.</param>
public sealed record ProvisionalSkill(long Id, string Kind, string Name, int Uses, IReadOnlyList<MergeProposal> Proposals);

/// <summary>A skill that a word may be another name of.</summary>
/// <param name="Id">The skill.</param>
/// <param name="Name">Its name.</param>
/// <param name="Why">SAME 同名, CONTAINED 词中含有, SIMILAR 字面相近.</param>
/// <param name="Likeness">0–100.</param>
public sealed record MergeProposal(long Id, string Name, string Why, int Likeness);

/// <summary>A text to be read for skills.</summary>
public sealed record ExtractSkills([StringLength(20_000, ErrorMessage = "最多 {1} 个字符。")] string Text);

/// <summary>A skill found in a text.</summary>
/// <param name="SkillId">The skill.</param>
/// <param name="Name">Its name.</param>
/// <param name="Must">Required (true) or welcome (false).</param>
/// <param name="Level">1 了解 to 5 精通; null: none said.</param>
/// <param name="Offset">Where it begins in the text, in UTF-16 units as JavaScript counts.</param>
/// <param name="Length">How long it is there.</param>
/// <param name="Phrase">As it is written there.</param>
public sealed record ExtractedSkill(long SkillId, string Name, bool Must, int? Level, int Offset, int Length, string Phrase);
