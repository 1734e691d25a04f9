using System.Reflection;
using Matching.Service.Data;
using Matching.Service.Http;
using Matching.Service.Tests.Support;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Matching.Service.Tests;

/// <summary>The rules of deploy/ARCHITECTURE.md that a machine can check.</summary>
public class ConventionTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly Type[] Types = typeof(Program).Assembly.GetTypes();

    private readonly RouteEndpoint[] _endpoints = [.. api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    private IEnumerable<RouteEndpoint> ApiEndpoints => _endpoints.Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal));

    [Fact]
    public void Endpoints_HaveAName_ATagAndASummary() => Assert.All(ApiEndpoints, endpoint =>
    {
        Assert.NotNull(endpoint.Metadata.GetMetadata<IEndpointNameMetadata>());
        Assert.NotNull(endpoint.Metadata.GetMetadata<ITagsMetadata>());
        Assert.NotNull(endpoint.Metadata.GetMetadata<IEndpointSummaryMetadata>());
    });

    [Fact]
    public void Endpoints_SayWhoMayCallThem() => Assert.All(_endpoints.Where(endpoint => endpoint.DisplayName?.Contains("swagger", StringComparison.Ordinal) != true),
        endpoint => Assert.True(endpoint.Metadata.GetMetadata<AllowedRoles>() is not null, endpoint.RoutePattern.RawText));

    [Fact]
    public void Endpoints_WhoseAnswersMayBeKept_AreEverybodys() => Assert.All(_endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<FixedAnswerRoutes.FixedRoute>() is not null),
        endpoint => Assert.Empty(endpoint.Metadata.GetMetadata<AllowedRoles>()!.Roles));

    // AddValidation() skips types that are not public without a word, so an internal request would go unchecked.
    [Fact]
    public void Requests_ArePublic_SoThatTheyAreValidated() =>
        Assert.All(_endpoints.SelectMany(endpoint => endpoint.Metadata.OfType<IAcceptsMetadata>()), body => Assert.True(body.RequestType?.IsVisible ?? true, body.RequestType?.Name));

    [Fact]
    public void Engine_ReferencesOnlyTheRuntime() =>
        Assert.All(typeof(Engine.Retrieval.RankedMatch).Assembly.GetReferencedAssemblies(), name => Assert.StartsWith("System.", name.Name, StringComparison.Ordinal));

    [Fact]
    public void Stores_TakeASession_NeverADataSource() =>
        Assert.All(Types.Where(type => type.Name.EndsWith("Store", StringComparison.Ordinal)), type =>
            Assert.DoesNotContain(typeof(NpgsqlDataSource), type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .SelectMany(constructor => constructor.GetParameters()).Select(parameter => parameter.ParameterType)));

    [Fact]
    public void Features_DoNotUseEachOther()
    {
        var root = FindSources();
        var crossings = Directory.EnumerateFiles(Path.Combine(root, "Features"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => File.ReadLines(file).Where(line => line.StartsWith("using Matching.Service.Features.", StringComparison.Ordinal)).Select(line => $"{file}: {line}"));

        Assert.Empty(crossings);
    }

    [Fact]
    public void SharedCode_KnowsNoFeature()
    {
        var root = FindSources();
        var upward = new[] { "Http", "Data", "Jobs", "Imports", "Changes", "Exports", "Reference" }.Select(folder => Path.Combine(root, folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Where(file => File.ReadAllText(file).Contains("Matching.Service.Features", StringComparison.Ordinal));

        Assert.Empty(upward);
    }

    [Fact]
    public void Migrations_AreNumberedWithoutDuplicates()
    {
        var numbers = Migrator.Scripts().Select(script => script.Name[..4]).ToArray();

        Assert.All(Migrator.Scripts(), script => Assert.Matches("^[0-9]{4}_[a-z0-9_]+\\.sql$", script.Name));
        Assert.Equal(numbers.Distinct(), numbers);
    }

    private static string FindSources()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Matching.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "src", "Matching.Service");
    }
}
