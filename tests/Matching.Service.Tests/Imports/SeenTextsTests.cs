using System.Globalization;
using Matching.Service.Imports;

namespace Matching.Service.Tests.Imports;

public class SeenTextsTests
{
    [Fact]
    public void Number_IsThatOfTheText_AsInADictionary()
    {
        var random = new Random(8);
        var (seen, known) = (new SeenTexts(), new Dictionary<string, int>());
        for (var i = 1; i < 20_000; i++)
        {
            // Short and long ones, the empty one, and some that differ in one sign only.
            var text = new string("a0数\0é"[random.Next(5)], random.Next(0, 14)) + random.Next(3_000).ToString(CultureInfo.InvariantCulture)[..random.Next(0, 2)];

            Assert.Equal(known.GetValueOrDefault(text), seen[text]);
            known[text] = seen[text] = i;
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("一个长到只能记下散列的文本")]
    public void Number_IsFoundAgain_HoweverManyTextsCameAfterIt(string before)
    {
        const int Texts = 100_000;
        var seen = new SeenTexts();
        for (var i = 1; i <= Texts; i++)
        {
            seen[string.Create(CultureInfo.InvariantCulture, $"{before}{i}")] = i;
        }

        Assert.All(Enumerable.Range(1, Texts), i => Assert.Equal(i, seen[string.Create(CultureInfo.InvariantCulture, $"{before}{i}")]));
    }
}
