namespace Matching.Engine.Lawfulness;

/// <summary>
/// A text as phrases are looked for in it — no spaces or invisible characters, half-width, lower case, signs replaced — with the way back to the original.
/// A line break stays, as one \n: what stands on two lines is two statements, unless the line was only wrapped (<see cref="WrappedLines"/>).
/// </summary>
internal sealed class PlainText
{
    private readonly List<int> _starts;
    private readonly List<int> _ends;

    private PlainText(string text, List<int> starts, List<int> ends) => (Text, _starts, _ends) = (text, starts, ends);

    public string Text { get; }

    /// <summary>Place in the original of a stretch of <see cref="Text"/>.</summary>
    public (int Offset, int Length) Original(int index, int length) => (_starts[index], _ends[index + length - 1] - _starts[index]);

    /// <summary>Whether nothing stood between this character and the one before it.</summary>
    public bool Touches(int index) => _ends[index - 1] == _starts[index];

    public static PlainText Of(string original, SignTable signs)
    {
        var plain = new System.Text.StringBuilder(original.Length);
        var (starts, ends) = (new List<int>(original.Length), new List<int>(original.Length));
        var wrapped = WrappedLines.Of(original);
        for (var at = 0; at < original.Length;)
        {
            if (signs.Plain(original[at]) is { } one)
            {
                Add(one, 1);
                at++;
                continue;
            }

            var (text, length) = signs.Plain(original.AsSpan(at));
            foreach (var character in text)
            {
                Add(character, length);
            }

            at += length;

            void Add(char character, int width)
            {
                if (character == SignTable.Dropped || (character == '\n' && (plain.Length == 0 || plain[^1] == '\n' || wrapped.Contains(at))))
                {
                    return;
                }

                plain.Append(character);
                starts.Add(at);
                ends.Add(at + width);
            }
        }

        return new PlainText(plain.ToString(), starts, ends);
    }
}
