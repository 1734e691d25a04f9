using System.Globalization;

namespace Matching.Load.Demo;

/// <summary>
/// An occupation the demonstration region needs people for, a line of Tables/occupations.tsv: 大典 code, letter of the cluster, industry of those who hire (GB/T 4754),
/// relative share of all postings, middle wage at the end (yuan a month), growth of demand (percent a quarter), season (S most in spring, A in autumn, F none),
/// plant (+ shortage, - surplus, empty neither), least education asked for (GB/T 4658), and what postings say; a certificate marked ! is compulsory (持证上岗).
/// </summary>
internal sealed record DemoOccupation(
    string Code, string Cluster, string Industry, int Weight, int Wage, double Growth, char Season, string Plant, string Education,
    string[] Titles, string[] Must, string[] Nice, string[] Certificates, string[] CompulsoryCertificates)
{
    public bool IsShortage => Plant == "+";

    public bool IsSurplus => Plant == "-";
}

/// <summary>
/// A programme of one of the seven schools, a line of Tables/programs.tsv: capacity in graduates of an ordinary year,
/// and the occupations it trains for with shares that sum to 1.
/// </summary>
internal sealed record DemoProgram(
    string School, string Major, string Name, string Education, int Capacity, string Cluster, (string Code, decimal Share)[] Occupations)
{
    public string Ref => $"{School}-{Major}";
}

/// <summary>The tables that lie beside this code: facts and invented requirements, no posting of anybody's.</summary>
internal static class DemoTables
{
    public static readonly IReadOnlyList<DemoOccupation> Occupations = [.. Lines("occupations").Select(cells => new DemoOccupation(
        cells[0], cells[1], cells[2], Number(cells[3]), Number(cells[4]), double.Parse(cells[5], CultureInfo.InvariantCulture), cells[6][0], cells[7], cells[8],
        List(cells[9]), List(cells[10]), List(cells[11]),
        [.. List(cells[12]).Where(name => name[0] != '!')], [.. List(cells[12]).Where(name => name[0] == '!').Select(name => name[1..])]))];

    public static readonly IReadOnlyList<DemoProgram> Programs = [.. Lines("programs").Select(cells => new DemoProgram(
        cells[0], cells[1], cells[2], cells[3], Number(cells[4]), cells[5], [.. List(cells[6]).Select(Share)]))];

    public static readonly IReadOnlyDictionary<string, DemoOccupation> ByCode = Occupations.ToDictionary(occupation => occupation.Code);

    private static IEnumerable<string[]> Lines(string table)
    {
        using var reader = new StreamReader(typeof(DemoTables).Assembly.GetManifestResourceStream(table)!);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t'))];
    }

    private static string[] List(string cell) => cell.Split('|', StringSplitOptions.RemoveEmptyEntries);

    private static (string, decimal) Share(string text) => (text[..text.IndexOf(':')], decimal.Parse(text[(text.IndexOf(':') + 1)..], CultureInfo.InvariantCulture));

    private static int Number(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);
}
