namespace Matching.Benchmarks.Occupations;

/// <summary>
/// How well ranked codes meet the true ones. 细类: ranks among the list's four-part codes. 小类: every code counts for its group, the first of a group keeps its place.
/// </summary>
internal sealed class OccupationMeasures
{
    private const int Depth = 10;

    private readonly List<double> _reciprocal = [];
    private readonly List<double> _recall = [];
    private readonly List<double> _groupReciprocal = [];
    private readonly List<double> _groupRecall = [];
    private readonly List<double> _rowRecall = [];

    public void Add(IReadOnlyList<string> ranked, IReadOnlyCollection<string> truth)
    {
        var occupations = truth.Where(code => code.Length > 7).ToHashSet();
        if (occupations.Count > 0)
        {
            var list = ranked.Where(code => code.Length > 7).ToList();
            _reciprocal.Add(Reciprocal(list, occupations));
            _recall.Add(Recall(list, occupations));
        }

        var groups = truth.Select(Group).ToHashSet();
        var met = ranked.Select(Group).Distinct().ToList();
        _groupReciprocal.Add(Reciprocal(met, groups));
        _groupRecall.Add(Recall(met, groups));
        _rowRecall.Add(Recall([.. ranked.Take(Depth).Select(Group).Distinct()], groups));
    }

    public override string ToString() => FormattableString.Invariant(
        $"细类 ({_reciprocal.Count}) MRR {Mean(_reciprocal):0.000} Recall@10 {Mean(_recall):0.000}; 小类 ({_groupRecall.Count}) MRR {Mean(_groupReciprocal):0.000} Recall@10 {Mean(_groupRecall):0.000} (of the first ten rows alone {Mean(_rowRecall):0.000})");

    private static string Group(string code) => code.Length > 7 ? code[..7] : code;

    private static double Reciprocal(List<string> list, HashSet<string> truth) => list.FindIndex(truth.Contains) is var at and >= 0 ? 1.0 / (at + 1) : 0;

    private static double Recall(List<string> list, HashSet<string> truth) => (double)list.Take(Depth).Distinct().Count(truth.Contains) / truth.Count;

    private static double Mean(List<double> values) => values.Count == 0 ? 0 : values.Average();
}
