using Matching.Service.Imports;
using Matching.Service.Imports.Files;

namespace Matching.Service.Tests.Imports;

public class CellParsersTests
{
    [Theory]
    [InlineData("5", 5)]
    [InlineData("５人", 5)]
    [InlineData("5,500 元/月", 5500)]
    [InlineData("3.0", 3)]
    [InlineData("2026届", 2026)]
    [InlineData("-1", -1)]
    [InlineData("3.5", null)]
    [InlineData("1,2", null)]
    [InlineData("五", null)]
    [InlineData("99999999999", null)]
    public void Int_UnderstandsWhatPeopleWrite(string text, int? expected) =>
        Assert.Equal(expected, CellParsers.TryInt(text, out var value) ? value : null);

    [Theory]
    [InlineData("2026-3-1", "2026-03-01")]
    [InlineData("2026/03/01", "2026-03-01")]
    [InlineData("2026.3.1", "2026-03-01")]
    [InlineData("20260301", "2026-03-01")]
    [InlineData("2026年3月1日", "2026-03-01")]
    [InlineData("２０２６年３月", "2026-03-01")]
    [InlineData("2026-03-01 08:30:00", "2026-03-01")]
    [InlineData("2024-02-29", "2024-02-29")]
    [InlineData("2026-02-29", null)]
    [InlineData("3/1/2026", null)]
    [InlineData("明天", null)]
    public void Date_UnderstandsTheUsualForms(string text, string? expected) =>
        Assert.Equal(expected, CellParsers.TryDate(text, out var value) ? value.ToString("yyyy-MM-dd", null) : null);

    [Theory]
    [InlineData("焊接、钳工；铣工|磨工", "焊接+钳工+铣工+磨工")]
    [InlineData("C/C++，TCP/IP", "C/C+++TCP/IP")]
    [InlineData("焊接/切割", "焊接+切割")]
    [InlineData("Word / Excel", "Word+Excel")]
    [InlineData("a,,a, b", "a+b")]
    [InlineData("逗号、顿号\n第二项\n", "逗号、顿号+第二项")]
    public void List_SplitsAtSeparators_AndLeavesNamesWhole(string text, string expected) => Assert.Equal(expected, string.Join('+', CellParsers.List(text)));

    [Theory]
    [InlineData("11010519491231002X", "身份证号")]
    [InlineData("学生440301200101011234。", "身份证号")]
    [InlineData("请联系138-0000-1234", "手机号")]
    [InlineData("+86 13800001234", "手机号")]
    [InlineData("发到 hr@example.com", "邮箱地址")]
    [InlineData("S2026-000123", null)]
    [InlineData("订单 4403012001 编号", null)]
    [InlineData("123456789012345678901234", null)]
    [InlineData("13800001234567", null)]
    public void PersonalNumbers_AreFound_AndNothingElse(string text, string? expected)
    {
        Assert.Equal(expected, PersonalData.Find(text));
        Assert.Null(PersonalData.Find(PersonalData.Mask(text)));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@sum", "'@sum")]
    [InlineData("+cmd|x", "'+cmd|x")]
    [InlineData("-5", "-5")]
    [InlineData("-5+cmd", "'-5+cmd")]
    [InlineData("\tx", "'\tx")]
    [InlineData("数控", "数控")]
    public void Csv_RunsNoFormula(string cell, string expected) => Assert.Equal(expected, CsvWriter.Neutral(cell));
}
