using Matching.Engine.Scoring;

namespace Matching.Engine.Allocation;

/// <summary>A demand that offers seats (名额) to a plan.</summary>
/// <param name="Id">Its id; ties go to the lower one.</param>
/// <param name="Seats">Headcount still open, at least 1.</param>
/// <param name="Reserved">Of these, seats that graduates of the company's order class (订单班) take before others, 0 to <paramref name="Seats"/>; what they leave is open to all.</param>
public readonly record struct OfferedDemand(long Id, int Seats, int Reserved = 0);

/// <summary>A pair that stands in a list of matches.</summary>
/// <param name="Graduate">Position among the graduates of the plan.</param>
/// <param name="Demand">Position among its demands.</param>
/// <param name="Points">Hundredths of a point, 1 to 10,000.</param>
/// <param name="Verdict">PASS or UNKNOWN; a pair that fails cannot be listed.</param>
/// <param name="OrderClass">The graduate holds a seat in the order class of the demand's company, and the plan honours it.</param>
/// <param name="Class">The graduate's priority class with this demand (优先级): 0 stands first; see <see cref="PriorityRules"/>.</param>
/// <param name="Wish">Place of the demand's occupation among the graduate's wishes, 0 first; 255: not wished.</param>
public readonly record struct ListedPair(int Graduate, int Demand, int Points, Verdict Verdict = Verdict.Pass, bool OrderClass = false, int Class = 0, int Wish = 255);
