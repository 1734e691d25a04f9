using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>Takes graduates one by one, so that a million may come straight from a database: of each it keeps a hundred bytes or two and not his profile.</summary>
/// <param name="weights">What scores are made of.</param>
/// <param name="graph">How skills answer for each other.</param>
public sealed class GraduateIndexBuilder(ScoreWeights weights, SkillGraph graph)
{
    private GraduateRows _rows = new(graph);

    public void Add(GraduateProfile graduate) => _rows.Add(graduate);

    /// <summary>The index of all that were added; the builder is empty again.</summary>
    public GraduateIndex Build()
    {
        var rows = _rows;
        _rows = new(graph);
        return new(weights, rows);
    }
}
