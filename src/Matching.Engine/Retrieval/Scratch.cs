namespace Matching.Engine.Retrieval;

/// <summary>The memory of one search, kept between searches of one thread so that each costs next to no allocation of its own.</summary>
public sealed class Scratch
{
    private short[] _strengths = [];

    internal BlockSearch Search { get; } = new();

    internal BlockQuery Query { get; } = new();

    internal Dictionary<long, int> FamilyStrengths { get; } = [];

    /// <summary>Strengths by term and level; all zero between searches.</summary>
    internal short[] Strengths(int length)
    {
        if (_strengths.Length < length)
        {
            _strengths = new short[length];
        }

        return _strengths;
    }
}
