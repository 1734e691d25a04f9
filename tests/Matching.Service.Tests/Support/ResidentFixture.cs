using Microsoft.AspNetCore.Hosting;

namespace Matching.Service.Tests.Support;

/// <summary>The service as it runs by default: consortia are kept in memory, and so followed.</summary>
public sealed class ResidentFixture : ApiFixture
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Matching:ResidentConsortia", "4");
    }
}
