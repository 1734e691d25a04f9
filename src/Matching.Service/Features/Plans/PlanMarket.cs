using Matching.Engine.Allocation;
using Matching.Engine.Scoring;

namespace Matching.Service.Features.Plans;

/// <summary>A demand as a plan sees it.</summary>
internal sealed record PlanDemand(long Id, int Seats, long CompanyId, bool Member, string RegionCode, string? OccupationCode, DateTime UpdatedAt);

/// <summary>A school as a plan sees it.</summary>
internal sealed record PlanSchool(long Id, string RegionCode, bool Member);

/// <summary>A graduate as a plan sees him: what decides about priorities and ties. Wishes stand in his order.</summary>
internal sealed record PlanGraduate(PlanSchool School, string? Origin, string[] Wishes, long[] Companies);

/// <summary>Both sides of a plan: turns entries of the stored lists into pairs with the standing the rules give them.</summary>
internal sealed class PlanMarket
{
    private readonly PlanRules _rules;
    private readonly PriorityRules _priorities;
    private readonly Dictionary<long, int> _demandAt;
    private readonly Dictionary<long, int> _graduateAt = [];
    private readonly List<PlanGraduate> _graduates = [];
    private readonly PairListsBuilder _builder;

    public PlanMarket(PlanRules rules, IReadOnlyList<PlanDemand> demands)
    {
        (_rules, Demands) = (rules, demands);
        _priorities = new PriorityRules(rules.MemberSchoolsFirst, Enum.Parse<LocalArea>(rules.LocalFirst, ignoreCase: true));
        _demandAt = demands.Select((demand, i) => (demand.Id, i)).ToDictionary();
        _builder = new PairListsBuilder([.. demands.Select(demand => new OfferedDemand(demand.Id, demand.Seats, Reserved(demand)))], rules.AllowUnknown);
    }

    public IReadOnlyList<PlanDemand> Demands { get; }

    public IReadOnlyList<PlanGraduate> Graduates => _graduates;

    /// <summary>By ascending id.</summary>
    public void AddGraduate(long id, PlanGraduate graduate)
    {
        _graduateAt.Add(id, _builder.AddGraduate(id));
        _graduates.Add(graduate);
    }

    /// <summary>An entry of the list of either side; false when one of the two is not of the plan's scope, or no longer open.</summary>
    public bool AddPair(long graduateId, long demandId, int points, Verdict verdict)
    {
        if (!_graduateAt.TryGetValue(graduateId, out var graduate) || !_demandAt.TryGetValue(demandId, out var demand))
        {
            return false;
        }

        var (who, what) = (_graduates[graduate], Demands[demand]);
        var origin = who.Origin is { } code ? RegionId.Parse(code) : (RegionId?)null;
        _builder.Add(new ListedPair(
            graduate, demand, points, verdict, Honours(what) && who.Companies.Contains(what.CompanyId),
            _priorities.ClassOf(who.School.Member, RegionId.Parse(who.School.RegionCode), origin, RegionId.Parse(what.RegionCode)), Wish(who.Wishes, what.OccupationCode)));
        return true;
    }

    public PairLists Build() => _builder.Build();

    private bool Honours(PlanDemand demand) => _rules.OrderClass == "ALL" || (_rules.OrderClass == "MEMBERS" && demand.Member);

    private int Reserved(PlanDemand demand) => Honours(demand) ? (int)((((long)demand.Seats * _rules.OrderClassShare) + 99) / 100) : 0;

    // The first wish that names the occupation, or a group it belongs to.
    private static int Wish(string[] wishes, string? occupation)
    {
        var at = occupation is null ? -1 : Array.FindIndex(wishes, wish =>
            occupation.StartsWith(wish, StringComparison.Ordinal) && (occupation.Length == wish.Length || occupation[wish.Length] == '-'));
        return at < 0 ? byte.MaxValue : Math.Min(at, byte.MaxValue - 1);
    }
}
