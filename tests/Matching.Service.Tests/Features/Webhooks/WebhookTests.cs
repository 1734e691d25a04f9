using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Matching.Service.Features.Webhooks;
using Matching.Service.Http;
using Matching.Service.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Service.Tests.Features.Webhooks;

/// <summary>A real receiver on this machine, and the dispatcher run by hand.</summary>
public class WebhookTests(ApiFixture api) : IClassFixture<ApiFixture>, IAsyncLifetime
{
    private readonly ConcurrentQueue<(string Body, string Signature, string Event)> _received = new();
    private WebApplication _receiver = null!;
    private WebApplicationFactory<Program> _service = null!;
    private HttpClient _company = null!;
    private int _status = 200;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _receiver = builder.Build();
        _receiver.Map("/{**rest}", async (HttpRequest request, HttpResponse response) =>
        {
            using var reader = new StreamReader(request.Body);
            _received.Enqueue((await reader.ReadToEndAsync(), request.Headers[WebhookSender.SignatureHeader].ToString(), request.Headers["X-Matching-Event"].ToString()));
            response.StatusCode = _status;
            response.Headers.Location = "http://127.0.0.1:1/";
            await response.WriteAsync(new string('x', 5_000));
        });
        await _receiver.StartAsync();
        _service = api.WithWebHostBuilder(host => host.UseSetting("Matching:InsecureWebhooks", "true"));
        _company = _service.CreateClient();
        _company.DefaultRequestHeaders.Authorization = new("Bearer", api.Data.First.Keys["company"]);
        await using var owner = await api.Database.Owner.OpenConnectionAsync();
        await owner.ExecuteAsync("DELETE FROM webhook");
    }

    public async Task DisposeAsync()
    {
        _company.Dispose();
        await _service.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task Event_IsSentOnce_SignedByTheSecret()
    {
        var (webhook, secret) = await SubscribeAsync("demand.*");
        var demand = await ApiData.CreateDemandAsync(_company);
        await RunAsync();
        await RunAsync();

        var (body, signature, type) = Assert.Single(_received);
        var seconds = long.Parse(signature.Split(',')[0][2..], System.Globalization.CultureInfo.InvariantCulture);
        using var message = JsonDocument.Parse(body);
        Assert.Equal(("demand.created", WebhookSender.Sign(seconds, body, secret)), (type, signature));
        Assert.Equal((demand.Id, api.Data.First.Id), (message.RootElement.GetProperty("data").GetProperty("id").GetInt64(), message.RootElement.GetProperty("consortium").GetInt64()));
        var delivery = Assert.Single(await DeliveriesAsync(webhook));
        Assert.Equal(("DELIVERED", 1, 200, 500), (delivery.State, delivery.Attempts, delivery.LastStatus, delivery.Excerpt!.Length));
    }

    [Fact]
    public async Task Message_IsTriedAgainLater_ThenGivenUp_AndCanBeReplayed()
    {
        var (webhook, _) = await SubscribeAsync("demand.created");
        await ApiData.CreateDemandAsync(_company);
        _status = 302;
        await RunAsync();
        var first = Assert.Single(await DeliveriesAsync(webhook));
        await RunAsync();
        for (var i = 1; i < WebhookDispatcher.MostAttempts; i++)
        {
            await DueAsync();
            await RunAsync();
        }

        var dead = Assert.Single(await DeliveriesAsync(webhook));
        Assert.Equal(("WAITING", 1, 302), (first.State, first.Attempts, first.LastStatus));
        Assert.True(first.NextAttempt > DateTime.UtcNow);
        Assert.Equal(("DEAD", WebhookDispatcher.MostAttempts, (DateTime?)null), (dead.State, dead.Attempts, dead.NextAttempt));
        Assert.Equal(WebhookDispatcher.MostAttempts, _received.Count);
        _status = 204;
        Assert.Equal(HttpStatusCode.NoContent, (await _company.PostAsync($"/api/v1/webhooks/{webhook}/deliveries/{dead.Id}/replay", null)).StatusCode);
        await RunAsync();
        Assert.Equal("DELIVERED", Assert.Single(await DeliveriesAsync(webhook)).State);
        Assert.Single(_received.Select(message => message.Body).Distinct());
    }

    [Fact]
    public async Task Message_IsSentAgain_WhenItsWorkerDiedBeforeMarking_AndByOneWorkerAtATime()
    {
        await SubscribeAsync("demand.created");
        await ApiData.CreateDemandAsync(_company);
        var dispatcher = _service.Services.GetRequiredService<WebhookDispatcher>();
        while (await dispatcher.ReadOneAsync(default))
        {
        }

        // A worker that claims and dies: nobody else takes the message until the claim is over.
        await using (var claim = api.Database.Open(Matching.Service.Data.TenantContext.Planner))
        {
            Assert.NotNull(await claim.FindAsync<string>("SELECT url FROM claim_webhook_delivery('1 minute')", null, default));
            await claim.CommitAsync(default);
        }

        Assert.DoesNotContain(true, await Task.WhenAll(dispatcher.SendOneAsync(default), dispatcher.SendOneAsync(default)));
        Assert.Empty(_received);
        await DueAsync();
        Assert.Single(await Task.WhenAll(dispatcher.SendOneAsync(default), dispatcher.SendOneAsync(default)), sent => sent);
        Assert.Single(_received);
    }

    [Fact]
    public async Task Subscriber_HearsOnlyWhatHeMaySee_AndOnlyWhatHeAskedFor()
    {
        await SubscribeAsync("demand.created", api.Data.First.Keys["school"]);
        var draft = await ApiData.CreateAsync<JsonElement>(_company, "demands", ApiData.NewDemand() with { State = "DRAFT" });
        await RunAsync();
        Assert.Empty(_received);
        await _company.PostAsJsonAsync($"/api/v1/demands/{draft.GetProperty("id").GetInt64()}/transitions", new { to = "OPEN" });
        await RunAsync();
        Assert.Equal("demand.created", Assert.Single(_received).Event);
        await _company.PostAsJsonAsync($"/api/v1/demands/{draft.GetProperty("id").GetInt64()}/transitions", new { to = "PAUSED" });
        await RunAsync();
        Assert.Single(_received);
    }

    [Fact]
    public async Task LongFailure_DisablesTheWebhook_AndSaysSo()
    {
        var (webhook, _) = await SubscribeAsync("demand.created");
        await ApiData.CreateDemandAsync(_company);
        _status = 500;
        await RunAsync();
        await using var owner = await api.Database.Owner.OpenConnectionAsync();
        await owner.ExecuteAsync("UPDATE webhook SET failing_since = now() - interval '4 days'; UPDATE webhook_delivery SET attempts = 11, not_before = now() WHERE state = 'WAITING'");
        await RunAsync();

        var after = await _company.GetFromJsonAsync<Webhook>($"/api/v1/webhooks/{webhook}");
        Assert.Equal(("DISABLED", "连续三天以上推送失败，已自动停用"), (after!.State, after.Note));
    }

    [Fact]
    public async Task Secret_IsToldOnce_AndForADayBothSign()
    {
        var (webhook, old) = await SubscribeAsync("demand.created");
        var rotated = await HttpAssert.BodyAsync<WebhookWithSecret>(await _company.PatchAsJsonAsync($"/api/v1/webhooks/{webhook}", new { rotateSecret = true }));
        Assert.DoesNotContain("whsec", await _company.GetStringAsync($"/api/v1/webhooks/{webhook}"), StringComparison.Ordinal);
        await ApiData.CreateDemandAsync(_company);
        await RunAsync();

        var (body, signature, _) = Assert.Single(_received);
        var seconds = long.Parse(signature.Split(',')[0][2..], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(WebhookSender.Sign(seconds, body, rotated.Secret, old), signature);
    }

    [Theory]
    [InlineData("https://10.0.0.1/"), InlineData("https://127.0.0.1/"), InlineData("https://169.254.169.254/latest"), InlineData("https://[::1]/"), InlineData("https://[::ffff:10.0.0.1]/"),
     InlineData("https://[fd00::1]/"), InlineData("https://[fe80::1]/"), InlineData("https://100.64.0.1/"), InlineData("https://2130706433/"), InlineData("https://localhost/"),
     InlineData("http://example.com/"), InlineData("ftp://example.com/"), InlineData("https://user:pass@example.com/"), InlineData("not a url at all")]
    public void Target_OfAnInternalNetwork_IsRefused(string url) => Assert.NotNull(new WebhookTargets(insecure: false).WhyNot(url));

    [Theory, InlineData("8.8.8.8", true), InlineData("2400:3200::1", true), InlineData("192.168.1.1", false), InlineData("172.20.0.1", false), InlineData("0.0.0.0", false),
     InlineData("::", false), InlineData("2002:7f00:1::", false), InlineData("2001::1", false), InlineData("64:ff9b::7f00:1", false), InlineData("255.255.255.255", false)]
    public void Address_IsJudgedAfterResolution(string address, bool allowed) => Assert.Equal(allowed, new WebhookTargets(insecure: false).Allows(IPAddress.Parse(address)));

    [Fact]
    public async Task Webhook_IsItsOwners()
    {
        var (webhook, _) = await SubscribeAsync("demand.created");
        using var other = api.ClientOf(api.Data.First, "company2");
        await HttpAssert.ProblemAsync(await other.GetAsync($"/api/v1/webhooks/{webhook}"), HttpStatusCode.NotFound, "webhook_not_found");
        await HttpAssert.ProblemAsync(await other.DeleteAsync($"/api/v1/webhooks/{webhook}"), HttpStatusCode.NotFound, "webhook_not_found");
        await HttpAssert.ProblemAsync(await _company.PostAsJsonAsync("/api/v1/webhooks", new { url = "https://example.com/x", events = new[] { "graduate.created" } }), HttpStatusCode.BadRequest, "unknown_event");
    }

    private async Task<(long Id, string Secret)> SubscribeAsync(string events, string? key = null)
    {
        using var client = _service.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", key ?? api.Data.First.Keys["company"]);
        var made = await HttpAssert.BodyAsync<WebhookWithSecret>(
            await client.PostAsJsonAsync("/api/v1/webhooks", new { url = _receiver.Urls.First() + "/events", events = new[] { events } }), HttpStatusCode.Created);
        return (made.Webhook.Id, made.Secret);
    }

    private async Task RunAsync()
    {
        await using (var owner = await api.Database.Owner.OpenConnectionAsync())
        {
            await owner.ExecuteAsync("UPDATE webhook SET read_after = now()");
        }

        var dispatcher = _service.Services.GetRequiredService<WebhookDispatcher>();
        while (await dispatcher.ReadOneAsync(default) || await dispatcher.SendOneAsync(default))
        {
        }
    }

    private async Task DueAsync()
    {
        await using var owner = await api.Database.Owner.OpenConnectionAsync();
        await owner.ExecuteAsync("UPDATE webhook_delivery SET not_before = now() WHERE state = 'WAITING'");
    }

    private async Task<IReadOnlyList<WebhookDelivery>> DeliveriesAsync(long webhook) => (await _company.GetFromJsonAsync<Page<WebhookDelivery>>($"/api/v1/webhooks/{webhook}/deliveries"))!.Items;
}
