using System.Globalization;

namespace Matching.Service.Features.Matches;

/// <summary>Which side of the pairs a list belongs to.</summary>
internal enum MatchSide
{
    /// <summary>Graduates of a demand.</summary>
    Demand,

    /// <summary>Demands of a graduate.</summary>
    Graduate,
}

/// <summary>Rows by their ids, both ends included.</summary>
internal readonly record struct MatchRange(long From, long To)
{
    public static MatchRange All { get; } = new(1, long.MaxValue);
}

/// <summary>A piece of a run: the rows of one side that get their lists in it.</summary>
internal sealed record MatchPiece(MatchSide Side, MatchRange Range)
{
    public static MatchPiece Parse(string payload)
    {
        var words = payload.Split(' ');
        return new(Enum.Parse<MatchSide>(words[0]), new(long.Parse(words[1], CultureInfo.InvariantCulture), long.Parse(words[2], CultureInfo.InvariantCulture)));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Side} {Range.From} {Range.To}");
}
