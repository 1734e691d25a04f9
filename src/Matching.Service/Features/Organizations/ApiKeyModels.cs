using Matching.Service.Http;

namespace Matching.Service.Features.Organizations;

/// <summary>What may be shown of a key: everything but the secret.</summary>
/// <param name="Id">Number of the key.</param>
/// <param name="OrganizationId">Whose key; null for platforms and the operator.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Administers">May issue and revoke keys of its organization.</param>
/// <param name="Prefix">The visible part, to tell keys apart.</param>
/// <param name="Label">What its holder calls it.</param>
/// <param name="ExpiresAt">Not usable from then on, UTC.</param>
/// <param name="RevokedAt">Not usable since, UTC.</param>
/// <param name="CreatedAt">Issued at, UTC.</param>
public sealed record KeyInfo(
    long Id, long? OrganizationId, string Role, bool Administers, string Prefix, string Label, DateTime ExpiresAt, DateTime? RevokedAt, DateTime CreatedAt);

/// <summary>A new key. <c>Key</c> is shown this once and stored only as a hash.</summary>
public sealed record IssuedKey(string Key, KeyInfo Info);

/// <summary>Asks for a key. The office may issue for any organization of the consortium, an organization's administrator for his own and in its own role.</summary>
public sealed record CreateKey(
    [OneOf(ApiRoles.Company, ApiRoles.School, ApiRoles.Institute, ApiRoles.Department, ApiRoles.Office, ApiRoles.Platform)] string Role,
    long? OrganizationId = null,
    bool Administers = false,
    [Text(100)] string? Label = null,
    [Between(1, 730)] int ValidDays = 365);
