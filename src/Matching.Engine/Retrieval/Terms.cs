using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>What a list can be of besides a skill. Middle, minor and full code of an occupation and class and code of a major are terms of their own, so that nearness is membership.</summary>
internal enum TermKind
{
    OccupationMiddle,
    OccupationMinor,
    Occupation,
    Certificate,
    Company,
    Place,
}

/// <summary>Numbers the terms of an index, and collects the documents' entries while it is built. The memory of entries is used again for those that follow.</summary>
/// <param name="others">So many numbers are taken, by skills and families.</param>
internal sealed class Terms(int others)
{
    private const int Fewest = 64;

    private readonly Dictionary<(TermKind, long), int> _numbers = [];
    private readonly Dictionary<string, int> _majors = [];
    private readonly Dictionary<string, int> _majorClasses = [];
    private int[] _start = new int[Fewest];
    private int[] _term = new int[Fewest];
    private byte[] _code = new byte[Fewest];
    private int[] _postedFor = new int[Fewest]; // by term: the last document that has it
    private (string? Name, int Number, int Class) _lastMajor;
    private int _documents;
    private int _entries;
    private int _document = 1; // of all there ever were, so that nothing needs clearing

    public int Count => others + _numbers.Count + _majors.Count + _majorClasses.Count;

    /// <summary>The entries of the documents posted since the last call: to be read before others are posted.</summary>
    public Entries TakeEntries(int first, byte[][] columns, uint[]?[] sets)
    {
        // How many documents there are is told by the length.
        var start = _start.Length == _documents + 1 ? _start : _start[..(_documents + 1)];
        Forget();
        return new(start, _term, _code, columns) { First = first, Sets = sets };
    }

    /// <summary>Entries posted since the last call are nobody's: their terms are numbered, and that was all.</summary>
    public void Forget() => (_documents, _entries) = (0, 0);

    /// <summary>No further documents come: the memory of entries is given back, and terms are found as before.</summary>
    public void Close() => (_start, _term, _code, _postedFor) = ([], [], [], []);

    public void EndDocument()
    {
        _document++;
        if (++_documents == _start.Length)
        {
            // It comes to be as long as a block's exactly, so that the starts of a whole block need no cutting.
            Array.Resize(ref _start, _documents <= Block.Size ? Math.Min(2 * _documents, Block.Size + 1) : 2 * _documents);
        }

        _start[_documents] = _entries;
    }

    /// <summary>A document's entry of a term, once a document.</summary>
    public void Post(int term, byte code)
    {
        if (_entries == _term.Length)
        {
            Array.Resize(ref _term, 2 * _entries);
            Array.Resize(ref _code, 2 * _entries);
        }

        (_term[_entries], _code[_entries]) = (term, code);
        _entries++;
    }

    /// <summary>A document's entry of a term; further ones of the same document are passed over.</summary>
    public void Post(TermKind kind, long value, byte code) => PostOnce(Number(kind, value), code);

    /// <summary>All levels of the occupations, each once.</summary>
    public void Occupations(ReadOnlySpan<OccupationId> occupations)
    {
        foreach (var occupation in occupations)
        {
            Post(TermKind.Occupation, occupation.Full, 1);
            if (occupation.Minor >= 0)
            {
                Post(TermKind.OccupationMinor, occupation.Minor, 1);
            }

            if (occupation.Middle >= 0)
            {
                Post(TermKind.OccupationMiddle, occupation.Middle, 1);
            }
        }
    }

    /// <summary>Codes and classes of the majors, each once.</summary>
    public void Majors(IReadOnlyList<string> majors)
    {
        foreach (var major in majors)
        {
            Major(major);
        }
    }

    /// <summary>Code and class of a major.</summary>
    public void Major(string major)
    {
        // Documents of one occupation follow one another, and many have their major's one string.
        if (!ReferenceEquals(major, _lastMajor.Name))
        {
            _lastMajor = (major, NumberMajor(major), NumberMajorClass(Components.MajorClass(major)));
        }

        PostOnce(_lastMajor.Number, 1);
        PostOnce(_lastMajor.Class, 1);
    }

    /// <summary>Null when no document has it.</summary>
    public int? Find(TermKind kind, long value) => _numbers.TryGetValue((kind, value), out var number) ? number : null;

    /// <summary>Null when no document has it.</summary>
    public int? FindMajor(string major) => _majors.TryGetValue(major, out var number) ? number : null;

    /// <summary>Null when no document has one of its class.</summary>
    public int? FindMajorClass(string major) =>
        _majorClasses.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(Components.MajorClass(major), out var number) ? number : null;

    private int Number(TermKind kind, long value) => _numbers.TryGetValue((kind, value), out var number) ? number : _numbers[(kind, value)] = Count;

    private int NumberMajor(string major) => _majors.TryGetValue(major, out var number) ? number : _majors[major] = Count;

    private int NumberMajorClass(ReadOnlySpan<char> major)
    {
        var classes = _majorClasses.GetAlternateLookup<ReadOnlySpan<char>>();
        return classes.TryGetValue(major, out var number) ? number : classes[major] = Count;
    }

    private void PostOnce(int term, byte code)
    {
        if (term >= _postedFor.Length)
        {
            Array.Resize(ref _postedFor, 2 * term);
        }

        if (_postedFor[term] != _document)
        {
            _postedFor[term] = _document;
            Post(term, code);
        }
    }
}
