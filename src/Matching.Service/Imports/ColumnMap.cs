using Matching.Service.Imports.Files;

namespace Matching.Service.Imports;

/// <summary>Tells what each header of a file is: a column of the kind, a personal column to be dropped unread, or one nobody knows.</summary>
internal sealed class ColumnMap(ImportKind kind)
{
    private readonly Dictionary<string, ImportColumn> _byName = kind.Columns
        .SelectMany(column => column.Names.Distinct().Select(name => (name, column))).ToDictionary(pair => pair.name, pair => pair.column);

    private readonly SortedSet<string> _dropped = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _ignored = new(StringComparer.Ordinal);
    private IReadOnlyList<string>? _known;
    private ImportColumn?[] _columns = [];
    private bool[] _kept = [];

    /// <summary>Personal columns met so far.</summary>
    public IReadOnlyCollection<string> Dropped => _dropped;

    /// <summary>Columns met so far that the kind does not have.</summary>
    public IReadOnlyCollection<string> Ignored => _ignored;

    /// <summary>Whether the header that a sheet or CSV starts with has every required column.</summary>
    /// <exception cref="FileRefusedException">One is missing.</exception>
    public void RequireColumns(IReadOnlyList<string> headers)
    {
        Learn(headers);
        var missing = kind.Columns.Where(column => column.Required && !_columns.Contains(column)).Select(column => column.Header).ToList();
        if (missing.Count > 0)
        {
            throw new FileRefusedException("missing_column", $"缺少必填列：{string.Join("、", missing)}。请使用模板 /api/v1/imports/templates/{kind.Name}.xlsx。");
        }
    }

    /// <summary>The row as its kind reads it.</summary>
    public RowScan Scan(FileRow row)
    {
        Learn(row.Headers);
        var cells = new Dictionary<string, (string, string)>(_columns.Length);
        CellProblem? twice = null;
        for (var i = 0; i < _columns.Length; i++)
        {
            if (_columns[i] is { } column && !cells.TryAdd(column.Key, (row.Headers[i], row.Cells[i])))
            {
                twice = new CellProblem(row.Headers[i], "", "duplicate_header", $"“{row.Headers[i]}”与另一列同指“{column.Header}”。");
            }
        }

        return new RowScan(row.Number, kind.Columns, cells, row.Broken ?? twice);
    }

    /// <summary>What of a refused row may be kept and shown: no personal column, no personal number.</summary>
    public (string[] Headers, string[] Cells) Keep(FileRow row)
    {
        Learn(row.Headers);
        var kept = Enumerable.Range(0, row.Headers.Count).Where(i => _kept[i]).ToList();
        return ([.. kept.Select(i => Storable(row.Headers[i]))], [.. kept.Select(i => Storable(PersonalData.Mask(row.Cells[i])))]);
    }

    // A damaged text cannot be stored as it is.
    private static string Storable(string text) => CellText.FirstBad([""], [text]) is null ? text : CellText.Excerpt(text);

    private void Learn(IReadOnlyList<string> headers)
    {
        if (ReferenceEquals(_known, headers))
        {
            return;
        }

        _known = headers;
        _columns = [.. headers.Select(header => _byName.GetValueOrDefault(CellText.HeaderKey(header)))];
        _kept = new bool[headers.Count];
        for (var i = 0; i < headers.Count; i++)
        {
            var personal = _columns[i] is null && PersonalData.IsPersonalColumn(headers[i]);
            _kept[i] = headers[i].Length > 0 && !personal;
            if (_columns[i] is null && headers[i].Length > 0)
            {
                (personal ? _dropped : _ignored).Add(CellText.Excerpt(headers[i]));
            }
        }
    }
}
