namespace Matching.Engine.Normalizing;

/// <summary>What every reader of cells does first: full-width signs become the plain ones, blanks at the ends go.</summary>
public static class PlainText
{
    private static readonly char[] Blank = [' ', '\t', '\r', '\n', '\u00A0', '\u3000', '\u200B', '\uFEFF'];

    /// <summary>NFKC without blanks at the ends.</summary>
    public static string Of(string text) => Nfkc.Of(text).Trim(Blank);

    /// <summary>The same in lower case and without any white space: the form in which the readers look for words and units.</summary>
    public static string Tight(string text)
    {
        var lower = Of(text).ToLowerInvariant();
        return lower.Any(IsBlank) ? string.Concat(lower.Where(sign => !IsBlank(sign))) : lower;
    }

    private static bool IsBlank(char sign) => char.IsWhiteSpace(sign) || sign is '\u200B' or '\uFEFF';
}
