using System.Globalization;
using System.Text.Json;
using Matching.Load.Api;

namespace Matching.Load.Real;

/// <summary>One file of postings as its board's scrape left it, and what the import made of it.</summary>
internal static class RealFile
{
    /// <summary>In the folder of the data; the headers are the files' own, and nothing of them is mapped by hand.</summary>
    public static readonly string[] All =
        ["jobs_cn_51job_2023/jobs.csv", "jobs_cn_liepin_2019/jobs.csv", "jobs_cn_lagou_2017/postings_structured.csv", "match_cn_taidi_5iai/jobs.csv"];

    // What is asked of every posting, and the fields of the import it may stand in.
    private static readonly (string Name, string[] Fields)[] Asked =
    [
        ("wage", ["wage", "wageMin", "wageMax"]), ("education", ["education"]), ("place", ["region", "province", "city", "district"]),
        ("headcount", ["headcount"]), ("experience", ["experienceYears"]),
    ];

    /// <summary>Read, accepted, rejected by reason, and of what the file states the share that was understood.</summary>
    public static void Print(JsonElement import)
    {
        var columns = import.GetProperty("columns").EnumerateArray().Where(column => column.GetProperty("applied").GetBoolean()).ToList();
        Console.WriteLine($"   {string.Join(", ", columns.Select(column => $"{column.Text("header")} → {column.Text("field")}"))}");
        Console.WriteLine($"   companies registered {import.Text("companiesRegistered")}");
        PrintReasons("rejected", import.GetProperty("reasons"));
        PrintReasons("noted", import.GetProperty("notes"));
        foreach (var (name, fields) in Asked)
        {
            var fed = columns.Where(column => fields.Contains(column.Text("field"))).ToList();
            var stated = fed.Count == 0 ? 0 : fed.Max(column => column.Number("filled"));
            var kept = fed.Count == 0 ? 0 : fed.Max(column => column.Number("keptAsText"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"   {name,-10} stated in {stated,6} rows{(stated == 0 ? "" : $", understood {100.0 * (stated - kept) / stated:F1} %")}"));
        }
    }

    private static void PrintReasons(string what, JsonElement reasons)
    {
        foreach (var reason in reasons.EnumerateArray())
        {
            Console.WriteLine($"   {what} {reason.Text("count"),6} × {reason.Text("column")} {reason.Text("code")}: {reason.Text("example")}");
        }
    }
}
