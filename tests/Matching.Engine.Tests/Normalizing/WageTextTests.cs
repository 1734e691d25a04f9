using Matching.Engine.Normalizing;

namespace Matching.Engine.Tests.Normalizing;

public class WageTextTests
{
    [Theory]
    [InlineData("6千-1万", 6000, 10000)]
    [InlineData("1.1-1.5万", 11000, 15000)]
    [InlineData("0.8-1万", 8000, 10000)]
    [InlineData("6-8千", 6000, 8000)]
    [InlineData("4.5-6千", 4500, 6000)]
    [InlineData("8千-1.6万", 8000, 16000)]
    [InlineData("8-12K", 8000, 12000)]
    [InlineData("8k-12k", 8000, 12000)]
    [InlineData("8Ｋ～12Ｋ", 8000, 12000)]
    [InlineData("8000-12000", 8000, 12000)]
    [InlineData("8,000-12,000元/月", 8000, 12000)]
    [InlineData("8000元-12000元", 8000, 12000)]
    [InlineData("8000至12000元", 8000, 12000)]
    [InlineData("8000-1.2万", 8000, 12000)]
    [InlineData("￥5500", 5500, 5500)]
    [InlineData("月薪6000元", 6000, 6000)]
    [InlineData("税前8000", 8000, 8000)]
    [InlineData("20-30万/年", 16667, 25000)]
    [InlineData("年薪12万", 10000, 10000)]
    [InlineData("200元/天", 4350, 4350)]
    [InlineData("1.5千/天", 32625, 32625)]
    [InlineData("日薪180-220元", 3915, 4785)]
    [InlineData("25元/小时", 4350, 4350)]
    [InlineData("1000元/周", 4350, 4350)]
    [InlineData("3千及以下", null, 3000)]
    [InlineData("1万以上", 10000, null)]
    [InlineData("8k+", 8000, null)]
    [InlineData("8-10K，可面议", 8000, 10000)]
    [InlineData("0", 0, 0)]
    public void Parse_GivesYuanPerMonth(string text, int? min, int? max)
    {
        var wage = WageText.Parse(text);

        Assert.Equal((WageOutcome.Parsed, min, max), (wage.Outcome, wage.Min, wage.Max));
    }

    [Theory]
    [InlineData("8-12K·13薪", 8000, 12000, 13)]
    [InlineData("1-1.5万·15薪", 10000, 15000, 15)]
    [InlineData("15k-25k*14薪", 15000, 25000, 14)]
    [InlineData("2-3万（16薪）", 20000, 30000, 16)]
    [InlineData("3千及以下·13薪", null, 3000, 13)]
    public void Parse_LeavesTheMonth_WhereMoreMonthsArePaid(string text, int? min, int max, int months)
    {
        var wage = WageText.Parse(text);

        Assert.Equal((min, max, months), (wage.Min, wage.Max, wage.Months));
    }

    [Theory]
    [InlineData("面议")]
    [InlineData("薪资面议")]
    [InlineData(" 面 议 ")]
    [InlineData("待遇协商")]
    public void Parse_KnowsThatPayIsNegotiable(string text) => Assert.Equal(WageOutcome.Negotiable, WageText.Parse(text).Outcome);

    [Theory]
    [InlineData("")]
    [InlineData("看能力给")]
    [InlineData("8-12")]
    [InlineData("150")]
    [InlineData("税后8000")]
    [InlineData("底薪3000+提成")]
    [InlineData("6000左右")]
    [InlineData("1.2万-8千")]
    [InlineData("12000-8000")]
    [InlineData("150万")]
    [InlineData("8000-12000美元")]
    [InlineData("6薪")]
    [InlineData("8-12K·99薪")]
    [InlineData("99999999999999999999")]
    public void Parse_DoesNotGuess(string text) => Assert.Equal(WageOutcome.NotParsed, WageText.Parse(text).Outcome);

    [Theory]
    [InlineData("8-12", 1000, PayPeriod.Month, 8000, 12000)]
    [InlineData("30", 1000, PayPeriod.Month, 30000, 30000)]
    [InlineData("8K-12K", 1000, PayPeriod.Month, 8000, 12000)]
    [InlineData("12", 10000, PayPeriod.Year, 10000, 10000)]
    [InlineData("200", 1, PayPeriod.Day, 4350, 4350)]
    [InlineData("6000", 1, PayPeriod.Month, 6000, 6000)]
    [InlineData("8000", 1000, PayPeriod.Month, null, null)]
    [InlineData("20万/年", 1, PayPeriod.Month, 16667, 16667)]
    public void Parse_TakesUnitsFromTheHeader_UnlessTheCellHasItsOwn(string text, int scale, PayPeriod period, int? min, int? max)
    {
        var wage = WageText.Parse(text, new WageUnit(scale, period));

        Assert.Equal((min, max), (wage.Min, wage.Max));
    }
}
