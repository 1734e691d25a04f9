using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Dapper;
using Matching.Engine.Retrieval;
using Matching.Service.Features.Matches;
using Matching.Service.Http;
using Matching.Service.Reference;
using Matching.Service.Tests.Support;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Matching.Service.Tests.Features.Matches;

/// <summary>A page that is put together from pieces is, byte for byte, what the serializer makes of the models.</summary>
public sealed class BriefPageTests : IClassFixture<ApiFixture>, IDisposable
{
    // Everything JSON or HTML would take amiss, what lies outside the first plane of Unicode, and names that another name begins with.
    private const string HostileSql = """
        UPDATE skill SET name = (ARRAY['技能', '引号"与''', E'反斜杠\\\n换行\t制表', E'控制\u0001\u001f\u007f\u0085字符', '<b>&amp;</b>', '𠮷野家🔧', E'\u2028行\u200e', '“中文”引号', '技能+`'])[1 + id % 9] || id
        WHERE consortium_id = @Id;
        UPDATE demand SET title = (ARRAY['岗位', E'"岗"\\位', '<岗位>', E'岗\u0002位🔧'])[1 + id % 4] WHERE consortium_id = @Id;
        UPDATE organization SET name = name || E' "公司" <\\>' WHERE consortium_id = @Id;
        """;

    private readonly ApiFixture _api;
    private readonly ReferenceTables _reference = new();
    private readonly JsonOptions _json = new();
    private readonly Clock _clock = new();
    private readonly ResidentMatches _matches;

    public BriefPageTests(ApiFixture api)
    {
        _api = api;
        // The service tells Dapper how rows are read when it starts.
        _ = api.Services;
        HttpSetup.Configure(_json.SerializerOptions);
        _matches = new ResidentMatches(null!, _reference, Options.Create(_json), _clock);
    }

    [Fact]
    public async Task Pieces_AreWhatTheSerializerWrites()
    {
        var set = await LoadAsync(hostile: false);

        Assert.True(Compare(set, skip: 0, take: 50) > 1_000);
    }

    [Fact]
    public async Task Pieces_AreWhatTheSerializerWrites_WhateverTheNames()
    {
        var set = await LoadAsync(hostile: true);

        foreach (var (skip, take) in ((int, int)[])[(0, 20), (20, 20), (45, 20), (50, 1), (0, 50), (7, 1)])
        {
            Compare(set, skip, take);
        }
    }

    [Fact]
    public async Task Pieces_AreWhatTheSerializerWrites_WhereTheListIsOlderThanTheRows()
    {
        var set = await LoadAsync(hostile: false);
        var graduate = set.Graduates.Values.First(one => List(set, one, 20).Length > 10);
        var list = List(set, graduate, 21);
        // The second place has closed, and the first pays less than when the list was made.
        set.Demands.TryRemove(list[1].Id, out _);
        var first = set.Demands[list[0].Id];
        set.Demands[list[0].Id] = new(first.Row with { WageMax = 1 }, first.Profile with { WageMax = 1 });

        var body = Encoding.UTF8.GetString(_matches.Body(set, new(graduate.Row.Id, 0, 20, IsFull: false, IsPacked: false))!.Bytes);

        Assert.Equal(Expected(set, graduate, 0, 20, full: false), body);
        Assert.Contains("\"current\":false", body, StringComparison.Ordinal);
        Assert.DoesNotContain("\"rank\":2,", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_AfterTheEndOfTheList_AreEmpty()
    {
        var set = await LoadAsync(hostile: false);
        set.Apply([.. set.Demands.Keys.Order().Skip(10)], [], [], []);

        Assert.True(Compare(set, skip: 0, take: 50) > 0);
        foreach (var (skip, take) in ((int, int)[])[(11, 1), (20, 20), (49, 50), (50, 1), (50, 50)])
        {
            Assert.Equal(0, Compare(set, skip, take));
        }
    }

    [Fact]
    public async Task AskedAgain_ItIsTheSame_AndOnlyThenKeptAndPacked()
    {
        var set = await LoadAsync(hostile: false);
        var plain = new PageKey(set.Graduates.Values.First(one => List(set, one, 1).Length > 0).Row.Id, 0, 20, IsFull: false, IsPacked: false);

        foreach (var key in (PageKey[])[plain, plain with { IsPacked = true }])
        {
            var (first, second, third) = (_matches.Body(set, key)!, _matches.Body(set, key)!, _matches.Body(set, key)!);

            Assert.Equal((false, key.IsPacked), (first.IsPacked, second.IsPacked));
            Assert.NotSame(first, second);
            Assert.Same(second, third);
            Assert.Equal(first.Bytes, key.IsPacked ? Unpack(second.Bytes) : second.Bytes);
        }
    }

    [Fact]
    public async Task AskedOnce_NothingIsKept()
    {
        var set = await LoadAsync(hostile: false);
        var graduates = set.Graduates.Values.Where(one => List(set, one, 1).Length > 0).ToArray();

        foreach (var full in (bool[])[false, true])
        {
            PageKey[] keys = [.. graduates.SelectMany(one => (PageKey[])[new(one.Row.Id, 0, 20, full, IsPacked: true), new(one.Row.Id, 0, 19, full, IsPacked: true)])];

            Assert.All(keys, key => Assert.False(_matches.Body(set, key)!.IsPacked));
            Assert.All(keys, key => Assert.Null(set.Pages.Find(key, set.Graduates[key.Graduate], set.View, set.Weights)));
            Assert.All(keys, key => Assert.True(_matches.Body(set, key)!.IsPacked));
            Assert.All(keys, key => Assert.NotNull(set.Pages.Find(key, set.Graduates[key.Graduate], set.View, set.Weights)));
        }
    }

    [Fact]
    public async Task Pages_AskedForLately_AreKept_WhateverElseIsAsked()
    {
        var set = await LoadAsync(hostile: false);
        var graduates = set.Graduates.Values.Where(one => List(set, one, 1).Length > 0).ToArray();
        var key = new PageKey(graduates[0].Row.Id, 0, 20, IsFull: false, IsPacked: false);
        _matches.Body(set, key);
        var kept = _matches.Body(set, key);

        // More than may be kept.
        for (var i = 0; i < 3_000; i++)
        {
            set.Pages.Keep(key with { Skip = 1 + i }, new ResidentPage(set.View.Version, [], 0, new(new byte[50_000], IsPacked: false)));
            Assert.Same(kept, _matches.Body(set, key));
        }

        Assert.Null(set.Pages.Find(key with { Skip = 1 }, graduates[0], set.View, set.Weights));
        Assert.NotNull(set.Pages.Find(key with { Skip = 3_000 }, graduates[0], set.View, set.Weights));
    }

    public void Dispose() => _matches.Dispose();

    // Compares every graduate's page, brief and full; returns how many matches were on them.
    private int Compare(ResidentSet set, int skip, int take)
    {
        var matches = 0;
        foreach (var graduate in set.Graduates.Values)
        {
            foreach (var full in (bool[])[false, true])
            {
                var body = Encoding.UTF8.GetString(_matches.Body(set, new(graduate.Row.Id, skip, take, full, IsPacked: false))!.Bytes);
                Assert.Equal(Expected(set, graduate, skip, take, full), body);
                matches += JsonDocument.Parse(body).RootElement.GetProperty("items").GetArrayLength();
            }
        }

        return matches;
    }

    private static byte[] Unpack(byte[] packed)
    {
        using var json = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        gzip.CopyTo(json);
        return json.ToArray();
    }

    private string Expected(ResidentSet set, ResidentGraduate graduate, int skip, int take, bool full)
    {
        var list = List(set, graduate, MatchComputation.ListLength);
        var last = Math.Min(skip + take, list.Length);
        DemandMatch[] items = [.. list.Index().Take(last).Skip(skip).Where(entry => set.Demands.ContainsKey(entry.Item.Id)).Select(entry => set.Demands[entry.Item.Id] is var demand
            ? MatchShowing.Demand(entry.Index + 1, entry.Item, demand.Row, demand.Profile, graduate.Candidate, set.Names, _reference, full) : null!)];
        return JsonSerializer.Serialize(
            new GraduateMatches(graduate.Row.Id, _clock.GetUtcNow().UtcDateTime, 1, false, true, items, last < list.Length ? new Cursor(last).ToString() : null), _json.SerializerOptions);
    }

    private static RankedMatch[] List(ResidentSet set, ResidentGraduate graduate, int length) => set.View.Demands.Search(graduate.Candidate, length, new Scratch());

    private async Task<ResidentSet> LoadAsync(bool hostile)
    {
        var corpus = await MatchCorpus.CreateAsync(_api.Database, 200, 120);
        if (hostile)
        {
            await using var owner = await _api.Database.Owner.OpenConnectionAsync();
            await owner.ExecuteAsync(HostileSql, new { corpus.Id });
        }

        await using var session = corpus.Open();
        return (await new ResidentReader(session, _reference).LoadAsync(default)).Set;
    }

    private sealed class Clock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 25, 8, 30, 5, 120, TimeSpan.Zero);
    }
}
