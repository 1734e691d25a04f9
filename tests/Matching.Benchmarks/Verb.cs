namespace Matching.Benchmarks;

/// <summary>A verb of the benchmark program.</summary>
/// <param name="Usage">Its arguments, for the help.</param>
/// <param name="RunAsync">Runs it; the result is the exit code: 0 done (or the verdict holds), 1 the verdict failed, 2 wrong arguments.</param>
internal sealed record Verb(string Usage, Func<string[], Task<int>> RunAsync);
