using System.Data.Common;
using Npgsql;
using Quartz;

namespace Matching.Service.Jobs;

/// <summary>Quartz says when, in the whole cluster once; the ledger says who does it and what came of it.</summary>
internal static class JobSetup
{
    private const string TablePrefix = "quartz.qrtz_";

    public static void AddJob<T>(this IServiceCollection services)
        where T : class, IJob =>
        services.AddSingleton(new JobRegistration(T.Spec, typeof(T)));

    public static void AddJobs(this IServiceCollection services, MatchingOptions options)
    {
        services.AddSingleton(JobOptions.From(options));
        services.AddSingleton<JobCatalog>();
        services.AddSingleton<JobRunner>();
        services.AddScoped<JobStore>();
        services.AddJob<SelfTestJob>();
        if (!options.RunJobs)
        {
            return;
        }

        services.AddHostedService<JobWorkers>();
        services.AddSingleton<DbDataSource>(provider => provider.GetRequiredService<NpgsqlDataSource>());
        services.AddQuartz(quartz => Configure(quartz, [.. services.Select(service => service.ImplementationInstance).OfType<JobRegistration>()]));
        services.AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = true);
    }

    private static void Configure(IQuartzBuilder quartz, JobRegistration[] registrations)
    {
        quartz.ConfigureScheduler(scheduler =>
        {
            scheduler.InstanceName = "matching";
            scheduler.InstanceId = $"{Environment.MachineName}-{Environment.ProcessId}";
        });
        quartz.UseDefaultThreadPool(2);
        quartz.UsePersistentStore(store =>
        {
            store.UsePostgres(source => source.UseRegisteredDataSource = true);
            store.UseSystemTextJsonSerializer();
            store.UseClustering(cluster =>
            {
                cluster.CheckinInterval = TimeSpan.FromSeconds(5);
                cluster.CheckinMisfireThreshold = TimeSpan.FromSeconds(10);
            });
            store.ConfigureStore(settings =>
            {
                settings.TablePrefix = TablePrefix;
                settings.StoreJobDataAsStrings = true;
                settings.MisfireThreshold = TimeSpan.FromMinutes(1);
            });
        });
        foreach (var spec in registrations.Select(registration => registration.Spec).Where(spec => spec.Cron is not null))
        {
            // Of instants missed while nobody was running the latest is made up for, once.
            quartz.AddJob<PlanRuns>(job => job.WithIdentity(spec.Name).UsingJobData(PlanRuns.JobName, spec.Name).RequestRecovery());
            quartz.AddTrigger(trigger => trigger.ForJob(spec.Name).WithIdentity(spec.Name)
                .WithCronSchedule(spec.Cron!, cron => cron.InTimeZone(JobSpec.TimeZone).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)));
        }
    }
}
