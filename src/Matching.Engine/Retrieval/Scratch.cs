namespace Matching.Engine.Retrieval;

/// <summary>The memory of one search, kept between searches of one thread so that each costs next to no allocation of its own.</summary>
public sealed class Scratch
{
    private short[] _strengths = [];

    internal BlockSearch Search { get; } = new();

    internal BlockQuery Query { get; } = new();

    /// <summary>By family, the best answer to a sibling.</summary>
    internal Dictionary<long, int> FamilyStrengths { get; } = [];

    /// <summary>Terms whose strengths are set.</summary>
    internal List<int> Answered { get; } = [];

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
