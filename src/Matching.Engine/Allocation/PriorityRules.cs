using Matching.Engine.Scoring;

namespace Matching.Engine.Allocation;

/// <summary>How near counts as local (本地).</summary>
public enum LocalArea
{
    /// <summary>Nobody stands before others for where he is from.</summary>
    None,

    /// <summary>同县区.</summary>
    County,

    /// <summary>同地市; a 直辖市 is one.</summary>
    Prefecture,

    /// <summary>同省.</summary>
    Province,
}

/// <summary>Which graduates a demand takes before others whatever their points (优先规则): those of member schools, then local ones. Order classes are a matter of reserved seats.</summary>
public sealed record PriorityRules(bool MemberSchoolsFirst = false, LocalArea LocalFirst = LocalArea.None)
{
    /// <summary>0 to 3: of a member school and local, of a member school, local, neither; what no rule asks for is fulfilled by all.</summary>
    /// <param name="memberSchool">The graduate's school is a member of the consortium.</param>
    /// <param name="school">Where the school is.</param>
    /// <param name="origin">Where the graduate is from (生源地); null: not said.</param>
    /// <param name="demand">Where the work is.</param>
    public int ClassOf(bool memberSchool, RegionId school, RegionId? origin, RegionId demand) =>
        (MemberSchoolsFirst && !memberSchool ? 2 : 0) | (Near(school, demand) || (origin is { } from && Near(from, demand)) ? 0 : 1);

    // A code that names a whole province or city is not in one of its counties.
    private bool Near(RegionId one, RegionId other) => LocalFirst switch
    {
        LocalArea.County => one == other,
        LocalArea.Prefecture => one.Prefecture == other.Prefecture,
        LocalArea.Province => one.Province == other.Province,
        _ => true,
    };
}
