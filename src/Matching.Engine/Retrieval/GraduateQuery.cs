using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>A demand whose graduates are looked for.</summary>
internal sealed class GraduateQuery : TwoPassQuery
{
    private DemandFacts _facts;

    public ref readonly DemandFacts Facts => ref _facts;

    /// <summary>Asks for too much to be summed.</summary>
    public bool IsOversized { get; private set; }

    /// <summary>What it asks.</summary>
    public Asks Asks { get; } = new();

    public void Begin(DemandProfile demand, bool isOversized)
    {
        (_facts, IsOversized) = (demand, isOversized);
        BeginPasses(0, demand.HasSeats);
    }
}
