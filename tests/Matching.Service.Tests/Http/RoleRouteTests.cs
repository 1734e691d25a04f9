using System.Net;
using System.Net.Http.Json;
using Matching.Service.Http;
using Matching.Service.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Service.Tests.Http;

/// <summary>The table role-routes.tsv says who may call what; every line becomes calls by every role, and a route without a line fails.</summary>
public class RoleRouteTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly (string Method, string Route, string[] Roles)[] Table = ReadTable();

    public static TheoryData<string, string, string, bool> Calls()
    {
        var calls = new TheoryData<string, string, string, bool>();
        foreach (var (method, route, roles) in Table)
        {
            foreach (var role in (string[])[.. ApiRoles.All, "public"])
            {
                calls.Add(method, route, role, roles.Contains(role) || roles.Contains("everybody"));
            }
        }

        return calls;
    }

    [Fact]
    public void Table_NamesEveryRoute_AndNoOther()
    {
        var mapped = api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<AllowedRoles>() is not null)
            .SelectMany(endpoint => Methods(endpoint).Select(method => $"{method} {endpoint.RoutePattern.RawText} {Roles(endpoint)}"))
            .Distinct() // one route may take several content types
            .Order();

        Assert.Equal(Table.Select(line => $"{line.Method} {line.Route} {string.Join(',', line.Roles.Where(role => role != "everybody").Order())}").Order(), mapped);
    }

    [Theory, MemberData(nameof(Calls))]
    public async Task Route_AnswersTheRolesOfTheTable_AndRefusesTheOthers(string method, string route, string role, bool allowed)
    {
        using var client = api.ClientAs(role);
        using var request = new HttpRequestMessage(new HttpMethod(method), Fill(route));
        if (method is "POST" or "PUT")
        {
            request.Content = JsonContent.Create(new { });
        }

        var status = (await client.SendAsync(request)).StatusCode;

        if (allowed)
        {
            Assert.NotEqual(HttpStatusCode.Unauthorized, status);
            Assert.True((int)status < 500, $"{(int)status}");
        }
        else
        {
            Assert.Equal(role == "public" ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden, status);
        }
    }

    private static string Roles(RouteEndpoint endpoint) => string.Join(',', endpoint.Metadata.GetRequiredMetadata<AllowedRoles>().Roles.Order());

    // Ids of rows that do not exist: who may call gets 404 or 400, who may not never gets that far.
    private static string Fill(string route) =>
        System.Text.RegularExpressions.Regex.Replace(route, @"\{([a-zA-Z]+)(:[a-z]+)?\}", match => match.Groups[2].Value == ":long" ? "999999999" : "unknown");

    private static IEnumerable<string> Methods(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"];

    private static (string, string, string[])[] ReadTable() =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Http", "role-routes.tsv"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t'))
            .Select(cells => (cells[0], cells[1], Expand(cells[2])))];

    private static string[] Expand(string roles) => roles switch
    {
        "all" => ApiRoles.All,
        "members" => ApiRoles.Members,
        "staff" => ApiRoles.Staff,
        _ => roles.Split(' '),
    };
}
