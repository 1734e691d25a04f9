using Matching.Benchmarks.Match.Data;

namespace Matching.Benchmarks.Match.Tasks;

/// <summary>
/// What is asked of the data set. U: the jobs with the largest product of skills. F: of the jobs in an accepted region whose least education is reached and that share a skill,
/// the product + 3000 for the same major + 400 · max(0, 5 - difference of salary bands) + 1000 for the same region. Ties to the lower job.
/// </summary>
internal enum BenchTask
{
    U,
    F,
}

/// <summary>The parts of F beside the product, stated once for every engine of this program.</summary>
internal static class FilteredScore
{
    public const int Major = 3_000;
    public const int Region = 1_000;
    public const int SalaryStep = 400;
    public const int MostSalary = 5 * SalaryStep;

    public static bool Eligible(BenchRecords jobs, int job, BenchRecords graduates, int graduate) =>
        (graduates.Mask[graduate] >> jobs.Region[job] & 1) != 0 && jobs.Education[job] <= graduates.Education[graduate];

    public static int Beside(BenchRecords jobs, int job, BenchRecords graduates, int graduate) => Beside(
        new(job, jobs.Region[job], jobs.Salary[job], jobs.Major(job)), new(graduate, graduates.Region[graduate], graduates.Salary[graduate], graduates.Major(graduate)));

    public static int Beside(JobFacts job, JobFacts graduate) =>
        (job.Major == graduate.Major ? Major : 0) + Salary(job.Salary, graduate.Salary) + (job.Region == graduate.Region ? Region : 0);

    public static int Salary(int a, int b) => SalaryStep * Math.Max(0, 5 - Math.Abs(a - b));
}
