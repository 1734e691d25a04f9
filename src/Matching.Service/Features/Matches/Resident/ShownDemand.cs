using System.Text.Json;
using Matching.Service.Http;
using Matching.Service.Reference;

namespace Matching.Service.Features.Matches;

/// <summary>
/// A demand as it stands in JSON, with the names of what it asks for. All in one piece of memory: most of the time of a page goes into fetching what it is made of, so the fewer places
/// that lies in the better.
/// </summary>
internal sealed class ShownDemand
{
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
            .Select(id => pieces.Add(JsonEncodedText.Encode(names[id], options.Encoder).EncodedUtf8Bytes).Length));
        (_bytes, _ends) = (pieces.ToArray(), [.. ends]);
    }

    /// <summary>A <see cref="MatchedDemand"/>.</summary>
    public ReadOnlySpan<byte> Json => _bytes.AsSpan(0, _ends[0]);

    /// <summary>Name of a skill or certificate, without quotes around it.</summary>
    /// <param name="at">Its place in an explanation, whose items are the must skills, the nice skills and the certificates.</param>
    public ReadOnlySpan<byte> Name(int at) => _bytes.AsSpan(_ends[at].._ends[at + 1]);
}
