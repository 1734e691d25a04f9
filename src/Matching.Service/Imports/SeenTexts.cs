using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Matching.Service.Imports;

/// <summary>
/// A number for each text of a file, without keeping the texts: a short one stands for itself, and for others do 95 bits of SHA-256, so half a million take 16 MB however
/// long they are. Two of so many texts share these bits once in 10^17 files, and nobody can make two that do.
/// </summary>
internal sealed class SeenTexts
{
    private const int ShortBytes = 11;
    private const uint Hashed = 0x8000_0000;

    // Odd and drawn anew for every file, so that nobody can choose texts that all fall to one place.
    private readonly ulong _spread = (ulong)Random.Shared.NextInt64() | 1;

    // Many small tables, each growing when it is full: one large table would lie in memory beside all it has outgrown, until the next collection of old objects.
    private readonly Table[] _tables = new Table[256];

    public SeenTexts() => Array.Fill(_tables, new Table([]));

    /// <summary>The number of the text, 0 when it is new. Valid until the next text is asked for.</summary>
    public ref int this[string text]
    {
        get
        {
            var key = KeyOf(text);
            ref var table = ref _tables[HashOf(key) >> 56];
            if (4 * (table.Count + 1) > 3 * table.Slots.Length)
            {
                Grow(ref table);
            }

            ref var slot = ref Find(table.Slots, key);
            if (slot.Key == default)
            {
                slot.Key = key;
                table.Count++;
            }

            return ref slot.Number;
        }
    }

    private ulong HashOf(Key key) => (key.Low ^ ((ulong)key.High << 29)) * _spread;

    private ref Slot Find(Slot[] slots, Key key)
    {
        var mask = slots.Length - 1;
        var at = (int)(HashOf(key) >> 33) & mask;
        while (slots[at].Key != default && slots[at].Key != key)
        {
            at = (at + 1) & mask;
        }

        return ref slots[at];
    }

    private void Grow(ref Table table)
    {
        var wider = new Slot[Math.Max(4, 2 * table.Slots.Length)];
        foreach (var slot in table.Slots)
        {
            if (slot.Key != default)
            {
                Find(wider, slot.Key) = slot;
            }
        }

        table.Slots = wider;
    }

    // A key is never zero, and one of a hash never that of a short text.
    private static Key KeyOf(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var bytes = most <= 1_024 ? stackalloc byte[most] : new byte[most];
        bytes = bytes[..Encoding.UTF8.GetBytes(text, bytes)];
        if (bytes.Length is > 0 and <= ShortBytes)
        {
            hash.Clear();
            bytes.CopyTo(hash);
            return new Key(MemoryMarshal.Read<ulong>(hash), MemoryMarshal.Read<uint>(hash[8..]) | ((uint)bytes.Length << 24));
        }

        SHA256.HashData(bytes, hash);
        return new Key(MemoryMarshal.Read<ulong>(hash), MemoryMarshal.Read<uint>(hash[8..]) | Hashed);
    }

    // Packed, or a slot would take 20 bytes for its 16.
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private readonly record struct Key(ulong Low, uint High);

    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private struct Slot
    {
        public Key Key;
        public int Number;
    }

    private struct Table(Slot[] slots)
    {
        public Slot[] Slots = slots;
        public int Count;
    }
}
