using System.Text;
using Matching.Service.Imports.Files;

namespace Matching.Service.Tests.Imports.Files;

/// <summary>Records are taken from a buffer, many characters at once; they are those of a reader that looks at one character after the other.</summary>
public class CsvRowsTests
{
    [Fact]
    public async Task Records_AreThoseOfReadingSignBySign_HoweverTheTextArrives()
    {
        string[] pieces = ["数控", "a", "\"", "\"", "\"\"", ",", ",", ";", "\t", "\n", "\r\n", "\r", " ", "\u3000", "𠮷", "\u0001", "\uFFFD", new string('长', 50)];
        for (var seed = 0; seed < 1_200; seed++)
        {
            var random = new Random(seed);
            var text = string.Concat(random.GetItems(pieces, random.Next(0, 30)));
            var expected = Plain(text, CsvDelimiter.Of(text)).ToList();

            using var reader = new StreamReader(new DripStream(Encoding.UTF8.GetBytes(text), random));
            var scanner = new CsvScanner(reader);
            var read = new List<string>();
            while (await scanner.ReadAsync(read.Count + 1, CancellationToken.None))
            {
                Assert.Equal(CellText.FirstBad([], scanner.Cells) is null, scanner.Sound);
                read.Add(Told(scanner.Cells, scanner.QuotesBroken));
            }

            Assert.Equal(expected, read);
        }
    }

    [Fact]
    public async Task Record_IsReadWhole_WhenItIsLongerThanTheBuffer()
    {
        var cells = Enumerable.Range(0, 40).Select(i => new string((char)('a' + (i % 26)), 10_000)).ToList();
        using var reader = new StringReader(string.Join(',', cells.Select(cell => $"\"{cell}\"")) + "\nz");
        var scanner = new CsvScanner(reader);

        Assert.True(await scanner.ReadAsync(1, CancellationToken.None));
        Assert.Equal(cells, scanner.Cells);
        Assert.True(await scanner.ReadAsync(2, CancellationToken.None));
        Assert.Equal(["z"], scanner.Cells);
        Assert.False(await scanner.ReadAsync(3, CancellationToken.None));
    }

    [Theory]
    [InlineData(false, "line_too_long")]
    [InlineData(true, "unclosed_quote")]
    public async Task File_IsRefused_WhenARecordNeverEnds(bool quoted, string code)
    {
        using var reader = new StringReader((quoted ? "\"" : "") + string.Concat(Enumerable.Repeat("甲,", 600_000)));
        var scanner = new CsvScanner(reader);

        Assert.Equal(code, (await Assert.ThrowsAsync<FileRefusedException>(async () => await scanner.ReadAsync(1, CancellationToken.None))).Code);
    }

    private static string Told(IEnumerable<string> cells, bool broken) => string.Join('|', cells) + (broken ? "!" : "");

    private static IEnumerable<string> Plain(string text, char delimiter)
    {
        for (var at = 0; at < text.Length;)
        {
            var (cells, broken) = (new List<string>(), false);
            do
            {
                var (cell, quoted) = (new StringBuilder(), Take(ref at, '"'));
                while (quoted)
                {
                    if (at == text.Length)
                    {
                        broken = true;
                        break;
                    }

                    if (Take(ref at, '"') && !(at < text.Length && text[at] == '"'))
                    {
                        break;
                    }

                    cell.Append(text[at++]);
                }

                for (; at < text.Length && text[at] != delimiter && text[at] is not ('\r' or '\n'); at++)
                {
                    broken |= quoted || text[at] == '"';
                    cell.Append(text[at]);
                }

                cells.Add(CellText.Trim(cell.ToString()));
            }
            while (Take(ref at, delimiter));

            _ = Take(ref at, '\r');
            _ = Take(ref at, '\n');
            yield return Told(cells, broken);
        }

        bool Take(ref int at, char wanted)
        {
            if (at == text.Length || text[at] != wanted)
            {
                return false;
            }

            at++;
            return true;
        }
    }
}
