using Matching.Service;
using Matching.Service.Changes;
using Matching.Service.Data;
using Matching.Service.Exports;
using Matching.Service.Features.Audit;
using Matching.Service.Features.Bulletins;
using Matching.Service.Features.Coding;
using Matching.Service.Features.Demands;
using Matching.Service.Features.Graduates;
using Matching.Service.Features.IntakeRules;
using Matching.Service.Features.Introductions;
using Matching.Service.Features.Matches;
using Matching.Service.Features.Organizations;
using Matching.Service.Features.Placements;
using Matching.Service.Features.Plans;
using Matching.Service.Features.Programs;
using Matching.Service.Features.Reference;
using Matching.Service.Features.Reports;
using Matching.Service.Features.Search;
using Matching.Service.Features.Seekers;
using Matching.Service.Features.Skills;
using Matching.Service.Features.Webhooks;
using Matching.Service.Http;
using Matching.Service.Imports;
using Matching.Service.Imports.Mapping;
using Matching.Service.Jobs;
using Matching.Service.Reference;

var builder = WebApplication.CreateBuilder(args);
builder.AddLogging();

var options = builder.Configuration.GetSection(MatchingOptions.Section).Get<MatchingOptions>() ?? new MatchingOptions();
await using var cluster = await options.StartEmbeddedClusterAsync();
builder.Services.AddOptions<MatchingOptions>().BindConfiguration(MatchingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
builder.AddHttp(options);
builder.Services.AddData(options);
builder.Services.AddDocumentation();
builder.Services.AddHealth();
builder.Services.AddSingleton<ReferenceTables>();
builder.Services.AddExports(options);
builder.Services.AddChanges(options);
builder.Services.AddJob<TrimChangesJob>();
builder.Services.AddOccupations();
builder.Services.AddOrganizations();
builder.Services.AddScoped<AuditStore>();
builder.Services.AddSkills();
builder.Services.AddPrograms();
builder.Services.AddGraduates();
builder.Services.AddDemands();
builder.Services.AddSeekers();
builder.Services.AddScoped<PlacementStore>();
builder.Services.AddScoped<IntroductionStore>();
builder.Services.AddScoped<IntroductionFollowUpStore>();
builder.Services.AddScoped<IntakeRuleStore>();
builder.Services.AddMatches(options);
builder.Services.AddPlans();
builder.Services.AddBulletins();
builder.Services.AddWebhooks(options);
builder.Services.AddScoped<PlacementReportStore>();
builder.Services.AddSearch();
builder.Services.AddImports();
builder.Services.AddImportKind<OrganizationImport>();
builder.Services.AddImportKind<DemandImport>();
builder.Services.AddImportKind<ProgramImport>();
builder.Services.AddImportKind<GraduateImport>();
builder.Services.AddImportKind<PlacementImport>();
// Last: the scheduler plans the jobs that are registered by now.
builder.Services.AddJobs(options);

await using var app = builder.Build();
if (await Verbs.RunAsync(app, args, CancellationToken.None) is { } exitCode)
{
    return exitCode;
}

if (options.MigrateOnStart)
{
    await app.Services.GetRequiredService<Migrator>().ApplyAsync(app.Lifetime.ApplicationStopping);
}

app.UseHttp();
app.MapHealth();
if (options.RunApi)
{
    app.UseDocumentation(options);
    var api = app.MapApi().WithExports();
    api.MapConsortia();
    api.MapOrganizations();
    api.MapApiKeys();
    api.MapAudit();
    api.MapJobs();
    api.MapReference();
    api.MapOccupations();
    api.MapSkills();
    api.MapPrograms();
    api.MapGraduates();
    api.MapSeekers();
    api.MapDemands();
    api.MapDemandDuplicates();
    api.MapDemandReminders();
    api.MapDemandRules();
    api.MapIntakeRules();
    api.MapIntroductions();
    api.MapPlacements();
    api.MapMatches();
    api.MapPlans();
    api.MapBulletins();
    api.MapReports();
    api.MapSearch();
    api.MapImports();
    api.MapImportMappings();
    api.MapWebhooks();
    app.MapBulletinPages();
}

await app.RunAsync();
return 0;
