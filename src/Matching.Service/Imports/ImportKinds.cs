namespace Matching.Service.Imports;

/// <summary>The kinds that features registered.</summary>
internal sealed class ImportKinds(IEnumerable<ImportKind> kinds)
{
    public IReadOnlyList<ImportKind> All { get; } = [.. kinds];

    public ImportKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);
}
