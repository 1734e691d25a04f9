using Matching.Engine.Normalizing;

namespace Matching.Engine.Tests.Normalizing;

public class NameAutomatonTests
{
    // Few letters on purpose: names inside, overlapping and following each other are where an automaton goes wrong.
    [Fact]
    public void Find_FindsWhatTryingEveryNameAtEveryPlaceFinds()
    {
        for (var seed = 0; seed < 800; seed++)
        {
            var random = new Random(seed);
            var names = Enumerable.Range(0, random.Next(1, 25)).Select(i => new NamedValue(RandomText(random, "数据分析 ab+#c.1", 1, 5), i)).ToArray();
            var more = Enumerable.Range(100, random.Next(0, 6)).Select(i => new NamedValue(RandomText(random, "数据分析ab", 1, 4), i)).ToArray();
            var text = KeyedText.Of(RandomText(random, "数据分析，、 ab+#c.1－ＡＢ@", 0, 60));

            var found = NameAutomaton.Find(text, new NameAutomaton(names), new NameAutomaton(more)).Select(match => (match.From, match.To, match.Name.Value));

            Assert.True(Oracle(text, names, more).SequenceEqual(found), $"seed {seed}: {text.Text}");
        }
    }

    [Theory]
    [InlineData("熟悉Go语言、mongo和Django", "Go|R", "Go")]
    [InlineData("C++、C#与C语言", "C|C++|C#|C语言", "C++ C# C语言")]
    [InlineData("C/C++", "C|C++|C/C++", "C/C++")]
    [InlineData("懂.NET、ADO.NET和ASP.NET", ".NET|ASP.NET", ".NET ASP.NET")]
    [InlineData("net profit", ".NET", "")]
    [InlineData("Vue.js和Node.js", "JS|Vue.js", "Vue.js")]
    [InlineData("1.Java开发2.Python3.7与C++11", "Java|Python|C++", "Java Python C++")]
    [InlineData("写过web3d，用过ES6、H5", "web|ES|H5", "H5")]
    [InlineData("hr@spark.com，R&D", "Spark|R", "")]
    [InlineData("GUI与UI设计、build", "UI|UI设计", "UI设计")]
    [InlineData("ＪＡＶＡ、ｐｙｔｈｏｎ、數據分析", "Java|Python|数据分析", "ＪＡＶＡ ｐｙｔｈｏｎ 數據分析")]
    [InlineData("数据分析师，Spring Boot 与 机械 制图", "数据|数据分析|SpringBoot|Spring|机械制图", "数据分析 Spring Boot 机械 制图")]
    [InlineData("负责设计、管理", "设计管理|设计", "设计")]
    [InlineData("Uses Excel. Python is a plus", "Excel|Python", "Excel Python")]
    public void Find_TakesWholeWordsOnly(string text, string names, string expected)
    {
        var keyed = KeyedText.Of(text);
        var automaton = new NameAutomaton(names.Split('|').Select((name, i) => new NamedValue(name, i)));

        var found = NameAutomaton.Find(keyed, automaton).Select(match =>
        {
            var start = keyed.Start(match.From) - (match.Name.Name[0] == '.' ? 1 : 0);
            return text[start..keyed.End(match.To - 1)];
        });

        Assert.Equal(expected, string.Join(' ', found));
    }

    [Fact]
    public void Keys_AreThoseOfTextKey_AndPointIntoTheText()
    {
        // No digits: those that count the points of a list become marks.
        const string letters = "數據a B+#ée\u0301ﬁ㎡Ⅷ（）．。，、；\n\tｶ 가";
        for (var seed = 0; seed < 500; seed++)
        {
            var text = RandomText(new Random(seed), letters, 0, 30);
            var keyed = KeyedText.Of(text);
            var keys = string.Concat(keyed.Keys.ToArray().Where(key => key > KeyedText.Entry)).Replace(".", "", StringComparison.Ordinal);

            Assert.Equal(TextKey.Of(text).Replace(".", "", StringComparison.Ordinal), keys);
            Assert.All(Enumerable.Range(0, keyed.Length), i => Assert.True(
                keyed.Start(i) >= 0 && keyed.End(i) <= text.Length && keyed.Start(i) < keyed.End(i) && (i == 0 || keyed.Start(i) >= keyed.Start(i - 1))));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("，。")]
    [InlineData("\uD83D\uDE00\uD83D")]
    public void Find_FindsNothing_WhereNothingIs(string text) => Assert.Empty(NameAutomaton.Find(KeyedText.Of(text), new NameAutomaton([new("Java", 1)])));

    private static string RandomText(Random random, string letters, int min, int max) =>
        string.Concat(Enumerable.Range(0, random.Next(min, max + 1)).Select(_ => letters[random.Next(letters.Length)]));

    private static IEnumerable<(int From, int To, long Value)> Oracle(KeyedText text, NamedValue[] names, NamedValue[] more)
    {
        for (var i = 0; i < text.Length;)
        {
            // The later dictionary answers for a name that both know; in one of them the first of equal names.
            var best = new[] { more, names }.SelectMany(list => list)
                .Select(name => (Name: name, Key: TextKey.Of(name.Name)))
                .Where(pair => pair.Key.Length > 0 && i + pair.Key.Length <= text.Length && text.Keys.Slice(i, pair.Key.Length).SequenceEqual(pair.Key)
                    && WordBounds.Hold(text, i, i + pair.Key.Length, First(names, more, pair.Name, pair.Key).Name))
                .OrderByDescending(pair => pair.Key.Length).FirstOrDefault();
            if (best.Key is null)
            {
                i++;
                continue;
            }

            yield return (i, i + best.Key.Length, best.Name.Value);
            i += best.Key.Length;
        }
    }

    private static NamedValue First(NamedValue[] names, NamedValue[] more, NamedValue name, string key) =>
        (more.Contains(name) ? more : names).First(other => TextKey.Of(other.Name) == key);
}
