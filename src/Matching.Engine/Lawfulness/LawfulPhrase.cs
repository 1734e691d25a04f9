namespace Matching.Engine.Lawfulness;

/// <summary>What a row of the table of phrases does.</summary>
public enum PhraseUse
{
    /// <summary>A sign that stands for another: ♂ for 男, 優 for 优. The pattern is "from=to".</summary>
    Sign,

    /// <summary>A name for a piece of pattern. The pattern is "name=piece"; others use it as {name}.</summary>
    Macro,

    /// <summary>Words, separated by "|", of which every forbidden phrase of the category holds one: a text without them is not searched.</summary>
    Trigger,

    /// <summary>A look-alike: where it stands, nothing of its category is found.</summary>
    Allow,

    /// <summary>A requirement the law forbids.</summary>
    Forbid,

    /// <summary>An occupation (or group of them) in which what bars that sex is lawful. The pattern is a code.</summary>
    Exempt,
}

/// <summary>One row of the table of phrases.</summary>
/// <param name="Category">SEX, ETHNICITY and so on.</param>
/// <param name="Use">What the row does.</param>
/// <param name="Bars">Whom a forbidden phrase keeps out, where an occupation may exempt it: WOMEN or MEN; otherwise empty.</param>
/// <param name="Pattern">
/// A regular expression whose repetitions are all bounded, over the plain text (no spaces, simplified, half-width, lower case). A group named p marks the phrase when the pattern
/// needs more around it.
/// </param>
public sealed record LawfulPhrase(string Category, PhraseUse Use, string Bars, string Pattern);

/// <summary>A requirement that was found.</summary>
/// <param name="Category">SEX 性别, ETHNICITY 民族, RELIGION 宗教, MARRIAGE_BIRTH 婚育, HOUSEHOLD 户籍, ORIGIN 地域, HEALTH 健康, DISABILITY 残疾, AGE 年龄 or APPEARANCE 相貌.</param>
/// <param name="Phrase">The words as the sender wrote them.</param>
/// <param name="Offset">Where they begin, in UTF-16 units of the original text, from 0.</param>
/// <param name="Length">How long they are there.</param>
public sealed record LawfulFinding(string Category, string Phrase, int Offset, int Length);
