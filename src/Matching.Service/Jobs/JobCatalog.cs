namespace Matching.Service.Jobs;

/// <summary>A job that a feature registered.</summary>
internal sealed record JobRegistration(JobSpec Spec, Type Type);

/// <summary>The jobs of this build by name.</summary>
internal sealed class JobCatalog(IEnumerable<JobRegistration> registrations)
{
    private readonly Dictionary<string, JobRegistration> _byName = registrations.ToDictionary(registration => registration.Spec.Name);

    public IReadOnlyList<JobSpec> All => [.. _byName.Values.Select(registration => registration.Spec).OrderBy(spec => spec.Name, StringComparer.Ordinal)];

    public JobSpec? Find(string name) => _byName.GetValueOrDefault(name)?.Spec;

    public int Retries(string name) => Find(name)?.Retries ?? 0;

    /// <exception cref="InvalidOperationException">A job of a newer build: this node leaves it to others.</exception>
    public IJob Create(string name, IServiceProvider services) => _byName.TryGetValue(name, out var registration)
        ? (IJob)ActivatorUtilities.CreateInstance(services, registration.Type)
        : throw new InvalidOperationException($"This build does not know the job '{name}'.");
}
