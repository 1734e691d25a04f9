using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Polly;
using Polly.Retry;

namespace Matching.Service.Features.Webhooks;

/// <summary>A message taken for sending.</summary>
internal sealed record ClaimedDelivery(
    long ConsortiumId, long Id, long WebhookId, string Type, string Body, int Attempts, long Token, string Url, string Secret, string? OldSecret);

/// <summary>What came of an attempt.</summary>
internal sealed record SendOutcome(bool Delivered, int? Status, string? Error, string? Excerpt);

/// <summary>Sends one message: signed, within a time, without following redirects, and keeping no more than the beginning of the answer.</summary>
internal sealed class WebhookSender : IDisposable
{
    public const string SignatureHeader = "X-Matching-Signature";
    private const int ExcerptBytes = 500;

    private readonly HttpClient _http;
    private readonly TimeProvider _clock;

    // A connection that broke is tried once more at once; everything longer is the table's, where it survives this process.
    private readonly ResiliencePipeline<HttpResponseMessage> _attempt = new ResiliencePipelineBuilder<HttpResponseMessage>()
        .AddTimeout(TimeSpan.FromSeconds(15))
        .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            MaxRetryAttempts = 1, Delay = TimeSpan.FromMilliseconds(200), BackoffType = DelayBackoffType.Exponential, UseJitter = true,
            ShouldHandle = new PredicateBuilder<HttpResponseMessage>().Handle<HttpRequestException>(error => error.HttpRequestError is HttpRequestError.ResponseEnded),
        })
        .Build();

    public WebhookSender(WebhookTargets targets, TimeProvider clock)
    {
        _clock = clock;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectCallback = targets.ConnectAsync, MaxResponseHeadersLength = 16, PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        }) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public async Task<SendOutcome> SendAsync(ClaimedDelivery delivery, CancellationToken ct)
    {
        try
        {
            return await _attempt.ExecuteAsync(async token => await PostAsync(delivery, token), ct) is var answer
                ? await ReadAsync(answer, ct) : throw new InvalidOperationException();
        }
        catch (Exception error) when (error is HttpRequestException or IOException or Polly.Timeout.TimeoutRejectedException or System.Net.Sockets.SocketException or UriFormatException)
        {
            return new SendOutcome(false, null, error is Polly.Timeout.TimeoutRejectedException ? "超过 15 秒没有答复。" : error.Message[..Math.Min(error.Message.Length, 300)], null);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary><c>t=seconds,v1=hex</c>: HMAC-SHA256 over "seconds.body"; during a change of secrets one <c>v1</c> for each.</summary>
    public static string Sign(long seconds, string body, params string?[] secrets) => string.Create(CultureInfo.InvariantCulture, $"t={seconds}") + string.Concat(secrets.OfType<string>()
        .Select(secret => ",v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seconds}.{body}"))))));

    private async Task<HttpResponseMessage> PostAsync(ClaimedDelivery delivery, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, delivery.Url) { Content = new StringContent(delivery.Body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation(SignatureHeader, Sign(_clock.GetUtcNow().ToUnixTimeSeconds(), delivery.Body, delivery.Secret, delivery.OldSecret));
        request.Headers.TryAddWithoutValidation("X-Matching-Event", delivery.Type);
        request.Headers.TryAddWithoutValidation("X-Matching-Delivery", delivery.Id.ToString(CultureInfo.InvariantCulture));
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
    }

    private static async Task<SendOutcome> ReadAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        using (answer)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(TimeSpan.FromSeconds(5));
            var buffer = new byte[ExcerptBytes];
            var read = 0;
            try
            {
                await using var body = await answer.Content.ReadAsStreamAsync(limit.Token);
                read = await body.ReadAtLeastAsync(buffer, ExcerptBytes, throwOnEndOfStream: false, limit.Token);
            }
            catch (Exception error) when (error is IOException or HttpRequestException || (error is OperationCanceledException && !ct.IsCancellationRequested))
            {
                // The status counts; the words behind it are a courtesy.
            }

            var text = Encoding.UTF8.GetString(buffer, 0, read).Replace("\0", "", StringComparison.Ordinal);
            return new SendOutcome(answer.IsSuccessStatusCode, (int)answer.StatusCode,
                answer.IsSuccessStatusCode ? null : (int)answer.StatusCode is >= 300 and < 400 ? "不跟随重定向。" : $"对方答复 {(int)answer.StatusCode}。", text.Length == 0 ? null : text);
        }
    }
}
