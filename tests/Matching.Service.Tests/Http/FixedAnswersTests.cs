using System.Text;
using Matching.Service.Http;
using Microsoft.AspNetCore.Http;

namespace Matching.Service.Tests.Http;

public class FixedAnswersTests
{
    [Fact]
    public async Task Answer_IsTheHandlersOwn_AndItIsAskedOnce()
    {
        var (answers, asked) = (new FixedAnswers(100_000), 0);
        foreach (var _ in Enumerable.Range(0, 3))
        {
            var http = Request("/a?b=1");
            await SendAsync(answers, http, inner =>
            {
                asked++;
                return AnswerAsync(inner, "一", isFixed: true);
            });
            Assert.Equal((200, "一", "text/plain", "public, max-age=3600", 3L), (http.Response.StatusCode, Body(http), http.Response.ContentType, http.Response.Headers.CacheControl.ToString(), http.Response.ContentLength));
        }

        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Answer_IsMadeEachTime_WhenTheHandlerDoesNotFixIt_OrFails_OrNothingIsKept()
    {
        foreach (var (most, isFixed, status) in ((long, bool, int)[])[(100_000, false, 200), (100_000, true, 404), (0, true, 200)])
        {
            var (answers, asked) = (new FixedAnswers(most), 0);
            for (var i = 1; i <= 3; i++)
            {
                var http = Request("/a");
                await SendAsync(answers, http, inner =>
                {
                    inner.Response.StatusCode = status;
                    return AnswerAsync(inner, $"{++asked}", isFixed);
                });
                Assert.Equal((status, $"{i}"), (http.Response.StatusCode, Body(http)));
            }

            Assert.Equal(0, answers.Bytes);
        }
    }

    [Theory]
    [InlineData("{0}", true)]
    [InlineData("W/{0}", true)]
    [InlineData("\"x\", {0}", true)]
    [InlineData("*", true)]
    [InlineData("\"x\"", false)]
    [InlineData("x", false)]
    public async Task Answer_IsNotSentAgain_ToWhoHasIt(string sent, bool known)
    {
        var answers = new FixedAnswers(100_000);
        var first = Request("/a");
        await SendAsync(answers, first, inner => AnswerAsync(inner, "一", isFixed: true));
        var http = Request("/a");
        http.Request.Headers.IfNoneMatch = string.Format(System.Globalization.CultureInfo.InvariantCulture, sent, $"{first.Response.Headers.ETag}");
        await SendAsync(answers, http, _ => throw new InvalidOperationException());

        Assert.Equal(known ? (304, "") : (200, "一"), (http.Response.StatusCode, Body(http)));
        Assert.Equal(first.Response.Headers.ETag, http.Response.Headers.ETag);
    }

    // A naive account beside it: what is held is what was kept and not dropped, never more than the bound, and what is asked for all the time stays.
    [Fact]
    public async Task Bound_Holds_AndWhatManyAskForStays_WhateverOthersAskFor()
    {
        const int Most = 20_000;
        var (answers, random, asked) = (new FixedAnswers(Most), new Random(11), 0);
        for (var i = 0; i < 2_000; i++)
        {
            var length = random.Next(1, 3_000);
            await SendAsync(answers, Request($"/rare/{i}"), inner => AnswerAsync(inner, new string('x', length), isFixed: true));
            await SendAsync(answers, Request("/often"), inner =>
            {
                asked++;
                return AnswerAsync(inner, "often", isFixed: true);
            });
            Assert.InRange(answers.Bytes, 1, Most);
        }

        Assert.Equal(1, asked);
        Assert.InRange(Enumerable.Range(0, 2_000).Count(i => answers.Find(new($"/rare/{i}", "")) is not null), 1, Most / 500);
    }

    [Theory]
    [InlineData("text/csv")]
    [InlineData("application/json;q=0.1, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    public async Task Spreadsheet_IsNeverKept_NorAnsweredFromMemory(string accept)
    {
        var answers = new FixedAnswers(100_000);
        await SendAsync(answers, Request("/a"), inner => AnswerAsync(inner, "json", isFixed: true));
        var http = Request("/a");
        http.Request.Headers.Accept = accept;
        await SendAsync(answers, http, inner => AnswerAsync(inner, "sheet", isFixed: true));
        Assert.Equal("sheet", Body(http));

        var asked = Request("/b?format=csv");
        await SendAsync(answers, asked, inner => AnswerAsync(inner, "sheet", isFixed: true));
        Assert.Null(answers.Find(new("/b", "?format=csv")));
    }

    // As the pipeline does.
    private static Task SendAsync(FixedAnswers answers, HttpContext http, RequestDelegate handler) => answers.TryAnswer(http) ?? answers.FillAsync(http, handler);

    private static async Task AnswerAsync(HttpContext http, string body, bool isFixed)
    {
        if (isFixed)
        {
            FixedAnswers.Fix(http);
        }

        http.Response.ContentType = "text/plain";
        await http.Response.WriteAsync(body);
    }

    private static DefaultHttpContext Request(string target)
    {
        var http = new DefaultHttpContext { Request = { Method = "GET" } };
        var query = target.IndexOf('?', StringComparison.Ordinal);
        http.Request.Path = query < 0 ? target : target[..query];
        http.Request.QueryString = query < 0 ? default : new(target[query..]);
        http.Response.Body = new MemoryStream();
        return http;
    }

    private static string Body(HttpContext http)
    {
        http.Response.BodyWriter.FlushAsync().AsTask().GetAwaiter().GetResult();
        return Encoding.UTF8.GetString(((MemoryStream)http.Response.Body).ToArray());
    }
}
