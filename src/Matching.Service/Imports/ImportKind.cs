using Matching.Service.Data;

namespace Matching.Service.Imports;

/// <summary>
/// What may be imported: its columns, how a row is read, and how the rows read become rows of the feature's own tables. A feature registers one in a line;
/// the runtime does the rest. Reading and writing happen as the uploader, so row-level security decides here as it does in a request.
/// </summary>
internal abstract class ImportKind
{
    /// <summary>Stable name in URLs (<c>demands</c>).</summary>
    public abstract string Name { get; }

    /// <summary>For people (用人需求).</summary>
    public abstract string Title { get; }

    /// <summary>Roles that may import it.</summary>
    public abstract IReadOnlyList<string> Roles { get; }

    /// <summary>Kind of the organizations whose rows these are; null: rows are nobody's.</summary>
    public virtual string? OwnerKind => "SCHOOL";

    /// <summary>Whether companies that nobody knows yet may be entered because a file names them.</summary>
    public virtual bool RegistersCompanies => false;

    /// <summary>In the order of the template.</summary>
    public abstract IReadOnlyList<ImportColumn> Columns { get; }

    /// <summary>What a row read holds, in order, with the SQL types.</summary>
    public abstract IReadOnlyList<StageColumn> Stage { get; }

    /// <summary>Loads what rows refer to and returns the reader of one row.</summary>
    public abstract Task<ReadRow> PrepareAsync(TenantSession session, ImportTerms terms, CancellationToken ct);

    /// <summary>Returns what brings the valid rows of one import into the feature's tables, within the session's transaction.</summary>
    public abstract ImportWriter Writer(TenantSession session);
}

/// <summary>Reads a row: notes what is wrong on the scan, and returns what is to be written (ignored when something was wrong).</summary>
internal delegate StagedRow ReadRow(RowScan scan);

/// <param name="Identity">Two rows of a file with the same identity are one thing said twice; the later one is refused. Null: not known.</param>
/// <param name="Values">In the order of <see cref="ImportKind.Stage"/>.</param>
internal sealed record StagedRow(string? Identity, params object?[] Values);

/// <param name="Name">Name of the value, and of its column where rows wait in the stage.</param>
/// <param name="Type">Its SQL type, one of those in <see cref="CopyFields"/>.</param>
internal sealed record StageColumn(string Name, string Type);

/// <param name="Created">New rows of the main table.</param>
/// <param name="Updated">Rows that were there and now hold what the file says.</param>
/// <param name="Registered">Companies entered because the file names them.</param>
internal sealed record ImportCounts(int Created, int Updated, int Registered = 0);
