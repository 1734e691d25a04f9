using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Matching.Engine.Retrieval;

/// <summary>Asks the processor to bring memory into its cache before it is read. A hint, which reads and changes nothing: it may point anywhere, and no result depends on it.</summary>
internal static class Prefetch
{
    private const int CacheLine = 64;

    /// <summary>The line that holds the beginning of an item, and the next.</summary>
    public static unsafe void TwoLines<T>(ref readonly T item)
    {
        if (Sse.IsSupported)
        {
            var start = (byte*)Unsafe.AsPointer(ref Unsafe.AsRef(in item));
            Sse.Prefetch0(start);
            Sse.Prefetch0(start + CacheLine);
        }
    }
}
