namespace Matching.Service.Imports;

/// <summary>
/// Brings the valid rows of one import into the feature's tables, chunk by chunk while the next ones are read, all in the import's one transaction; it commits nothing.
/// Existing rows are written as the uploader, so row-level security decides here as it does in a request; new ones may be loaded past it (<see cref="Data.LoaderCopy"/>).
/// </summary>
internal abstract class ImportWriter
{
    /// <summary>Takes the next rows, in the order of the file. It runs beside the reader of rows and shares nothing with it.</summary>
    public abstract Task WriteAsync(IReadOnlyList<ValidRow> rows, CancellationToken ct);

    /// <summary>After the last rows: what only the whole file decides, and how much was written.</summary>
    public abstract Task<ImportCounts> FinishAsync(CancellationToken ct);
}

/// <param name="Number">Its number in the file.</param>
/// <param name="Values">In the order of <see cref="ImportKind.Stage"/>.</param>
internal sealed record ValidRow(int Number, object?[] Values);
