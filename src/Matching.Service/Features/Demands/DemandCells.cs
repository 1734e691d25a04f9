using System.Text.Json;
using Matching.Engine.Normalizing;
using Matching.Service.Imports;
using Matching.Service.Imports.References;
using Matching.Service.Reference;
using static Matching.Service.Features.Demands.DemandColumns;

namespace Matching.Service.Features.Demands;

/// <summary>Cells of a demand that several columns may feed, or that boards leave open. What cannot be read is kept as text; nothing is guessed.</summary>
internal static class DemandCells
{
    /// <summary>Seats, and whether the sender stated them: none stated counts as one, of a range the least (the text stays).</summary>
    public static (int Seats, bool Stated) Headcount(RowScan scan)
    {
        var headcount = HeadcountText.Parse(scan.Raw(DemandColumns.Headcount));
        if (headcount.Min is < 1 or > 100_000)
        {
            // An impossible number would be counted wrongly either way.
            scan.RefuseRow(DemandColumns.Headcount, "out_of_range", "须在 1 到 100000 之间。");
            return (1, false);
        }

        if (headcount.Outcome == HeadcountOutcome.Parsed)
        {
            if (!headcount.IsExact)
            {
                scan.Keep(DemandColumns.Headcount, "headcount_range", "人数是一个范围，按最少的人数计。");
            }

            return (headcount.Min!.Value, true);
        }

        if (headcount.Outcome == HeadcountOutcome.NotParsed)
        {
            scan.Keep(DemandColumns.Headcount, "not_a_number", "看不出人数，按 1 人计。");
        }
        else
        {
            scan.Note(DemandColumns.Headcount, "headcount_not_stated", "未写明人数，按 1 人计。");
        }

        return (1, false);
    }

    /// <summary>Yuan per month: the two figures where there are any, else the wording. Figures that contradict each other are kept as text.</summary>
    public static (int? Min, int? Max, bool Negotiable) Wage(RowScan scan)
    {
        var (min, max) = (scan.Pay(WageMin), scan.Pay(WageMax));
        if (min.Min > max.Max)
        {
            scan.Keep(WageMin, "wage_contradicts", "最低月薪高于最高月薪。");
            scan.Keep(WageMax, "wage_contradicts", "最高月薪低于最低月薪。");
        }
        else if (min.Min is not null || max.Max is not null)
        {
            return (min.Min, max.Max, false);
        }

        var stated = scan.Pay(DemandColumns.Wage);
        return (stated.Min, stated.Max,
            stated.Outcome == WageOutcome.Negotiable || (stated.Min is null && stated.Max is null && WageOutcome.Negotiable is var said && (min.Outcome == said || max.Outcome == said)));
    }

    /// <summary>The place of work of one column or of province, city and county; of several places what they share, else the first, with the text kept.</summary>
    public static string? Region(RowScan scan, CodeCells codes)
    {
        var whole = scan.Has(DemandColumns.Region) ? DemandColumns.Region : scan.Has(City) ? City : Province;
        var parts = new[] { whole == City ? scan.Raw(Province) : "", scan.Raw(whole), scan.Raw(District) }.Select(PlainText.Of).ToList();
        var text = string.Join(' ', parts.Where((part, i) => part.Length > 0 && !parts.Take(i).Any(before => before.Contains(part, StringComparison.Ordinal))));
        if (text.Length == 0)
        {
            return null;
        }

        var places = codes.Places(text);
        if (places.Codes.Count == 0)
        {
            scan.Keep(whole, places.Everywhere ? "region_anywhere" : "unknown_region", places.Everywhere ? "工作地区不限，按用人单位所在地区计。" : CodeCells.UnknownRegion);
            return null;
        }

        if (places.Codes.Count > 1)
        {
            scan.Keep(whole, "several_regions", "写了几个地区：取其共同的省市，没有的取第一个。");
        }
        else if (places.Rest.Length > 0)
        {
            scan.Keep(scan.Has(District) && !places.Rest.Contains(PlainText.Of(scan.Raw(whole)), StringComparison.Ordinal) ? District : whole, "region_in_part", "只识别出一部分地区，其余保留原文。");
        }

        return RegionText.Common(places.Codes) ?? places.Codes[0];
    }

    /// <summary>First and last day. A demand whose last day has passed and that does not say when it was opened was opened on that day at the latest.</summary>
    public static (DateOnly OpenedOn, DateOnly? ValidThrough) Validity(RowScan scan, DateOnly today)
    {
        var (opened, last) = (scan.Date(OpenedOn), scan.Date(ValidThrough));
        if (last < opened)
        {
            scan.Keep(ValidThrough, "dates_out_of_order", "截止日期早于发布日期。");
            last = null;
        }

        return (opened ?? (last < today ? last.Value : today), last);
    }

    /// <summary>Skills that are welcome, those among the tags of a board included: what the vocabulary knows, and what is neither welfare nor a job title.</summary>
    public static string[] NiceSkills(RowScan scan, SkillReading skills)
    {
        var tags = SkillTags.Of(SkillNames.Read(scan, Tags), skills);
        return [.. SkillNames.Read(scan, DemandColumns.NiceSkills).Concat(tags.Skills).Concat(tags.Unknown.Where(tag => tag.Length <= 20)).Distinct(StringComparer.Ordinal).Take(60)];
    }

    /// <summary>The texts that could not be read, as the table keeps them; null: none.</summary>
    public static string Unparsed(RowScan scan) => scan.Unparsed is { } texts ? JsonSerializer.Serialize(texts, ImportJson.Options) : "{}";
}
