using Matching.Service.Http;
using Matching.Service.Reference;

namespace Matching.Service.Features.Organizations;

/// <summary>A consortium (市域产教联合体): the tenant of everything else.</summary>
/// <param name="Id">Number of the consortium.</param>
/// <param name="Name">Its name.</param>
/// <param name="RegionCode">The region it serves, GB/T 2260.</param>
/// <param name="State">ACTIVE or SUSPENDED; keys of a suspended consortium do not work.</param>
/// <param name="Version">Grows with every change; the ETag.</param>
public sealed record Consortium(long Id, string Name, string RegionCode, string State, int Version);

/// <summary>Onboards a consortium together with its office (秘书处), whose first key is in the answer and shown only there.</summary>
public sealed record CreateConsortium(
    [Text(200)] string Name,
    [KnownCode(CodeKind.Region)] string RegionCode,
    [Text(200)] string OfficeName);

/// <summary>A new consortium, its office and the office's first key.</summary>
public sealed record CreatedConsortium(Consortium Consortium, Organization Office, IssuedKey Key);

/// <summary>A declared industry cluster (产业集群) of the region.</summary>
/// <param name="Id">Number of the cluster.</param>
/// <param name="Name">Its name.</param>
/// <param name="IndustryCodes">The industries (GB/T 4754) it covers.</param>
/// <param name="Version">Grows with every change; the ETag.</param>
public sealed record IndustryCluster(long Id, string Name, string[] IndustryCodes, int Version) : IVersioned;

/// <summary>Declares a cluster or replaces what is known of it.</summary>
public sealed record WriteIndustryCluster([Text(100)] string Name, [AtMost(200), KnownCode(CodeKind.Industry)] IReadOnlyList<string> IndustryCodes);
