using Matching.Engine.Normalizing;

namespace Matching.Service.Imports.Mapping;

/// <summary>The columns of a file as decided, compiled once for all rows that have these headers.</summary>
internal sealed class ColumnPlan
{
    // A kind's columns are made once, so the column itself is the key: a row asks for some dozens of cells.
    private readonly Dictionary<ImportColumn, int> _cellOf = new(ReferenceEqualityComparer.Instance);

    /// <param name="columns">The columns of the file.</param>
    /// <param name="fields">The columns of the kind.</param>
    public ColumnPlan(IReadOnlyList<ColumnMatch> columns, IReadOnlyList<ImportColumn> fields)
    {
        Columns = columns;
        Filled = new int[columns.Count];
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i].Applied && !_cellOf.TryAdd(columns[i].Field!, i))
            {
                Twice ??= columns[i];
            }
        }

        Searched = [.. fields.Where(field => !field.MayLookPersonal && Feeds(field)).Select(field => (field, _cellOf[field]))];
    }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<ColumnMatch> Columns { get; }

    /// <summary>A second column that is a field already fed: nobody can tell which is meant.</summary>
    public ColumnMatch? Twice { get; }

    /// <summary>Fields in which no personal number may stand, in the order of the kind, and where their cells are.</summary>
    public (ImportColumn Field, int Cell)[] Searched { get; }

    /// <summary>Rows whose cell in the column is not empty, so far.</summary>
    public int[] Filled { get; }

    /// <summary>Where the field's cell is; -1 when no column feeds it.</summary>
    public int CellOf(ImportColumn field) => _cellOf.TryGetValue(field, out var cell) ? cell : -1;

    public WageUnit UnitOf(ImportColumn field) => CellOf(field) is >= 0 and var cell ? Columns[cell].Unit : default;

    public bool Feeds(ImportColumn field) => _cellOf.ContainsKey(field);
}
