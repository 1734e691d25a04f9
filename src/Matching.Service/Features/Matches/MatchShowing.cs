using Matching.Engine.Retrieval;
using Matching.Engine.Scoring;
using Matching.Service.Reference;

namespace Matching.Service.Features.Matches;

/// <summary>An entry of a list as it is shown: who or what, and why.</summary>
internal static class MatchShowing
{
    /// <param name="rank">Its place, from 1.</param>
    /// <param name="listed">The pair as the list has it.</param>
    /// <param name="demand">Whose list it is.</param>
    /// <param name="row">Who was found.</param>
    /// <param name="candidate">The same, to be scored.</param>
    /// <param name="names">Names of all skills and certificates of both.</param>
    /// <param name="reference">Names of codes.</param>
    /// <param name="full">Whether the explanation tells all, see <see cref="MatchQuery.Reasons"/>.</param>
    public static GraduateMatch Graduate(
        int rank, RankedMatch listed, DemandProfile demand, GraduateRow row, Candidate candidate, IReadOnlyDictionary<long, string> names, ReferenceTables reference,
        bool full) => new(
        rank, MatchTexts.Points(listed.Points), MatchTexts.Of(listed.Verdict),
        new MatchedGraduate(
            row.Id, row.Reference, row.SchoolId, row.SchoolName, row.ProgramName, new CodeName(row.MajorCode, reference.Majors.NameOf(row.MajorCode)), row.Cohort,
            [.. row.Skills.Select(skill => names[skill])], [.. row.Certificates.Select(certificate => names[certificate])]),
        MatchExplaining.Of(listed, demand, candidate, names, full));

    /// <inheritdoc cref="Graduate"/>
    public static DemandMatch Demand(
        int rank, RankedMatch listed, DemandRow row, DemandProfile demand, Candidate candidate, IReadOnlyDictionary<long, string> names, ReferenceTables reference,
        bool full) => new(
        rank, MatchTexts.Points(listed.Points), MatchTexts.Of(listed.Verdict),
        Of(row, reference),
        MatchExplaining.Of(listed, demand, candidate, names, full));

    /// <summary>A demand as a list shows it.</summary>
    public static MatchedDemand Of(DemandRow row, ReferenceTables reference) => new(
        row.Id, row.Title, row.OrganizationId, row.OrganizationName,
        row.OccupationCode is null ? null : new CodeName(row.OccupationCode, reference.Occupations.NameOf(row.OccupationCode)),
        new CodeName(row.RegionCode, reference.Regions.NameOf(row.RegionCode)), row.WageMin, row.WageMax, row.SeatsLeft, row.Priority);
}
