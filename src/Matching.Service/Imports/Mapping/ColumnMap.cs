using System.Security.Cryptography;
using System.Text;
using Matching.Service.Imports.Files;

namespace Matching.Service.Imports.Mapping;

/// <summary>The columns of one file while it is read: decided on its first rows, applied to every row, and told at the end.</summary>
internal sealed class ColumnMap(ImportKind kind, CellReading reading)
{
    /// <summary>Rows that decide what a column of an unknown name holds, and that samples come from.</summary>
    public const int SampleRows = 200;

    private readonly ColumnPlanner _planner = new(kind);
    private readonly Dictionary<string, ColumnPlan> _plans = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _kept = new(StringComparer.Ordinal);
    private readonly List<string> _headers = [];
    private IReadOnlyList<FileRow> _sample = [];
    private IReadOnlyList<string>? _known;
    private ColumnPlan _plan = new([], []);

    /// <summary>Headers of the first rows, in their order.</summary>
    public IReadOnlyList<string> Headers => _headers;

    /// <summary>The same set of headers has the same signature, in whatever order and writing.</summary>
    public string Signature => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', _headers.Where(header => header.Length > 0).Select(CellText.HeaderKey).Distinct().Order(StringComparer.Ordinal)))))[..32];

    /// <summary>Personal columns met so far.</summary>
    public IReadOnlyCollection<string> Dropped => Names(match => match.By == MatchedBy.Personal);

    /// <summary>Columns met so far that are not read, for the kind does not have them or nobody knows what they are.</summary>
    public IReadOnlyCollection<string> Ignored => Names(match => match.By != MatchedBy.Personal && !match.Applied);

    /// <summary>Fields that no column of the first rows feeds.</summary>
    public IEnumerable<ImportColumn> Missing => kind.Columns.Where(column => !_plans.Values.Any(plan => plan.Feeds(column)));

    public bool Knows(string header) => _planner.Knows(header);

    /// <summary>The first rows, before anything is decided.</summary>
    public void Sample(IReadOnlyList<FileRow> rows)
    {
        _sample = rows;
        _headers.AddRange(rows.SelectMany(row => row.Headers).Distinct(StringComparer.Ordinal));
    }

    /// <summary>Decides, remembered corrections first.</summary>
    public void Decide(IReadOnlyDictionary<string, string?> corrections)
    {
        _planner.Learn(corrections);
        var named = _planner.Plan(_headers);
        var free = kind.Columns.Where(column => !named.Feeds(column)).ToList();
        foreach (var match in named.Columns.Where(match => match.By == MatchedBy.Unknown && match.Header.Length > 0 && match.Confidence == 0))
        {
            if (ContentGuess.Of(match.Header, [.. Cells(match.Header)], free, reading) is { } guess)
            {
                _planner.Guess(guess);
                free.Remove(guess.Field!);
            }
        }

        foreach (var row in _sample)
        {
            PlanOf(row.Headers);
        }
    }

    /// <summary>Whether the header that a sheet or CSV starts with has every required column.</summary>
    /// <exception cref="FileRefusedException">One is missing.</exception>
    public void RequireColumns()
    {
        var missing = Missing.Where(column => column.Required).Select(column => column.Header).ToList();
        if (missing.Count > 0)
        {
            throw new FileRefusedException("missing_column",
                $"缺少必填列：{string.Join("、", missing)}。可用 PUT /api/v1/imports/{{id}}/mapping 指明是哪一列，或使用模板 /api/v1/imports/templates/{kind.Name}.xlsx。");
        }
    }

    /// <summary>The row as its kind reads it.</summary>
    public RowScan Scan(FileRow row)
    {
        var plan = PlanOf(row.Headers);
        for (var i = 0; i < plan.Filled.Length; i++)
        {
            plan.Filled[i] += row.Cells[i].Length > 0 ? 1 : 0;
        }

        return new RowScan(row, plan);
    }

    /// <summary>The cells of an accepted row that were kept as text, by the key of their field.</summary>
    public void CountKept(IReadOnlyDictionary<string, string>? unparsed)
    {
        foreach (var key in unparsed?.Keys ?? [])
        {
            _kept[key] = _kept.GetValueOrDefault(key) + 1;
        }
    }

    /// <summary>What of a refused row may be kept and shown: no personal column, no personal number.</summary>
    public (string[] Headers, string[] Cells) Keep(FileRow row)
    {
        var plan = PlanOf(row.Headers);
        var kept = Enumerable.Range(0, row.Headers.Count).Where(i => row.Headers[i].Length > 0 && plan.Columns[i].By != MatchedBy.Personal).ToList();
        return ([.. kept.Select(i => Storable(row.Headers[i]))], [.. kept.Select(i => Storable(PersonalData.Mask(row.Cells[i])))]);
    }

    /// <summary>Every column with what it was found to be, how much it held, and samples.</summary>
    public IReadOnlyList<ImportedColumn> Report()
    {
        var filled = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var plan in _plans.Values)
        {
            for (var i = 0; i < plan.Columns.Count; i++)
            {
                filled[plan.Columns[i].Header] = filled.GetValueOrDefault(plan.Columns[i].Header) + plan.Filled[i];
            }
        }

        return [.. All().Take(FileLimits.Columns).Select(match => new ImportedColumn(
            CellText.Excerpt(match.Header), match.Field?.Key, match.Field?.Header, match.By.ToString().ToUpperInvariant(), match.Confidence, match.Applied,
            filled.GetValueOrDefault(match.Header), match.Applied ? _kept.GetValueOrDefault(match.Field!.Key) : 0, Samples(match)))];
    }

    private List<CellSample> Samples(ColumnMatch match) => match.By == MatchedBy.Personal ? [] :
        [.. Cells(match.Header).Distinct(StringComparer.Ordinal).Take(5).Select(text => new CellSample(
            CellText.Excerpt(PersonalData.Mask(text)),
            match.Field is null || PersonalData.Find(text) is not null || match.Field.Content == CellContent.Text ? null : CellText.Excerpt(reading.Show(match.Field, text, match.Unit) ?? NotRead(match.Field))))];

    private static string NotRead(ImportColumn field) => field.KeepsText ? "未识别，保留原文" : "未识别，退回该行";

    private IEnumerable<string> Cells(string header) => _sample
        .Select(row => (row, At: IndexOf(row.Headers, header))).Where(cell => cell.At >= 0 && cell.At < cell.row.Cells.Length && cell.row.Cells[cell.At].Length > 0)
        .Select(cell => cell.row.Cells[cell.At]);

    private static int IndexOf(IReadOnlyList<string> headers, string header)
    {
        for (var i = 0; i < headers.Count; i++)
        {
            if (headers[i] == header)
            {
                return i;
            }
        }

        return -1;
    }

    private IEnumerable<ColumnMatch> All() => _plans.Values.SelectMany(plan => plan.Columns).Where(match => match.Header.Length > 0).DistinctBy(match => match.Header);

    private SortedSet<string> Names(Func<ColumnMatch, bool> which) => new(All().Where(which).Select(match => CellText.Excerpt(match.Header)), StringComparer.Ordinal);

    // A damaged text cannot be stored as it is.
    private static string Storable(string text) => CellText.FirstBad([""], [text]) is null ? text : CellText.Excerpt(text);

    // The rows of a sheet share one list of headers; lines of NDJSON bring their own, mostly the same.
    private ColumnPlan PlanOf(IReadOnlyList<string> headers)
    {
        if (!ReferenceEquals(_known, headers))
        {
            var key = string.Join('\u001F', headers);
            _plan = _plans.TryGetValue(key, out var plan) ? plan : _plans[key] = _planner.Plan(headers);
            _known = headers;
        }

        return _plan;
    }
}
