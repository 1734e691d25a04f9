namespace Matching.Engine.Scoring;

/// <summary>The components of a score.</summary>
public enum Component
{
    /// <summary>必备技能.</summary>
    Must,

    /// <summary>职业与专业.</summary>
    Occupation,

    /// <summary>加分技能.</summary>
    Nice,

    /// <summary>证书.</summary>
    Certificates,

    /// <summary>地区意愿.</summary>
    Region,

    /// <summary>薪酬期望.</summary>
    Wage,

    /// <summary>学历.</summary>
    Education,

    /// <summary>订单班.</summary>
    OrderClass,
}

/// <summary>What is known of one asked thing.</summary>
public enum ItemState
{
    /// <summary>Held, at least in part.</summary>
    Matched,

    /// <summary>Not held: the school marked the list as complete, or what was said falls short.</summary>
    Missing,

    /// <summary>Nothing has been said.</summary>
    Unknown,
}

/// <summary>One skill or certificate asked for.</summary>
/// <param name="Id">Number of the skill or certificate.</param>
/// <param name="State">Held, missing or not said.</param>
/// <param name="Points">What it gives, hundredths of a point; the items of a part add up to the part.</param>
public readonly record struct PartItem(long Id, ItemState State, int Points);

/// <summary>One component of a score.</summary>
/// <param name="Component">Which.</param>
/// <param name="State">Matched, missing or not said, for the components without items.</param>
/// <param name="Points">What it gives, hundredths of a point.</param>
/// <param name="Attainable">What it could give with this demand.</param>
/// <param name="Items">The skills or certificates behind it.</param>
public sealed record ScorePart(Component Component, ItemState State, int Points, int Attainable, IReadOnlyList<PartItem> Items);

/// <summary>Something that would raise the score.</summary>
/// <param name="Component">Where.</param>
/// <param name="Id">Which skill or certificate; null where the component has no items.</param>
/// <param name="Known">false: saying it might be enough (UNKNOWN); true: it would have to be acquired or changed.</param>
/// <param name="Gain">Most it would add, hundredths of a point.</param>
public readonly record struct Raise(Component Component, long? Id, bool Known, int Gain);

/// <summary>Why a pair has its points: the parts add up to them.</summary>
public sealed record Explanation(
    int Points, Verdict Verdict, int Attainable, IReadOnlyList<ScorePart> Parts, IReadOnlyList<RequirementCheck> Requirements, IReadOnlyList<Raise> Raises);
