using Matching.Service.Data;
using Matching.Service.Http;
using Matching.Service.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Service.Tests.Data;

public class DataSetupTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Theory]
    [InlineData("jit", "off")]
    [InlineData("statement_timeout", "1min")]
    public async Task Session_HasTheServicesSettings(string name, string value)
    {
        await using var session = api.Services.GetRequiredService<TenantSessionFactory>().Open(new TenantContext(ApiRoles.Office, api.Data.First.Id));

        Assert.Equal(value, await session.FindAsync<string>($"SHOW {name}", null, default));
    }
}
