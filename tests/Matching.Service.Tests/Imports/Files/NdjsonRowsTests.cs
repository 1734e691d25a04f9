using System.Text;
using System.Text.Json;
using Matching.Service.Imports.Files;

namespace Matching.Service.Tests.Imports.Files;

/// <summary>Lines are read with much remembered from line to line; each is what it would be alone, read plainly.</summary>
public class NdjsonRowsTests
{
    private static readonly string[] Keys = ["岗位名称", "region", " 人数 ", "skills", "a\\u0062", "岗\\u4f4d"];

    private static readonly string[] Values =
    [
        "\"数控车工\"", "\"数控车工\"", "\" 质检员\\u3000\"", "\"a\\tb\\n\"", "\"\\ud83d\\ude00\"", "\"\\ud83d\"", "\"\\u0000\"", "\"\"", "1", "1", "-2.50e3", "true", "false", "null", "[]", "[1,2,3]",
        "[1,2,3]", "[\" a\\r\\nb \",null,true]", "[\"\"]", "[[1]]", "[{\"a\":1},2]", "{\"a\":[1]}", "\"" + new string('长', 60) + "\"", "\"\\uffff\"", "\"�\"", "01", "\"x", "tru",
    ];

    [Fact]
    public void Rows_AreThoseOfEachLineAlone_WhateverIsBroken()
    {
        for (var seed = 0; seed < 900; seed++)
        {
            var random = new Random(seed);
            var lines = Enumerable.Range(0, random.Next(1, 8)).Select(_ => Line(random)).ToList();
            byte[] body = [.. lines.SelectMany(line => line.Append((byte)'\n'))];

            var read = NdjsonRows.ReadAsync(new DripStream(body, random)).ToBlockingEnumerable().Select(Told).ToList();

            Assert.Equal(lines.SelectMany((line, i) => Plain(i + 1, line)).Select(Told), read);
        }
    }

    private static string Told(FileRow row) =>
        string.Join('|', [row.Number, row.Broken?.Code, row.Broken?.Column, row.Broken?.Value, .. row.Headers, "=", .. row.Cells]);

    private static byte[] Line(Random random)
    {
        var fields = random.GetItems(Keys, random.Next(0, 5)).Select(key => $"\"{key}\":{Values[random.Next(random.Next(2) == 0 ? 12 : Values.Length)]}");
        var bytes = Encoding.UTF8.GetBytes(random.Next(12) switch { 0 => "", 1 => " \r", 2 => "[1]", 3 => "{} x", _ => $"{{{string.Join(',', fields)}}}" }).ToList();
        if (bytes.Count > 0 && random.Next(3) == 0)
        {
            var at = random.Next(bytes.Count);
            bytes[at] = random.Next(3) == 0 ? (byte)0xFF : (byte)random.Next(32, 127);
        }

        return [.. bytes];
    }

    private static IEnumerable<FileRow> Plain(int number, byte[] line)
    {
        if (line.AsSpan().Trim(" \t\r"u8).IsEmpty)
        {
            yield break;
        }

        var (keys, cells) = (new List<string>(), new List<string>());
        CellProblem? nested = null;
        CellProblem broken;
        try
        {
            Read(line, keys, cells, ref nested);
            var twice = keys.GroupBy(CellText.HeaderKey).FirstOrDefault(group => group.Count() > 1);
            broken = (nested ?? (twice is null ? null : new CellProblem(twice.First(), "", "duplicate_key", "")) ?? CellText.FirstBad(keys, keys) ?? CellText.FirstBad(keys, cells))!;
        }
        catch (JsonException)
        {
            broken = new("", Excerpt(line), "invalid_json", "");
        }
        catch (InvalidOperationException)
        {
            broken = new("", Excerpt(line), "invalid_text", "");
        }

        yield return new FileRow(number, keys, [.. cells, .. Enumerable.Repeat("", Math.Max(0, keys.Count - cells.Count))], broken);
    }

    private static string Excerpt(byte[] line) => CellText.Excerpt(Encoding.UTF8.GetString(line.AsSpan(0, Math.Min(180, line.Length))));

    private static void Read(byte[] line, List<string> keys, List<string> cells, ref CellProblem? nested)
    {
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = 3 });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException();
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            keys.Add(CellText.Trim(reader.GetString()!));
            reader.Read();
            var value = reader.TokenType == JsonTokenType.StartArray ? Items(ref reader) : Scalar(ref reader);
            nested ??= value is null ? new(keys[^1], "", "nested_value", "") : null;
            cells.Add(value ?? "");
        }

        reader.Read();
    }

    private static string? Items(ref Utf8JsonReader reader)
    {
        var (items, flat) = (new List<string>(), true);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var item = Scalar(ref reader);
            flat &= item is not null;
            items.Add((item ?? "").ReplaceLineEndings(" "));
        }

        return !flat ? null : items.Count == 0 ? "" : string.Join('\n', items) + "\n";
    }

    private static string? Scalar(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return CellText.Trim(reader.GetString()!);
            case JsonTokenType.Number:
                return Encoding.ASCII.GetString(reader.ValueSpan);
            case JsonTokenType.True:
                return "是";
            case JsonTokenType.False:
                return "否";
            case JsonTokenType.Null:
                return "";
            default:
                reader.Skip();
                return null;
        }
    }
}
