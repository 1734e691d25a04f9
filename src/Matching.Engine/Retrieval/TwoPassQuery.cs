namespace Matching.Engine.Retrieval;

/// <summary>One of many questions that are taken through the blocks together. Those who may be PASS are looked for first, and only where they do not fill the list the others. Reused.</summary>
internal abstract class TwoPassQuery
{
    private static readonly ushort[] Nothing = new ushort[Retrieval.Block.Classes];

    private bool _inTwoPasses;

    /// <summary>What is asked of the blocks.</summary>
    public BlockQuery Block { get; } = new();

    /// <summary>Nothing that is left can enter.</summary>
    public bool IsDone { get; private set; }

    /// <param name="cannotPass">Classes of documents that cannot be PASS, a bit each; by their last column.</param>
    /// <param name="any">Whether there is anything to be found.</param>
    public void BeginPasses(uint cannotPass, bool any = true)
    {
        (IsDone, _inTwoPasses) = (!any, cannotPass != 0);
        if (_inTwoPasses)
        {
            Block.AddColumn(Nothing, cannotPass);
        }
    }

    /// <summary>All who may be PASS have been met.</summary>
    public void EndFirstPass()
    {
        IsDone = !_inTwoPasses || RankKey.Pass(Block.Top.Worst);
        if (_inTwoPasses)
        {
            Block.DropColumn();
            Block.OnlyUnknownLeft = true;
        }
    }
}
