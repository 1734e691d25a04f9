using System.Globalization;
using System.Text.Json.Nodes;
using Matching.Service.Exports;

namespace Matching.Service.Features.Demands;

/// <summary>
/// A demand as schema.org <c>JobPosting</c> (JSON-LD). What schema.org has no word for stands under the prefix <c>matching:</c>, so that reading it back gives the same demand
/// and everybody else may pass over it.
/// </summary>
internal static class JobPostingWriter
{
    public const string ContentType = "application/ld+json";

    public static JsonObject List(IEnumerable<Demand> demands, string? next, ExportNames names) => new()
    {
        ["@context"] = Context(),
        ["@type"] = "ItemList",
        ["matching:next"] = next,
        ["itemListElement"] = new JsonArray([.. demands.Select(demand => (JsonNode)Body(demand, names))]),
    };

    public static JsonObject Write(Demand demand, ExportNames names)
    {
        var posting = Body(demand, names);
        posting.Insert(0, "@context", Context());
        return posting;
    }

    private static JsonArray Context() => ["https://schema.org/", new JsonObject { ["matching"] = "urn:matching:" }];

    private static JsonObject Body(Demand d, ExportNames names)
    {
        var posting = new JsonObject
        {
            ["@type"] = "JobPosting",
            ["@id"] = string.Create(CultureInfo.InvariantCulture, $"/api/v1/demands/{d.Id}"),
            ["title"] = d.Title,
            ["description"] = d.Description,
            ["datePosted"] = Day(d.OpenedOn),
            ["totalJobOpenings"] = d.Headcount,
            ["employmentType"] = d.Kind switch { "EMPLOYMENT" => "FULL_TIME", "INTERNSHIP" => "INTERN", _ => "OTHER" },
            ["hiringOrganization"] = new JsonObject
            {
                ["@type"] = "Organization", ["name"] = names.Organization(d.OrganizationId),
                ["identifier"] = Value("matching:organization", d.OrganizationId.ToString(CultureInfo.InvariantCulture)),
            },
            ["jobLocation"] = Place(d.RegionCode, names),
            ["matching:kind"] = d.Kind,
            ["matching:state"] = d.State,
        };
        Add(posting, "identifier", d.ExternalRef is { } reference ? Value("matching:externalRef", reference) : null);
        Add(posting, "validThrough", Day(d.ValidThrough));
        Add(posting, "jobStartDate", Day(d.StartsOn));
        Add(posting, "occupationalCategory", Term("CategoryCode", "codeValue", d.OccupationCode, names.Occupation(d.OccupationCode)));
        Add(posting, "industry", Term("DefinedTerm", "termCode", d.IndustryCode, names.Industry(d.IndustryCode)));
        Add(posting, "educationRequirements", Credential(d.EducationCode, names.Education(d.EducationCode)));
        Add(posting, "experienceRequirements", d.ExperienceYears is { } years
            ? new JsonObject { ["@type"] = "OccupationalExperienceRequirements", ["monthsOfExperience"] = years * 12 } : null);
        Add(posting, "baseSalary", Salary(d.WageMin, d.WageMax));
        Add(posting, "skills", Each(d.Skills, skill => Asked("DefinedTerm", skill.Name, "matching:must", skill.Must, skill.Level)));
        Add(posting, "qualifications", Each(d.Certificates, paper => Asked("EducationalOccupationalCredential", paper.Name, "matching:compulsory", paper.Compulsory, null)));
        Add(posting, "matching:majorCodes", Each(d.MajorCodes, code => JsonValue.Create(code)));
        Add(posting, "matching:regionBinding", d.RegionBinding ? true : null);
        Add(posting, "matching:clusterId", d.ClusterId);
        return posting;
    }

    private static JsonObject Place(string region, ExportNames names) => new()
    {
        ["@type"] = "Place",
        ["address"] = new JsonObject
        {
            ["@type"] = "PostalAddress", ["addressCountry"] = "CN", ["addressRegion"] = names.Region(region[..2] + "0000"),
            ["addressLocality"] = region.EndsWith("0000", StringComparison.Ordinal) ? null : names.Region(region), ["identifier"] = Value("GB/T 2260", region),
        },
    };

    private static JsonObject? Salary(int? least, int? most)
    {
        if (most is null && least is null)
        {
            return null;
        }

        var value = new JsonObject { ["@type"] = "QuantitativeValue", ["unitText"] = "MONTH" };
        Add(value, "minValue", least);
        Add(value, "maxValue", most);
        return new JsonObject { ["@type"] = "MonetaryAmount", ["currency"] = "CNY", ["value"] = value };
    }

    private static JsonObject Asked(string type, string name, string mark, bool marked, int? level)
    {
        var term = new JsonObject { ["@type"] = type, ["name"] = name, [mark] = marked };
        Add(term, "matching:level", level);
        return term;
    }

    private static JsonObject? Credential(string? code, string? name) => code is null ? null
        : new JsonObject { ["@type"] = "EducationalOccupationalCredential", ["credentialCategory"] = name, ["identifier"] = Value("GB/T 4658", code) };

    private static JsonObject? Term(string type, string key, string? code, string? name) =>
        code is null ? null : new JsonObject { ["@type"] = type, [key] = code, ["name"] = name };

    private static JsonObject Value(string property, string value) => new() { ["@type"] = "PropertyValue", ["propertyID"] = property, ["value"] = value };

    private static JsonArray? Each<T>(IReadOnlyCollection<T> items, Func<T, JsonNode?> write) => items.Count == 0 ? null : new JsonArray([.. items.Select(write)]);

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void Add(JsonObject target, string name, JsonNode? value)
    {
        if (value is not null)
        {
            target[name] = value;
        }
    }
}
