using System.Diagnostics;
using System.Globalization;

namespace Matching.Service.Data;

/// <summary>The PostgreSQL programs of this machine, and as whom to run them: PostgreSQL refuses root, so root runs them as the user <c>postgres</c>.</summary>
internal sealed class PostgresBinaries
{
    private const int OldestVersion = 15;
    private const string ServerUser = "postgres";

    private readonly string _folder;
    private readonly bool _asRoot = Environment.UserName == "root";

    private PostgresBinaries(string folder) => _folder = folder;

    /// <exception cref="InvalidOperationException">None found; the message says how to get one or do without.</exception>
    public static PostgresBinaries Find() =>
        Candidates().FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb"))) is { } found
            ? new PostgresBinaries(found)
            : throw new InvalidOperationException(
                $"No PostgreSQL {OldestVersion} or newer on this machine. Install it (Debian, Ubuntu: apt-get install postgresql-15), "
                + "or name the folder of its programs in MATCHING_PG_BIN, or point at a server with MATCHING__CONNECTIONSTRING.");

    /// <summary>Root owns what it makes, but the server runs as another user, who must own its folders and reach them.</summary>
    public async Task GiveToServerUserAsync(string folder, CancellationToken ct)
    {
        if (_asRoot && !await RunPlainAsync("chown", [$"{ServerUser}:{ServerUser}", folder], ct))
        {
            throw new InvalidOperationException($"The folder {folder} could not be handed to the user {ServerUser}.");
        }

        if (_asRoot && await StartAsync("test", ["-x", folder], ct) is not { Code: 0 })
        {
            throw new InvalidOperationException(
                $"The user {ServerUser} cannot reach {folder}: a folder above it is closed to others. Choose another data folder or run as an ordinary user.");
        }
    }

    /// <summary>Runs one of the programs to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it said.</exception>
    public async Task RunAsync(string program, string[] arguments, CancellationToken ct)
    {
        var (code, output) = await StartAsync(Path.Combine(_folder, program), arguments, ct);
        if (code != 0)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{program} failed with code {code}: {output.Trim()}"));
        }
    }

    public async Task<int> TryRunAsync(string program, string[] arguments, CancellationToken ct) =>
        (await StartAsync(Path.Combine(_folder, program), arguments, ct)).Code;

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("MATCHING_PG_BIN") is { Length: > 0 } named)
        {
            yield return named;
        }

        if (Directory.Exists("/usr/lib/postgresql"))
        {
            var versions = Directory.EnumerateDirectories("/usr/lib/postgresql")
                .Select(folder => (folder, version: int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0));
            foreach (var (folder, _) in versions.Where(pair => pair.version >= OldestVersion).OrderByDescending(pair => pair.version))
            {
                yield return Path.Combine(folder, "bin");
            }
        }

        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            yield return folder;
        }
    }

    private Task<(int Code, string Output)> StartAsync(string program, string[] arguments, CancellationToken ct) => _asRoot
        ? ProcessAsync("setpriv", [$"--reuid={ServerUser}", $"--regid={ServerUser}", "--init-groups", program, .. arguments], ct)
        : ProcessAsync(program, arguments, ct);

    private static async Task<bool> RunPlainAsync(string program, string[] arguments, CancellationToken ct) => (await ProcessAsync(program, arguments, ct)).Code == 0;

    private static async Task<(int Code, string Output)> ProcessAsync(string program, string[] arguments, CancellationToken ct)
    {
        // The server inherits what its starter holds open, so its output goes to a file; a pipe would never end.
        var output = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = "/" };
            foreach (var argument in (string[])["-c", "out=$1; shift; exec \"$@\" >\"$out\" 2>&1 </dev/null", "sh", output, program, .. arguments])
            {
                start.ArgumentList.Add(argument);
            }

            using var process = Process.Start(start)!;
            await process.WaitForExitAsync(ct);
            return (process.ExitCode, await File.ReadAllTextAsync(output, ct));
        }
        finally
        {
            File.Delete(output);
        }
    }
}
