using System.Text.Json;
using Matching.Engine.Scoring;
using Matching.Service.Http;
using Matching.Service.Reference;

namespace Matching.Service.Features.Matches;

/// <summary>
/// A demand as it stands in JSON, with the names of what it asks for, and as its pairs are explained. In as few pieces of memory as can be: most of the time of a page goes into fetching
/// what it is made of.
/// </summary>
internal sealed class ShownDemand
{
    private const int LineOfCache = 64;

    private readonly byte[] _bytes;

    // Where the demand ends, then each name.
    private readonly int[] _ends;

    /// <param name="demand">The demand.</param>
    /// <param name="names">Names of skills and certificates.</param>
    /// <param name="reference">Names of codes.</param>
    /// <param name="options">How this API writes JSON.</param>
    public ShownDemand(ResidentDemand demand, IReadOnlyDictionary<long, string> names, ReferenceTables reference, JsonSerializerOptions options)
    {
        var profile = demand.Profile;
        JsonPieces pieces = new();
        List<int> ends = [pieces.Add(JsonSerializer.SerializeToUtf8Bytes(MatchShowing.Of(demand.Row, reference), options)).Length];
        ends.AddRange(profile.Must.Concat(profile.Nice).Select(ask => ask.Skill).Concat(profile.Certificates.Select(ask => ask.Certificate))
            .Select(id => pieces.Add("\""u8).Add(JsonEncodedText.Encode(names[id], options.Encoder).EncodedUtf8Bytes).Add("\","u8).Length));
        (Asks, _bytes, _ends) = (new(profile), pieces.ToArray(), [.. ends]);
    }

    /// <summary>What it asks for.</summary>
    public ExplainedDemand Asks { get; }

    /// <summary>A <see cref="MatchedDemand"/>.</summary>
    public ReadOnlySpan<byte> Json => _bytes.AsSpan(0, _ends[0]);

    /// <summary>Name of a skill or certificate, without quotes around it.</summary>
    /// <param name="at">Its place in an explanation, whose items are the must skills, the nice skills and the certificates.</param>
    public ReadOnlySpan<byte> Name(int at) => _bytes.AsSpan((_ends[at] + 1)..(_ends[at + 1] - 2));

    /// <summary>Several names that stand beside each other, each in quotes and with a comma after it.</summary>
    /// <param name="from">Place of the first, as in <see cref="Name"/>.</param>
    /// <param name="to">After the last.</param>
    public ReadOnlySpan<byte> Names(int from, int to) => _bytes.AsSpan(_ends[from].._ends[to]);

    /// <summary>Reads a byte of each line of memory that it takes. Done for all of a page before any is shown, they are fetched beside each other; the result means nothing.</summary>
    public int Fetch()
    {
        var seen = Asks.Fetch() + _ends[0];
        for (var i = 0; i < _bytes.Length; i += LineOfCache)
        {
            seen += _bytes[i];
        }

        return seen;
    }
}
