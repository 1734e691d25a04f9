namespace Matching.Service.Imports.Files;

/// <summary>
/// Cells of a file that come again and again (titles, places, figures): made and looked at once. A row of places, each for the last short text whose hash falls there;
/// so it never holds more than 4,096 texts, some 400 kB, and a text that was displaced is merely made anew.
/// </summary>
internal sealed class RepeatedCells
{
    private const int Longest = 40;

    private readonly string?[] _last = new string?[4_096];

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

        ref var last = ref _last[string.GetHashCode(text) & (_last.Length - 1)];
        if (last is not null && text.SequenceEqual(last))
        {
            return last;
        }

        var cell = text.ToString();
        if (CellText.IsSound(text))
        {
            last = cell;
        }
        else
        {
            sound = false;
        }

        return cell;
    }
}
