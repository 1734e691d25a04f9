using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>A graduate whose demands are looked for.</summary>
internal sealed class DemandQuery : TwoPassQuery
{
    private bool[] _home = [];

    public Candidate Candidate { get; set; } = null!;

    /// <summary>What he answers.</summary>
    public Answers Answers { get; } = new();

    /// <summary>Whether the best are expected in this block.</summary>
    public bool IsHome(int block) => _home[block];

    /// <summary>Marks the blocks of his occupations.</summary>
    public void FindHome(Block[] blocks)
    {
        if (_home.Length < blocks.Length)
        {
            _home = new bool[blocks.Length];
        }

        for (var i = 0; i < blocks.Length; i++)
        {
            _home[i] = Block.IsHome(blocks[i]);
        }
    }
}
