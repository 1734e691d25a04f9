using System.Text;
using System.Text.Json;
using Matching.Engine.Retrieval;
using Matching.Engine.Scoring;
using Matching.Service.Http;

namespace Matching.Service.Features.Matches;

/// <summary>
/// Writes a page of a graduate's list with brief reasons straight from the engine's explanations: byte for byte what the serializer makes of <see cref="GraduateMatches"/>, which a test
/// compares, at a small part of its cost.
/// </summary>
internal static class BriefPage
{
    private static readonly Component[] Components = Enum.GetValues<Component>();
    private static readonly ItemState[] States = Enum.GetValues<ItemState>();

    // A component up to its points, by component and state, the last state being that nothing is asked.
    private static readonly byte[][][] PartStarts = [.. Components.Select(component => (byte[][])
        [.. States.Select(state => PartStart(component, MatchTexts.StateOf(new(component, state, 0, 1, [])))), PartStart(component, MatchTexts.StateOf(new(component, default, 0, 0, [])))])];

    // A requirement up to the certificate it asks for.
    private static readonly byte[][] RequirementStarts = [.. Enum.GetValues<Requirement>().Select(requirement =>
        Piece($"{{\"requirement\":\"{MatchTexts.Of(requirement).Code}\",\"name\":\"{Escaped(MatchTexts.Of(requirement).Name)}"))];

    private static readonly byte[][] Verdicts = [.. Enum.GetValues<Verdict>().Select(verdict => Piece($"\"{MatchTexts.Of(verdict)}\""))];

    private static readonly byte[][] RaiseStarts = [.. Components.Select(component => Piece($"{{\"component\":\"{MatchTexts.Of(component).Code}\",\"id\":"))];

    // The words around a skill and a gain, by component, if not known and if known.
    private static readonly (byte[] Before, byte[] After)[][] RaiseWords = [.. Components.Select(component => ((byte[], byte[])[])
        [RaiseWord(component, known: false), RaiseWord(component, known: true)])];

    private static readonly byte[] RaiseEnd = Piece($"{Escaped(MatchTexts.RaiseEnd)}\"}}");
    private static readonly byte[] Which = Piece(Escaped(MatchTexts.Which));

    public static void Begin(JsonPieces json, long graduate, ReadOnlySpan<byte> computedAt, int weightsVersion) => json.Clear()
        .Add("{\"graduateId\":"u8).Add(graduate).Add(",\"computedAt\":"u8).Add(computedAt).Add(",\"weightsVersion\":"u8).Add(weightsVersion)
        .Add(",\"stale\":false,\"live\":true,\"items\":["u8);

    /// <param name="json">Written to.</param>
    /// <param name="isFirst">The first of its page.</param>
    /// <param name="rank">Its place, from 1.</param>
    /// <param name="listed">The pair as the list has it.</param>
    /// <param name="shown">The demand as it is shown.</param>
    /// <param name="reasons">The pair as it is now, with as many raises as shall be told.</param>
    public static void AddMatch(JsonPieces json, bool isFirst, int rank, RankedMatch listed, ShownDemand shown, PairReasons reasons)
    {
        json.Add(isFirst ? "{\"rank\":"u8 : ",{\"rank\":"u8).Add(rank).Add(",\"points\":"u8).AddHundredths(listed.Points)
            .Add(",\"verdict\":"u8).Add(Verdicts[(int)listed.Verdict]).Add(",\"demand\":"u8).Add(shown.Json)
            .Add(",\"explanation\":{\"points\":"u8).AddHundredths(reasons.Points).Add(",\"attainable\":"u8).AddHundredths(reasons.Attainable)
            .Add(",\"verdict\":"u8).Add(Verdicts[(int)reasons.Verdict])
            .Add(reasons.Points == listed.Points && reasons.Verdict == listed.Verdict ? ",\"current\":true,\"parts\":["u8 : ",\"current\":false,\"parts\":["u8);
        AddParts(json, reasons.Parts);
        AddSkills(json.Add("],\"matchedSkills\":["u8), reasons.Items, ItemState.Matched, shown);
        AddSkills(json.Add("],\"missingSkills\":["u8), reasons.Items, ItemState.Missing, shown);
        AddSkills(json.Add("],\"unknownSkills\":["u8), reasons.Items, ItemState.Unknown, shown);
        AddRequirements(json.Add("],\"requirements\":["u8), reasons, shown);
        AddRaises(json.Add("],\"raises\":["u8), reasons, shown);
        json.Add("]}}"u8);
    }

    /// <param name="json">Written to.</param>
    /// <param name="next">Where the next page begins; null on the last one.</param>
    public static void End(JsonPieces json, Cursor? next)
    {
        json.Add("],\"next\":"u8);
        json.Add(next is null ? "null}"u8 : Piece($"\"{next}\"}}"));
    }

    private static void AddParts(JsonPieces json, ReadOnlySpan<ReasonPart> parts)
    {
        foreach (ref readonly var part in parts)
        {
            json.Add(PartStarts[(int)part.Component][part.Attainable == 0 ? States.Length : (int)part.State])
                .AddHundredths(part.Points).Add(",\"attainable\":"u8).AddHundredths(part.Attainable).Add(",\"items\":[]},"u8);
        }

        json.DropLast();
    }

    private static void AddSkills(JsonPieces json, ReadOnlySpan<ReasonItem> items, ItemState state, ShownDemand shown)
    {
        var before = json.Length;
        for (var i = 0; i < items.Length; i++)
        {
            var from = i;
            while (i < items.Length && items[i].State == state)
            {
                i++;
            }

            if (i > from)
            {
                json.Add(shown.Names(from, i));
            }
        }

        if (json.Length > before)
        {
            json.DropLast();
        }
    }

    private static void AddRequirements(JsonPieces json, PairReasons reasons, ShownDemand shown)
    {
        foreach (ref readonly var check in reasons.Requirements)
        {
            json.Add(RequirementStarts[(int)check.Requirement]);
            if (check.Certificate is { } certificate)
            {
                json.Add(Which).Add(NameOf(reasons, Component.Certificates, certificate, shown));
            }

            json.Add("\",\"verdict\":"u8).Add(Verdicts[(int)check.Verdict]).Add("},"u8);
        }

        // There is always one: that seats are left.
        json.DropLast();
    }

    private static void AddRaises(JsonPieces json, PairReasons reasons, ShownDemand shown)
    {
        var isFirst = true;
        foreach (ref readonly var raise in reasons.Raises)
        {
            var (before, after) = RaiseWords[(int)raise.Component][raise.Known ? 1 : 0];
            json.Add(isFirst ? ""u8 : ","u8).Add(RaiseStarts[(int)raise.Component]);
            isFirst = false;
            if (raise.Id is { } id)
            {
                json.Add(id).Add(",\"gain\":"u8).AddHundredths(raise.Gain).Add(before).Add(NameOf(reasons, raise.Component, id, shown));
            }
            else
            {
                json.Add("null,\"gain\":"u8).AddHundredths(raise.Gain).Add(before);
            }

            json.Add(after).AddWithDecimals(raise.Gain).Add(RaiseEnd);
        }
    }

    private static ReadOnlySpan<byte> NameOf(PairReasons reasons, Component component, long id, ShownDemand shown)
    {
        var (at, i) = (0, 0);
        for (; reasons.Parts[i].Component != component; i++)
        {
            at += reasons.Parts[i].Asked;
        }

        while (reasons.Items[at].Id != id)
        {
            at++;
        }

        return shown.Name(at);
    }

    private static byte[] PartStart(Component component, string state)
    {
        var (code, name) = MatchTexts.Of(component);
        return Piece($"{{\"component\":\"{code}\",\"name\":\"{Escaped(name)}\",\"state\":\"{state}\",\"points\":");
    }

    private static (byte[] Before, byte[] After) RaiseWord(Component component, bool known)
    {
        var (before, after) = MatchTexts.RaiseAround(component, known);
        return (Piece($",\"text\":\"{Escaped(before)}"), Piece(Escaped(after)));
    }

    private static byte[] Piece(string json) => Encoding.UTF8.GetBytes(json);

    private static string Escaped(string text) => JsonEncodedText.Encode(text, HttpSetup.Encoder).Value;
}
