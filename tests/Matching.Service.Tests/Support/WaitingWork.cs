using Matching.Service.Data;
using Matching.Service.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Service.Tests.Support;

internal static class WaitingWork
{
    /// <summary>Does all waiting work of the fixture's database here and now, in place of the workers that tests do without.</summary>
    public static async Task DrainAsync(ApiFixture api)
    {
        var runner = api.Services.GetRequiredService<JobRunner>();
        while (await runner.RunOneAsync(CancellationToken.None))
        {
        }
    }

    public static async Task RunAsync(ApiFixture api, long consortium, string job, string argument = "")
    {
        await using (var session = api.Database.Open(TenantContext.Job(consortium)))
        {
            await JobLedger.EnqueueNowAsync(session, job, argument, default);
            await session.CommitAsync(default);
        }

        await DrainAsync(api);
    }
}
