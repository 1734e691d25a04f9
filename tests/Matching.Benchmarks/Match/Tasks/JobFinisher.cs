using Matching.Benchmarks.Match.Data;
using Matching.Engine.Retrieval;

namespace Matching.Benchmarks.Match.Tasks;

/// <summary>
/// The exact score of U or F. Units are points here, so what was reached is the score already, unless dense lists were left out: then the product comes from the job's own skills.
/// </summary>
/// <param name="order">The jobs in the order of the blocks.</param>
/// <param name="weights">The graduate's weight by skill, 0 where he lacks it.</param>
/// <param name="graduate">The graduate, for F; null for U.</param>
internal struct JobFinisher(JobOrder order, byte[] weights, GraduateFacts? graduate) : IFinisher
{
    private readonly GraduateFacts _graduate = graduate.GetValueOrDefault();
    private readonly bool _filtered = graduate is not null;
    private bool _exact;

    public void LeftOut(int units) => _exact = units == 0;

    public readonly long Key(int document, int reached, int floor)
    {
        var facts = order.Facts[document];
        if (reached < floor || (_filtered && (facts.Education > _graduate.Education || (_graduate.Mask >> facts.Region & 1) == 0)))
        {
            return 0;
        }

        var beside = _filtered ? Beside(facts) : 0;
        var product = _exact ? reached - beside : Product(document);
        return product <= 0 ? 0 : RankKey.Of(true, product + beside, false, facts.Id);
    }

    private readonly int Product(int document)
    {
        var product = 0;
        for (var at = order.Start[document]; at < order.Start[document + 1]; at++)
        {
            product += order.Weight[at] * weights[order.Skill[at]];
        }

        return product;
    }

    private readonly int Beside(JobFacts facts) =>
        FilteredScore.Salary(facts.Salary, _graduate.Salary) + (facts.Region == _graduate.Region ? FilteredScore.Region : 0)
        + (facts.Major == _graduate.Major ? FilteredScore.Major : 0);
}

internal readonly record struct GraduateFacts(byte Region, byte Education, byte Salary, byte Major, uint Mask)
{
    public static GraduateFacts Of(BenchRecords graduates, int i) =>
        new(graduates.Region[i], graduates.Education[i], graduates.Salary[i], graduates.Major(i), graduates.Mask[i]);
}
