using System.Globalization;
using System.Runtime;

namespace Matching.Benchmarks;

/// <summary>What the system counts as this process's memory, in MB: not its servers', and not what it asked for without touching it.</summary>
internal static class ResidentMemory
{
    public static double Now => Of("VmRSS:");

    /// <summary>The most since <see cref="CountPeakFromHereAsync"/>.</summary>
    public static double Peak => Of("VmHWM:");

    /// <summary>Gives back what earlier work left in memory, and forgets the peak it had.</summary>
    public static async Task CountPeakFromHereAsync()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        await File.WriteAllTextAsync("/proc/self/clear_refs", "5");
    }

    private static double Of(string key) =>
        double.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith(key, StringComparison.Ordinal))[key.Length..^2], CultureInfo.InvariantCulture) / 1024;
}
