namespace Matching.Service.Exports;

/// <summary>A column of an exported file.</summary>
/// <param name="Heading">What people read; equal to the import's header where the list can be imported.</param>
/// <param name="Value">A text, number, day, moment or truth; several texts are joined by 、; null leaves the cell empty.</param>
internal sealed record ExportColumn<T>(string Heading, Func<T, ExportNames, object?> Value);

/// <summary>How rows of a list become a file. Lists without one of their own get <see cref="DefaultSheet"/>.</summary>
/// <param name="Title">Name of the sheet and of the file.</param>
/// <param name="Columns">In order.</param>
internal sealed record ExportSheet<T>(string Title, IReadOnlyList<ExportColumn<T>> Columns);
