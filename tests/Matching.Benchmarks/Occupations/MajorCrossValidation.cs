using System.Globalization;
using Matching.Engine.Occupations;
using Matching.Service.Reference;

namespace Matching.Benchmarks.Occupations;

/// <summary>
/// Honest figures for majors nobody has linked: each fold is ranked with votes, priors and weights learned from the other folds alone.
/// By class, whole 专业类 are held out, so that no namesake at another level helps.
/// </summary>
internal static class MajorCrossValidation
{
    private const double Ridge = 2;

    public static void Run(int folds, int seed, bool byClass)
    {
        var (ranker, links, views) = Build();
        string Unit(int i) => byClass ? links[i].Major.Class : links[i].Major.Code;
        var units = Enumerable.Range(0, links.Count).Select(Unit).Distinct().Order(StringComparer.Ordinal).ToArray();
        new Random(seed).Shuffle(units);
        var foldOf = units.Select((unit, at) => (unit, at)).ToDictionary(pair => pair.unit, pair => pair.at % folds);
        var (learned, texts) = (new OccupationMeasures(), new OccupationMeasures());
        for (var fold = 0; fold < folds; fold++)
        {
            bool MayUse(int i) => foldOf[Unit(i)] != fold;
            var weights = ranker.Fit(views, MayUse, Ridge);
            foreach (var i in Enumerable.Range(0, links.Count).Where(i => !MayUse(i)))
            {
                learned.Add([.. ranker.Rank(views[i], weights, MayUse, 50).Select(item => item.Code)], links[i].Occupations);
                texts.Add([.. ranker.ByText(views[i], 50)], links[i].Occupations);
            }
        }

        Console.WriteLine($"{folds} folds by {(byClass ? "class" : "major")}, seed {seed}");
        Console.WriteLine($"  texts alone: {texts}");
        Console.WriteLine($"  learned:     {learned}");
    }

    public static void PrintWeights()
    {
        var (ranker, _, views) = Build();
        var weights = ranker.Fit(views, _ => true, Ridge);
        foreach (var list in new[] { weights.Occupations, weights.Groups })
        {
            Console.WriteLine($"[{string.Join(", ", list.Select(weight => weight.ToString("0.00", CultureInfo.InvariantCulture)))}]");
        }
    }

    private static (MajorOccupationRanker Ranker, IReadOnlyList<MajorLinks> Links, IReadOnlyList<MajorView> Views) Build()
    {
        var tables = new ReferenceTables();
        var majors = OccupationFiles.Majors(tables.Majors);
        var links = OccupationFiles.Links(majors);
        var ranker = new MajorOccupationRanker(OccupationFiles.Occupations(tables.Occupations), OccupationFiles.Groups(tables.Occupations), links, majors);
        return (ranker, links, [.. links.Select(link => ranker.View(link.Major))]);
    }
}
