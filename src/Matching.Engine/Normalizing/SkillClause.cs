namespace Matching.Engine.Normalizing;

/// <summary>
/// Reads one clause. Its parts (，) are taken together where the second goes on with the list of the first ("精通Java，Python"); a level word governs the list after it
/// ("熟悉Java、Python和SQL") up to the next one, or, where none follows, the list before it ("Excel、PPT熟练").
/// </summary>
internal static class SkillClause
{
    private const string Joining = "和与及或、";

    public static void Read(KeyedText text, List<SkillToken> clause, MarkerKind section, List<FoundSkill> found)
    {
        if (section == MarkerKind.Offer || !clause.Exists(token => token.Kind == TokenKind.Skill))
        {
            return;
        }

        var (start, previous) = (0, -1);
        for (var i = 0; i <= clause.Count; i++)
        {
            if (i < clause.Count && (clause[i].Kind != TokenKind.Part || GoesOn(clause, i)))
            {
                continue;
            }

            var part = clause.GetRange(start, i - start);
            if (part.Exists(token => token.Kind == TokenKind.Skill))
            {
                previous = found.Count;
                ReadPart(text, part, section, found);
            }
            else if (previous >= 0)
            {
                Revise(part, previous, found);
            }

            start = i + 1;
        }
    }

    // A list goes on where a skill stands on both sides of the comma, or 比如 behind it.
    private static bool GoesOn(List<SkillToken> clause, int comma) =>
        comma + 1 < clause.Count && clause[comma + 1].From == clause[comma].To
        && (clause[comma + 1].Marker == MarkerKind.Example
            || (clause[comma + 1].Kind == TokenKind.Skill && comma > 0 && clause[comma - 1].Kind == TokenKind.Skill && clause[comma - 1].To == clause[comma].From));

    // "会Java、Go，优先考虑": a part without a skill of its own speaks of the part before it.
    private static void Revise(List<SkillToken> part, int from, List<FoundSkill> found)
    {
        if (part.Exists(token => token.Marker == MarkerKind.Nice))
        {
            for (var i = from; i < found.Count; i++)
            {
                found[i] = found[i] with { Must = false };
            }
        }
        else if (part is [{ Marker: MarkerKind.NotNeeded }, ..] && part[0].To - part[0].From > 1)
        {
            found.RemoveRange(from, found.Count - from);
        }
    }

    private static void ReadPart(KeyedText text, List<SkillToken> part, MarkerKind section, List<FoundSkill> found)
    {
        var levels = Levels(part);
        var removed = Removed(text, part);
        var nice = part.Exists(token => token.Marker == MarkerKind.Nice);
        var must = part.Exists(token => token.Marker == MarkerKind.Must);
        var oneOf = part.Exists(token => token.Marker == MarkerKind.OneOf);
        for (var i = 0; i < part.Count; i++)
        {
            if (part[i].Kind != TokenKind.Skill || removed[i])
            {
                continue;
            }

            var asked = levels[i] is { } level ? level >= 3 || must : must || section == MarkerKind.Requirements;
            var (from, to) = (part[i].From, part[i].To - 1);
            var start = part[i].Name.Name[0] == '.' ? text.Start(from - 1) : text.Start(from);
            found.Add(new FoundSkill(
                part[i].Name.Value, start, text.End(to) - start, asked && !nice && !oneOf && section != MarkerKind.Duties && !IsAlternative(text, part, i), levels[i]));
        }
    }

    private static int?[] Levels(List<SkillToken> part)
    {
        var levels = new int?[part.Count];
        int? level = null;
        var since = 0;
        for (var i = 0; i < part.Count; i++)
        {
            if (part[i].Kind == TokenKind.Skill)
            {
                levels[i] = level;
            }
            else if (part[i].Marker == MarkerKind.Level)
            {
                var denied = i > 0 && part[i - 1].Marker == MarkerKind.NotNeeded && part[i - 1].To == part[i].From;
                int? said = denied ? null : part[i].Level;
                var next = part.FindIndex(i + 1, token => token.Kind == TokenKind.Skill || token.Marker == MarkerKind.Level);
                if (next < 0 || part[next].Marker == MarkerKind.Level)
                {
                    // Nothing follows that it could govern.
                    for (var j = since; j < i; j++)
                    {
                        levels[j] ??= said;
                    }
                }

                (level, since) = (said, i);
            }
        }

        return levels;
    }

    private static bool[] Removed(KeyedText text, List<SkillToken> part)
    {
        var removed = new bool[part.Count];
        var denied = false;
        var study = part.FindLastIndex(token => token.Marker == MarkerKind.FieldOfStudy);
        var firstLevel = part.FindIndex(token => token.Marker == MarkerKind.Level);
        for (var i = 0; i < part.Count; i++)
        {
            var token = part[i];
            if (token.Marker == MarkerKind.NotNeeded)
            {
                // 不要求精通 denies the level, not the skill.
                var denies = !(i + 1 < part.Count && part[i + 1].Marker == MarkerKind.Level && part[i + 1].From == token.To);
                denied = denies && part.FindIndex(i, next => next.Kind == TokenKind.Skill) >= 0;
                for (var j = 0; denies && !denied && token.To - token.From > 1 && j < i; j++)
                {
                    removed[j] = true;
                }
            }
            else if (token.Marker == MarkerKind.But)
            {
                denied = false;
            }

            removed[i] = removed[i] || denied
                || (token.Kind == TokenKind.Skill && (IsPlaceOrPerson(part, i) || (token.Name.Weak && !IsListed(text, part, i))))
                || (i < study && (firstLevel < 0 || firstLevel > i));
        }

        return removed;
    }

    private static bool IsPlaceOrPerson(List<SkillToken> part, int i) =>
        i + 1 < part.Count && part[i + 1].Marker is MarkerKind.Other or MarkerKind.FieldOfStudy && part[i + 1].From == part[i].To;

    // A word that could be anything (C, Go) is the skill where it stands in a list of skills or right behind a level word.
    private static bool IsListed(KeyedText text, List<SkillToken> part, int i) =>
        (i > 0 && part[i - 1].Marker == MarkerKind.Level && part[i - 1].To == part[i].From)
        || (i > 0 && part[i - 1].Kind == TokenKind.Skill && Joined(text, part[i - 1].To, part[i].From))
        || (i + 1 < part.Count && part[i + 1].Kind == TokenKind.Skill && Joined(text, part[i].To, part[i + 1].From));

    private static bool Joined(KeyedText text, int from, int to) =>
        to == from || (to == from + 1 && (text[from] is KeyedText.Entry or KeyedText.Part || Joining.Contains(text[from], StringComparison.Ordinal)));

    private static bool IsAlternative(KeyedText text, List<SkillToken> part, int i) =>
        (i + 1 < part.Count && part[i + 1].Kind == TokenKind.Skill && IsOr(text, part[i].To, part[i + 1].From))
        || (i > 0 && part[i - 1].Kind == TokenKind.Skill && IsOr(text, part[i - 1].To, part[i].From));

    private static bool IsOr(KeyedText text, int from, int to) =>
        (to == from + 1 && text[from] == '或') || (to == from + 2 && (text.Keys[from..to].SequenceEqual("或者") || text.Keys[from..to].SequenceEqual("or")));
}
