using Matching.Load.Real;

namespace Matching.Load.Tests;

public class CsvFileTests
{
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
