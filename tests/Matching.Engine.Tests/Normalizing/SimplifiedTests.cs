using Matching.Engine.Normalizing;

namespace Matching.Engine.Tests.Normalizing;

public class SimplifiedTests
{
    // A pair written the wrong way round, or shifted by one, would map a simplified character on.
    [Fact]
    public void Of_LeavesSimplifiedCharactersAlone() =>
        Assert.All(Enumerable.Range(char.MinValue, char.MaxValue + 1).Select(code => (char)code), character =>
            Assert.Equal(Simplified.Of(character), Simplified.Of(Simplified.Of(character))));

    [Fact]
    public void Of_ChangesNothingInSimplifiedText()
    {
        const string Text = "机械电气软件护理财会汽车维修园艺畜牧建筑铁路数控焊接药学计算机网络技术与应用俱乐部著作干部后勤里程面点";

        Assert.Equal(Text, string.Concat(Text.Select(Simplified.Of)));
    }
}
