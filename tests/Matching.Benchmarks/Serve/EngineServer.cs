using Matching.Benchmarks.Match.Data;
using Matching.Benchmarks.Match.Province;
using Matching.Engine.Retrieval;
using Matching.Engine.Scoring;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Matching.Benchmarks.Serve;

/// <summary>The bare engine behind bare Kestrel: the same demands searched for the same graduates, ids and points answered, nothing around it.</summary>
internal static class EngineServer
{
    public static async Task RunAsync(string url, int demands, int graduates)
    {
        var (jobs, people) = new BenchGenerator('C').Create(demands, graduates);
        var index = LiveIndex.OfDemands(ScoreWeights.Default, Enumerable.Range(0, demands).Select(i => ProvinceProfiles.Demand(jobs, i)), ProvinceProfiles.Graph);
        Candidate[] candidates = [.. Enumerable.Range(0, graduates).Select(i => ProvinceProfiles.Graduate(people, i))];
        using var scratch = new ThreadLocal<Scratch>(() => new Scratch());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        await using var app = builder.Build();
        app.MapGet("/ready", () => Results.Ok());
        app.MapGet("/top/{id:int}/{take:int}", (HttpContext http, int id, int take) =>
        {
            var body = PackedMatches.Pack(index.Search(candidates[id - 1], take, scratch.Value!));
            http.Response.ContentLength = body.Length;
            return http.Response.Body.WriteAsync(body).AsTask();
        });
        await app.RunAsync();
    }
}
