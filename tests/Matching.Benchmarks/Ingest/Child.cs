using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Matching.Benchmarks.Ingest;

/// <summary>A process of its own: a server whose memory is watched, or psql.</summary>
internal sealed class Child(Process process) : IDisposable
{
    private string? _timing;

    /// <summary>Starts a program; what it prints goes nowhere.</summary>
    public static Child Start(string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        var child = new Child(process);
        process.OutputDataReceived += (_, line) => child.Printed(line.Data);
        process.ErrorDataReceived += (_, line) => Console.Error.Write(line.Data is null ? "" : line.Data + "\n");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Runs psql on the database; several commands are one session.</summary>
    public static async Task PsqlAsync(string connection, params string[] commands)
    {
        using var psql = Psql(connection, commands);
        await psql.EndAsync();
    }

    /// <summary>Runs one command of psql and answers how long it took by psql's own clock, seconds: its start and what comes before do not count.</summary>
    public static async Task<double> CopyAsync(string connection, string before, string command)
    {
        using var psql = Psql(connection, before, "\\timing on", command);
        await psql.EndAsync();
        return double.Parse(psql._timing!.Split(' ')[1], CultureInfo.InvariantCulture) / 1_000;
    }

    /// <summary>Processor time it has used so far, its own and the kernel's for it.</summary>
    public TimeSpan ProcessorTime()
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }

    /// <summary>Resident memory now and at its highest, MB.</summary>
    public (double Now, double Peak) Memory()
    {
        var status = File.ReadAllLines($"/proc/{process.Id}/status");
        return (Of("VmRSS:"), Of("VmHWM:"));

        double Of(string key) => double.Parse(status.First(line => line.StartsWith(key, StringComparison.Ordinal))[key.Length..^2], CultureInfo.InvariantCulture) / 1024;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
    }

    private static Child Psql(string connection, params string[] commands)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        return Start("psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", .. commands.Where(command => command.Length > 0).SelectMany(command => new[] { "-c", command })],
            new Dictionary<string, string>
            {
                ["PGHOST"] = settings.Host!, ["PGPORT"] = settings.Port.ToString(CultureInfo.InvariantCulture), ["PGUSER"] = settings.Username!, ["PGDATABASE"] = settings.Database!,
                ["LC_ALL"] = "C.UTF-8",
            });
    }

    private void Printed(string? line) => _timing = line?.StartsWith("Time: ", StringComparison.Ordinal) == true ? line : _timing;

    private async Task EndAsync()
    {
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"psql ended with {process.ExitCode}.");
        }
    }
}
