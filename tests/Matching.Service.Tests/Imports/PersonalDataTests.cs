using Matching.Service.Imports;
using Matching.Service.Imports.Files;

namespace Matching.Service.Tests.Imports;

public class PersonalDataTests
{
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

    [Fact]
    public void Find_FindsTheSame_WhereEveryTextIsSearched()
    {
        string[] pieces = ["1", "3", "8", "13", "800", "1234", "19900307", "440306", "-", " ", "\n", ",", "X", "a", "+86", "数", "电话"];
        for (var seed = 0; seed < 3_000; seed++)
        {
            var random = new Random(seed);
            var text = string.Concat(random.GetItems(pieces, random.Next(0, 12)));

            // A sign of addresses that is part of none has the whole text searched.
            Assert.Equal(PersonalData.Find("@ | " + text), PersonalData.Find(text));
        }
    }
}
