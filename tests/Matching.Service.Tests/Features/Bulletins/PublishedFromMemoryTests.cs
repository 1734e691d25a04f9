using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Matching.Service.Features.Bulletins;
using Matching.Service.Http;
using Matching.Service.Tests.Support;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Service.Tests.Features.Bulletins;

/// <summary>Two nodes on one database, one of which keeps nothing: whoever asks the other, whenever, gets the same answer byte for byte.</summary>
public sealed partial class PublishedFromMemoryTests(ApiFixture api) : IClassFixture<ApiFixture>, IAsyncLifetime
{
    private static readonly string[] Callers = ["public", "company", "school2", "institute", "department", "office", "platform", "admin", "forged"];

    private readonly WebApplicationFactory<Program> _forgetful = api.WithWebHostBuilder(host => host.UseSetting("Matching:FixedAnswerBytes", "0"));

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _forgetful.DisposeAsync();

    [Fact]
    public async Task Bulletin_IsTheSameFromMemory_ForEverybody_InEveryStateAndRevision()
    {
        foreach (var (consortium, period) in (IEnumerable<(TestConsortium, string)>)[(api.Data.First, "2011Q1"), (api.Data.Second, "2011Q2")])
        {
            using var office = api.ClientOf(consortium, "office");
            var last = 0L;
            foreach (var correction in (string?[])[null, "更正一", "更正二"])
            {
                var before = last;
                last = await DraftAsync(consortium, office, period, correction);
                await CompareAsync(consortium, last);
                await office.PostAsync($"/api/v1/bulletins/{last}/review", null);
                await CompareAsync(consortium, last);
                // The third stays reviewed.
                if (correction != "更正二")
                {
                    // Published by the other node, so this one is told nothing.
                    using var elsewhere = On(_forgetful, consortium, "office");
                    await elsewhere.PostAsync($"/api/v1/bulletins/{last}/publish", null);
                    await CompareAsync(consortium, before, last);
                    using var visitor = api.ClientAs("public");
                    Assert.Equal("PUBLISHED", (await visitor.GetFromJsonAsync<BulletinDetail>($"/api/v1/bulletins/{last}"))!.Bulletin.State);
                }
            }
        }

        Assert.True(api.Services.GetRequiredService<FixedAnswers>().Bytes > 0);
        Assert.Equal(0, _forgetful.Services.GetRequiredService<FixedAnswers>().Bytes);
    }

    [Fact]
    public async Task Codes_AreTheSameFromMemory_WhateverIsAskedFor()
    {
        var random = new Random(7);
        string[] lists = ["regions", "industries", "occupations", "majors", "education-levels", "destination-kinds"];
        string[] filters = ["q=数控", "q=%E6%8A%80", "q=", "parent=440300", "parent=x", "level=1", "level=9", "take=7", "take=0", "after=Mg", "after=!", "format=json", "format=csv", "z=1"];
        using var warm = api.ClientAs("public");
        using var cold = _forgetful.CreateClient();
        foreach (var _ in Enumerable.Range(0, 150))
        {
            var query = string.Join('&', Enumerable.Range(0, random.Next(3)).Select(_ => filters[random.Next(filters.Length)]).Distinct());
            var url = $"/api/v1/{lists[random.Next(lists.Length)]}{(random.Next(5) == 0 ? "/440306" : random.Next(20) == 0 ? "%3Flevel=1" : "")}{(query.Length > 0 ? "?" + query : "")}";
            await CompareAsync(warm, cold, url, "public");
        }
    }

    // Of its own consortium everybody asks, of the other one who there sees most and who sees least.
    private async Task CompareAsync(TestConsortium consortium, params IEnumerable<long> bulletins)
    {
        var other = consortium == api.Data.First ? api.Data.Second : api.Data.First;
        foreach (var (of, role) in Callers.Select(role => (consortium, role)).Append((other, "office")).Append((other, "company")))
        {
            using var warm = On(api, of, role);
            using var cold = On(_forgetful, of, role);
            foreach (var url in bulletins.SelectMany(id => (string[])[$"/api/v1/bulletins/{id}", $"/api/v1/bulletins/{id}/changes", $"/bulletins/{id}"]))
            {
                await CompareAsync(warm, cold, url, role);
            }
        }
    }

    // Twice, for the first time may be what fills the memory; then as one who has the answer.
    private static async Task CompareAsync(HttpClient warm, HttpClient cold, string url, string role)
    {
        var expected = await AskAsync(cold, url, null);
        Assert.Equal((role, expected), (role, await AskAsync(warm, url, null)));
        Assert.Equal((role, expected), (role, await AskAsync(warm, url, null)));
        if (expected.ETag is { } known)
        {
            Assert.Equal(await AskAsync(cold, url, known), await AskAsync(warm, url, known));
        }
    }

    private async Task<long> DraftAsync(TestConsortium consortium, HttpClient office, string period, string? correction)
    {
        await WaitingWork.RunAsync(api, consortium.Id, "bulletin-quarterly", $$"""{"period":"{{period}}","correction":"{{correction}}"}""");
        return (await office.GetFromJsonAsync<Page<Bulletin>>("/api/v1/bulletins"))!.Items[0].Id;
    }

    private static HttpClient On(WebApplicationFactory<Program> node, TestConsortium consortium, string role)
    {
        var client = node.CreateClient();
        if (role != "public")
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", role == "forged" ? ApiKey.Create().ToString() : consortium.Keys[role]);
        }

        if (role == "admin")
        {
            client.DefaultRequestHeaders.Add("X-Consortium", $"{consortium.Id}");
        }

        return client;
    }

    private static async Task<Answer> AskAsync(HttpClient client, string url, string? known)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (known is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        }

        using var response = await client.SendAsync(request);
        var headers = response.Headers.Concat(response.Content.Headers).Where(header => header.Key is not "X-Request-ID" and not "Content-Disposition")
            .OrderBy(header => header.Key, StringComparer.Ordinal).Select(header => $"{header.Key}: {string.Join(',', header.Value)}");
        return new(response.StatusCode, string.Join('\n', headers), RequestOwn().Replace(await response.Content.ReadAsStringAsync(), ""), response.Headers.ETag?.ToString());
    }

    // Problems name the request they answer.
    [GeneratedRegex("\"(traceId|requestId)\":\"[^\"]*\"")]
    private static partial Regex RequestOwn();

    private sealed record Answer(HttpStatusCode Status, string Headers, string Body, string? ETag);
}
