using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Matching.Engine.Retrieval;

/// <summary>Asks the processor to bring memory into its cache before it is read. A hint, which reads and changes nothing: it may point anywhere, and no result depends on it.</summary>
internal static class Prefetch
{
    private const int CacheLine = 64;
    private const int MostLines = 8;

    /// <summary>The line that holds the beginning of an item, and the next.</summary>
    public static void TwoLines<T>(ref readonly T item) => Lines(in item, 2);

    /// <summary>The lines of so many items from this one on, or the first eight: those behind are fetched in time, for by then the processor has seen where this leads.</summary>
    public static void Items<T>(ref readonly T first, int count) => Lines(in first, Math.Min(MostLines, 1 + (count * Unsafe.SizeOf<T>() / CacheLine)));

    private static unsafe void Lines<T>(ref readonly T item, int count)
    {
        if (Sse.IsSupported)
        {
            var start = (byte*)Unsafe.AsPointer(ref Unsafe.AsRef(in item));
            for (var i = 0; i < count; i++)
            {
                Sse.Prefetch0(start + (i * CacheLine));
            }
        }
    }
}
