using Matching.Service.Http;

namespace Matching.Service.Changes;

/// <summary>One change (变更), as far as its reader is concerned: what comes into his sight is created for him, what leaves it is deleted.</summary>
/// <param name="Seq">Number of the entry; grows along the stream, with gaps.</param>
/// <param name="Resource">What changed, such as <c>demand</c>.</param>
/// <param name="Id">Number of the row that changed, or whose lists changed.</param>
/// <param name="Kind">CREATED 新增, UPDATED 修改, DELETED 删除.</param>
/// <param name="At">Moment it was written, UTC.</param>
/// <param name="Version">The row's version then.</param>
/// <param name="Row">The row as the reader may see it now; null when it is gone, or out of his sight.</param>
public sealed record Change<T>(long Seq, string Resource, long Id, string Kind, DateTime At, int Version, T? Row)
    where T : class;

/// <summary>A piece of the stream of changes.</summary>
/// <param name="Items">Changes in the order of the stream.</param>
/// <param name="Next">Pass it as <c>since</c> to go on, now or later.</param>
/// <param name="More">There is more to read right away.</param>
public sealed record ChangePage<T>(IReadOnlyList<Change<T>> Items, string Next, bool More)
    where T : class;

/// <summary>What to read of the stream.</summary>
/// <param name="Since">
/// The cursor of the page before, or a day or instant (entries written from then on; what was written earlier by a transaction that ended later is not among them).
/// Without it: no entries, only the cursor of this moment, to take before reading everything once.
/// </param>
/// <param name="Take">Entries of a page.</param>
public sealed record ChangeQuery(Since? Since = null, [property: Between(1, Page.MaxTake)] int Take = Page.DefaultTake);

/// <summary>An entry of the log as its reader sees it.</summary>
internal sealed record LoggedChange(long Seq, string Resource, long Id, string Kind, DateTime At, int Version);

/// <summary>A run of entries and the entry behind which to go on.</summary>
internal sealed record ChangeBatch(IReadOnlyList<LoggedChange> Items, long Next, bool More);

/// <summary>An entry of the log, whoever may see what it tells of.</summary>
internal sealed record SeenChange(long Seq, string Resource, long Id);

/// <summary>What can be seen behind an entry; up to <c>Horizon</c> nothing more can appear.</summary>
internal sealed record ChangePeek(long Horizon, IReadOnlyList<SeenChange> Items);
