using Matching.Engine.Normalizing;

namespace Matching.Service.Imports.Mapping;

/// <summary>How a header was recognised, the surest first.</summary>
internal enum MatchedBy
{
    /// <summary>A correction that the organization made for files with these headers.</summary>
    Learned,

    /// <summary>One of the field's own names or synonyms, decorations and units aside.</summary>
    Synonym,

    /// <summary>What its cells hold.</summary>
    Content,

    /// <summary>Not at all.</summary>
    Unknown,

    /// <summary>Holds personal data by its name: dropped unread.</summary>
    Personal,
}

/// <summary>What a header of a file was found to be.</summary>
/// <param name="Header">As written.</param>
/// <param name="Field">The column of the kind it is, or would be by its content.</param>
/// <param name="By">How that was found.</param>
/// <param name="Confidence">0–100.</param>
/// <param name="Unit">What the header says of figures of pay.</param>
internal sealed record ColumnMatch(string Header, ImportColumn? Field, MatchedBy By, int Confidence, WageUnit Unit)
{
    /// <summary>A column is read only from this confidence on; below it is only proposed, in the answer of a dry run.</summary>
    public const int AppliesFrom = 90;

    public bool Applied => Field is not null && Confidence >= AppliesFrom;
}
