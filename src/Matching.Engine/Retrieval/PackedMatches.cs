using System.Buffers.Binary;
using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>
/// A match list as bytes, one row's worth: a version byte, then 10 bytes an entry, little-endian: id (8), points with the top bit set for UNKNOWN (2).
/// Twenty entries are 201 bytes, where twenty rows would be some 1,300. Priority is the demand's own and is read from it, so it is not kept here.
/// </summary>
public static class PackedMatches
{
    private const byte Format = 1;
    private const int EntrySize = 10;
    private const ushort UnknownBit = 0x8000;
    private const int MostPoints = 10_000;

    public static byte[] Pack(IReadOnlyList<RankedMatch> matches)
    {
        var bytes = new byte[1 + (matches.Count * EntrySize)];
        bytes[0] = Format;
        for (var i = 0; i < matches.Count; i++)
        {
            var entry = bytes.AsSpan(1 + (i * EntrySize), EntrySize);
            BinaryPrimitives.WriteInt64LittleEndian(entry, matches[i].Id);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[8..], (ushort)(matches[i].Points | (matches[i].Verdict == Verdict.Unknown ? UnknownBit : 0)));
        }

        return bytes;
    }

    /// <exception cref="FormatException">Not written by <see cref="Pack"/>.</exception>
    public static RankedMatch[] Unpack(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0 || bytes[0] != Format || (bytes.Length - 1) % EntrySize != 0)
        {
            throw new FormatException("Not a packed match list.");
        }

        var matches = new RankedMatch[(bytes.Length - 1) / EntrySize];
        for (var i = 0; i < matches.Length; i++)
        {
            var entry = bytes.Slice(1 + (i * EntrySize), EntrySize);
            var points = BinaryPrimitives.ReadUInt16LittleEndian(entry[8..]);
            matches[i] = new(BinaryPrimitives.ReadInt64LittleEndian(entry), points & ~UnknownBit, (points & UnknownBit) != 0 ? Verdict.Unknown : Verdict.Pass);
            if (matches[i].Id < 1 || matches[i].Points is < 1 or > MostPoints || (i > 0 && matches[i - 1].Verdict > matches[i].Verdict))
            {
                throw new FormatException("A packed match list holds an entry that no search finds.");
            }
        }

        return matches;
    }
}
