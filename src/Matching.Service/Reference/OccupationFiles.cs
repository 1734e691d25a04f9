using System.Globalization;
using Matching.Engine.Normalizing;
using Matching.Engine.Occupations;

namespace Matching.Service.Reference;

/// <summary>The reference files as the engine's tables: for the coder of titles and for the ranking of a major's occupations.</summary>
internal static class OccupationFiles
{
    public static OccupationCoder Coder(CodeTable occupations)
    {
        var functions = Functions();
        return new OccupationCoder(
            occupations.All.Where(code => code.Level == 4).Select(code =>
                new OccupationTitle(code.Code, code.Name, code.Titles, functions.GetValueOrDefault(code.Code))),
            ReferenceFile.Rows("title_rules").Select(cells => new TitleRule(cells[0].Split(' '), int.Parse(cells[1], CultureInfo.InvariantCulture), cells[2])));
    }

    public static IReadOnlyList<OccupationText> Occupations(CodeTable occupations)
    {
        var functions = Functions();
        var terms = ReferenceFile.Links("occupation_terms").ToDictionary(link => link.From, link => link.To);
        return [.. occupations.All.Where(code => code.Level == 4).Select(code =>
            new OccupationText(code.Code, code.Name, code.Titles, functions.GetValueOrDefault(code.Code) ?? [], terms.GetValueOrDefault(code.Code) ?? []))];
    }

    public static IReadOnlyList<OccupationGroup> Groups(CodeTable occupations) =>
        [.. occupations.All.Where(code => code.Level == 3).Select(code => new OccupationGroup(code.Code, code.Name))];

    public static IReadOnlyList<MajorText> Majors(CodeTable majors)
    {
        var courses = ReferenceFile.Links("major_courses").ToDictionary(link => link.From, link => link.To);
        return [.. majors.All.Where(code => code.Level == 3).Select(code => new MajorText(code.Code, code.Name, courses.GetValueOrDefault(code.Code) ?? []))];
    }

    public static IReadOnlyList<MajorLinks> Links(IReadOnlyList<MajorText> majors)
    {
        var byCode = majors.ToDictionary(major => major.Code);
        return [.. ReferenceFile.Links("major_occupations").Where(link => byCode.ContainsKey(link.From)).Select(link => new MajorLinks(byCode[link.From], link.To))];
    }

    private static Dictionary<string, string[]> Functions() => ReferenceFile.Links("occupation_functions").ToDictionary(link => link.From, link => link.To);
}
