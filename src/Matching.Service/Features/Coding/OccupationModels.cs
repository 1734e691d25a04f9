using Matching.Service.Http;
using Matching.Service.Reference;

namespace Matching.Service.Features.Coding;

/// <summary>A job title to code, and the posting's text where there is one.</summary>
/// <param name="Title">Job title as posted.</param>
/// <param name="Text">Text of the posting; it orders the proposals and never makes one sure.</param>
/// <param name="Take">Most proposals.</param>
public sealed record TitleToCode([Text(200)] string Title, [System.ComponentModel.DataAnnotations.StringLength(20_000, ErrorMessage = "最多 {1} 个字符。")] string? Text = null, [Between(1, 20)] int Take = 5);

/// <summary>A step of the classification from the top: 大类, 中类, 小类.</summary>
public sealed record OccupationStep(string Code, string Name);

/// <summary>A proposed occupation.</summary>
/// <param name="Code">Occupation code, 职业分类大典 2022.</param>
/// <param name="Name">Its name.</param>
/// <param name="Confidence">0–100; from <c>acceptFrom</c> on the platform stores it unasked.</param>
/// <param name="Method">LEARNED, EXACT, ALIAS, NORMALIZED, RULE, ENDING, SIMILAR or TEXT.</param>
/// <param name="Matched">What of the title or text spoke for it.</param>
/// <param name="Groups">Its groups, 大类 first.</param>
public sealed record ProposedOccupation(string Code, string Name, int Confidence, string Method, string Matched, IReadOnlyList<OccupationStep> Groups);

/// <summary>The proposals for a title, best first.</summary>
/// <param name="Items">The proposals.</param>
/// <param name="AcceptFrom">Confidence from which the first one is stored unasked.</param>
/// <param name="Verdict">ACCEPTED: the first is sure enough; ASK: a person decides; UNKNOWN: nothing in the title is known.</param>
public sealed record CodedOccupations(IReadOnlyList<ProposedOccupation> Items, int AcceptFrom, string Verdict);

/// <summary>What the office teaches of a title: from now on it is this occupation, and so are all demands of that title whose sender gave no code.</summary>
/// <param name="Title">Job title, in any spelling.</param>
/// <param name="OccupationCode">The occupation (细类, or 小类 when no 细类 fits).</param>
public sealed record TeachTitle([Text(200)] string Title, [KnownCode(CodeKind.Occupation)] string OccupationCode);

/// <summary>A decision on an entry of the review queue, named by one of its demands.</summary>
/// <param name="DemandId">One of the entry's demands.</param>
/// <param name="OccupationCode">The occupation of its title.</param>
public sealed record ReviewDecision(long DemandId, [KnownCode(CodeKind.Occupation)] string OccupationCode);

/// <summary>A correction (归类更正) that the coder has learned.</summary>
/// <param name="Id">Number of the correction.</param>
/// <param name="Title">Title as taught.</param>
/// <param name="OccupationCode">Occupation.</param>
/// <param name="TaughtAt">When, UTC.</param>
/// <param name="TaughtByKey">With which key.</param>
/// <param name="UndoneAt">When it was undone, UTC; null: it holds, unless a newer one of the same title does.</param>
/// <param name="Recoded">Demands it recoded.</param>
public sealed record OccupationCorrection(long Id, string Title, string OccupationCode, DateTime TaughtAt, long? TaughtByKey, DateTime? UndoneAt, int Recoded);

/// <summary>An undone correction.</summary>
/// <param name="Correction">The correction.</param>
/// <param name="Restored">Demands that have their earlier coding again; those changed since keep what they have.</param>
public sealed record UndoneCorrection(OccupationCorrection Correction, int Restored);

/// <summary>An entry of the review queue (待审核队列): a title without a sure occupation.</summary>
/// <param name="Title">The title, as most of its demands write it.</param>
/// <param name="Demands">Demands of it.</param>
/// <param name="Headcount">Their seats, persons.</param>
/// <param name="Spellings">How it is written, most frequent first, at most five.</param>
/// <param name="DemandIds">Some of its demands, at most five.</param>
/// <param name="Proposals">What the coder proposes, best first.</param>
public sealed record ReviewEntry(
    string Title, int Demands, long Headcount, IReadOnlyList<string> Spellings, IReadOnlyList<long> DemandIds, IReadOnlyList<ProposedOccupation> Proposals);

/// <summary>A page of the corrections or of the queue.</summary>
/// <param name="After">Cursor of the page before.</param>
/// <param name="Take">Rows of a page.</param>
public sealed record OccupationPageQuery(Cursor? After = null, [property: Between(1, Page.MaxTake)] int Take = Page.DefaultTake);

/// <summary>Courses that describe a programme better than the catalogue's own.</summary>
/// <param name="Courses">Names of courses; null: the catalogue's.</param>
/// <param name="Take">Most occupations.</param>
public sealed record MajorToMatch([AtMost(200), EachText(100)] IReadOnlyList<string>? Courses = null, [Between(1, 50)] int Take = 20);

/// <summary>An occupation of a major.</summary>
/// <param name="Code">Occupation: 细类, or 小类.</param>
/// <param name="Name">Its name.</param>
/// <param name="Official">Named by the major's official standard (主要职业类别).</param>
/// <param name="Score">Share of likelihood over all candidates, millionths; null for official links, which are no inference.</param>
/// <param name="Groups">Its groups, 大类 first.</param>
public sealed record MajorOccupation(string Code, string Name, bool Official, int? Score, IReadOnlyList<OccupationStep> Groups);

/// <summary>The occupations of a major: the official ones first, then the inferred ones, likeliest first.</summary>
public sealed record MajorOccupations(string MajorCode, string MajorName, IReadOnlyList<MajorOccupation> Items);
