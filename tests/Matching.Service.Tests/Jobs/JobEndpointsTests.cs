using System.Net;
using System.Net.Http.Json;
using Matching.Service.Http;
using Matching.Service.Jobs;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Jobs;

public class JobEndpointsTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private readonly HttpClient _office = api.ClientAs("office");

    [Fact]
    public async Task Start_EntersARun_ThatAnyNodeMayTake_AndThatCanBeCancelled()
    {
        var response = await _office.PostAsJsonAsync("/api/v1/jobs/self-test/runs", new { argument = new { pieces = 2 } });
        var run = await HttpAssert.BodyAsync<JobRun>(response, HttpStatusCode.Accepted);
        var detail = (await _office.GetFromJsonAsync<JobRunDetail>(response.Headers.Location))!;

        Assert.Equal(("self-test", "PLANNED", 0), (run.Job, run.State, run.Percent));
        Assert.Equal(("PLAN", "WAITING"), (detail.Pieces.Single().Phase, detail.Pieces.Single().State));
        Assert.Equal("CANCELLED", (await HttpAssert.BodyAsync<JobRun>(await _office.PostAsync($"/api/v1/job-runs/{run.Id}/cancel", null))).State);
        await HttpAssert.ProblemAsync(await _office.PostAsync($"/api/v1/job-runs/{run.Id}/cancel", null), HttpStatusCode.Conflict, "already_over");
    }

    [Fact]
    public async Task Runs_AreTheConsortiumsOwn()
    {
        var run = await HttpAssert.BodyAsync<JobRun>(await _office.PostAsJsonAsync("/api/v1/jobs/self-test/runs", new { }), HttpStatusCode.Accepted);
        using var stranger = api.ClientOf(api.Data.Second, "office");

        await HttpAssert.ProblemAsync(await stranger.GetAsync($"/api/v1/job-runs/{run.Id}"), HttpStatusCode.NotFound, "job_run_not_found");
        await HttpAssert.ProblemAsync(await stranger.PostAsync($"/api/v1/job-runs/{run.Id}/cancel", null), HttpStatusCode.NotFound, "job_run_not_found");
        Assert.Contains((await _office.GetFromJsonAsync<Page<JobRun>>("/api/v1/job-runs?job=self-test&state=PLANNED"))!.Items, item => item.Id == run.Id);
    }

    [Fact]
    public async Task Jobs_TellTheirNextInstant()
    {
        var jobs = (await _office.GetFromJsonAsync<Page<JobInfo>>("/api/v1/jobs"))!.Items;

        Assert.Contains(jobs, job => job.Name == "self-test");
        Assert.All(jobs, job => Assert.Equal(job.Cron is null, job.NextAt is null));
        Assert.All(jobs.Where(job => job.NextAt is not null), job => Assert.True(job.NextAt > DateTime.UtcNow));
    }

    [Fact]
    public async Task Start_DoesNotKnowAJobOfThatName() =>
        await HttpAssert.ProblemAsync(await _office.PostAsJsonAsync("/api/v1/jobs/none/runs", new { }), HttpStatusCode.NotFound, "job_not_found");
}
