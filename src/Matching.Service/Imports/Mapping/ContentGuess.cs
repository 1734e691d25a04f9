using System.Text.RegularExpressions;
using Matching.Engine.Normalizing;

namespace Matching.Service.Imports.Mapping;

/// <summary>
/// Tells by its cells what a column is whose header nobody knows. Of the first rows (<see cref="ColumnMap.SampleRows"/>) at least 80 % of the cells that are not
/// empty must have the form of one content and no other; a plain number has none. The confidence is that share in percent. It stays at 85, so that the
/// column is only proposed and never read without being asked, where the header says something we do not know (注册资本 reads like pay), where the
/// sample has fewer than 20 cells, and for dates, which several fields have.
/// </summary>
internal static partial class ContentGuess
{
    private const int LeastPercent = 80;
    private const int LeastCells = 20;
    private const int OnlyProposed = 85;

    private static readonly CellContent[] Told = [CellContent.Wage, CellContent.Place, CellContent.Education, CellContent.Experience, CellContent.Headcount, CellContent.Date];

    public static ColumnMatch? Of(string header, IReadOnlyList<string> cells, IEnumerable<ImportColumn> free, CellReading reading)
    {
        if (cells.Count == 0)
        {
            return null;
        }

        var contents = Told.Select(content => (Content: content, Percent: 100 * cells.Count(cell => HasForm(content, cell, reading)) / cells.Count))
            .Where(told => told.Percent >= LeastPercent).ToList();
        if (contents is not [var only] || free.FirstOrDefault(column => column.Content == only.Content) is not { } field)
        {
            return null;
        }

        var sure = HeaderName.SaysNothing(header) && cells.Count >= LeastCells && only.Content != CellContent.Date;
        return new(header, field, MatchedBy.Content, sure ? only.Percent : Math.Min(only.Percent, OnlyProposed), HeaderName.Of(header).Unit);
    }

    private static bool HasForm(CellContent content, string cell, CellReading reading) => content switch
    {
        CellContent.Wage => PayForm().IsMatch(cell) && WageText.Parse(cell).Outcome != WageOutcome.NotParsed,
        CellContent.Place => !Digit().IsMatch(cell) && reading.Place(cell) is not null,
        CellContent.Education => EducationText.TryParse(cell, out var code) && code is not null,
        CellContent.Experience => ExperienceForm().IsMatch(cell) && ExperienceText.TryParse(cell, out _),
        CellContent.Headcount => PersonsForm().IsMatch(cell) && HeadcountText.Parse(cell).Outcome != HeadcountOutcome.NotParsed,
        CellContent.Date => !Serial().IsMatch(cell) && DateText.TryParse(cell, out _),
        _ => false,
    };

    [GeneratedRegex("[千万kKＫ元]|面议|薪")]
    private static partial Regex PayForm();

    [GeneratedRegex("[0-9０-９]")]
    private static partial Regex Digit();

    [GeneratedRegex("年|经验|应届|个月")]
    private static partial Regex ExperienceForm();

    [GeneratedRegex("[人名]|若干")]
    private static partial Regex PersonsForm();

    [GeneratedRegex(@"^[0-9.]{5,8}$")]
    private static partial Regex Serial();
}
