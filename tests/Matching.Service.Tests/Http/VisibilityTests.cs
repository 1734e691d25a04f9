using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Http;

/// <summary>
/// Who sees a row and who may write it, per resource: the table below is the promise, the tests are made from it.
/// "owner" is the organization that wrote the row; a party that is not named gets 404, or 403 where its role may not call the route at all.
/// </summary>
public class VisibilityTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly Dictionary<string, (string Owner, string[] Readers, string[] Writers)> Table = new()
    {
        ["organizations"] = ("company", ["company2", "school", "school2", "institute", "department", "office"], ["company", "office"]),
        ["programs"] = ("school", ["company", "company2", "school2", "institute", "department", "office"], ["school", "office"]),
        ["graduates"] = ("school", ["office"], ["school", "office"]),
        ["demands"] = ("company", ["company2", "school", "school2", "institute", "department", "office"], ["company", "office"]),
        ["placements"] = ("school", ["office"], ["school", "office"]),
        ["seekers"] = ("school", ["office"], ["school", "office"]),
        ["introductions"] = ("company", ["school", "office"], []),
        ["plans"] = ("office", [], []),
    };

    private static readonly string[] Parties = ["company", "company2", "school", "school2", "institute", "department", "office", "platform", "admin", "stranger"];

    public static TheoryData<string, string> Pairs()
    {
        var pairs = new TheoryData<string, string>();
        foreach (var resource in Table.Keys)
        {
            foreach (var party in Parties)
            {
                pairs.Add(resource, party);
            }
        }

        return pairs;
    }

    [Theory, MemberData(nameof(Pairs))]
    public async Task Row_IsSeenByThePartiesOfTheTable_AndByNobodyElse(string resource, string party)
    {
        var (owner, readers, _) = Table[resource];
        using var client = ClientOf(party);

        var status = (await client.GetAsync($"/api/v1/{resource}/{await ApiData.CreateRowAsync(api, resource)}")).StatusCode;

        if (party == owner || party == "admin" || readers.Contains(party))
        {
            Assert.Equal(HttpStatusCode.OK, status);
        }
        else
        {
            Assert.Contains(status, new[] { HttpStatusCode.NotFound, HttpStatusCode.Forbidden });
        }
    }

    [Theory, MemberData(nameof(Pairs))]
    public async Task Row_IsWrittenByThePartiesOfTheTable_AndByNobodyElse(string resource, string party)
    {
        var (_, _, writers) = Table[resource];
        if (writers.Length == 0)
        {
            return; // no PUT on this resource; its transitions have tests of their own
        }

        var id = await ApiData.CreateRowAsync(api, resource);
        using var office = api.ClientAs("office");
        var row = await office.GetFromJsonAsync<JsonElement>($"/api/v1/{resource}/{id}");
        using var client = ClientOf(party);

        var body = ApiData.SentBack(resource, row);
        var response = await client.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Put, $"/api/v1/{resource}/{id}", row.GetProperty("version").GetInt32(), body));

        if (party == "admin" || writers.Contains(party))
        {
            Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        }
        else
        {
            Assert.Contains(response.StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.Forbidden });
        }
    }

    private HttpClient ClientOf(string party) => party switch
    {
        "stranger" => api.ClientOf(api.Data.Second, "office"),
        _ => api.ClientAs(party),
    };
}
