using Matching.Engine.Scoring;

namespace Matching.Engine.Allocation;

/// <summary>
/// Takes pairs in any order, from the lists of either side, and makes <see cref="PairLists"/> of them. A pair that both sides list counts once, by its better standing.
/// </summary>
/// <param name="demands">The demands by ascending id, each once.</param>
/// <param name="unknownAllowed">Whether pairs with an UNKNOWN requirement may be assigned; otherwise they are left out and remembered as waiting for an answer.</param>
public sealed class PairListsBuilder(OfferedDemand[] demands, bool unknownAllowed)
{
    private const int Piece = 1 << 16;

    private readonly List<long> _graduateIds = [];
    private readonly List<bool> _graduateAwaits = [];
    private readonly bool[] _demandAwaits = new bool[demands.Length];
    // In pieces, for twenty million pairs are not copied to make room for one more.
    private readonly List<(ulong Order, uint Standing, int Graduate)[]> _pieces = [];
    private int _count;

    /// <summary>The position of the graduate, who may list nothing.</summary>
    /// <exception cref="ArgumentException">Graduates do not come by ascending id, each once.</exception>
    public int AddGraduate(long id)
    {
        if (_graduateIds.Count > 0 && _graduateIds[^1] >= id)
        {
            throw new ArgumentException("Graduates are not by ascending id.", nameof(id));
        }

        _graduateIds.Add(id);
        _graduateAwaits.Add(false);
        return _graduateIds.Count - 1;
    }

    /// <exception cref="ArgumentException">The pair fails a hard requirement, or its points or class are out of range.</exception>
    public void Add(in ListedPair pair)
    {
        if (pair.Verdict == Verdict.Fail || pair.Points is < 1 or > Standing.MostPoints || pair.Class is < 0 or > Standing.MostClass || pair.Wish is < 0 or > byte.MaxValue)
        {
            throw new ArgumentException($"No pair of a list: {pair}", nameof(pair));
        }

        if (pair.Verdict == Verdict.Unknown && !unknownAllowed)
        {
            _graduateAwaits[pair.Graduate] = _demandAwaits[pair.Demand] = true;
            return;
        }

        if (_count % Piece == 0)
        {
            _pieces.Add(new (ulong, uint, int)[Piece]);
        }

        _pieces[^1][_count++ % Piece] = (Order(pair), Standing.Of(pair), pair.Graduate);
    }

    /// <exception cref="ArgumentException">Demands are not by ascending id, or one offers no seat or reserves more than it has.</exception>
    public PairLists Build()
    {
        Check();
        var (orders, standings, starts) = (new ulong[_count], new uint[_count], new int[_graduateIds.Count + 1]);
        var begins = Scatter(orders, standings);
        var listed = new int[_count];
        var seen = new int[demands.Length];
        var kept = 0;
        for (var graduate = 0; graduate < _graduateIds.Count; graduate++)
        {
            var (from, to) = (begins[graduate], begins[graduate + 1]);
            orders.AsSpan(from, to - from).Sort(standings.AsSpan(from, to - from));
            for (var i = from; i < to; i++)
            {
                var demand = (int)(uint)orders[i];
                if (seen[demand] != graduate + 1)
                {
                    seen[demand] = graduate + 1;
                    (listed[kept], standings[kept++]) = (demand, standings[i]);
                }
            }

            starts[graduate + 1] = kept;
        }

        Array.Resize(ref listed, kept);
        Array.Resize(ref standings, kept);
        return new PairLists([.. _graduateIds], demands, starts, listed, standings, [.. _graduateAwaits], _demandAwaits);
    }

    // Counting sort by graduate; gives back where each one's pairs begin.
    private int[] Scatter(ulong[] orders, uint[] standings)
    {
        var begins = new int[_graduateIds.Count + 1];
        for (var i = 0; i < _count; i++)
        {
            begins[_pieces[i / Piece][i % Piece].Graduate + 1]++;
        }

        for (var graduate = 0; graduate < _graduateIds.Count; graduate++)
        {
            begins[graduate + 1] += begins[graduate];
        }

        var next = begins[..];
        for (var i = 0; i < _count; i++)
        {
            var (order, standing, graduate) = _pieces[i / Piece][i % Piece];
            (orders[next[graduate]], standings[next[graduate]++]) = (order, standing);
        }

        _pieces.Clear();
        return begins;
    }

    // The graduate's own order in one number: UNKNOWN, points, wish, demand.
    private static ulong Order(in ListedPair pair) =>
        (pair.Verdict == Verdict.Unknown ? 1UL << 62 : 0) | ((ulong)(Standing.MostPoints - pair.Points) << 40) | ((ulong)pair.Wish << 32) | (uint)pair.Demand;

    private void Check()
    {
        for (var i = 0; i < demands.Length; i++)
        {
            Require(i == 0 || demands[i - 1].Id < demands[i].Id, "Demands are not by ascending id.");
            Require(demands[i].Seats >= 1 && demands[i].Reserved >= 0 && demands[i].Reserved <= demands[i].Seats, "A demand offers no seat or reserves more than it has.");
        }

        static void Require(bool holds, string otherwise)
        {
            if (!holds)
            {
                throw new ArgumentException(otherwise);
            }
        }
    }
}
