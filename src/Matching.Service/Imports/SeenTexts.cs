using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Matching.Service.Imports;

/// <summary>
/// A number for each text of a file, without keeping the texts: 96 bits of SHA-256 stand for one, so half a million take 16 MB however long they are.
/// Two of so many texts share these bits once in 10^17 files, and nobody can make two that do.
/// </summary>
internal sealed class SeenTexts
{
    private Slot[] _slots = new Slot[1 << 10];
    private int _count;

    /// <summary>The number of the text, 0 when it is new. Valid until the next text is asked for.</summary>
    public ref int this[string text]
    {
        get
        {
            if (4 * (_count + 1) > 3 * _slots.Length)
            {
                Grow();
            }

            ref var slot = ref Find(_slots, KeyOf(text));
            if (slot.Key == default)
            {
                slot.Key = KeyOf(text);
                _count++;
            }

            return ref slot.Number;
        }
    }

    private static ref Slot Find(Slot[] slots, Key key)
    {
        var mask = slots.Length - 1;
        var at = (int)key.Low & mask;
        while (slots[at].Key != default && slots[at].Key != key)
        {
            at = (at + 1) & mask;
        }

        return ref slots[at];
    }

    private void Grow()
    {
        var wider = new Slot[2 * _slots.Length];
        foreach (var slot in _slots)
        {
            if (slot.Key != default)
            {
                Find(wider, slot.Key) = slot;
            }
        }

        _slots = wider;
    }

    private static Key KeyOf(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var bytes = most <= 1_024 ? stackalloc byte[most] : new byte[most];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(text, bytes)], hash);
        return new Key(MemoryMarshal.Read<ulong>(hash), MemoryMarshal.Read<uint>(hash[8..]));
    }

    private readonly record struct Key(ulong Low, uint High);

    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private struct Slot
    {
        public Key Key;
        public int Number;
    }
}
