using Dapper;
using Matching.Service.Data;
using Matching.Service.Jobs;
using Matching.Service.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Service.Tests.Features.Matches;

/// <summary>Runs the job for the first consortium to its end, piece by piece, through the real ledger.</summary>
internal static class MatchRun
{
    public static async Task<long> RunAsync(ApiFixture api)
    {
        long run;
        await using (var session = api.Services.GetRequiredService<TenantSessionFactory>().Open(TenantContext.Job(api.Data.First.Id)))
        {
            run = await JobLedger.EnqueueNowAsync(session, "recompute-matches", "", default);
            await session.CommitAsync(default);
        }

        var runner = api.Services.GetRequiredService<JobRunner>();
        while (await runner.RunOneAsync(default))
        {
        }

        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        var (state, error) = await connection.QuerySingleAsync<(string, string?)>("SELECT state, error FROM job_run WHERE id = @run", new { run });
        Assert.True(state == "SUCCEEDED", error);
        return run;
    }
}
