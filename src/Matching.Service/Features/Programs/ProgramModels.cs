using System.ComponentModel.DataAnnotations;
using Matching.Service.Http;
using Matching.Service.Reference;

namespace Matching.Service.Features.Programs;

/// <summary>An occupation a programme prepares for (服务面向).</summary>
/// <param name="Code">Occupation code.</param>
/// <param name="Weight">Share of the programme's graduates it is meant for, (0, 1].</param>
public sealed record ProgramOccupation([KnownCode(CodeKind.Occupation)] string Code, [Range(0.0001, 1)] decimal Weight = 1);

/// <summary>Figures of one year (招生年度).</summary>
/// <param name="Year">Calendar year.</param>
/// <param name="Applicants">Persons who applied.</param>
/// <param name="Enrolled">Persons enrolled.</param>
/// <param name="ExpectedGraduates">Persons expected to graduate in that year.</param>
public sealed record ProgramYear(
    [Between(1980, 2100)] int Year, [Between(0, 100_000)] int? Applicants = null, [Between(0, 100_000)] int? Enrolled = null, [Between(0, 100_000)] int? ExpectedGraduates = null);

/// <summary>A programme (专业点): a major as one school offers it at one level.</summary>
/// <param name="Id">Number of the programme.</param>
/// <param name="SchoolId">The school.</param>
/// <param name="MajorCode">Major code of the national catalogue.</param>
/// <param name="Name">What the school calls it.</param>
/// <param name="EducationCode">Level its graduates reach, GB/T 4658.</param>
/// <param name="ExternalRef">The school's own reference; imports find the programme by it again.</param>
/// <param name="ClusterId">Industry cluster it serves.</param>
/// <param name="Capacity">Places per year, persons.</param>
/// <param name="PracticeShare">Share of practical hours, 0–1.</param>
/// <param name="PredecessorId">The programme it replaces, whose statistics it inherits.</param>
/// <param name="State">ACTIVE, CLOSING (no new intake) or CLOSED.</param>
/// <param name="Occupations">Occupations served, heaviest first.</param>
/// <param name="Skills">Skills and courses taught.</param>
/// <param name="Certificates">Certificates (1+X) offered.</param>
/// <param name="Years">Figures by year.</param>
/// <param name="EndorsingCompanyIds">Companies that endorse it.</param>
/// <param name="Warnings">Keys of the rules of intake it was taken in spite of; see GET /intake-rules.</param>
/// <param name="Version">Grows with every change; the ETag.</param>
public sealed record TrainingProgram(
    long Id, long SchoolId, string MajorCode, string Name, string EducationCode, string? ExternalRef, long? ClusterId, int? Capacity, decimal? PracticeShare,
    long? PredecessorId, string State, ProgramOccupation[] Occupations, string[] Skills, string[] Certificates, ProgramYear[] Years, long[] EndorsingCompanyIds,
    string[] Warnings, int Version) : IVersioned;

/// <summary>Enters a programme or replaces what is known of it, lists included. <c>SchoolId</c> is needed from the office only; a school enters its own.</summary>
public sealed record WriteProgram(
    [KnownCode(CodeKind.Major)] string MajorCode,
    [Text(100)] string Name,
    [KnownCode(CodeKind.Education)] string EducationCode,
    long? SchoolId = null,
    [Text(100)] string? ExternalRef = null,
    long? ClusterId = null,
    [Between(0, 100_000)] int? Capacity = null,
    [Range(0, 1)] decimal? PracticeShare = null,
    long? PredecessorId = null,
    [OneOf("ACTIVE", "CLOSING", "CLOSED")] string State = "ACTIVE",
    [AtMost(20)] IReadOnlyList<ProgramOccupation>? Occupations = null,
    [AtMost(200), EachText(100)] IReadOnlyList<string>? Skills = null,
    [AtMost(50), EachText(100)] IReadOnlyList<string>? Certificates = null,
    [AtMost(50)] IReadOnlyList<ProgramYear>? Years = null,
    [AtMost(200)] IReadOnlyList<long>? EndorsingCompanyIds = null);

/// <summary>Filters of the list, all optional and combined with AND.</summary>
public sealed record ProgramQuery(
    long? SchoolId = null,
    [property: Text(6)] string? Major = null,
    [property: OneOf("ACTIVE", "CLOSING", "CLOSED")] string? State = null,
    Cursor? After = null,
    [property: Between(1, Page.MaxTake)] int Take = Page.DefaultTake);
