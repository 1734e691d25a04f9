using System.Collections.Frozen;
using Matching.Engine.Normalizing;

namespace Matching.Service.Imports.Mapping;

/// <summary>
/// Decides which field each header of a file is. A remembered correction comes first, then the field's names (100), then its names without decorations, notes and
/// units (95), then names that count only where no other header is the field (90), and last what the cells hold (<see cref="ContentGuess"/>).
/// Of several headers for one field the surest is read; where two are equally sure every row is refused, for nobody can tell which is meant.
/// </summary>
internal sealed class ColumnPlanner(ImportKind kind)
{
    private readonly FrozenDictionary<string, ImportColumn> _byName =
        kind.Columns.SelectMany(column => column.Names.Distinct().Select(name => (name, column))).ToFrozenDictionary(pair => pair.name, pair => pair.column);

    private readonly FrozenDictionary<string, ImportColumn> _byWeakName =
        kind.Columns.SelectMany(column => column.Weak.Select(name => (Files.CellText.HeaderKey(name), column))).ToFrozenDictionary(pair => pair.Item1, pair => pair.column);

    private readonly FrozenDictionary<string, ImportColumn> _byKey = kind.Columns.ToFrozenDictionary(column => column.Key);
    private readonly Dictionary<string, ImportColumn?> _learned = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ColumnMatch> _guessed = new(StringComparer.Ordinal);

    /// <summary>Corrections of earlier files with these headers: header → key of the field, null: leave it out.</summary>
    public void Learn(IReadOnlyDictionary<string, string?> corrections)
    {
        foreach (var (header, key) in corrections)
        {
            _learned[Files.CellText.HeaderKey(header)] = key is null ? null : _byKey.GetValueOrDefault(key);
        }
    }

    /// <summary>What the cells of a header that no name explains were found to hold.</summary>
    public void Guess(ColumnMatch guess) => _guessed[guess.Header] = guess;

    /// <summary>Whether a row of a table looks like the header: how many of its cells are names.</summary>
    public bool Knows(string header) => header.Length is > 0 and <= 60 && ByName(header).Field is not null;

    public ColumnPlan Plan(IReadOnlyList<string> headers)
    {
        var matches = headers.Select(Match).ToArray();
        foreach (var same in Enumerable.Range(0, matches.Length).Where(i => matches[i].Applied).GroupBy(i => matches[i].Field!.Key).Where(group => group.Count() > 1))
        {
            var surest = same.Max(i => Rank(matches[i]));
            foreach (var i in same.Where(i => Rank(matches[i]) < surest))
            {
                matches[i] = Unknown(matches[i].Header);
            }
        }

        return new ColumnPlan(matches, kind.Columns);
    }

    private static int Rank(ColumnMatch match) => match.By == MatchedBy.Learned ? 1_000 : match.By == MatchedBy.Content ? 0 : match.Confidence;

    private ColumnMatch Match(string header)
    {
        var key = Files.CellText.HeaderKey(header);
        if (header.Length > 0 && _learned.TryGetValue(key, out var field))
        {
            return new(header, field, field is null ? MatchedBy.Unknown : MatchedBy.Learned, 100, HeaderName.Of(header).Unit);
        }

        var named = ByName(header);
        return named.Field is null && PersonalData.IsPersonalColumn(header) ? named with { By = MatchedBy.Personal }
            : named.Field is null && _guessed.TryGetValue(header, out var guess) ? guess
            : named;
    }

    private ColumnMatch ByName(string header)
    {
        var name = HeaderName.Of(header);
        if (_byName.TryGetValue(name.Key, out var field))
        {
            return new(header, field, MatchedBy.Synonym, 100, name.Unit);
        }

        var personal = PersonalData.IsPersonalColumn(header);
        if (!personal && _byName.TryGetValue(name.Bare, out field) && Fits(field, name.Unit))
        {
            return new(header, field, MatchedBy.Synonym, 95, name.Unit);
        }

        return !personal && (_byWeakName.TryGetValue(name.Key, out field) || _byWeakName.TryGetValue(name.Bare, out field)) && Fits(field, name.Unit)
            ? new(header, field, MatchedBy.Synonym, 90, name.Unit) : Unknown(header);
    }

    // 人数（千） is not the number of persons.
    private static bool Fits(ImportColumn field, WageUnit unit) => unit.Scale is null or 1 || field.Content is CellContent.Wage or CellContent.WageFigure;

    private static ColumnMatch Unknown(string header) => new(header, null, MatchedBy.Unknown, 0, default);
}
