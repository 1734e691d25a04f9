using System.Globalization;

namespace Matching.Load.Real;

/// <summary>The two boards' files, each with a reader of its own.</summary>
internal static class PostingSources
{
    // The board names its tags in order of importance; beyond five a list is rather a wish.
    private const int MustTags = 5;

    /// <summary>Where the board gives the last day only, the posting is taken to have opened a season before.</summary>
    private const int OpenDays = 90;

    public static IReadOnlyList<Posting> Read(string folder) =>
    [
        .. CsvFile.Read(Path.Combine(folder, "match_cn_taidi_5iai", "jobs.csv")).Select(FromTaidi),
        .. CsvFile.Read(Path.Combine(folder, "jobs_cn_51job_2023", "jobs.csv")).Select(From51Job),
    ];

    private static Posting FromTaidi(IReadOnlyDictionary<string, string> row) => new(
        $"T-{row["job_id"]}", row["company"], row["title"], row["description"], row["province"] + row["city"], row["education"], row["experience_years"],
        Number(row["headcount"]) is { } seats and > 0 ? seats : 1, Number(row["salary_min"]), Number(row["salary_max"]),
        Date(row["deadline"]).AddDays(-OpenDays), row["kind"] == "实习", PostingTags.Skills(row["skill_keywords"]), []);

    private static Posting From51Job(IReadOnlyDictionary<string, string> row)
    {
        var skills = PostingTags.Skills(row["tags"]);
        return new(
            $"J-{row["id"]}", row["company"], row["title"], "", row["city"] + row["district"], row["education"], row["experience"], 1,
            Number(row["salary_min_month"]), Number(row["salary_max_month"]), Date(row["published_at"]), false,
            [.. skills.Take(MustTags)], [.. skills.Skip(MustTags)]);
    }

    private static int? Number(string text) =>
        decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var value) ? (int)value : null;

    private static DateOnly Date(string text) => DateOnly.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture);
}
