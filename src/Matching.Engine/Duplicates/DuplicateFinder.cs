using System.Runtime.InteropServices;

namespace Matching.Engine.Duplicates;

/// <summary>
/// Finds which postings of one company repeat others (rules: <see cref="DuplicateRules"/>). A posting is compared with the first of each group only, its leader, so every
/// copy is known to be like the posting it stands under, groups do not drift, and twenty thousand postings of one text cost twenty thousand comparisons.
/// Exact: candidates come from an index of each text's rarest runs (prefix filter), which misses no pair that is alike enough.
/// O(postings · text) and, per posting, the leaders that share a rare run with it.
/// </summary>
public sealed class DuplicateFinder
{
    private readonly Dictionary<int, int> _frequency = [];
    private readonly Dictionary<int, List<Leader>> _byRun = [];
    private readonly Dictionary<string, List<Leader>> _byKey = [];
    private readonly Dictionary<(string, bool), List<Leader>> _byTitle = [];
    private readonly Func<long, long, bool> _apart;

    private DuplicateFinder(IReadOnlyList<Leader> leaders, IReadOnlyList<Leader> incoming, Func<long, long, bool> apart)
    {
        _apart = apart;
        foreach (var run in leaders.Concat(incoming).SelectMany(posting => posting.Runs))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_frequency, run, out _)++;
        }

        foreach (var leader in leaders)
        {
            Add(leader);
        }
    }

    /// <param name="leaders">Postings known to lead a group; they are not compared among each other.</param>
    /// <param name="incoming">Postings to be placed.</param>
    /// <param name="apart">Whether people said that a posting (first) does not belong to a leader's group (second).</param>
    /// <summary>The links of those of the incoming postings that repeat a leader or an earlier one of themselves; whoever was open first leads.</summary>
    public static IReadOnlyList<DuplicateLink> Find(IEnumerable<Posting> leaders, IEnumerable<Posting> incoming, Func<long, long, bool> apart)
    {
        var fresh = incoming.OrderBy(posting => posting.OpenedOn).ThenBy(posting => posting.Id).Select(posting => new Leader(posting)).ToArray();
        var finder = new DuplicateFinder([.. leaders.Select(posting => new Leader(posting))], fresh, apart);
        var links = new List<DuplicateLink>();
        foreach (var posting in fresh)
        {
            if (finder.Best(posting) is { } link)
            {
                links.Add(link);
            }
            else
            {
                finder.Add(posting);
            }
        }

        return links;
    }

    private DuplicateLink? Best(Leader posting)
    {
        Leader? best = null;
        var (bestShared, bestUnion) = (0, 1);
        foreach (var other in Candidates(posting))
        {
            if (!_apart(posting.Posting.Id, other.Posting.Id) && posting.MayRepeat(other) && posting.Repeats(other) is { } shared)
            {
                var union = posting.Runs.Length + other.Runs.Length - shared;
                var more = ((long)shared * bestUnion).CompareTo((long)bestShared * union);
                if (best is null || more > 0 || (more == 0 && other.IsBefore(best)))
                {
                    (best, bestShared, bestUnion) = (other, shared, Math.Max(union, 1));
                }
            }
        }

        if (best is null)
        {
            return null;
        }

        best.Stretch(posting.Posting);
        var decidedByText = posting.IsLong && best.IsLong;
        return new(posting.Posting.Id, best.Posting.Id, best.Reason(posting.Posting), decidedByText ? (int)(100L * bestShared / bestUnion) : best.Key == posting.Key ? 100 : null);
    }

    private HashSet<Leader> Candidates(Leader posting)
    {
        var found = new HashSet<Leader>();
        foreach (var run in Rarest(posting))
        {
            found.UnionWith(_byRun.GetValueOrDefault(run, []));
        }

        if (!posting.IsLong)
        {
            found.UnionWith(_byKey.GetValueOrDefault(posting.Key, []));
        }

        // What the other side posted; two long texts were compared above.
        found.UnionWith(_byTitle.GetValueOrDefault((posting.TitleKey, !posting.Posting.ByOthers), []).Where(other => !posting.IsLong || !other.IsLong));
        return found;
    }

    private void Add(Leader leader)
    {
        foreach (var run in Rarest(leader))
        {
            (CollectionsMarshal.GetValueRefOrAddDefault(_byRun, run, out _) ??= []).Add(leader);
        }

        if (!leader.IsLong)
        {
            (CollectionsMarshal.GetValueRefOrAddDefault(_byKey, leader.Key, out _) ??= []).Add(leader);
        }

        (CollectionsMarshal.GetValueRefOrAddDefault(_byTitle, (leader.TitleKey, leader.Posting.ByOthers), out _) ??= []).Add(leader);
    }

    // Two sets that share LeastLikeness percent of their union share one of their |set| − ⌈share · |set|⌉ + 1 first elements, whatever the common order:
    // here the rarest first, so that few postings meet.
    private int[] Rarest(Leader posting)
    {
        if (posting.Rarest is null)
        {
            var length = posting.IsLong ? posting.Runs.Length : 0;
            var keys = new long[length];
            for (var i = 0; i < length; i++)
            {
                keys[i] = ((long)_frequency[posting.Runs[i]] << 32) | (uint)posting.Runs[i];
            }

            Array.Sort(keys);
            var prefix = length == 0 ? 0 : length - (((DuplicateRules.LeastLikeness * length) + 99) / 100) + 1;
            // A run of one posting alone leads nowhere.
            posting.Rarest = [.. keys.Take(prefix).Where(key => key >> 32 > 1).Select(key => (int)key)];
        }

        return posting.Rarest;
    }
}
