using Matching.Load.Real;

namespace Matching.Load.Tests;

public class PostingTests
{
    [Fact]
    public void Skills_LeaveBenefitsAndJobTitlesOut() =>
        Assert.Equal(["焊接", "PLC", "C#"], PostingTags.Skills("焊接|五险一金|周末双休|PLC|plc|电气工程师|带薪年假||C#|免费班车"));

    [Fact]
    public void Read_KeepsQuotesCommasAndLinesInsideCells()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "id,text\n1,\"a,\"\"b\"\"\nc\"\n2,\n3,plain\n");
        try
        {
            var rows = CsvFile.Read(path);

            Assert.Equal(["a,\"b\"\nc", "", "plain"], rows.Select(row => row["text"]));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
