using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>What a list can be of besides a skill. Middle, minor and full code of an occupation and class and code of a major are terms of their own, so that nearness is membership.</summary>
internal enum TermKind
{
    OccupationMiddle,
    OccupationMinor,
    Occupation,
    MajorClass,
    Major,
    Certificate,
    Company,
    Place,
}

/// <summary>Numbers the terms of an index, and collects the documents' entries while it is built.</summary>
/// <param name="others">So many numbers are taken, by skills and families.</param>
internal sealed class Terms(int others)
{
    private readonly Dictionary<(TermKind, long), int> _numbers = [];
    private readonly Dictionary<(TermKind, string), int> _majors = [];
    private readonly List<int> _start = [0];
    private readonly List<int> _term = [];
    private readonly List<byte> _code = [];

    public int Count => others + _numbers.Count + _majors.Count;

    /// <summary>The entries of the documents posted since the last call.</summary>
    public Entries TakeEntries(int first, byte[][] columns, uint[]?[] sets)
    {
        var entries = new Entries([.. _start], [.. _term], [.. _code], columns) { First = first, Sets = sets };
        _start.RemoveRange(1, _start.Count - 1);
        _term.Clear();
        _code.Clear();
        return entries;
    }

    public void EndDocument() => _start.Add(_term.Count);

    /// <summary>A document's entry of a term, once a document.</summary>
    public void Post(int term, byte code)
    {
        _term.Add(term);
        _code.Add(code);
    }

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

    private static string ClassOf(string major) => Components.MajorClass(major).ToString();

    private int Number(TermKind kind, long value) => _numbers.TryGetValue((kind, value), out var number) ? number : _numbers[(kind, value)] = Count;

    private int Number(TermKind kind, string value) => _majors.TryGetValue((kind, value), out var number) ? number : _majors[(kind, value)] = Count;
}
