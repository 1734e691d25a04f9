using System.Text.Json;

namespace Matching.Service.Features.Demands;

/// <summary>What of a JSON-LD document could not be read, by its path, in words its sender understands; and what was passed over.</summary>
internal sealed class JobPostingProblems
{
    public Dictionary<string, string[]> Errors { get; } = [];

    public SortedSet<string> Ignored { get; } = new(StringComparer.Ordinal);

    public void Add(string path, string message) => Errors.TryAdd(path, [message]);
}

/// <summary>A value in a JSON-LD document with its path. JSON-LD allows one value or a list of them almost anywhere, and a text or a thing with a name alike.</summary>
internal readonly record struct JobPostingNode(JsonElement Value, string Path, JobPostingProblems Problems)
{
    public bool IsObject => Value.ValueKind == JsonValueKind.Object;

    /// <summary>The property; null when it is absent, null or an empty list. Written with or without the schema.org prefix.</summary>
    public JobPostingNode? Find(string name)
    {
        foreach (var written in (string[])[name, "schema:" + name, "https://schema.org/" + name, "http://schema.org/" + name])
        {
            if (IsObject && Value.TryGetProperty(written, out var found) && found.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
            {
                return new JobPostingNode(found, Path.Length == 0 ? written : $"{Path}.{written}", Problems);
            }
        }

        return null;
    }

    /// <summary>The values of a list, or the value itself.</summary>
    public IEnumerable<JobPostingNode> Each()
    {
        if (Value.ValueKind != JsonValueKind.Array)
        {
            return [this];
        }

        var (path, problems) = (Path, Problems);
        return [.. Value.EnumerateArray().Select((item, i) => new JobPostingNode(item, $"{path}[{i}]", problems))];
    }

    /// <summary>The only value; more than one is a problem.</summary>
    public JobPostingNode? One()
    {
        var all = Each().ToArray();
        if (all.Length > 1)
        {
            Problems.Add(Path, "只能有一个值。");
        }

        return all.Length == 0 ? null : all[0];
    }

    /// <summary>A text, also the text of {"@value": …} or the name of a thing.</summary>
    public string? Text()
    {
        if (One() is not { } one)
        {
            return null;
        }

        switch (one.Value.ValueKind)
        {
            case JsonValueKind.String:
                return one.Value.GetString()!.Trim() is { Length: > 0 } text ? text : null;
            case JsonValueKind.Number:
                return one.Value.GetRawText();
            case JsonValueKind.Object when (one.Find("@value") ?? one.Find("name")) is { IsObject: false } inner:
                return inner.Text();
            default:
                return one.Refuse<string>("须为文本。");
        }
    }

    /// <summary>A number, also one written as a text.</summary>
    public decimal? Number()
    {
        if (One() is not { } one)
        {
            return null;
        }

        var text = one.Value.ValueKind switch
        {
            JsonValueKind.Number => one.Value.GetRawText(),
            JsonValueKind.String => one.Value.GetString()!.Replace(",", "", StringComparison.Ordinal).Trim(),
            JsonValueKind.Object when one.Find("@value") is { IsObject: false } inner => inner.Value.ToString(),
            _ => "",
        };
        if (decimal.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number) && number is > -1e12m and < 1e12m)
        {
            return number;
        }

        Problems.Add(one.Path, "须为数字。");
        return null;
    }

    public int? Integer()
    {
        if (Number() is not { } number)
        {
            return null;
        }

        if (number == decimal.Truncate(number) && number is >= int.MinValue and <= int.MaxValue)
        {
            return (int)number;
        }

        Problems.Add(Path, "须为整数。");
        return null;
    }

    /// <summary>A day, also the day of a moment.</summary>
    public DateOnly? Day()
    {
        if (Text() is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text.Length > 10 && text[10] is 'T' or ' ' ? text[..10] : text, "yyyy-MM-dd", out var day))
        {
            return day;
        }

        Problems.Add(Path, "须为日期，如 2026-08-31。");
        return null;
    }

    public bool? Truth()
    {
        if (Value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return Value.GetBoolean();
        }

        Problems.Add(Path, "须为 true 或 false。");
        return null;
    }

    private T? Refuse<T>(string message)
        where T : class
    {
        Problems.Add(Path, message);
        return null;
    }
}
