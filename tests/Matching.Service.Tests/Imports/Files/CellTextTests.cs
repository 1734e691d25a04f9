using Matching.Service.Imports.Files;

namespace Matching.Service.Tests.Imports.Files;

public class CellTextTests
{
    [Fact]
    public void IsSound_SaysOfEverySignWhetherItCanBeKept_WhereverItStands()
    {
        for (var code = 0; code <= char.MaxValue; code++)
        {
            var sign = (char)code;
            var kept = !char.IsSurrogate(sign) && sign < '\uFFFD' && (!char.IsControl(sign) || sign is '\t' or '\r' or '\n');

            Assert.Equal(kept, CellText.IsSound([sign]));
            Assert.Equal(kept, CellText.IsSound($"一个足够长的文本，以便成批查看，（全角）{sign}及其后面的文本 and so on, also many at once"));
        }
    }

    [Theory]
    [InlineData("𠮷", true)]
    [InlineData("a\uD842\uDFB7b", true)]
    [InlineData("\uDFB7\uD842", false)]
    [InlineData("数\uD842", false)]
    public void IsSound_TakesSurrogatesInPairsOnly(string text, bool sound) => Assert.Equal(sound, CellText.IsSound(text));

    [Fact]
    public void RepeatedCells_AreTheTextsAskedFor_HoweverManyShareAPlace()
    {
        var (cells, sound) = (new RepeatedCells(), true);
        for (var i = 0; i < 60_000; i++)
        {
            var text = $"{(i % 3 == 0 ? i : i % 5_000)}个";

            Assert.Equal(text, cells.Of(text, ref sound));
        }

        Assert.True(sound);
        Assert.Equal("数控车工", cells.Of("数控车工", ref sound));
        Assert.Same(cells.Of("数控车工", ref sound), cells.Of("数控车工", ref sound));
        Assert.Equal("坏\u0001", cells.Of("坏\u0001", ref sound));
        Assert.False(sound);
    }
}
