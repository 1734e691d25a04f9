using Matching.Service.Imports.Files;

namespace Matching.Service.Imports;

/// <summary>What one pass over a file found: counts, and reasons with how often each occurred.</summary>
internal sealed class ImportPass
{
    private readonly Dictionary<(string Code, string Column), (int Count, string Example)> _reasons = [];
    private readonly Dictionary<(string Code, string Column), (int Count, string Example)> _notes = [];
    private readonly SeenTexts _identities = new();

    public int Read { get; private set; }

    public int Rejected { get; private set; }

    public int Accepted => Read - Rejected;

    public IEnumerable<ImportReason> Reasons => Counted(_reasons);

    /// <summary>Of the rows that were accepted.</summary>
    public IEnumerable<ImportReason> Notes => Counted(_notes);

    private static IEnumerable<ImportReason> Counted(Dictionary<(string Code, string Column), (int Count, string Example)> reasons) => reasons
        .Select(reason => new ImportReason(reason.Key.Code, reason.Key.Column, reason.Value.Count, reason.Value.Example))
        .OrderByDescending(reason => reason.Count).ThenBy(reason => reason.Code, StringComparer.Ordinal).ThenBy(reason => reason.Column, StringComparer.Ordinal)
        .Take(200);

    /// <summary>Counts the row and returns what is wrong with it, a repetition within the file included; empty: it is valid.</summary>
    public IReadOnlyList<CellProblem> Judge(RowScan scan, StagedRow row)
    {
        Read++;
        var problems = scan.Problems;
        if (problems.Count == 0 && row.Identity is not null)
        {
            ref var first = ref _identities[row.Identity];
            if (first > 0)
            {
                problems = [new CellProblem("", "", "duplicate_in_file", $"与第 {first} 行重复。")];
            }
            else
            {
                first = scan.Number;
            }
        }

        if (problems.Count > 0)
        {
            Rejected++;
        }

        var counted = problems.Count > 0 ? _reasons : _notes;
        foreach (var problem in problems.Count > 0 ? problems : scan.Notes)
        {
            var key = (problem.Code, problem.Column);
            counted[key] = counted.TryGetValue(key, out var known) ? (known.Count + 1, known.Example) : (1, problem.Reason);
        }

        return problems;
    }
}
