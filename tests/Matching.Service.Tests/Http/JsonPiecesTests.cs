using System.Globalization;
using System.Text;
using System.Text.Json;
using Matching.Service.Http;

namespace Matching.Service.Tests.Http;

/// <summary>Numbers put together from pieces are those of the serializer.</summary>
public class JsonPiecesTests
{
    private readonly JsonPieces _pieces = new();

    [Fact]
    public void Hundredths_AreWhatTheSerializerWrites()
    {
        foreach (var number in Enumerable.Range(0, 10_200).Append(1_234_567).Append(int.MaxValue))
        {
            Assert.Equal(JsonSerializer.Serialize(number / 100m), Text(_pieces.Clear().AddHundredths(number)));
            Assert.Equal((number / 100m).ToString("0.00", CultureInfo.InvariantCulture), Text(_pieces.Clear().AddWithDecimals(number)));
        }
    }

    [Fact]
    public void Numbers_AreWhatTheSerializerWrites() =>
        Assert.All((long[])[0, 9, 10, 99, 100, 101, 1_000, -1, long.MaxValue, long.MinValue], number => Assert.Equal(JsonSerializer.Serialize(number), Text(_pieces.Clear().Add(number))));

    [Fact]
    public void Pieces_AreAllThere_WhereTheMemoryGrows()
    {
        var expected = new StringBuilder();
        for (var i = 0; i < 3_000; i++)
        {
            _pieces.Add("\"技能\","u8).Add(i).AddHundredths(i);
            expected.Append(CultureInfo.InvariantCulture, $"\"技能\",{i}{JsonSerializer.Serialize(i / 100m)}");
        }

        Assert.Equal(expected.ToString(), Text(_pieces));
        Assert.Equal(expected.ToString()[..^1], Text(_pieces.DropLast()));
        Assert.Equal(_pieces.Written.ToArray(), _pieces.ToArray());
    }

    private static string Text(JsonPieces pieces) => Encoding.UTF8.GetString(pieces.Written);
}
