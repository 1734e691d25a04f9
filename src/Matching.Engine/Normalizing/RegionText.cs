using System.Text.RegularExpressions;

namespace Matching.Engine.Normalizing;

/// <summary>A region as the resolver knows it.</summary>
/// <param name="Code">GB/T 2260.</param>
/// <param name="Level">1 province, 2 prefecture, 3 county.</param>
/// <param name="Name">Official name.</param>
/// <param name="Parent">Code one level up.</param>
/// <param name="Ended">No longer in use; its name is still understood, as <paramref name="Successor"/> or else as the region above it.</param>
/// <param name="Successor">The code that took its place.</param>
public sealed record RegionName(string Code, int Level, string Name, string? Parent, bool Ended = false, string? Successor = null);

/// <summary>What a text says of places.</summary>
/// <param name="Codes">The regions named, in the text's order, each as narrow as the text tells; empty: none understood.</param>
/// <param name="Everywhere">The text says 全国 or 不限.</param>
/// <param name="Rest">What was not understood (a street, a business district, 异地招聘); "" when all was.</param>
public sealed record Places(IReadOnlyList<string> Codes, bool Everywhere, string Rest);

/// <summary>
/// Place text → region code (GB/T 2260): 深圳·宝安区, 广东省深圳市, 昆明, 440306, 北京,上海. Each part narrows the one before; a part that is not found below it is
/// looked for beside it and, where the text lists places, in the whole country. A name that several regions bear and nothing narrows (鼓楼区) is not guessed.
/// </summary>
public sealed partial class RegionText
{
    private static readonly string[] Anywhere = ["全国", "不限", "不限地区", "地点不限", "任意", "均可"];

    // Names that are gone from the code since 1999 and still written; those of the last years are in the table itself.
    private static readonly (string Name, string Code)[] OldNames =
    [
        ("崇文区", "110101"), ("宣武区", "110102"), ("卢湾区", "310101"), ("闸北区", "310106"), ("南汇区", "310115"), ("襄樊", "420600"), ("思茅市", "530800"),
        ("莱芜", "370116"), ("萝岗区", "440112"),
    ];

    private readonly Dictionary<string, List<RegionName>> _byName = [];
    private readonly Dictionary<string, RegionName> _byCode = [];

    public RegionText(IEnumerable<RegionName> regions)
    {
        foreach (var region in regions.OrderBy(region => region.Ended))
        {
            _byCode.TryAdd(region.Code, region);
            foreach (var name in Spellings(region.Name))
            {
                Add(name, region);
            }
        }

        foreach (var (name, code) in OldNames.Where(old => _byCode.ContainsKey(old.Code) && !_byName.ContainsKey(old.Name)))
        {
            Add(name, _byCode[code]);
        }
    }

    /// <summary>The one region a text names; of several what they have in common, if anything. Null when no part of it names a region beyond doubt.</summary>
    public string? Find(string text) => Read(text) is { Codes.Count: > 0 } places ? Common(places.Codes) : null;

    /// <summary>The narrowest region that holds all of these; null when they lie in several provinces.</summary>
    public static string? Common(IReadOnlyList<string> codes) => codes switch
    {
        [var one] => one,
        [var first, ..] when codes.All(code => code[..4] == first[..4]) => first[..4] + "00",
        [var first, ..] when codes.All(code => code[..2] == first[..2]) => first[..2] + "0000",
        _ => null,
    };

    /// <summary>Every place a text names.</summary>
    public Places Read(string text)
    {
        var plain = PlainText.Of(text);
        if (Anywhere.Contains(plain))
        {
            return new([], true, "");
        }

        if (_byCode.TryGetValue(plain, out var coded))
        {
            return new([Current(coded).Code], false, "");
        }

        List<RegionName> found = [];
        List<string> rest = [];
        foreach (var item in Items().Split(plain).Where(item => item.Length > 0))
        {
            ReadItem(item, found, rest);
        }

        return new([.. found.Select(region => region.Code).Distinct()], false, string.Join(' ', rest));
    }

    // One place of a list. It goes on from the place before where it lies in it (广东,深圳) or beside it (南山,宝安), else it starts anew and must be a name as a whole.
    private void ReadItem(string item, List<RegionName> found, List<string> rest)
    {
        var parts = Parts().Split(item).Where(part => part.Length > 0 && part is not ("省" or "市" or "区" or "县")).ToList();
        RegionName? here = null;
        foreach (var part in parts)
        {
            var start = here is null && found.Count > 0 ? found[^1] : here;
            var (place, left) = Narrow(part, start);
            if (place is null && here is null && start is not null)
            {
                (place, left) = BesideOrAnew(part, start);
                if (place is not null)
                {
                    found.Add(place);
                }
            }
            else if (place is not null && here is null && start is null)
            {
                found.Add(place);
            }
            else if (place is not null)
            {
                found[^1] = place;
            }

            here = place ?? here;
            if (place is null || left.Length > 0)
            {
                rest.Add(place is null ? part : left);
            }
        }
    }

    private (RegionName? Place, string Left) BesideOrAnew(string part, RegionName before)
    {
        for (var parent = before.Parent; parent is not null; parent = _byCode.GetValueOrDefault(parent)?.Parent)
        {
            if (_byCode.TryGetValue(parent, out var above) && Narrow(part, above) is ({ } beside, "") narrowed)
            {
                return (beside, narrowed.Left);
            }
        }

        return Narrow(part, null) is ({ } anew, "") ? (anew, "") : (null, part);
    }

    // As many names as the part begins with, each below the one before.
    private (RegionName? Place, string Left) Narrow(string part, RegionName? within)
    {
        RegionName? found = null;
        var rest = part;
        while (rest.Length > 1 && Longest(rest, found ?? within) is ({ } next, var length) && !(length < next.Name.Length && Street().IsMatch(rest[length..])))
        {
            found = next;
            rest = rest[length..];
        }

        return (found, rest is "市" or "区" or "县" or "省" ? "" : rest);
    }

    // The longest beginning of the text that names one region below the one already found.
    private (RegionName? Region, int Length) Longest(string text, RegionName? within)
    {
        for (var length = Math.Min(text.Length, 16); length >= 2; length--)
        {
            if (_byName.TryGetValue(text[..length], out var named) && Choose(named, within) is { } region)
            {
                return (Current(region), length);
            }
        }

        return (null, 0);
    }

    private RegionName? Choose(List<RegionName> named, RegionName? within)
    {
        var below = within is null ? named : named.FindAll(region => IsBelow(region, within));
        var inUse = below.FindAll(region => !region.Ended);
        below = inUse.Count > 0 ? inUse : below;
        var top = below.Count == 0 ? 0 : below.Min(region => region.Level);
        var highest = below.FindAll(region => region.Level == top);
        return highest.Count == 1 ? highest[0] : null;
    }

    private RegionName Current(RegionName region) => !region.Ended ? region
        : region.Successor is { } next && _byCode.TryGetValue(next, out var successor) ? successor
        : region.Parent is { } above && _byCode.TryGetValue(above, out var parent) ? parent
        : region;

    private bool IsBelow(RegionName region, RegionName within)
    {
        for (var parent = region.Parent; parent is not null; parent = _byCode.GetValueOrDefault(parent)?.Parent)
        {
            if (parent == within.Code)
            {
                return true;
            }
        }

        return false;
    }

    private void Add(string name, RegionName region) => (_byName.TryGetValue(name, out var list) ? list : _byName[name] = []).Add(region);

    private static IEnumerable<string> Spellings(string name)
    {
        yield return name;
        var bare = Suffix().Replace(Autonomous().Replace(name, ""), "");
        if (bare.Length >= 2 && bare != name)
        {
            yield return bare;
            if (name.EndsWith("自治州", StringComparison.Ordinal))
            {
                yield return bare + "州";
            }
        }
    }

    // 恩施土家族苗族自治州 is written 恩施 or 恩施州.
    [GeneratedRegex("(((满|回|蒙古|朝鲜|畲|土家|苗|瑶|侗|壮|仫佬|毛南|黎|羌|彝|藏|仡佬|布依|水|傣|哈尼|纳西|拉祜|佤|布朗|白|景颇|傈僳|独龙|怒|普米|裕固|哈萨克|保安|东乡|撒拉|土|达斡尔|鄂温克|各)族)|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯)*自治[州县旗]$")]
    private static partial Regex Autonomous();

    [GeneratedRegex("(特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|省|市|区|县|盟|地区)$")]
    private static partial Regex Suffix();

    // 南京西路 is no place in 南京.
    [GeneratedRegex("^[东西南北中]?[一二三四]?(路|街|大街|大道|巷)")]
    private static partial Regex Street();

    [GeneratedRegex(@"[,，、|;；/／]|\s或\s|及(?=\S{2,}市)")]
    private static partial Regex Items();

    [GeneratedRegex(@"[\s·•\-—>()（）]+")]
    private static partial Regex Parts();
}
