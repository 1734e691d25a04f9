namespace Matching.Service.Imports.Files;

/// <summary>Which sign separates the cells of a text table.</summary>
internal static class CsvDelimiter
{
    /// <summary>The sign most frequent in the first line that has any of them, quoted parts aside; a table of one column has none and takes the comma.</summary>
    /// <param name="head">The first characters of the text.</param>
    public static char Of(ReadOnlySpan<char> head)
    {
        int commas = 0, semicolons = 0, tabs = 0;
        var quoted = false;
        foreach (var sign in head.TrimStart("\r\n"))
        {
            if (sign is '\r' or '\n' && !quoted && commas + semicolons + tabs > 0)
            {
                break;
            }

            quoted ^= sign == '"';
            commas += sign == ',' && !quoted ? 1 : 0;
            semicolons += sign == ';' && !quoted ? 1 : 0;
            tabs += sign == '\t' && !quoted ? 1 : 0;
        }

        return tabs > commas && tabs >= semicolons ? '\t' : semicolons > commas ? ';' : ',';
    }
}
