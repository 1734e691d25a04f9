using System.Globalization;
using Matching.Engine.Normalizing;
using Matching.Service.Reference;

namespace Matching.Service.Imports.Mapping;

/// <summary>How one cell is understood, in words for people: what a dry run shows beside a sample.</summary>
internal sealed class CellReading(ReferenceTables tables)
{
    /// <summary>Null when the cell is not understood.</summary>
    public string? Show(ImportColumn field, string text, WageUnit unit) => field.Content switch
    {
        CellContent.Whole => NumberText.TryInt(text, out var number) ? number.ToString(CultureInfo.InvariantCulture) : null,
        CellContent.Share => NumberText.TryShare(text, out var share) ? share.ToString(CultureInfo.InvariantCulture) : null,
        CellContent.Date => DateText.TryParse(text, out var date) ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
        CellContent.Flag => NumberText.TryFlag(text, out var flag) ? flag ? "是" : "否" : null,
        CellContent.Choice => field.Allowed!.TryGetValue(PlainText.Of(text), out var code) ? code : field.Allowed.Values.FirstOrDefault(known => known == text),
        CellContent.List => string.Join(" + ", ListText.Split(text)),
        CellContent.Education => Education(text),
        CellContent.Experience => ExperienceText.TryParse(text, out var years) ? years is null ? "不限" : $"{years} 年" : null,
        CellContent.Headcount => Persons(HeadcountText.Parse(text)),
        CellContent.Industry => tables.Industries.NameOf(text) ?? tables.Industries.FindByName(text)?.Code,
        CellContent.Occupation => tables.Occupations.NameOf(text) ?? tables.CodeTitle(text).Code,
        CellContent.Place or CellContent.PlacePart => Place(text),
        CellContent.Wage or CellContent.WageFigure => Pay(WageText.Parse(text, unit)),
        _ => text,
    };

    /// <summary>Codes and names of the places a text names; null: none.</summary>
    public string? Place(string text) => tables.Places.Read(text) switch
    {
        { Everywhere: true } => "不限",
        { Codes: [] } => null,
        var places => string.Join(" + ", places.Codes.Select(code => $"{code} {tables.Regions.NameOf(code)}")) + (places.Rest.Length > 0 ? $"（未识别：{places.Rest}）" : ""),
    };

    private string? Education(string text) => tables.EducationLevels.NameOf(text)
        ?? (EducationText.TryParse(text, out var code) ? code is null ? "不限" : tables.EducationLevels.NameOf(code) : null);

    private static string? Persons(Headcount headcount) => headcount.Outcome switch
    {
        HeadcountOutcome.Parsed => headcount.IsExact ? $"{headcount.Min} 人" : headcount.Max is null ? $"{headcount.Min} 人以上" : $"{headcount.Min}–{headcount.Max} 人",
        HeadcountOutcome.NotStated => "未写明人数",
        _ => null,
    };

    private static string? Pay(Wage wage) => wage.Outcome switch
    {
        WageOutcome.Negotiable => "面议",
        WageOutcome.NotParsed => null,
        _ => (wage.Min, wage.Max) switch
        {
            (null, var max) => $"{max} 元/月以下",
            (var min, null) => $"{min} 元/月以上",
            var (min, max) => min == max ? $"{min} 元/月" : $"{min}–{max} 元/月",
        },
    };
}
