namespace Matching.Service.Imports;

/// <summary>What the sender said besides the file.</summary>
/// <param name="OrganizationId">Whose the rows are that name nobody; null: such rows are refused.</param>
/// <param name="RegisterCompanies">Companies that nobody knows yet are entered, to be confirmed; false: their rows are refused.</param>
internal sealed record ImportTerms(long? OrganizationId = null, bool RegisterCompanies = false);
