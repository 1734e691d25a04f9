namespace Matching.Engine.Retrieval;

/// <summary>The sums of one search, kept between searches of one thread so that each costs no allocation of its own.</summary>
public sealed class Scratch
{
    private int[] _must = [];
    private int[] _nice = [];

    internal (int[] Must, int[] Nice) For(int count)
    {
        if (_must.Length < count)
        {
            (_must, _nice) = (new int[count], new int[count]);
        }
        else
        {
            Array.Clear(_must, 0, count);
            Array.Clear(_nice, 0, count);
        }

        return (_must, _nice);
    }
}
