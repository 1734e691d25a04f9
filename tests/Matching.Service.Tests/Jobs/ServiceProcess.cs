using System.Collections.Concurrent;
using System.Diagnostics;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Jobs;

/// <summary>The service as an operator runs it: a process of its own, working on the test's database.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private readonly Process _process;

    private readonly ConcurrentQueue<string> _said;

    private ServiceProcess(Process process, ConcurrentQueue<string> said)
    {
        _process = process;
        _said = said;
    }

    /// <summary>How its node is called in the ledger.</summary>
    public string Node => $"{Environment.MachineName}-{_process.Id}";

    public static ServiceProcess Start(TestDatabase database)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "--urls", "http://127.0.0.1:0"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MATCHING__CONNECTIONSTRING"] = database.ServiceConnectionString;
        start.Environment["MATCHING__MIGRATEONSTART"] = "false";
        start.Environment["MATCHING__JOBWORKERS"] = "2";
        start.Environment["MATCHING__JOBLEASESECONDS"] = "2";
        var process = Process.Start(start)!;
        var said = new ConcurrentQueue<string>();
        process.OutputDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ServiceProcess(process, said);
    }

    /// <summary>Whether its log holds a line with that text.</summary>
    public bool Said(string text) => _said.Any(line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>kill -9: no goodbye.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Stands still, as a node in a long pause does.</summary>
    public void Freeze() => Signal("STOP");

    public void Thaw() => Signal("CONT");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Signal(string name) => Process.Start("kill", [$"-{name}", $"{_process.Id}"])!.WaitForExit();
}
