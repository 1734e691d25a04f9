using Matching.Benchmarks.Match.Data;
using Matching.Engine.Retrieval;

namespace Matching.Benchmarks.Match.Tasks;

/// <summary>
/// The exact score of U or F. Units are points here and every filter is a block, a prefix or a class, so what was reached is the score already. What is left to see is whether a skill
/// is shared: whether more was reached than is given beside. That also refuses a document that is met again, whose sum is gone.
/// </summary>
internal readonly struct JobFinisher(JobOrder order, BenchTask task, BenchRecords graduates, int graduate) : IFinisher
{
    private readonly int _mostBeside = task == BenchTask.U ? 0 : FilteredScore.Major + FilteredScore.MostSalary + FilteredScore.Region;
    private readonly JobFacts _graduate = new(graduate, graduates.Region[graduate], graduates.Salary[graduate], graduates.Major(graduate));

    public long Key(int document, int reached) =>
        reached > _mostBeside || (_mostBeside > 0 && reached > FilteredScore.Beside(order.Facts[document], _graduate)) ? RankKey.Of(true, reached, false, order.Facts[document].Id) : 0;

    public void Fetch(int document) => Prefetch.TwoLines(in order.Facts[document]);
}
