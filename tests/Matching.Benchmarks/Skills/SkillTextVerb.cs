using System.Diagnostics;
using System.Globalization;
using System.Text;
using Matching.Engine.Normalizing;
using Matching.Service.Imports.Files;
using Matching.Service.Reference;

namespace Matching.Benchmarks.Skills;

/// <summary>How much of what real postings name the shared vocabulary knows, what it reads from their texts, and what a text costs. Reads the data in place.</summary>
internal static class SkillTextVerb
{
    public static Verb Verb { get; } = new("DATA [SAMPLE]   share of tags and keywords resolved; skills per text and µs per text; SAMPLE extractions to read", RunAsync);

    private static Task<int> RunAsync(string[] args)
    {
        if (args is not [var data, .. var rest])
        {
            return Task.FromResult(2);
        }

        var words = Vocabulary();
        var reading = new SkillReading(words, new SkillWords(0, []));
        Console.WriteLine($"names looked for {words.Automaton.Count:N0}, automaton {words.Automaton.Bytes / 1e6:F1} MB");
        if (Column(data, "jobs_cn_51job_2023/jobs.csv", "tags") is { } tags)
        {
            var sorted = tags.Select(cell => SkillTags.Of(cell.Split('|', StringSplitOptions.TrimEntries), reading)).ToList();
            var (known, unknown) = (sorted.Sum(cell => cell.Skills.Count), sorted.Sum(cell => cell.Unknown.Count));
            Console.WriteLine($"51job tags: {known:N0} of {known + unknown:N0} resolved ({(double)known / (known + unknown):P1}); welfare {sorted.Sum(cell => cell.Benefits.Count):N0}, titles {sorted.Sum(cell => cell.Titles.Count):N0}");
        }

        if (Column(data, "match_cn_taidi_5iai/jobs.csv", "skill_keywords") is { } keywords)
        {
            var all = keywords.SelectMany(cell => cell.Split('|', StringSplitOptions.RemoveEmptyEntries)).ToList();
            Console.WriteLine($"taidi skill_keywords: {all.Count(word => reading.Find(word) is not null)} of {all.Count} resolved");
        }

        if (Column(data, "match_cn_taidi_5iai/jobs.csv", "description") is { } texts)
        {
            Texts(texts, reading, rest is [var sample] ? int.Parse(sample, CultureInfo.InvariantCulture) : 0);
        }

        return Task.FromResult(0);
    }

    private static void Texts(List<string> texts, SkillReading reading, int sample)
    {
        var skills = texts.Select(reading.Skills).ToList();
        Console.WriteLine($"taidi descriptions: {texts.Count}, mean {texts.Average(text => text.Length):F0} characters, {skills.Average(found => found.Count):F2} skills each, "
            + $"{skills.Average(found => found.Count(skill => skill.Must)):F2} required, {skills.Count(found => found.Count == 0)} without any");
        // Processor time: on a shared machine the clock tells of the neighbours.
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        const int Rounds = 10;
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var text in texts)
            {
                reading.Skills(text);
            }
        }

        Console.WriteLine($"{(Process.GetCurrentProcess().TotalProcessorTime - before).TotalMicroseconds / Rounds / texts.Count:F1} µs of processor time per text");
        var random = new Random(5);
        foreach (var text in Enumerable.Range(0, sample).Select(_ => texts[random.Next(texts.Count)]))
        {
            var found = reading.Mentions(text);
            foreach (var skill in found.Count == 0 ? [] : new[] { found[random.Next(found.Count)] })
            {
                var (from, to) = (Math.Max(0, skill.Offset - 28), Math.Min(text.Length, skill.Offset + skill.Length + 18));
                Console.WriteLine($"{reading.NameOf(skill.SkillId)} {(skill.Must ? "!" : "?")}{skill.Level}\t{text[from..skill.Offset]}【{text.AsSpan(skill.Offset, skill.Length)}】{text[(skill.Offset + skill.Length)..to]}".ReplaceLineEndings(" "));
            }
        }

        foreach (var group in texts.SelectMany(reading.Mentions).GroupBy(skill => skill.SkillId).OrderByDescending(group => group.Count()).Take(sample > 0 ? 120 : 0))
        {
            Console.Write($"{reading.NameOf(group.Key)}:{group.Count()} ");
        }

        Console.WriteLine();
    }

    // As the migrator seeds it, without a database.
    internal static SkillWords Vocabulary()
    {
        var ids = new Dictionary<string, long>();
        long Id(string name) => ids.TryGetValue(TextKey.Of(name), out var id) ? id : ids[TextKey.Of(name)] = ids.Count + 1;
        var edited = ReferenceFile.Links("skills");
        var words = edited.SelectMany(link => link.To.Prepend(link.From).Select(word => new SkillWord(Id(link.From), link.From, word, "EDITOR"))).ToList();
        var known = words.Select(word => TextKey.Of(word.Word)).ToHashSet();
        words.AddRange(new[] { ("occupation_functions", "STANDARD"), ("major_courses", "COURSE") }.SelectMany(file =>
            ReferenceFile.Links(file.Item1).SelectMany(link => link.To).Where(name => TextKey.Of(name).Length > 0 && known.Add(TextKey.Of(name))).Select(name => new SkillWord(Id(name), name, name, file.Item2))));
        return new SkillWords(1, words);
    }

    private static List<string>? Column(string data, string file, string column)
    {
        var path = Path.Combine(data, file);
        if (!File.Exists(path))
        {
            Console.WriteLine($"skipped: no {path}");
            return null;
        }

        using var stream = File.OpenRead(path);
        var values = CsvRows.ReadAsync(stream, Encoding.UTF8).ToBlockingEnumerable().Select(row => row.Cells[row.Headers.ToList().IndexOf(column)]).ToList();
        return values;
    }
}
