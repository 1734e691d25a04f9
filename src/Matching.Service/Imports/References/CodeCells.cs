using Matching.Engine.Normalizing;
using Matching.Service.Reference;

namespace Matching.Service.Imports.References;

/// <summary>Cells that hold a national code or its Chinese name.</summary>
internal sealed class CodeCells(ReferenceTables tables)
{
    private const int MostTitlesRemembered = 50_000;

    private readonly ILookup<string, string> _majorsByName =
        tables.Majors.All.Where(major => major.Code.Length >= 6 && major.ValidTo is null).ToLookup(major => TextKey.Of(major.Name), major => major.Code);

    public string? Region(RowScan scan, ImportColumn column) =>
        Required(scan, column) is { } text ? FindRegion(text) ?? scan.Refuse<string?>(column, "unknown_region", UnknownRegion) : null;

    /// <summary>The regions a cell lists; 不限 is not one and is left out.</summary>
    public string[] Regions(RowScan scan, ImportColumn column) =>
        Each(scan, column, text => IsAny(text) ? "" : FindRegion(text), "unknown_region", UnknownRegion);

    /// <summary>Code, name, alternative title, or a job title that the coder is sure of.</summary>
    public string? Occupation(RowScan scan, ImportColumn column) =>
        Required(scan, column) is { } text ? FindOccupation(text) ?? scan.Refuse<string?>(column, "unknown_occupation", UnknownOccupation) : null;

    public string[] Occupations(RowScan scan, ImportColumn column) => Each(scan, column, FindOccupation, "unknown_occupation", UnknownOccupation);

    /// <summary>
    /// A coder of the titles of one file with what the consortium taught: the occupation and how sure, 0–100; nulls when not sure enough. Each title is coded once:
    /// a text beside it never lifts a proposal over the threshold, so what is stored is the title's alone.
    /// </summary>
    public Func<string, (string? Code, int? Confidence)> TitleCoder(IReadOnlyDictionary<string, string> learned)
    {
        var byTitle = new Dictionary<string, (string? Code, int? Confidence)>();
        return title =>
        {
            if (!byTitle.TryGetValue(title, out var coded) && title.Length > 0)
            {
                coded = tables.CodeTitle(title, learned);
                if (byTitle.Count < MostTitlesRemembered)
                {
                    byTitle[title] = coded;
                }
            }

            return coded;
        };
    }

    public string? Industry(RowScan scan, ImportColumn column) => Required(scan, column) is not { } text ? null
        : tables.Industries.Knows(text) ? text
        : tables.Industries.FindByName(text)?.Code ?? scan.Refuse<string?>(column, "unknown_industry", "不是国民经济行业分类的代码或名称。");

    /// <summary>Minimum or reached education; null also when the cell says 不限.</summary>
    public string? Education(RowScan scan, ImportColumn column)
    {
        if (Required(scan, column) is not { } text)
        {
            return null;
        }

        return tables.EducationLevels.Knows(text) ? text
            : tables.EducationIn(text) is (true, var code) ? code
            : scan.Refuse<string?>(column, "unknown_education", "须为学历，如 大专、本科、中专、不限，或两位学历代码。");
    }

    /// <summary>Majors a demand accepts; a name that several levels share means all of them.</summary>
    public string[] Majors(RowScan scan, ImportColumn column)
    {
        var codes = new List<string>();
        foreach (var text in scan.List(column, 50, 60).Where(text => !IsAny(text)))
        {
            var found = tables.Majors.Knows(text) ? [text] : _majorsByName[TextKey.Of(text)].ToList();
            codes.AddRange(found);
            if (found.Count == 0)
            {
                scan.Refuse(column, "unknown_major", $"“{PlainText.Of(text)}”不是专业目录中的代码或名称。");
            }
        }

        return [.. codes.Distinct()];
    }

    /// <summary>The one major of a code or name; a name that several levels share is told apart by the education.</summary>
    public string? Major(string text, string? education)
    {
        if (tables.Majors.Knows(text))
        {
            return text.Length >= 6 ? text : null;
        }

        var named = _majorsByName[TextKey.Of(text)].ToList();
        var level = named.Where(code => education is null || Levels(education).Contains(code[0])).ToList();
        return named.Count == 1 ? named[0] : level.Count == 1 ? level[0] : null;
    }

    public string? MajorName(string code) => tables.Majors.NameOf(code);

    /// <summary>One of the destination kinds (毕业去向) by code or name.</summary>
    public string? Destination(RowScan scan, ImportColumn column)
    {
        if (Required(scan, column) is not { } text)
        {
            return null;
        }

        // A group and one of its kinds may bear the same name (升学); only kinds count.
        var found = tables.DestinationKinds.All.FirstOrDefault(kind => kind.Level == 2 && (kind.Name == text || kind.Code.Equals(text, StringComparison.OrdinalIgnoreCase)));
        return found?.Code ?? scan.Refuse<string?>(column, "unknown_destination",
            $"须为 {string.Join("、", tables.DestinationKinds.All.Where(kind => kind.Level == 2).Select(kind => kind.Name))} 之一。");
    }

    /// <summary>Every place a text names.</summary>
    public Places Places(string text) => tables.PlacesIn(text);

    /// <summary>Whether a text is the name of an industry.</summary>
    public bool IsTrade(string text) => tables.Industries.FindByName(text) is not null;

    public static bool IsAny(string text) => text is "不限" or "任意" or "全国" or "均可" or "无";

    public const string UnknownRegion = "找不到这个地区；请写六位区划代码，或从省、市写起的名称，如 广东省深圳市南山区。";
    private const string UnknownOccupation = "不是职业分类大典的代码、职业或工种名称，按岗位名称也无法可靠归类。";

    private string? FindRegion(string text) => tables.PlaceOf(text);

    private string? FindOccupation(string text) => tables.Occupations.Knows(text) ? text : tables.CodeTitle(text).Code;

    // Codes of 2021: 2, 3 vocational bachelor, 4, 5 college, 6, 7 secondary; undergraduate majors begin with 0 or 1.
    private static string Levels(string education) => education[0] switch
    {
        '4' => "67",
        '3' => "45",
        '2' => "0123",
        _ => "",
    };

    private static string[] Each(RowScan scan, ImportColumn column, Func<string, string?> find, string code, string reason)
    {
        var found = new List<string>();
        foreach (var text in scan.List(column, 50, 60))
        {
            if (find(text) is { } value)
            {
                found.Add(value);
            }
            else
            {
                scan.Refuse(column, code, $"“{text}”{reason}");
            }
        }

        return [.. found.Where(value => value.Length > 0).Distinct()];
    }

    private static string? Required(RowScan scan, ImportColumn column) => scan.Text(column, 200) is { Length: > 0 } text ? PlainText.Of(text) : null;
}
