using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Matching.Load.Api;

/// <summary>The API answered with a problem, or with something unexpected; the message holds what it said.</summary>
internal sealed class ApiException(string message) : Exception(message);

/// <summary>One caller of the API: a key and, for the operator, the consortium acted in.</summary>
internal sealed class ApiClient : IDisposable
{
    private readonly HttpClient _http;

    public ApiClient(Uri service, string key, long? consortium = null)
    {
        _http = new HttpClient { BaseAddress = new Uri(service, "/api/v1/"), Timeout = TimeSpan.FromMinutes(5) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (consortium is not null)
        {
            _http.DefaultRequestHeaders.Add("X-Consortium", $"{consortium}");
        }
    }

    public Task<JsonElement> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public async Task<string> GetTextAsync(string path)
    {
        using var response = await _http.GetAsync(path);
        return response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync() : throw await ProblemAsync(response);
    }

    public async Task<byte[]> GetBytesAsync(string path)
    {
        using var response = await _http.GetAsync(path);
        return response.IsSuccessStatusCode ? await response.Content.ReadAsByteArrayAsync() : throw await ProblemAsync(response);
    }

    /// <summary>With <paramref name="once"/> a repeated request has its effect once and gets the first one's answer.</summary>
    public Task<JsonElement> PostAsync(string path, object? body = null, string? once = null) =>
        PostAsync(path, body is null ? null : JsonContent.Create(body), once);

    public Task<JsonElement> PostAsync(string path, HttpContent? content, string? once = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        if (once is not null)
        {
            request.Headers.Add("Idempotency-Key", once);
        }

        return SendAsync(request);
    }

    /// <summary>All rows of a list, page after page.</summary>
    public async Task<List<JsonElement>> ListAsync(string path)
    {
        var rows = new List<JsonElement>();
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        for (var after = ""; ;)
        {
            var page = await GetAsync($"{path}{separator}take=200{after}");
            rows.AddRange(page.GetProperty("items").EnumerateArray());
            if (page.GetProperty("next").GetString() is not { } next)
            {
                return rows;
            }

            after = $"&after={Uri.EscapeDataString(next)}";
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await _http.SendAsync(request);
            return !response.IsSuccessStatusCode ? throw await ProblemAsync(response)
                : response.Content.Headers.ContentLength == 0 ? default
                : await response.Content.ReadFromJsonAsync<JsonElement>();
        }
    }

    private static async Task<ApiException> ProblemAsync(HttpResponseMessage response) =>
        new($"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri!.PathAndQuery}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
}
