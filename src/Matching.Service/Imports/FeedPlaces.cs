namespace Matching.Service.Imports;

/// <summary>How many feeds a node takes at once: each holds a connection and a transaction for as long as its sender sends.</summary>
internal sealed class FeedPlaces
{
    public const int Count = 4;

    private int _taken;

    public bool TryTake()
    {
        if (Interlocked.Increment(ref _taken) <= Count)
        {
            return true;
        }

        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _taken);
}
