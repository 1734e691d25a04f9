namespace Matching.Engine.Normalizing;

/// <summary>An occupation (细类) as the coder knows it.</summary>
/// <param name="Code">Code of the 职业分类大典.</param>
/// <param name="Name">Its name.</param>
/// <param name="Titles">Its alternative titles (工种).</param>
/// <param name="Functions">Work functions of its national skill standard (职业功能); null: there is none.</param>
public sealed record OccupationTitle(string Code, string Name, IReadOnlyList<string> Titles, IReadOnlyList<string>? Functions = null);

/// <summary>A word of the market that names an occupation: all keywords must be in the title.</summary>
/// <param name="Keywords">What the title must contain.</param>
/// <param name="Priority">4: names what is done whatever the field (销售, 测试); 3: names the job; 2: names it in general and yields to any particular (软件开发); 1: names a field only, and is not trusted without a person.</param>
/// <param name="Code">The occupation.</param>
public sealed record TitleRule(IReadOnlyList<string> Keywords, int Priority, string Code);

/// <summary>How a code was found; the order is the order of trust.</summary>
public enum CodingMethod
{
    /// <summary>A person of the consortium said so of this title.</summary>
    Learned,

    /// <summary>The title is the occupation's name.</summary>
    Exact,

    /// <summary>The title is one of the occupation's alternative titles.</summary>
    Alias,

    /// <summary>So it is, once ranks, notes and endings (工程师, 工程技术人员 …) are left aside.</summary>
    Normalized,

    /// <summary>A word of the market says so.</summary>
    Rule,

    /// <summary>The title ends with the occupation's name or alternative title, or is most of its end.</summary>
    Ending,

    /// <summary>Shared character sequences.</summary>
    Similar,

    /// <summary>The posting's text speaks of the occupation's name, titles or work functions.</summary>
    Text,
}

/// <summary>A proposal for a title.</summary>
/// <param name="Code">Occupation code.</param>
/// <param name="Confidence">0–100: about so many of a hundred are right; of all from <see cref="OccupationCoder.AcceptFrom"/> on together nineteen of twenty.</param>
/// <param name="Method">How it was found.</param>
/// <param name="Matched">What of the title or text spoke for it: the key that was compared, or the market's words.</param>
public sealed record CodedTitle(string Code, int Confidence, CodingMethod Method, string Matched = "");
