// The validation of .NET 10 is marked as experimental where it is called by hand; the rules of a demand are to be asked, not written twice.
#pragma warning disable ASP0029
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Matching.Service.Data;
using Matching.Service.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Validation;

namespace Matching.Service.Features.Demands;

/// <summary>From a document to stored demands, by the same checks and the same intake as any other demand.</summary>
internal sealed class JobPostingIntake(JobPostingReader reader, DemandIntake intake, TenantSession session, IOptions<ValidationOptions> validation, IServiceProvider services)
{
    private const string FindCompanySql = """
        SELECT id FROM organization
        WHERE consortium_id = current_consortium() AND kind = 'COMPANY' AND (id = @Id OR credit_code = @CreditCode OR (@CreditCode IS NULL AND @Id IS NULL AND name = @Name))
        ORDER BY id LIMIT 1
        """;

    public IReadOnlyList<ReadPosting> Read(JsonElement root, JobPostingProblems problems) => reader.Read(root, problems);

    /// <summary>The rules that the fields of a demand carry, told by the words of the document.</summary>
    public async Task CheckAsync(IReadOnlyList<ReadPosting> postings, JobPostingProblems problems, CancellationToken ct)
    {
        if (!validation.Value.TryGetValidatableTypeInfo(typeof(WriteDemand), out var rules))
        {
            throw new InvalidOperationException("Demands have no rules to check.");
        }

        foreach (var posting in postings)
        {
            var context = new ValidateContext { ValidationOptions = validation.Value, ValidationContext = new ValidationContext(posting.Demand, services, null) };
            await rules.ValidateAsync(posting.Demand, context, ct);
            foreach (var (field, messages) in context.ValidationErrors ?? [])
            {
                problems.Add((posting.Path.Length == 0 ? "" : posting.Path + ".") + Word(RequestErrors.Camel(field)), string.Join(' ', messages));
            }
        }
    }

    public async Task<IResult> StoreAsync(IReadOnlyList<ReadPosting> postings, bool single, HttpContext http, CancellationToken ct)
    {
        var demands = new List<WriteDemand>(postings.Count);
        foreach (var posting in postings)
        {
            var hiring = posting.Hiring;
            var company = hiring is { Id: null, CreditCode: null, Name: null } ? null : await session.FindAsync<long?>(FindCompanySql, hiring, ct);
            if (company is null && hiring is not { Id: null, CreditCode: null, Name: null })
            {
                return DemandIntake.NoCompany(posting.Path.Length == 0 ? "hiringOrganization" : posting.Path + ".hiringOrganization");
            }

            demands.Add(posting.Demand with { OrganizationId = company });
        }

        // The same intake as a batch, so that whatever is checked or found out about demands there is about these too.
        var stored = await intake.StoreAllAsync(demands, ct);
        return single && stored.Result is Ok<Page<Demand>> { Value.Items: [var demand] } ? Answers.Created(http, $"/api/v1/demands/{demand.Id}", demand) : stored.Result;
    }

    private static string Word(string field) => field.Split('.', '[')[0] switch
    {
        "regionCode" => "jobLocation", "headcount" => "totalJobOpenings", "kind" => "employmentType", "externalRef" => "identifier", "occupationCode" => "occupationalCategory",
        "industryCode" => "industry", "educationCode" => "educationRequirements", "experienceYears" => "experienceRequirements", "wageMin" or "wageMax" => "baseSalary",
        "openedOn" => "datePosted", "startsOn" => "jobStartDate", "certificates" => "qualifications", "majorCodes" => "matching:majorCodes", var same => same,
    };
}
