using System.Text.RegularExpressions;

namespace Matching.Engine.Normalizing;

/// <summary>A region as the resolver knows it.</summary>
public sealed record RegionName(string Code, int Level, string Name, string? Parent);

/// <summary>
/// Place text → region code (GB/T 2260): 深圳·宝安区, 广东省深圳市, 昆明, 440306. Each part narrows the one before; a part that is not found below it ends the search
/// with what is known so far, and a name that several regions bear and nothing narrows is not guessed.
/// </summary>
public sealed partial class RegionText
{
    private readonly Dictionary<string, List<RegionName>> _byName = [];
    private readonly Dictionary<string, RegionName> _byCode = [];

    public RegionText(IEnumerable<RegionName> regions)
    {
        foreach (var region in regions)
        {
            _byCode.TryAdd(region.Code, region);
            foreach (var name in Spellings(region.Name))
            {
                (_byName.TryGetValue(name, out var list) ? list : _byName[name] = []).Add(region);
            }
        }
    }

    /// <summary>Null when no part of the text names a region beyond doubt.</summary>
    public string? Find(string text)
    {
        if (_byCode.ContainsKey(text.Trim()))
        {
            return text.Trim();
        }

        RegionName? found = null;
        foreach (var part in Parts().Split(text).Where(part => part.Length > 0))
        {
            var rest = part;
            while (rest.Length > 1 && Longest(rest, found) is var (next, length) && next is not null)
            {
                found = next;
                rest = rest[length..];
            }
        }

        return found?.Code;
    }

    // The longest beginning of the text that names one region below the one already found.
    private (RegionName? Region, int Length) Longest(string text, RegionName? within)
    {
        for (var length = Math.Min(text.Length, 16); length >= 2; length--)
        {
            if (_byName.TryGetValue(text[..length], out var named) && Choose(named, within) is { } region)
            {
                return (region, length);
            }
        }

        return (null, 0);
    }

    private RegionName? Choose(List<RegionName> named, RegionName? within)
    {
        var below = within is null ? named : named.FindAll(region => IsBelow(region, within));
        var top = below.Count == 0 ? 0 : below.Min(region => region.Level);
        var highest = below.FindAll(region => region.Level == top);
        return highest.Count == 1 ? highest[0] : null;
    }

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

    [GeneratedRegex(@"[\s·•\-—/／,，、|()（）]+")]
    private static partial Regex Parts();
}
