namespace Matching.Service.Features.Organizations;

internal static class OrganizationSetup
{
    public static void AddOrganizations(this IServiceCollection services)
    {
        services.AddScoped<ConsortiumStore>();
        services.AddScoped<OrganizationStore>();
        services.AddScoped<ApiKeyStore>();
    }
}
