using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Matching.Engine.Retrieval;

/// <summary>A table of 32 sixteen-bit numbers, looked up by 32 classes at a time: the widest processors have an instruction for that. Made where it is used, of a column's table.</summary>
internal readonly struct ClassTable
{
    private readonly Vector512<ushort> _numbers;
    private readonly ByteTables _bytes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ClassTable(Vector512<ushort> numbers)
    {
        _numbers = numbers;
        _bytes = Vector512.IsHardwareAccelerated ? default : new(numbers);
    }

    /// <summary>The numbers of 32 classes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<ushort> Of(ref byte classes, int from) =>
        Vector512.IsHardwareAccelerated ? Vector512.Shuffle(_numbers, Sums.Wide(ref classes, from)) : _bytes.Of(ref classes, from);
}

/// <summary>
/// The same table for the other processors: lower and upper bytes of the numbers, each in two halves of sixteen, as they can look up. A class that is in the other half finds nothing.
/// </summary>
internal readonly struct ByteTables
{
    private readonly Vector128<byte> _low;
    private readonly Vector128<byte> _lowOfUpper;
    private readonly Vector128<byte> _high;
    private readonly Vector128<byte> _highOfUpper;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ByteTables(Vector512<ushort> numbers)
    {
        (_low, _lowOfUpper) = Halves(numbers & Vector512.Create<ushort>(byte.MaxValue));
        (_high, _highOfUpper) = Halves(numbers >>> 8);
    }

    /// <summary>The numbers of 32 classes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<ushort> Of(ref byte classes, int from) =>
        Vector512.Create(Sixteen(Vector128.LoadUnsafe(ref classes, (nuint)from)), Sixteen(Vector128.LoadUnsafe(ref classes, (nuint)from + 16)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<byte> Lower, Vector128<byte> Upper) Halves(Vector512<ushort> bytes)
    {
        var (lower, upper) = (bytes.GetLower(), bytes.GetUpper());
        return (Vector128.Narrow(lower.GetLower(), lower.GetUpper()), Vector128.Narrow(upper.GetLower(), upper.GetUpper()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<ushort> Sixteen(Vector128<byte> classes)
    {
        var upper = classes - Vector128.Create((byte)16);
        var low = Vector128.Shuffle(_low, classes) | Vector128.Shuffle(_lowOfUpper, upper);
        var high = Vector128.Shuffle(_high, classes) | Vector128.Shuffle(_highOfUpper, upper);
        return Vector256.Create(Vector128.WidenLower(low), Vector128.WidenUpper(low)) | (Vector256.Create(Vector128.WidenLower(high), Vector128.WidenUpper(high)) << 8);
    }
}
