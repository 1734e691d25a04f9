namespace Matching.Engine.Occupations;

/// <summary>Compares a major's name and courses with names, titles, work functions and terms of occupations and groups (BM25 over character sequences).</summary>
internal sealed class MajorTexts
{
    private const double NameWeight = 3;
    private const double TitleWeight = 1;
    private const double FunctionWeight = 1;
    private const double TermWeight = 0.5;
    private const double GroupWeight = 1;

    private readonly Bm25Index _names;
    private readonly Bm25Index _full;
    private readonly Bm25Index _groupNames;
    private readonly Bm25Index _groupsFull;

    public MajorTexts(IReadOnlyList<OccupationText> occupations, IReadOnlyList<OccupationGroup> groups)
    {
        var groupNames = groups.ToDictionary(group => group.Code, group => group.Name);
        var members = occupations.ToLookup(occupation => OccupationCodes.Group(occupation.Code));
        _names = new Bm25Index([.. occupations.Select(occupation => Grams.Of(Names(occupation)))]);
        _full = new Bm25Index([.. occupations.Select(occupation => Grams.Of(
            [.. Names(occupation), (groupNames.GetValueOrDefault(OccupationCodes.Group(occupation.Code), ""), GroupWeight), .. occupation.Functions.Select(text => (text, FunctionWeight)),
            .. occupation.Terms.Select(term => (term, TermWeight))]))]);
        _groupNames = new Bm25Index([.. groups.Select(group => Grams.Of([(group.Name, 1)]))]);
        _groupsFull = new Bm25Index([.. groups.Select(group => Grams.Of([(group.Name, NameWeight), .. members[group.Code].Select(member => (member.Name, TitleWeight))]))]);
    }

    public (MajorView.Scores Occupations, MajorView.Scores Groups) Compare(MajorText major)
    {
        var name = Grams.Of([(major.Name, 1)]);
        var weight = 1 / Math.Sqrt(Math.Max(1, major.Courses.Count));
        var courses = Grams.Of(major.Courses.Select(course => (course, weight)));
        var all = Grams.Of([(major.Name, 1), .. major.Courses.Select(course => (course, weight))]);
        return (Scores(_names, _full), Scores(_groupNames, _groupsFull));

        MajorView.Scores Scores(Bm25Index names, Bm25Index full) =>
            new(Shares(full.Search(name)), Shares(names.Search(name)), Shares(full.Search(courses)), Shares(names.Search(courses)), Shares(full.Search(all)));
    }

    private static IEnumerable<(string Text, double Weight)> Names(OccupationText occupation) =>
        occupation.Titles.Select(title => (title, TitleWeight)).Prepend((occupation.Name, NameWeight));

    private static double[] Shares(double[] scores)
    {
        var best = scores.Length == 0 ? 0 : scores.Max();
        return best == 0 ? scores : Array.ConvertAll(scores, score => score / best);
    }
}
