using Matching.Load;
using Matching.Load.Api;
using Matching.Load.Demo;
using Matching.Load.Real;

try
{
    var arguments = Arguments.Parse(args);
    return arguments.Verb switch
    {
        "demo" => await DemoRun.RunAsync(arguments),
        "real" => await RealRun.RunAsync(arguments),
        _ => throw new ArgumentException(Arguments.Usage),
    };
}
catch (Exception problem) when (problem is ApiException or HttpRequestException or ArgumentException)
{
    await Console.Error.WriteLineAsync(problem.Message);
    return 1;
}
