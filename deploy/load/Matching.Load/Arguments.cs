namespace Matching.Load;

/// <summary>A verb and its options: <c>demo --url URL --data DIR [--check]</c>, <c>real --url URL --data DIR --source DIR</c>.</summary>
internal sealed record Arguments(string Verb, Uri Url, string Data, string Source, bool Check)
{
    public const string Usage = "Matching.Load demo --url URL --data DIR [--check] | real --url URL --data DIR --source DIR";

    /// <exception cref="ArgumentException">An option is unknown or lacks its value.</exception>
    public static Arguments Parse(string[] args)
    {
        var options = new Dictionary<string, string>();
        var check = false;
        for (var i = 1; i < args.Length; i++)
        {
            if (args[i] == "--check")
            {
                check = true;
            }
            else if (args[i] is "--url" or "--data" or "--source" && i + 1 < args.Length)
            {
                options[args[i]] = args[++i];
            }
            else
            {
                throw new ArgumentException(Usage);
            }
        }

        return new Arguments(
            args.FirstOrDefault() ?? "", new Uri(options.GetValueOrDefault("--url", "http://127.0.0.1:8080")), options.GetValueOrDefault("--data", ".data"),
            options.GetValueOrDefault("--source", "../shared/data"), check);
    }

    /// <summary>The operator's key, which deploy/up keeps in the data folder.</summary>
    public string OperatorKey => File.ReadAllText(Path.Combine(Data, "admin-key")).Trim();
}
