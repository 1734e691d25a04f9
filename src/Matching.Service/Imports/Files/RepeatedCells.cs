namespace Matching.Service.Imports.Files;

/// <summary>
/// Cells of a file that come again and again (titles, places, figures): made and looked at once. A row of places, each for one short text whose hash falls there; so it never
/// holds more than 4,096 texts, some 400 kB, and a text that was displaced is merely made anew. A text is kept when it comes the second time: what a file says once only
/// (its numbers, its times) displaces nothing and dies young.
/// </summary>
internal sealed class RepeatedCells
{
    private const int Places = 4_096;
    private const int Longest = 40;

    private readonly string?[] _kept = new string?[Places];
    private readonly int[] _lastHash = new int[Places];

    /// <summary>The cell of a text as it is.</summary>
    /// <param name="text">Trimmed.</param>
    /// <param name="sound">Turns false where the text cannot be kept: <see cref="CellText.FirstBad"/> says why.</param>
    public string Of(ReadOnlySpan<char> text, ref bool sound)
    {
        if (text.IsEmpty)
        {
            return "";
        }

        if (text.Length > Longest)
        {
            sound &= CellText.IsSound(text);
            return text.ToString();
        }

        var hash = string.GetHashCode(text);
        var place = hash & (Places - 1);
        if (_kept[place] is { } kept && text.SequenceEqual(kept))
        {
            return kept;
        }

        var cell = text.ToString();
        if (!CellText.IsSound(text))
        {
            sound = false;
        }
        else if (_lastHash[place] == hash)
        {
            _kept[place] = cell;
        }

        _lastHash[place] = hash;
        return cell;
    }
}
