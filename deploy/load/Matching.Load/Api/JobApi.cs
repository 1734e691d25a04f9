using System.Text.Json;

namespace Matching.Load.Api;

/// <summary>Starts a background job and waits for its end.</summary>
internal static class JobApi
{
    /// <summary>A run with that argument that is under way or has succeeded is not repeated, so an interrupted visit goes on where it was.</summary>
    /// <exception cref="ApiException">The run did not succeed.</exception>
    public static async Task RunOnceAsync(this ApiClient api, string job, object? argument = null)
    {
        var progress = new Progress($"job {job}");
        var wanted = argument is null ? "" : JsonSerializer.Serialize(argument);
        var run = (await api.ListAsync($"job-runs?job={job}"))
            .FirstOrDefault(known => known.Text("argument") == wanted && known.Text("state") is "PLANNED" or "RUNNING" or "SUCCEEDED");
        if (run.ValueKind == JsonValueKind.Undefined)
        {
            run = await api.PostAsync($"jobs/{job}/runs", new { argument });
        }

        await api.WaitAsync(run.Number("id"), progress);
    }

    /// <exception cref="ApiException">The run did not succeed.</exception>
    public static async Task WaitAsync(this ApiClient api, long id, Progress progress)
    {
        var run = (await api.GetAsync($"job-runs/{id}")).GetProperty("run");
        while (run.Text("state") is "PLANNED" or "RUNNING")
        {
            progress.Report($"{run.Text("percent")} %, {run.Text("piecesDone")} of {run.Text("pieces")} pieces");
            await Task.Delay(300);
            run = (await api.GetAsync($"job-runs/{id}")).GetProperty("run");
        }

        progress.Done($"{run.Text("state")}: {run.Text("pieces")} pieces");
        if (run.Text("state") != "SUCCEEDED")
        {
            throw new ApiException($"The run of {run.Text("job")} did not succeed: {run}");
        }
    }
}
