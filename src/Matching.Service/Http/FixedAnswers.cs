using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http.Features;

namespace Matching.Service.Http;

/// <summary>
/// Answers that everybody may read and that never change while the process runs (reference codes, published bulletins), by the target asked for. The handler's own answer is what is kept, byte
/// for byte; from then on neither the handler nor the database is asked. Only a handler can say that its answer is such a one, see <see cref="Fix"/>, and says it where the policies let
/// everybody read it, so nothing that depends on the caller is ever here.
/// </summary>
/// <param name="most">Bytes held at most; 0: nothing is kept.</param>
internal sealed class FixedAnswers(long most)
{
    /// <summary>Longer answers, and longer targets, are made anew each time.</summary>
    private const int LongestBody = 1 << 20, LongestTarget = 300;

    private static readonly object Fixed = new();

    private readonly ConcurrentDictionary<Target, Kept> _kept = new();
    private readonly Queue<Kept> _inTurn = new();
    private long _bytes;

    /// <summary>Bytes held now.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>The answer being made is the same for everybody and for as long as the process runs. For routes with <see cref="FixedAnswerRoutes.MayBeFixed"/>.</summary>
    /// <param name="http">The request.</param>
    /// <param name="seconds">How long others may keep it without asking again.</param>
    public static void Fix(HttpContext http, int seconds = 3_600)
    {
        http.Items[Fixed] = Fixed;
        http.Response.Headers.CacheControl = $"public, max-age={seconds}";
    }

    /// <summary>Sends what is kept for this target; null: nothing is.</summary>
    public Task? TryAnswer(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) && Find(Target.Of(http.Request)) is { } known && !MayWantSpreadsheet(http.Request) ? known.WriteAsync(http) : null;

    /// <summary>Lets the handler answer, and keeps it if it says so.</summary>
    public Task FillAsync(HttpContext http, RequestDelegate handler) =>
        MayWantSpreadsheet(http.Request) || http.Request.Query.ContainsKey("format") ? handler(http) : AnswerAndKeepAsync(http, handler);

    internal FixedAnswer? Find(Target target)
    {
        if (!_kept.TryGetValue(target, out var kept))
        {
            return null;
        }

        kept.Used = true;
        return kept.Answer;
    }

    internal void Keep(Target target, FixedAnswer answer)
    {
        var kept = new Kept(target, answer);
        if (target.Length > LongestTarget || kept.Size > most || answer.Size > LongestBody || !_kept.TryAdd(target, kept))
        {
            return;
        }

        lock (_inTurn)
        {
            _inTurn.Enqueue(kept);
            _bytes += kept.Size;
            while (_bytes > most)
            {
                DropOne();
            }
        }
    }

    // The oldest, unless it was asked for since its turn came last: who asks for many different things does not push out what many ask for.
    private void DropOne()
    {
        var oldest = _inTurn.Dequeue();
        if (oldest.Used)
        {
            oldest.Used = false;
            _inTurn.Enqueue(oldest);
            return;
        }

        _kept.TryRemove(oldest.Target, out _);
        _bytes -= oldest.Size;
    }

    private async Task AnswerAndKeepAsync(HttpContext http, RequestDelegate handler)
    {
        using var written = new MemoryStream();
        var real = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var aside = new StreamResponseBodyFeature(written, real);
        http.Features.Set<IHttpResponseBodyFeature>(aside);
        try
        {
            await handler(http);
            await aside.Writer.FlushAsync(http.RequestAborted);
        }
        finally
        {
            http.Features.Set(real);
        }

        if (http.Response.StatusCode == StatusCodes.Status200OK && http.Items.ContainsKey(Fixed))
        {
            var answer = FixedAnswer.Of(http.Response, written.ToArray());
            Keep(Target.Of(http.Request), answer);
            await answer.WriteAsync(http);
        }
        else if (written.Length > 0)
        {
            await real.Writer.WriteAsync(written.GetBuffer().AsMemory(0, (int)written.Length), http.RequestAborted);
        }
    }

    // Accept is the one header that changes what a target answers: lists are also given as spreadsheets, which are made anew each time. (The parameter that asks for one is in the target.)
    internal static bool MayWantSpreadsheet(HttpRequest request)
    {
        var accept = request.Headers.Accept;
        return accept.Count != 0 && accept.ToString() is var wanted && wanted != "*/*"
            && (wanted.Contains("csv", StringComparison.OrdinalIgnoreCase) || wanted.Contains("sheet", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>What is asked for. Two parts, for a path may hold a question mark of its own.</summary>
    internal readonly record struct Target(string Path, string Query)
    {
        public int Length => Path.Length + Query.Length;

        public static Target Of(HttpRequest request) => new(request.Path.Value ?? "", request.QueryString.Value ?? "");
    }

    private sealed class Kept(Target target, FixedAnswer answer)
    {
        public Target Target => target;

        public FixedAnswer Answer => answer;

        public int Size => answer.Size + (2 * target.Length);

        public bool Used { get; set; }
    }
}

internal static class FixedAnswerRoutes
{
    /// <summary>
    /// Sends what is kept before anything else looks at the request. Nothing it passes by would change the answer, which is everybody's: not the key, and not the limit of requests, for refusing
    /// costs more than answering. Nor is it logged, for a line costs as much as the answer; the runtime's own meter <c>http.server.request.duration</c> counts it.
    /// </summary>
    public static void UseFixedAnswers(this WebApplication app)
    {
        var answers = app.Services.GetRequiredService<FixedAnswers>();
        app.Use((HttpContext http, RequestDelegate next) => answers.TryAnswer(http) ?? next(http));
    }

    /// <summary>Answers of this route may be fixed ones, which everybody may read: where its handler says so they are kept.</summary>
    public static TBuilder MayBeFixed<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint =>
        {
            var handler = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = http => http.RequestServices.GetRequiredService<FixedAnswers>().FillAsync(http, handler);
            endpoint.Metadata.Add(FixedRoute.Instance);
        });
        return builder;
    }

    /// <summary>Marks such routes; a test looks that everybody may call them.</summary>
    internal sealed class FixedRoute
    {
        public static FixedRoute Instance { get; } = new();
    }
}
