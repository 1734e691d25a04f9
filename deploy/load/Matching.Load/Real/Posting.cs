namespace Matching.Load.Real;

/// <summary>A posting as found, in the words of whoever wrote it: titles, places and levels of education are text for the import to understand.</summary>
internal sealed record Posting(
    string Ref, string Company, string Title, string Description, string Place, string Education, string Experience, int Headcount,
    int? WageMin, int? WageMax, DateOnly OpenedOn, bool IsInternship, string[] Must, string[] Nice);
