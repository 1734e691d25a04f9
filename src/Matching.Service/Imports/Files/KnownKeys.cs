using System.Text.Json;

namespace Matching.Service.Imports.Files;

/// <summary>
/// The keys of a line of NDJSON. A feed repeats its keys line after line, so they are compared with those of the line before, byte by byte, and only where they
/// differ is a new list made and checked; the same list means the same keys.
/// </summary>
internal sealed class KnownKeys
{
    private List<string> _names = [];
    private List<byte[]> _bytes = [];
    private CellProblem? _problem;
    private int _read;
    private bool _new;
    private bool _checked;

    public int Count => _names.Count;

    /// <summary>The keys of the line, trimmed.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            Settle();
            return _names;
        }
    }

    public void StartLine() => (_read, _new) = (0, false);

    /// <summary>The key that the reader stands at.</summary>
    public string Next(ref Utf8JsonReader reader)
    {
        if (!_new && (_read >= _names.Count || !reader.ValueTextEquals(_bytes[_read])))
        {
            Diverge();
        }

        if (_new)
        {
            var name = reader.GetString()!;
            _bytes.Add(System.Text.Encoding.UTF8.GetBytes(name));
            _names.Add(CellText.Trim(name));
        }

        return _names[_read++];
    }

    /// <summary>What is wrong with the keys as such; asked once for lines that share them.</summary>
    public CellProblem? Problem()
    {
        Settle();
        if (!_checked)
        {
            var twice = _names.GroupBy(CellText.HeaderKey).FirstOrDefault(group => group.Count() > 1);
            _problem = twice is not null ? new(twice.First(), "", "duplicate_key", "同一个键出现了不止一次。")
                : _names.Count > FileLimits.Columns ? new("", "", "too_many_columns", $"键的数目超过 {FileLimits.Columns}。")
                : CellText.FirstBad(_names, _names);
            _checked = true;
        }

        return _problem;
    }

    // A line that ends before all known keys came has other keys too.
    private void Settle()
    {
        if (!_new && _read < _names.Count)
        {
            Diverge();
        }
    }

    private void Diverge() => (_names, _bytes, _checked, _new) = (_names[.._read], _bytes[.._read], false, true);
}
