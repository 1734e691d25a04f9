using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>What a list can be of. Middle, minor and full code of an occupation and class and code of a major are terms of their own, so that nearness is membership.</summary>
internal enum TermKind
{
    Skill,
    OccupationMiddle,
    OccupationMinor,
    Occupation,
    MajorClass,
    Major,
    Certificate,
    Company,
    Family,
}

/// <summary>Numbers the terms of an index, and collects the documents' entries while it is built.</summary>
internal sealed class Terms
{
    private const int MajorClassLength = 4;

    private readonly Dictionary<(TermKind, long), int> _numbers = [];
    private readonly Dictionary<(TermKind, string), int> _majors = [];
    private readonly List<int> _start = [0];
    private readonly List<int> _term = [];
    private readonly List<byte> _code = [];

    public int Count => _numbers.Count + _majors.Count;

    public Entries Entries(params byte[][] columns) => new([.. _start], [.. _term], [.. _code], columns);

    /// <summary>By term, whether it is of the kind.</summary>
    public bool[] Of(TermKind kind)
    {
        var of = new bool[Count];
        foreach (var ((other, _), number) in _numbers)
        {
            of[number] = other == kind;
        }

        return of;
    }

    public void EndDocument() => _start.Add(_term.Count);

    /// <summary>A document's entry of a term, once a document.</summary>
    public void Post(TermKind kind, long value, byte code) => Post(Number(kind, value), code);

    /// <summary>All levels of the occupations, each once.</summary>
    public void Occupations(IReadOnlyList<OccupationId> occupations)
    {
        foreach (var full in occupations.Select(occupation => occupation.Full).Distinct())
        {
            Post(Number(TermKind.Occupation, full), 1);
        }

        foreach (var minor in occupations.Select(occupation => occupation.Minor).Where(minor => minor >= 0).Distinct())
        {
            Post(Number(TermKind.OccupationMinor, minor), 1);
        }

        foreach (var middle in occupations.Select(occupation => occupation.Middle).Where(middle => middle >= 0).Distinct())
        {
            Post(Number(TermKind.OccupationMiddle, middle), 1);
        }
    }

    /// <summary>Codes and classes of the majors, each once.</summary>
    public void Majors(IReadOnlyList<string> majors)
    {
        foreach (var major in majors.Distinct())
        {
            Post(Number(TermKind.Major, major), 1);
        }

        foreach (var major in majors.Select(ClassOf).Distinct())
        {
            Post(Number(TermKind.MajorClass, major), 1);
        }
    }

    /// <summary>Null when no document has it.</summary>
    public int? Find(TermKind kind, long value) => _numbers.TryGetValue((kind, value), out var number) ? number : null;

    /// <summary>Null when no document has it.</summary>
    public int? FindMajor(string major) => _majors.TryGetValue((TermKind.Major, major), out var number) ? number : null;

    /// <summary>Null when no document has one of its class.</summary>
    public int? FindMajorClass(string major) => _majors.TryGetValue((TermKind.MajorClass, ClassOf(major)), out var number) ? number : null;

    private static string ClassOf(string major) => major[..Math.Min(MajorClassLength, major.Length)];

    private int Number(TermKind kind, long value) => _numbers.TryGetValue((kind, value), out var number) ? number : _numbers[(kind, value)] = Count;

    private int Number(TermKind kind, string value) => _majors.TryGetValue((kind, value), out var number) ? number : _majors[(kind, value)] = Count;

    private void Post(int term, byte code)
    {
        _term.Add(term);
        _code.Add(code);
    }
}
