using Matching.Engine.Scoring;

namespace Matching.Service.Features.Matches;

/// <summary>An open demand in memory: as it is stored, as it is scored, and, once it was in an answer, as it is shown. No record: a copy must not take along how another row is shown.</summary>
internal sealed class ResidentDemand(DemandRow row, DemandProfile profile)
{
    public DemandRow Row => row;

    public DemandProfile Profile => profile;

    /// <summary>Made when first needed, for most demands are in nobody's list; who makes it twice at once makes the same.</summary>
    public ShownDemand? Shown { get; set; }
}

/// <summary>A graduate who looks for work, in memory: as he is shown, and as he is scored.</summary>
internal sealed record ResidentGraduate(GraduateRow Row, Candidate Candidate);
