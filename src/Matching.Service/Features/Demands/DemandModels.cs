using System.ComponentModel.DataAnnotations;
using Matching.Service.Http;
using Matching.Service.Reference;

namespace Matching.Service.Features.Demands;

/// <summary>A skill a demand asks for.</summary>
/// <param name="Name">The skill as the company names it.</param>
/// <param name="Must">Required (true) or welcome (false).</param>
/// <param name="Level">1 了解 to 5 精通; null: any.</param>
/// <param name="Origin">STATED: named by the sender. TEXT: read from the description; sent back it is left out, for the text is read again.</param>
public sealed record AskedSkill([Text(100)] string Name, bool Must = true, [Between(1, 5)] int? Level = null, [OneOf("STATED", "TEXT")] string Origin = "STATED");

/// <summary>A certificate a demand asks for.</summary>
/// <param name="Name">The certificate as the company names it.</param>
/// <param name="Compulsory">持证上岗: nobody without it can be taken.</param>
public sealed record AskedCertificate([Text(100)] string Name, bool Compulsory = false);

/// <summary>A demand (用人需求): seats one company wants filled.</summary>
/// <param name="Id">Number of the demand.</param>
/// <param name="OrganizationId">The company.</param>
/// <param name="PostedById">The department or office that posted it for the company.</param>
/// <param name="ExternalRef">The company's own reference; imports find the demand by it again.</param>
/// <param name="Kind">EMPLOYMENT 就业, INTERNSHIP 实习, APPRENTICE 学徒, ORDER_CLASS 订单班, TEACHER_PRACTICE 教师企业实践.</param>
/// <param name="Source">COMPANY, DEPARTMENT or SURVEY.</param>
/// <param name="State">DRAFT → OPEN → PAUSED → FILLED | WITHDRAWN | EXPIRED; an expired one may be opened again.</param>
/// <param name="Title">Job title.</param>
/// <param name="Description">Text of the posting.</param>
/// <param name="OccupationCode">Occupation, given by the sender or coded from the title; null: 未归类.</param>
/// <param name="OccupationConfidence">0–100 when the platform coded the title; null when the sender gave the code.</param>
/// <param name="IndustryCode">Industry, GB/T 4754.</param>
/// <param name="ClusterId">Industry cluster.</param>
/// <param name="RegionCode">Place of work, GB/T 2260.</param>
/// <param name="RegionBinding">Only for those who would work there.</param>
/// <param name="Headcount">Seats, persons.</param>
/// <param name="Filled">Seats filled so far, persons.</param>
/// <param name="EducationCode">Least education, GB/T 4658; null: any.</param>
/// <param name="MajorCodes">Accepted majors; empty: any.</param>
/// <param name="ExperienceYears">Least experience, years.</param>
/// <param name="WageMin">Least pay, yuan per month.</param>
/// <param name="WageMax">Most pay, yuan per month.</param>
/// <param name="OpenedOn">First day it was open.</param>
/// <param name="StartsOn">Wanted start of work.</param>
/// <param name="ValidThrough">Last day it is valid.</param>
/// <param name="ClosedOn">Day it was filled, withdrawn or expired.</param>
/// <param name="ConfirmedOn">Last day on which its owner said that it stands: by posting, changing, filling, moving or confirming it.</param>
/// <param name="CanonicalId">The demand this one is a copy of (重复需求); copies are shown, not counted and not matched.</param>
/// <param name="Agency">Posted by a labour agency (劳务中介): searchable and matched, but left out of the counted demand.</param>
/// <param name="HeadcountFlag">The headcount is beyond what the company's size makes plausible (需求人数存疑).</param>
/// <param name="CountedHeadcount">Seats that figures count (计入统计人数), persons: the headcount, cut to the region's cap; 0 for drafts, copies and agencies.</param>
/// <param name="Skills">Skills asked for, by the sender or in the description; required ones first.</param>
/// <param name="Certificates">Certificates asked for.</param>
/// <param name="ContractMonths">Length of the contract, months; asked of apprentices.</param>
/// <param name="Warnings">Keys of the rules of intake it was taken in spite of; see GET /intake-rules.</param>
/// <param name="HeadcountStated">false: the sender stated no number (若干), so it counts as one seat.</param>
/// <param name="WageNegotiable">面议: there is no figure, and the sender says so.</param>
/// <param name="Unparsed">What of an imported file could not be read, as it was written, by the key of the import's column; empty: nothing.</param>
/// <param name="Shared">Belongs to another consortium, which shares it with this one.</param>
/// <param name="Version">Grows with every change; the ETag.</param>
public sealed record Demand(
    long Id, long OrganizationId, long? PostedById, string? ExternalRef, string Kind, string Source, string State, string Title, string Description,
    string? OccupationCode, int? OccupationConfidence, string? IndustryCode, long? ClusterId, string RegionCode, bool RegionBinding, int Headcount, int Filled,
    string? EducationCode, string[] MajorCodes, int? ExperienceYears, int? WageMin, int? WageMax, DateOnly OpenedOn, DateOnly? StartsOn, DateOnly? ValidThrough,
    DateOnly? ClosedOn, DateOnly ConfirmedOn, long? CanonicalId, bool Agency, bool HeadcountFlag, int CountedHeadcount, AskedSkill[] Skills, AskedCertificate[] Certificates,
    int? ContractMonths, string[] Warnings, bool HeadcountStated, bool WageNegotiable, Dictionary<string, string> Unparsed, bool Shared, int Version) : IVersioned;

/// <summary>Posts a demand or replaces what is known of it, lists included. <c>OrganizationId</c> is needed from departments and the office; a company posts its own.</summary>
/// <remarks>On a change <c>State</c> is not looked at: states move by transitions and fills alone. The opening day is fixed once the demand is open.</remarks>
public sealed record WriteDemand(
    [Text(200)] string Title,
    [KnownCode(CodeKind.Region)] string RegionCode,
    [Between(1, 100_000)] int Headcount,
    [OneOf("EMPLOYMENT", "INTERNSHIP", "APPRENTICE", "ORDER_CLASS", "TEACHER_PRACTICE")] string Kind = "EMPLOYMENT",
    [OneOf("DRAFT", "OPEN")] string State = "OPEN",
    long? OrganizationId = null,
    [Text(100)] string? ExternalRef = null,
    [StringLength(20_000, ErrorMessage = "最多 {1} 个字符。")] string? Description = null,
    [KnownCode(CodeKind.Occupation)] string? OccupationCode = null,
    [KnownCode(CodeKind.Industry)] string? IndustryCode = null,
    long? ClusterId = null,
    bool RegionBinding = false,
    [KnownCode(CodeKind.Education)] string? EducationCode = null,
    [AtMost(50), KnownCode(CodeKind.Major)] IReadOnlyList<string>? MajorCodes = null,
    [Between(0, 50)] int? ExperienceYears = null,
    [Between(0, 1_000_000)] int? WageMin = null,
    [Between(0, 1_000_000)] int? WageMax = null,
    DateOnly? OpenedOn = null,
    DateOnly? StartsOn = null,
    DateOnly? ValidThrough = null,
    [AtMost(100)] IReadOnlyList<AskedSkill>? Skills = null,
    [AtMost(20)] IReadOnlyList<AskedCertificate>? Certificates = null,
    [Between(1, 600)] int? ContractMonths = null,
    bool WageNegotiable = false) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (WageMin > WageMax)
        {
            yield return new ValidationResult("最高工资不能低于最低工资。", [nameof(WageMax)]);
        }

        if (WageMin is not null && WageMax is null)
        {
            yield return new ValidationResult("给出最低工资时也须给出最高工资。", [nameof(WageMax)]);
        }

        if (WageNegotiable && (WageMin ?? WageMax) is not null)
        {
            yield return new ValidationResult("写明了工资的不是面议。", [nameof(WageNegotiable)]);
        }

        if (OpenedOn is { } opened && ValidThrough < opened)
        {
            yield return new ValidationResult("有效期不能早于发布日期。", [nameof(ValidThrough)]);
        }
    }
}

/// <summary>What a demand is going to say, to be looked at before it is posted; nothing is stored.</summary>
public sealed record DemandText(
    [StringLength(200, ErrorMessage = "最多 {1} 个字符。")] string? Title = null,
    [StringLength(20_000, ErrorMessage = "最多 {1} 个字符。")] string? Description = null,
    [OneOf("EMPLOYMENT", "INTERNSHIP", "APPRENTICE", "ORDER_CLASS", "TEACHER_PRACTICE")] string Kind = "EMPLOYMENT",
    [KnownCode(CodeKind.Occupation)] string? OccupationCode = null,
    [Between(0, 1_000_000)] int? WageMax = null,
    [Between(1, 600)] int? ContractMonths = null,
    [AtMost(100)] IReadOnlyList<AskedSkill>? Skills = null,
    [AtMost(20)] IReadOnlyList<AskedCertificate>? Certificates = null);

/// <summary>Several demands at once: all are stored or none.</summary>
public sealed record DemandBatch([AtMost(500)] IReadOnlyList<WriteDemand> Items);

/// <summary>Moves a demand to another state.</summary>
/// <param name="To">OPEN, PAUSED, WITHDRAWN or EXPIRED; FILLED comes about by filling.</param>
/// <param name="HappenedOn">Day of the change; null: today.</param>
/// <param name="Note">Why, for the history.</param>
/// <param name="ValidThrough">New last day of validity, where it is opened again.</param>
/// <param name="Taken">Introductions whose graduates the company took; they become placed and their seats are filled before the demand closes.</param>
/// <param name="Elsewhere">Persons it took from elsewhere meanwhile; their seats are filled too.</param>
public sealed record DemandTransition(
    [OneOf("OPEN", "PAUSED", "WITHDRAWN", "EXPIRED")] string To, [NotInFuture] DateOnly? HappenedOn = null, [StringLength(500, ErrorMessage = "最多 {1} 个字符。")] string? Note = null,
    DateOnly? ValidThrough = null, [AtMost(500)] IReadOnlyList<long>? Taken = null, [Between(0, 100_000)] int Elsewhere = 0) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ValidThrough is not null && To != "OPEN")
        {
            yield return new ValidationResult("只有重新开放时才能给出新的有效期。", [nameof(ValidThrough)]);
        }
    }
}

/// <summary>Reports seats filled. The last one closes the demand and ends its other introductions.</summary>
/// <param name="Count">Persons taken, those of <c>Taken</c> included.</param>
/// <param name="HappenedOn">Day they started; null: today.</param>
/// <param name="Note">For the history.</param>
/// <param name="Taken">Introductions whose graduates are among them; they become placed.</param>
public sealed record DemandFill(
    [Between(1, 100_000)] int Count, [NotInFuture] DateOnly? HappenedOn = null, [StringLength(500, ErrorMessage = "最多 {1} 个字符。")] string? Note = null,
    [AtMost(500)] IReadOnlyList<long>? Taken = null);

/// <summary>Takes back seats that were reported filled by mistake (误报冲正).</summary>
/// <param name="Count">Seats, persons.</param>
/// <param name="Note">Why, for the history.</param>
/// <param name="HappenedOn">Day from which they count as unfilled, not before they were reported; null: today.</param>
public sealed record DemandFillCorrection([Between(1, 100_000)] int Count, [Text(500)] string Note, [NotInFuture] DateOnly? HappenedOn = null);

/// <summary>Says that a demand still stands (确认仍有效).</summary>
/// <param name="ValidThrough">New last day of validity; null: as it is.</param>
public sealed record DemandConfirmation(DateOnly? ValidThrough = null);

/// <summary>One entry of a demand's history.</summary>
/// <param name="Id">Number of the entry.</param>
/// <param name="HappenedOn">Day it counts for.</param>
/// <param name="RecordedAt">Moment it was recorded, UTC.</param>
/// <param name="State">State from then on.</param>
/// <param name="FilledDelta">Seats filled by it, persons; negative where a report is taken back.</param>
/// <param name="HeadcountDelta">Seats asked for more (or less) from then on, persons.</param>
/// <param name="Note">Why.</param>
public sealed record DemandEvent(long Id, DateOnly HappenedOn, DateTime RecordedAt, string State, int FilledDelta, int HeadcountDelta, string Note);

/// <summary>Filters of the list, all optional and combined with AND.</summary>
/// <param name="State">State.</param>
/// <param name="Kind">Kind.</param>
/// <param name="Region">Region with everything below it.</param>
/// <param name="Occupation">Occupation or group (大类, 中类, 小类) with everything below it.</param>
/// <param name="OrganizationId">Company.</param>
/// <param name="Own">true: those of the caller's organization and those it posted for others.</param>
/// <param name="OpenedFrom">Opened on or after.</param>
/// <param name="OpenedTo">Opened on or before.</param>
/// <param name="Shared">true: those that other consortia share with this one, instead of its own.</param>
/// <param name="After">Cursor of the page before.</param>
/// <param name="Take">Rows of a page.</param>
/// <param name="AsOf">The list as it was: at that instant, or at the end of that day in Asia/Shanghai. Own demands of the consortium only; what is counted in figures is judged as of today.</param>
public sealed record DemandQuery(
    [property: OneOf("DRAFT", "OPEN", "PAUSED", "FILLED", "WITHDRAWN", "EXPIRED")] string? State = null,
    [property: OneOf("EMPLOYMENT", "INTERNSHIP", "APPRENTICE", "ORDER_CLASS", "TEACHER_PRACTICE")] string? Kind = null,
    [property: KnownCode(CodeKind.Region)] string? Region = null,
    [property: RegularExpression("^[1-8](-[0-9]{2}){0,3}$", ErrorMessage = "须为职业分类大典的代码。")] string? Occupation = null,
    long? OrganizationId = null,
    bool Own = false,
    DateOnly? OpenedFrom = null,
    DateOnly? OpenedTo = null,
    bool Shared = false,
    Cursor? After = null,
    [property: Between(1, Page.MaxTake)] int Take = Page.DefaultTake,
    DayOrInstant? AsOf = null);
