namespace Matching.Engine.Normalizing;

internal enum TokenKind
{
    Skill,
    Marker,
    Part,
    Clause,
    Heading,
}

/// <summary>A piece of a posting that matters to the reading of skills: key characters <paramref name="From"/> to <paramref name="To"/>.</summary>
internal readonly record struct SkillToken(TokenKind Kind, int From, int To, NamedValue Name, MarkerKind Marker = MarkerKind.Nothing, int Level = 0)
{
    /// <summary>Skills, markers and the marks between them in the order of the text. A marker inside the name of a skill is part of the name.</summary>
    public static IEnumerable<SkillToken> Of(KeyedText text, IReadOnlyList<NameMatch> skills)
    {
        var markers = NameAutomaton.Find(text, SkillMarkers.Automaton);
        var (skill, marker) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            while (marker < markers.Count && markers[marker].From < i)
            {
                marker++;
            }

            if (skill < skills.Count && skills[skill].From == i)
            {
                yield return new SkillToken(TokenKind.Skill, i, skills[skill].To, skills[skill].Name);
                i = skills[skill++].To - 1;
            }
            else if (marker < markers.Count && markers[marker].From == i && !(skill < skills.Count && skills[skill].From < markers[marker].To))
            {
                var match = markers[marker];
                yield return OfMarker(text, match);
                i = match.To - 1;
            }
            else if (text[i] is KeyedText.Clause or KeyedText.Part)
            {
                yield return new SkillToken(text[i] == KeyedText.Clause ? TokenKind.Clause : TokenKind.Part, i, i + 1, default);
            }
        }
    }

    private static SkillToken OfMarker(KeyedText text, NameMatch match)
    {
        var kind = SkillMarkers.KindOf(match);
        var heads = kind is MarkerKind.Duties or MarkerKind.Requirements or MarkerKind.Offer && Heads(text, match);
        return new SkillToken(heads ? TokenKind.Heading : TokenKind.Marker, match.From, match.To, match.Name, kind, SkillMarkers.LevelOf(match));
    }

    // A heading is followed by a colon, a line's end, a bracket that closes it, or the number of its first point.
    private static bool Heads(KeyedText text, NameMatch match)
    {
        if (match.To == text.Length || text[match.To] is KeyedText.Clause || (text[match.To] == KeyedText.Entry && text.Text[text.Start(match.To)] is ':' or '：'))
        {
            return true;
        }

        return text.Text[text.End(match.To - 1)] is '】' or ']' or '」' or '>' or '》';
    }
}
