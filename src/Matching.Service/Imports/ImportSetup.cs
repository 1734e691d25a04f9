using Matching.Service.Imports.Mapping;
using Matching.Service.Jobs;

namespace Matching.Service.Imports;

internal static class ImportSetup
{
    public static void AddImports(this IServiceCollection services)
    {
        services.AddScoped<ImportStore>();
        services.AddScoped<MappingStore>();
        services.AddSingleton<CellReading>();
        services.AddSingleton<ImportKinds>();
        services.AddSingleton<UploadFiles>();
        services.AddSingleton<ImportLoading>();
        services.AddSingleton<ImportRunner>();
        services.AddSingleton<FeedPlaces>();
        services.AddScoped<ImportFeed>();
        services.AddJob<ImportJob>();
    }

    /// <summary>Lets files of this kind in.</summary>
    public static void AddImportKind<TKind>(this IServiceCollection services)
        where TKind : ImportKind => services.AddSingleton<ImportKind, TKind>();
}
