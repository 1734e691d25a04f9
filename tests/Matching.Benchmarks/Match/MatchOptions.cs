using System.Globalization;

namespace Matching.Benchmarks.Match;

/// <summary>Options as pairs of name and value.</summary>
internal sealed class MatchOptions(string[] args)
{
    public char Set => Text("--set", "C")[0];

    public bool Has(string name) => args.Contains(name);

    public string Text(string name, string standard) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : standard;

    public int Number(string name, int standard) => int.Parse(Text(name, standard.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
}
