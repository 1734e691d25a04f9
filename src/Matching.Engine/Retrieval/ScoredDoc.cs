namespace Matching.Engine.Retrieval;

/// <summary>A document and the score it reached for one query.</summary>
public readonly record struct ScoredDoc(int Doc, long Score);
