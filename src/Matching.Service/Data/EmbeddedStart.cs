namespace Matching.Service.Data;

internal static class EmbeddedStart
{
    private const string Database = "matching";

    /// <summary>Starts the embedded cluster when no server is named, and points the options at it; null when one is named.</summary>
    public static async Task<EmbeddedCluster?> StartEmbeddedClusterAsync(this MatchingOptions options)
    {
        if (options.ConnectionString.Length > 0)
        {
            return null;
        }

        var cluster = await EmbeddedCluster.StartAsync(options.DataDirectory, new EmbeddedClusterOptions(), CancellationToken.None);
        await cluster.EnsureDatabaseAsync(Database, CancellationToken.None);
        options.ConnectionString = cluster.ConnectionString(Database);
        return cluster;
    }
}
