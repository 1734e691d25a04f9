using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Matching.Benchmarks.Match.Data;
using Matching.Benchmarks.Match.Tasks;

namespace Matching.Benchmarks.Match.Peers;

/// <summary>Lucene of Debian's packages (liblucene8-java and a JDK), driven through a process of its own; it asks for the first graduates, so a sample is a prefix.</summary>
internal sealed class LuceneEngine : IMatchEngine
{
    private const string Jar = "/usr/share/java/lucene-core.jar";
    private const int Most = 2_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("matching-bench-").FullName;
    private Process? _java;

    public string Name => "lucene";

    /// <summary>Null, with the reason said, where there is none.</summary>
    public static async Task<LuceneEngine?> StartAsync(MatchSetting setting)
    {
        var jar = File.Exists(Jar) ? Jar : Directory.Exists("/usr/share/java") ? Directory.GetFiles("/usr/share/java", "lucene-core-8*.jar").FirstOrDefault() : null;
        var source = Path.Combine(AppContext.BaseDirectory, "LuceneMatch.java");
        if (jar is null || !File.Exists("/usr/bin/java"))
        {
            Console.WriteLine("lucene skipped: apt-get install liblucene8-java default-jdk-headless");
            return null;
        }

        var engine = new LuceneEngine();
        Write(setting.Jobs, Path.Combine(engine._folder, "jobs.bin"));
        Write(setting.Graduates, Path.Combine(engine._folder, "graduates.bin"));
        engine._java = Process.Start(new ProcessStartInfo("/usr/bin/java", ["-Xmx3g", "-cp", jar, source, engine._folder])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        if (await engine._java.StandardOutput.ReadLineAsync() == "ready")
        {
            return engine;
        }

        Console.WriteLine("lucene skipped: it did not start");
        await engine.DisposeAsync();
        return null;
    }

    public int Sample(BenchTask task, int graduates) => Math.Min(Most, graduates);

    /// <summary>The better of scoring all and skipping by block maxima.</summary>
    public async Task<double> RunAsync(BenchTask task, int[] graduates, TopLists lists)
    {
        var best = double.MaxValue;
        foreach (var mode in (string[])["all", "wand"])
        {
            await _java!.StandardInput.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{task} {lists.K} {mode} {graduates.Length}"));
            await _java.StandardInput.FlushAsync();
            var nanoseconds = long.Parse((await _java.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
            best = Math.Min(best, nanoseconds / 1_000.0 / graduates.Length);
        }

        var results = MemoryMarshal.Cast<byte, int>(await File.ReadAllBytesAsync(Path.Combine(_folder, "lists.bin"))).ToArray();
        for (var i = 0; i < graduates.Length * lists.K; i++)
        {
            if (results[2 * i] >= 0)
            {
                lists.Set(i / lists.K, i % lists.K, results[2 * i], results[(2 * i) + 1]);
            }
        }

        return best;
    }

    public async ValueTask DisposeAsync()
    {
        if (_java is not null)
        {
            _java.StandardInput.Close();
            await _java.WaitForExitAsync();
            _java.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static void Write(BenchRecords records, string file)
    {
        using var writer = new BinaryWriter(File.Create(file));
        writer.Write(records.Count);
        writer.Write(MemoryMarshal.AsBytes<int>(records.Start));
        writer.Write(MemoryMarshal.AsBytes(records.Skill.AsSpan(0, records.Start[^1])));
        writer.Write(records.Weight);
        writer.Write(MemoryMarshal.AsBytes<ushort>(records.Occupation));
        writer.Write(MemoryMarshal.AsBytes<uint>(records.Mask));
        writer.Write(records.Region);
        writer.Write(records.Education);
        writer.Write(records.Salary);
    }
}
