using System.Diagnostics;
using System.Globalization;
using Matching.Benchmarks.Match.Data;
using Matching.Benchmarks.Match.Province;
using Matching.Engine.Retrieval;
using Matching.Engine.Scoring;
using Matching.Service.Features.Matches;

namespace Matching.Benchmarks.Nightly;

/// <summary>What the index of all graduates costs that a run makes: seconds, memory kept, memory at most. Graduates come one by one as the run reads them, but from the data set and not from a database.</summary>
internal static class IndexCost
{
    public static async Task RunAsync(int demands, int graduates)
    {
        var (_, seekers) = new BenchGenerator('C').Create(demands, graduates);
        await ResidentMemory.CountPeakFromHereAsync();
        var (resident, managed, clock) = (ResidentMemory.Now, GC.GetTotalMemory(forceFullCollection: true), Stopwatch.StartNew());
        var builder = new GraduateIndexBuilder(ScoreWeights.Default, ProvinceProfiles.Graph);
        var (occupations, regions) = (new SharedLists<OccupationId>(OccupationId.Parse), new SharedLists<RegionId>(RegionId.Parse));
        for (var i = 0; i < seekers.Count; i++)
        {
            var graduate = ProvinceProfiles.Profile(seekers, i);
            builder.Add(graduate with
            {
                Occupations = occupations.Of(ProvinceProfiles.OccupationCode(seekers.Occupation[i])),
                Regions = regions.Of(string.Join(',', graduate.Regions.Select(region => region.Code))),
            });
        }

        var (added, most) = (clock.Elapsed.TotalSeconds, ResidentMemory.Peak);
        var index = builder.Build();
        Say($"{index.Count:n0} graduates: taken in {added:f1} s, indexed in {clock.Elapsed.TotalSeconds - added:f1} s; resident {resident:f0} MB before, {most:f0} MB at most while they were taken, {ResidentMemory.Peak:f0} MB at most in all");
        Say($"kept {(double)(GC.GetTotalMemory(forceFullCollection: true) - managed) / graduates:f0} bytes a graduate");
        GC.KeepAlive(index);
        GC.KeepAlive(seekers);
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
