using Matching.Service.Http;

namespace Matching.Service.Features.Matches;

/// <summary>A code with its Chinese name.</summary>
public sealed record CodeName(string Code, string? Name);

/// <summary>The best graduates of a demand, best first.</summary>
/// <param name="DemandId">The demand.</param>
/// <param name="ComputedAt">When they were computed, UTC: just now where they are live; null: no run has reached this demand yet, or it is no longer open.</param>
/// <param name="WeightsVersion">Version of the weights they were computed with.</param>
/// <param name="Stale">The demand or the weights changed since; never where they are live.</param>
/// <param name="Live">true: of this moment, with every change committed a second ago; false: the list the last run stored.</param>
/// <param name="Items">Graduates who agreed to be shown and still are to be seen by the caller.</param>
/// <param name="Next">Pass it as <c>after</c> to get the next page; null on the last one.</param>
public sealed record DemandMatches(long DemandId, DateTime? ComputedAt, int? WeightsVersion, bool Stale, bool Live, IReadOnlyList<GraduateMatch> Items, string? Next);

/// <summary>The best demands of a graduate, best first.</summary>
/// <param name="GraduateId">The graduate.</param>
/// <param name="ComputedAt">When they were computed, UTC, from what stands since; null: no run has reached this graduate yet, or he no longer looks for work.</param>
/// <param name="WeightsVersion">Version of the weights they were computed with.</param>
/// <param name="Stale">The graduate or the weights changed since; never where they are live.</param>
/// <param name="Live">true: of this moment, with every change committed a second ago; false: the list the last run stored.</param>
/// <param name="Items">Demands.</param>
/// <param name="Next">Pass it as <c>after</c> to get the next page; null on the last one.</param>
public sealed record GraduateMatches(long GraduateId, DateTime? ComputedAt, int? WeightsVersion, bool Stale, bool Live, IReadOnlyList<DemandMatch> Items, string? Next);

/// <summary>A graduate found for a demand.</summary>
/// <param name="Rank">Place in the list, from 1.</param>
/// <param name="Points">Points when computed, 0–100.</param>
/// <param name="Verdict">PASS: every hard requirement is met; UNKNOWN: one cannot be told from what was said, so these stand after all PASS.</param>
/// <param name="Graduate">Who.</param>
/// <param name="Explanation">Why, computed now.</param>
public sealed record GraduateMatch(int Rank, decimal Points, string Verdict, MatchedGraduate Graduate, MatchExplanation Explanation);

/// <summary>A demand found for a graduate; see <see cref="GraduateMatch"/> for the fields.</summary>
public sealed record DemandMatch(int Rank, decimal Points, string Verdict, MatchedDemand Demand, MatchExplanation Explanation);

/// <summary>What the other side may know of a graduate: his school's pseudonym for him and what he can do.</summary>
public sealed record MatchedGraduate(
    long Id, string Reference, long SchoolId, string SchoolName, string ProgramName, CodeName Major, int Cohort, IReadOnlyList<string> Skills, IReadOnlyList<string> Certificates);

/// <summary>A demand in a list of matches.</summary>
/// <param name="Id">Number of the demand.</param>
/// <param name="Title">Its title.</param>
/// <param name="OrganizationId">The company.</param>
/// <param name="OrganizationName">Its name.</param>
/// <param name="Occupation">Its occupation.</param>
/// <param name="Region">Place of work.</param>
/// <param name="WageMin">Least pay, yuan per month.</param>
/// <param name="WageMax">Most pay, yuan per month.</param>
/// <param name="SeatsLeft">Seats still free.</param>
/// <param name="MemberPriority">A member's demand in a region that puts members first among equal points.</param>
public sealed record MatchedDemand(
    long Id, string Title, long OrganizationId, string OrganizationName, CodeName? Occupation, CodeName Region, int? WageMin, int? WageMax, int SeatsLeft, bool MemberPriority);

/// <summary>Why a pair has its points; the parts add up to them.</summary>
/// <param name="Points">Points as of now, 0–100.</param>
/// <param name="Attainable">The most anybody can reach with this demand.</param>
/// <param name="Verdict">The hard requirements as of now: PASS, UNKNOWN or FAIL.</param>
/// <param name="Current">false: something changed since the list was computed, so these points differ from the list's.</param>
/// <param name="Parts">Components in the order of their weight.</param>
/// <param name="MatchedSkills">Skills and certificates asked for and held, at least in part.</param>
/// <param name="MissingSkills">Asked for and not held.</param>
/// <param name="UnknownSkills">Asked for, and nothing said of them.</param>
/// <param name="Requirements">Hard requirements (硬性条件) the demand makes.</param>
/// <param name="Raises">What would raise the score, the greatest gain first: the three greatest, and with <c>reasons=FULL</c> all.</param>
public sealed record MatchExplanation(
    decimal Points, decimal Attainable, string Verdict, bool Current, IReadOnlyList<MatchPart> Parts, IReadOnlyList<string> MatchedSkills,
    IReadOnlyList<string> MissingSkills, IReadOnlyList<string> UnknownSkills, IReadOnlyList<MatchRequirement> Requirements, IReadOnlyList<MatchRaise> Raises);

/// <summary>One component.</summary>
/// <param name="Component">MUST, OCCUPATION, NICE, CERTIFICATES, REGION, WAGE, EDUCATION or ORDER_CLASS.</param>
/// <param name="Name">Its Chinese name.</param>
/// <param name="State">MATCHED, MISSING or UNKNOWN; NOT_ASKED where the demand asks for nothing here.</param>
/// <param name="Points">What it gives.</param>
/// <param name="Attainable">What it could give with this demand.</param>
/// <param name="Items">With <c>reasons=FULL</c>: the skills or certificates behind it; their points add up to the component's.</param>
public sealed record MatchPart(string Component, string Name, string State, decimal Points, decimal Attainable, IReadOnlyList<MatchItem> Items);

/// <summary>A skill or certificate asked for.</summary>
public sealed record MatchItem(long Id, string Name, string State, decimal Points);

/// <summary>A hard requirement and its answer.</summary>
/// <param name="Requirement">SEATS, EDUCATION, CERTIFICATE, AVAILABILITY or REGION.</param>
/// <param name="Name">Its Chinese name, with the certificate's.</param>
/// <param name="Verdict">PASS, UNKNOWN or FAIL.</param>
public sealed record MatchRequirement(string Requirement, string Name, string Verdict);

/// <summary>Something that would raise the score.</summary>
/// <param name="Component">Where.</param>
/// <param name="Id">Which skill or certificate; null where the component has none.</param>
/// <param name="Gain">Most it would add.</param>
/// <param name="Text">In words.</param>
public sealed record MatchRaise(string Component, long? Id, decimal Gain, string Text);

/// <summary>A page of a list of matches.</summary>
/// <param name="After">Where the page before ended.</param>
/// <param name="Take">How many.</param>
/// <param name="Reasons">
/// BRIEF: of each match all components with their points, the names of what fits, is missing or was not said, the hard requirements and the three things that would help most. FULL: also
/// the points of every skill and certificate, and everything that would help; more than twice as long.
/// </param>
public sealed record MatchQuery(
    Cursor? After = null, [property: Between(1, MatchQuery.MostTake)] int Take = 20, [property: OneOf(MatchQuery.Brief, MatchQuery.Full)] string Reasons = MatchQuery.Brief)
{
    /// <summary>Each match is explained when read, so pages are short; also how long a list is.</summary>
    public const int MostTake = 50;

    internal const string Brief = "BRIEF", Full = "FULL";

    internal bool IsFull => Reasons == Full;
}
