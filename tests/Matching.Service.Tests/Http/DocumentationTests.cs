using System.Text.Json;
using Matching.Service.Http;
using Matching.Service.Tests.Support;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Matching.Service.Tests.Http;

public class DocumentationTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Document_IsOpenApi31_AndDescribesEveryOperation()
    {
        using var client = api.ClientAs("public");
        var document = JsonDocument.Parse(await client.GetStringAsync("/openapi/v1.json")).RootElement;
        var operations = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation => (path.Name, operation.Value))).ToArray();

        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.True(operations.Length > 60);
        Assert.All(operations.Where(operation => operation.Name.StartsWith("/api/", StringComparison.Ordinal)), operation => Assert.True(operation.Value.TryGetProperty("summary", out _), operation.Name));
        Assert.DoesNotContain("\"integer\",\"string\"", document.GetRawText().Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    // An example that the API itself would refuse misleads everybody who copies it.
    [Fact]
    public void Examples_AreReadableAsTheirRequests()
    {
        var json = api.Services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var examples = api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => endpoint.Metadata.GetOrderedMetadata<Documentation.RequestExample>().Select(example => (Example: example, Body: endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType)))
            .Where(pair => pair.Example?.ContentType == "application/json").ToArray();

        Assert.True(examples.Length >= 10);
        Assert.All(examples, pair => Assert.NotNull(JsonSerializer.Deserialize(pair.Example!.Json, pair.Body!, json)));
    }

    [Fact]
    public async Task Document_TellsOfSpreadsheets_AndOfJobPostings()
    {
        using var client = api.ClientAs("company");
        var demands = JsonDocument.Parse(await client.GetStringAsync("/openapi/v1.json")).RootElement.GetProperty("paths").GetProperty("/api/v1/demands");
        var format = demands.GetProperty("get").GetProperty("parameters").EnumerateArray().Single(parameter => parameter.GetProperty("name").GetString() == "format");
        Assert.Equal(["json", "xlsx", "csv"], format.GetProperty("schema").GetProperty("enum").EnumerateArray().Select(value => value.GetString()!));

        var posting = demands.GetProperty("post").GetProperty("requestBody").GetProperty("content").GetProperty("application/ld+json").GetProperty("example").GetRawText();
        using var body = new StringContent(posting, System.Text.Encoding.UTF8, "application/ld+json");
        Assert.Equal(System.Net.HttpStatusCode.Created, (await client.PostAsync("/api/v1/demands", body)).StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/organizations")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/health/live")]
    public async Task EveryAnswer_CarriesItsRequestIdAndTheSafetyHeaders(string url)
    {
        using var client = api.ClientAs("public");
        var response = await client.GetAsync(url);

        Assert.NotEmpty(response.Headers.GetValues("X-Request-Id").Single());
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("frame-ancestors 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }
}
