using System.Text;
using Matching.Service.Imports.Files;
using static Matching.Service.Tests.Imports.Files.XlsxFile;

namespace Matching.Service.Tests.Imports.Files;

public class UploadedFileTests
{
    [Theory]
    [InlineData("甲,乙\n一,二\n")]
    [InlineData("甲;乙\r\n一;二\r\n")]
    [InlineData("甲\t乙\r一\t二\r")]
    [InlineData("\"甲\",\"乙\"\n\"一\",\"二\"")]
    public void Csv_IsReadWithAnyDelimiter_LineEnd_AndEncoding(string text)
    {
        Encoding[] encodings = [new UTF8Encoding(false), Encoding.UTF8, TextEncodings.Gb18030, Encoding.Unicode, Encoding.BigEndianUnicode];
        Assert.All(encodings, encoding =>
        {
            var row = Assert.Single(Rows([.. encoding.Preamble, .. encoding.GetBytes(text)]));
            Assert.Equal((2, "甲乙", "一二"), (row.Number, string.Concat(row.Headers), string.Concat(row.Cells)));
            Assert.Null(row.Broken);
        });
    }

    [Fact]
    public void Csv_RoundTrips_WhateverIsInTheCells()
    {
        var random = new Random(20260301);
        string[] pieces = ["数控", "a", "\"", ",", ";", "\n", "\r\n", "𠮷", "é", "１２", " ", "x"];
        for (var seed = 0; seed < 300; seed++)
        {
            var rows = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Enumerable.Range(0, 3)
                .Select(_ => "x" + string.Concat(random.GetItems(pieces, random.Next(0, 6))) + "x").ToArray()).ToList();
            using var text = new StringWriter();
            CsvWriter.WriteRow(text, ["甲", "乙", "丙"]);
            rows.ForEach(row => CsvWriter.WriteRow(text, row));
            var encoding = seed % 2 == 0 ? TextEncodings.Gb18030 : new UTF8Encoding(false);

            var read = Rows(encoding.GetBytes(text.ToString())).Select(row => row.Cells);

            Assert.Equal(rows, read);
        }
    }

    [Fact]
    public void Csv_SaysTheRow_WhenAByteIsDamaged_AndNeverGuessesAnotherEncoding()
    {
        var bytes = Encoding.UTF8.GetBytes("岗位名称,需求人数\n数控车工,1\n铣床工人,2\n");
        bytes[Array.IndexOf(bytes, (byte)'2') - 3] = 0xFF;

        var rows = Rows(bytes);

        Assert.Equal(("数控车工", null), (rows[0].Cells[0], rows[0].Broken));
        Assert.Equal((3, "undecodable_text", "岗位名称"), (rows[1].Number, rows[1].Broken?.Code, rows[1].Broken?.Column));
    }

    [Theory]
    [InlineData("甲,乙\n一\0,二\n", "invalid_text")]
    [InlineData("甲,乙\n一\u0007,二\n", "invalid_text")]
    [InlineData("甲,乙\n一,二,三\n", "too_many_cells")]
    [InlineData("甲,乙\n一\"二,三\n", "broken_quotes")]
    [InlineData("甲,乙\n\"一\"二,三\n", "broken_quotes")]
    [InlineData("甲,乙\n\"一,二\n", "broken_quotes")]
    public void Csv_MarksTheRow_AndGoesOn(string text, string code) => Assert.Equal(code, Rows(text)[0].Broken?.Code);

    [Fact]
    public void Csv_CountsRowsAsASheetDoes_WithBlankLinesAndLineEndsInCells() =>
        Assert.Equal([3, 5], Rows("甲,乙\n\n\"一\n二\",三\n,\n四\n").Select(row => row.Number));

    [Theory]
    [InlineData("", "empty_file")]
    [InlineData(" , \n,\n", "no_header")]
    [InlineData("甲,甲*\n1,2\n", "duplicate_header")]
    [InlineData("\u0001\u0002\u0003,乙\n1,2\n", "unknown_format")]
    [InlineData("\u00D0\u00CF\u0011\u00E0", "old_excel_format")]
    public void File_IsRefusedAsAWhole(string latin, string code)
    {
        var bytes = code == "old_excel_format" ? Encoding.Latin1.GetBytes(latin) : Encoding.UTF8.GetBytes(latin);

        Assert.Equal(code, Assert.Throws<FileRefusedException>(() => Rows(bytes)).Code);
    }

    [Fact]
    public void Csv_IsRefused_WhenAQuoteSwallowsTheFile() =>
        Assert.Equal("unclosed_quote", Assert.Throws<FileRefusedException>(() => Rows("甲,乙\n\"一," + string.Concat(Enumerable.Repeat("二,三\n", 40_000)))).Code);

    [Fact]
    public void Xlsx_IsReadAsAPersonSeesIt()
    {
        using var file = Of(
        [
            Text("甲 ", "乙", "丙", "丁"), "",
            Text("  一　") + Number("0.30000000000000004") + Number("46082", style: 1) + Number("0.55", style: 2),
            Number("440301200101011234") + "<c t=\"b\"><v>1</v></c>" + "<c t=\"e\"><v>#N/A</v></c>" + "<c><f>1+1</f><v>2</v></c>",
        ]);

        var rows = UploadedFile.Open(file).Rows.ToBlockingEnumerable().ToList();

        Assert.Equal(["甲", "乙", "丙", "丁"], rows[0].Headers);
        Assert.Equal((3, 4), (rows[0].Number, rows[1].Number));
        Assert.Equal(["一", "0.3", "2026-03-01", "55%"], rows[0].Cells);
        Assert.Equal(["440301200101011000", "是", "", "2"], rows[1].Cells);
    }

    [Fact]
    public void Xlsx_IsRefused_WhenItUnpacksWithoutEnd()
    {
        var zeros = new byte[1 << 20];
        using var bomb = Of([Text("甲"), Text("一")], also: zip =>
        {
            using var part = zip.CreateEntry("xl/media/image1.bin").Open();
            for (var i = 0; i < 64; i++)
            {
                part.Write(zeros);
            }
        });

        Assert.Equal("zip_bomb", Assert.Throws<FileRefusedException>(() => UploadedFile.Open(bomb)).Code);
    }

    [Fact]
    public void Xlsx_IsRefused_WhenItDefinesEntities()
    {
        using var file = Of([Text("甲"), "<c t=\"inlineStr\"><is><t>&x;</t></is></c>"], prolog: "<!DOCTYPE x [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>");

        Assert.Equal("damaged_file", Assert.Throws<FileRefusedException>(() => UploadedFile.Open(file).Rows.ToBlockingEnumerable().ToList()).Code);
    }

    [Fact]
    public void Xlsx_IsRefused_WhenItIsCutOff_OrNoWorkbook()
    {
        using var whole = Of([Text("甲"), Text("一")]);
        using var cut = new MemoryStream(whole.ToArray()[..^40]);
        using var other = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(other, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "readme.txt", "x");
        }

        other.Position = 0;
        Assert.Equal("damaged_file", Assert.Throws<FileRefusedException>(() => UploadedFile.Open(cut)).Code);
        Assert.Equal("unknown_format", Assert.Throws<FileRefusedException>(() => UploadedFile.Open(other)).Code);
    }

    [Fact]
    public void Ndjson_TakesFlatObjects_AndMarksTheOthers()
    {
        var rows = Rows("\uFEFF{\"甲\":\"一\",\"n\":1.50,\"b\":true,\"z\":null,\"l\":[\"C/C++\",2]}\n\n{\"甲\":{\"乙\":1}}\n{\"甲\":1,\"甲\":2}\n{\"甲\":\"\\u0000\"}\nnonsense\n[1]\n{\"甲\":\"\\ud800\"}\n{\"甲\":1} {}\n");

        Assert.Equal(["一", "1.50", "是", "", "C/C++\n2\n"], rows[0].Cells);
        Assert.Equal([null, "nested_value", "duplicate_key", "invalid_text", "invalid_json", "invalid_json", "invalid_text", "invalid_json"], rows.Select(row => row.Broken?.Code));
        Assert.Equal([1, 3, 4, 5, 6, 7, 8, 9], rows.Select(row => row.Number));
    }

    [Fact]
    public void Ndjson_IsRefused_WhenALineHasNoEnd() =>
        Assert.Equal("line_too_long", Assert.Throws<FileRefusedException>(() => Rows("{\"甲\":\"" + new string('x', 2_000_000) + "\"}")).Code);

    [Theory]
    [InlineData("csv")]
    [InlineData("ndjson")]
    [InlineData("xlsx")]
    public void Rows_AreReadOneAtATime_HoweverManyThereAre(string format)
    {
        const int Count = 100_000;
        using var file = format switch
        {
            "csv" => new MemoryStream(Encoding.UTF8.GetBytes("甲,乙,丙\n" + string.Concat(Enumerable.Range(0, Count).Select(i => $"编号{i},岗位名称{i},{i}\n")))),
            "ndjson" => new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, Count).Select(i => $"{{\"甲\":\"编号{i}\",\"乙\":\"岗位名称{i}\",\"丙\":{i}}}\n")))),
            _ => Of(Enumerable.Range(-1, Count + 1).Select(i => i < 0 ? Text("甲", "乙", "丙") : Text($"编号{i}", $"岗位名称{i}") + Number($"{i}"))),
        };
        // Whoever still holds early rows when later ones come has read more than one at a time. Other tests' memory does not disturb this.
        var early = new List<WeakReference>();
        var (read, held, last) = (0, 0, "");
        foreach (var row in UploadedFile.Open(file).Rows.ToBlockingEnumerable())
        {
            last = row.Cells[2];
            if (++read <= 1_000)
            {
                early.Add(new WeakReference(row.Cells));
            }
            else if (read % 50_000 == 0)
            {
                GC.Collect();
                held = Math.Max(held, early.Count(reference => reference.IsAlive));
            }
        }

        Assert.Equal((Count, $"{Count - 1}"), (read, last));
        Assert.InRange(held, 0, 10);
    }

    private static List<FileRow> Rows(string text) => Rows(Encoding.UTF8.GetBytes(text));

    private static List<FileRow> Rows(byte[] content)
    {
        using var stream = new MemoryStream(content);
        return [.. UploadedFile.Open(stream).Rows.ToBlockingEnumerable()];
    }
}
