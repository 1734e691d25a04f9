using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Matching.Service.Tests.Support;

/// <summary>
/// The real service without its background jobs, in process, on a database of its own that holds <see cref="TestData"/>. Nothing is kept in memory between requests,
/// so that tests may change the database behind its back.
/// </summary>
public class ApiFixture : WebApplicationFactory<Program>, IAsyncLifetime
{
    public TestDatabase Database { get; } = new();

    /// <summary>Two consortia with one organization and key per role.</summary>
    public TestData Data { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await Database.InitializeAsync();
        Data = await TestData.CreateAsync(Database);
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await base.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>A client that sends this key; null: no key.</summary>
    public HttpClient ClientOf(string? key)
    {
        var client = CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        if (key is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        return client;
    }

    /// <summary>A client of that role in the first consortium; the operator acts in it too; <c>public</c> sends no key.</summary>
    public HttpClient ClientAs(string role) => ClientOf(Data.First, role);

    public HttpClient ClientOf(TestConsortium consortium, string role)
    {
        var client = ClientOf(role == "public" ? null : consortium.Keys[role]);
        if (role == "admin")
        {
            client.DefaultRequestHeaders.Add("X-Consortium", consortium.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return client;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Matching:ConnectionString", Database.ServiceConnectionString);
        builder.UseSetting("Matching:OwnerConnectionString", Database.OwnerConnectionString);
        builder.UseSetting("Matching:RunJobs", "false");
        builder.UseSetting("Matching:MigrateOnStart", "false");
        builder.UseSetting("Matching:RequestsPerMinute", "1000000");
        builder.UseSetting("Matching:ExportsPerMinute", "10000");
        builder.UseSetting("Matching:ResidentConsortia", "0");
        builder.UseSetting("Serilog:MinimumLevel:Default", "Fatal");
    }
}
