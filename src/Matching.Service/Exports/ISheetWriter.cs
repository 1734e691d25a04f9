namespace Matching.Service.Exports;

/// <summary>Writes one sheet row by row, so that a file of any length needs no more memory than a row.</summary>
internal interface ISheetWriter : IDisposable
{
    /// <summary>A text, number, <see cref="DateOnly"/>, <see cref="DateTime"/> (UTC), truth or null a cell.</summary>
    void WriteRow(IEnumerable<object?> cells);
}
