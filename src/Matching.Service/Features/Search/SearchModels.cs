using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Matching.Service.Http;

namespace Matching.Service.Features.Search;

/// <summary>What to search for. Everything is optional; words and filters are combined with AND, the values of one filter with OR.</summary>
/// <remarks>A filter that the resource does not have is refused, not ignored.</remarks>
/// <param name="Q">Words, separated by spaces; each must stand in the title or text, in any width, case or script, or, as pinyin initials (拼音首字母), in the name. Empty: browse.</param>
/// <param name="Region">Regions with everything below them.</param>
/// <param name="Industry">Industries with everything below them.</param>
/// <param name="Occupation">Occupations or groups with everything below them.</param>
/// <param name="Education">Education levels or groups.</param>
/// <param name="Kind">Kinds, as the resource names them.</param>
/// <param name="State">States, as the resource names them.</param>
/// <param name="WageMin">Pays (or asks for) at least so much, yuan per month.</param>
/// <param name="WageMax">Pays (or asks for) from so much downwards, yuan per month.</param>
/// <param name="Sort">relevance, then newer first, then the higher number; or date alone.</param>
/// <param name="After">Cursor of the page before; keep everything else as it was.</param>
/// <param name="Take">Rows of a page.</param>
public sealed record SearchQuery(
    [property: StringLength(100, ErrorMessage = "最多 {1} 个字符。")] string? Q = null,
    [property: AtMost(50)] string[]? Region = null,
    [property: AtMost(50)] string[]? Industry = null,
    [property: AtMost(50)] string[]? Occupation = null,
    [property: AtMost(50)] string[]? Education = null,
    [property: AtMost(50)] string[]? Kind = null,
    [property: AtMost(50)] string[]? State = null,
    [property: Between(0, 1_000_000)] int? WageMin = null,
    [property: Between(0, 1_000_000)] int? WageMax = null,
    [property: OneOf("relevance", "date")] string Sort = "relevance",
    Cursor? After = null,
    [property: Between(1, Page.MaxTake)] int Take = 20);

/// <summary>What a search found.</summary>
/// <param name="Items">One page, in the order asked for.</param>
/// <param name="Total">How many there are, counted among the newest 1,000 that fit.</param>
/// <param name="TotalIsLowerBound">There are older ones beyond the 1,000, which are neither counted nor listed; a narrower search shows them.</param>
/// <param name="Facets">How many there are of each value, each facet counted as if it had no filter of its own.</param>
/// <param name="Next">Pass it as <c>after</c> to get the next page; null on the last one.</param>
public sealed record SearchPage<T>(IReadOnlyList<SearchItem<T>> Items, int Total, bool TotalIsLowerBound, IReadOnlyList<SearchFacet> Facets, string? Next)
    where T : ISearchRow;

/// <summary>One row found.</summary>
/// <param name="Row">The resource's short form.</param>
/// <param name="Score">How well it answers the words: the sum over the words of 60 exact title, 50 whole word in it, 40 part, 35 initials of the whole name, 30 their beginning, 20 whole word in the text, 15 inside the initials, 10 part of the text; 100 more when the title is the query. 0 without words or ordered by date.</param>
/// <param name="Excerpt">The part of the text around the first word found; null when there is no text.</param>
/// <param name="Highlights">Where the words stand; empty when only initials matched.</param>
public sealed record SearchItem<T>(T Row, int Score, string? Excerpt, IReadOnlyList<SearchHighlight> Highlights)
    where T : ISearchRow;

/// <summary>A place to mark.</summary>
/// <param name="Field">title or excerpt.</param>
/// <param name="Start">First character, UTF-16 units from 0.</param>
/// <param name="Length">UTF-16 units.</param>
public sealed record SearchHighlight(string Field, int Start, int Length);

/// <summary>The values of one property among what was found.</summary>
/// <param name="Name">region, industry, occupation, education, wage, kind or state.</param>
/// <param name="Values">Values with rows, most rows first; of short lists all values.</param>
public sealed record SearchFacet(string Name, IReadOnlyList<SearchFacetValue> Values);

/// <summary>One value of a facet.</summary>
/// <param name="Value">What to send as the filter; null: not stated.</param>
/// <param name="Name">Its name.</param>
/// <param name="Parent">The value it is counted in as well; null at the top.</param>
/// <param name="Count">Rows, with those of everything below it.</param>
public sealed record SearchFacetValue(string? Value, string Name, string? Parent, int Count);

/// <summary>What every short form has.</summary>
public interface ISearchRow
{
    long Id { get; }

    string Title { get; }

    /// <summary>The text searched besides the title; only its excerpt is sent.</summary>
    [JsonIgnore]
    string Text { get; }
}

/// <summary>A demand, in short.</summary>
/// <param name="Id">Number of the demand.</param>
/// <param name="Title">Job title.</param>
/// <param name="OrganizationId">The company.</param>
/// <param name="OrganizationName">Its name; null when it belongs to another consortium.</param>
/// <param name="Kind">Kind of the demand.</param>
/// <param name="State">State of the demand.</param>
/// <param name="RegionCode">Place of work.</param>
/// <param name="OccupationCode">Occupation; null: 未归类.</param>
/// <param name="IndustryCode">Industry.</param>
/// <param name="EducationCode">Least education; null: any.</param>
/// <param name="WageMin">Least pay, yuan per month.</param>
/// <param name="WageMax">Most pay, yuan per month.</param>
/// <param name="Headcount">Seats, persons.</param>
/// <param name="OpenedOn">First day it was open.</param>
/// <param name="Shared">Belongs to another consortium, which shares it with this one.</param>
/// <param name="Text">What is searched besides the title; not sent.</param>
public sealed record DemandFound(
    long Id, string Title, long OrganizationId, string? OrganizationName, string Kind, string State, string RegionCode, string? OccupationCode, string? IndustryCode,
    string? EducationCode, int? WageMin, int? WageMax, int Headcount, DateOnly OpenedOn, bool Shared, [property: JsonIgnore] string Text = "") : ISearchRow;

/// <summary>A programme, in short.</summary>
/// <param name="Id">Number of the programme.</param>
/// <param name="Title">Its name.</param>
/// <param name="SchoolId">The school.</param>
/// <param name="SchoolName">The school's name.</param>
/// <param name="RegionCode">Where the school is.</param>
/// <param name="MajorCode">Major.</param>
/// <param name="EducationCode">Level.</param>
/// <param name="State">ACTIVE, CLOSING or CLOSED.</param>
/// <param name="OccupationCodes">What its graduates do.</param>
/// <param name="Text">What is searched besides the title; not sent.</param>
public sealed record ProgramFound(
    long Id, string Title, long SchoolId, string SchoolName, string RegionCode, string MajorCode, string EducationCode, string State, string[] OccupationCodes,
    [property: JsonIgnore] string Text = "") : ISearchRow;

/// <summary>A graduate, in short.</summary>
/// <param name="Id">Number of the graduate.</param>
/// <param name="Title">The school's pseudonym.</param>
/// <param name="SchoolId">The school.</param>
/// <param name="ProgramId">The programme.</param>
/// <param name="ProgramName">The programme's name.</param>
/// <param name="Cohort">Year of graduation.</param>
/// <param name="EducationCode">Level reached.</param>
/// <param name="GraduatesOn">Day of graduation.</param>
/// <param name="WishedOccupations">Wished occupations.</param>
/// <param name="WishedRegions">Wished regions.</param>
/// <param name="WageWish">Wished pay, yuan per month.</param>
/// <param name="Text">What is searched besides the title; not sent.</param>
public sealed record GraduateFound(
    long Id, string Title, long SchoolId, long ProgramId, string ProgramName, int Cohort, string EducationCode, DateOnly GraduatesOn, string[] WishedOccupations,
    string[] WishedRegions, int? WageWish, [property: JsonIgnore] string Text = "") : ISearchRow;

/// <summary>An organization, in short.</summary>
/// <param name="Id">Number of the organization.</param>
/// <param name="Title">Registered name.</param>
/// <param name="Kind">Kind of organization.</param>
/// <param name="RegionCode">Where it is.</param>
/// <param name="IndustryCode">What it does.</param>
/// <param name="State">ACTIVE or SUSPENDED.</param>
/// <param name="Text">What is searched besides the title; not sent.</param>
public sealed record OrganizationFound(long Id, string Title, string Kind, string RegionCode, string? IndustryCode, string State, [property: JsonIgnore] string Text = "") : ISearchRow;

/// <summary>An occupation or region.</summary>
/// <param name="Id">The digits of the code.</param>
/// <param name="Title">Official name.</param>
/// <param name="Code">The code.</param>
/// <param name="Level">Depth, 1 at the top.</param>
/// <param name="LevelName">What that depth is called.</param>
/// <param name="Parent">Code one level up.</param>
/// <param name="Text">What is searched besides the title; not sent.</param>
public sealed record CodeFound(long Id, string Title, string Code, int Level, string LevelName, string? Parent, [property: JsonIgnore] string Text = "") : ISearchRow;
