using Matching.Service.Data;
using Matching.Service.Features.Organizations;

namespace Matching.Service;

/// <summary>What the executable does besides serving.</summary>
internal static class Verbs
{
    /// <summary>Runs the verb of the command line; null when there is none and the service shall serve.</summary>
    public static async Task<int?> RunAsync(WebApplication app, string[] args, CancellationToken ct)
    {
        switch (args.FirstOrDefault() is { } first && !first.StartsWith('-') ? first : null)
        {
            case null:
                return null;
            case "migrate":
                Console.WriteLine($"{await app.Services.GetRequiredService<Migrator>().ApplyAsync(ct)} migrations applied.");
                return 0;
            case "admin-key":
                Console.WriteLine(await OperatorKeys.CreateAsync(app.Services.GetRequiredService<TenantSessionFactory>(), ct));
                return 0;
            case var verb:
                await Console.Error.WriteLineAsync($"Unknown verb '{verb}'. Known: migrate, admin-key; none to serve.");
                return 2;
        }
    }
}
