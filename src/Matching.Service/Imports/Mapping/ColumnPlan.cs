using Matching.Engine.Normalizing;

namespace Matching.Service.Imports.Mapping;

/// <summary>The columns of a file as decided, compiled once for all rows that have these headers.</summary>
internal sealed class ColumnPlan
{
    // A kind's columns are made once, so the column itself is the key: a row asks for some dozens of cells.
    private readonly Dictionary<ImportColumn, int> _cellOf = new(ReferenceEqualityComparer.Instance);

    public ColumnPlan(IReadOnlyList<ColumnMatch> columns)
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
    }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<ColumnMatch> Columns { get; }

    /// <summary>A second column that is a field already fed: nobody can tell which is meant.</summary>
    public ColumnMatch? Twice { get; }

    /// <summary>Rows whose cell in the column is not empty, so far.</summary>
    public int[] Filled { get; }

    /// <summary>Where the field's cell is; -1 when no column feeds it.</summary>
    public int CellOf(ImportColumn field) => _cellOf.TryGetValue(field, out var cell) ? cell : -1;

    public WageUnit UnitOf(ImportColumn field) => CellOf(field) is >= 0 and var cell ? Columns[cell].Unit : default;

    public bool Feeds(ImportColumn field) => _cellOf.ContainsKey(field);
}
