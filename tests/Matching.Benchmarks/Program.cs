using Matching.Benchmarks;
using Matching.Benchmarks.Duplicates;
using Matching.Benchmarks.Http;
using Matching.Benchmarks.Ingest;
using Matching.Benchmarks.Match;
using Matching.Benchmarks.Nightly;
using Matching.Benchmarks.Occupations;
using Matching.Benchmarks.Plans;
using Matching.Benchmarks.Read;
using Matching.Benchmarks.Search;
using Matching.Benchmarks.Serve;
using Matching.Benchmarks.Skills;

// One line a verb: what it measures or evaluates is in the folder of its name.
Dictionary<string, Verb> verbs = new(StringComparer.Ordinal)
{
    ["match"] = new(MatchVerb.Usage, MatchVerb.RunAsync),
    ["eval-duplicates"] = new("DATA_FOLDER [SAMPLE]", EvaluateDuplicates.RunAsync),
    ["plans"] = new(PlansVerb.Usage, PlansVerb.RunAsync),
    ["ingest"] = new(IngestVerb.Usage, IngestVerb.RunAsync),
    ["nightly"] = new(NightlyVerb.Usage, NightlyVerb.RunAsync),
    ["read"] = new(ReadVerb.Usage, ReadVerb.RunAsync),
    ["search"] = new(SearchVerb.Usage, SearchVerb.RunAsync),
    ["serve"] = new(ServeVerb.Usage, ServeVerb.RunAsync),
    ["hello"] = new(Hello.Usage, Hello.RunAsync),
    ["skill-text"] = SkillTextVerb.Verb,
    ["eval"] = new(EvalVerbs.Usage, EvalVerbs.RunAsync),
};

if (args is [var name, .. var rest] && verbs.TryGetValue(name, out var verb))
{
    return await verb.RunAsync(rest);
}

Console.Error.WriteLine("dotnet run -c Release --project tests/Matching.Benchmarks -- VERB ...");
foreach (var (key, known) in verbs)
{
    Console.Error.WriteLine($"  {key} {known.Usage}");
}

return 2;
