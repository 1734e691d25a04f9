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
            var text = new string("a0数\0é"[random.Next(5)], random.Next(0, 14)) + random.Next(3_000).ToString(System.Globalization.CultureInfo.InvariantCulture)[..random.Next(0, 2)];

            Assert.Equal(known.GetValueOrDefault(text), seen[text]);
            known[text] = seen[text] = i;
        }
    }
}
