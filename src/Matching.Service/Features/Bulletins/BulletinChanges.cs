namespace Matching.Service.Features.Bulletins;

/// <summary>What a revision changed, cell by cell; rows are told by their labels, the cells that hold no figure.</summary>
internal static class BulletinChanges
{
    public static IReadOnlyList<CellChange> Between(IReadOnlyList<BulletinTable> before, IReadOnlyList<BulletinTable> after)
    {
        var changes = new List<CellChange>();
        foreach (var table in after)
        {
            var old = before.FirstOrDefault(other => other.Key == table.Key);
            var (was, now) = (Rows(old), Rows(table));
            foreach (var row in was.Keys.Union(now.Keys))
            {
                for (var column = 0; column < table.Columns.Count; column++)
                {
                    var (then, here) = (Text(was, row, column), Text(now, row, column));
                    if (then != here)
                    {
                        changes.Add(new(table.Key, row, table.Columns[column], then, here));
                    }
                }
            }
        }

        return changes;
    }

    // Two rows of one label keep apart by their order.
    private static Dictionary<string, IReadOnlyList<Cell>> Rows(BulletinTable? table) =>
        (table?.Rows ?? []).GroupBy(row => string.Join(' ', row.Take(3).Where(cell => cell.Value is null && cell.Text.Length > 1).Select(cell => cell.Text)))
            .SelectMany(group => group.Select((row, i) => (Label: i == 0 ? group.Key : $"{group.Key} #{i + 1}", Row: row)))
            .ToDictionary(pair => pair.Label, pair => pair.Row);

    private static string Text(Dictionary<string, IReadOnlyList<Cell>> rows, string row, int column) =>
        rows.TryGetValue(row, out var cells) && column < cells.Count ? cells[column].Text : "";
}
