using System.Text.Json;
using Matching.Engine.Normalizing;
using Matching.Service.Reference;

namespace Matching.Service.Features.Demands;

/// <summary>Who is hiring, as the document says it.</summary>
internal sealed record HiringOrganization(long? Id, string? CreditCode, string? Name);

/// <summary>One posting as a demand to be posted.</summary>
internal sealed record ReadPosting(WriteDemand Demand, HiringOrganization Hiring, string Path);

/// <summary>
/// Reads schema.org <c>JobPosting</c>: one, a list, <c>@graph</c> or <c>ItemList</c>. The context is never fetched: the words are schema.org's, with or without prefix.
/// What it cannot take it names by path; what it does not know it passes over and lists.
/// </summary>
internal sealed class JobPostingReader(ReferenceTables reference)
{
    private static readonly HashSet<string> Known =
    [
        "@context", "@type", "@id", "title", "description", "datePosted", "totalJobOpenings", "employmentType", "hiringOrganization", "jobLocation", "identifier", "validThrough",
        "jobStartDate", "occupationalCategory", "industry", "educationRequirements", "experienceRequirements", "baseSalary", "skills", "qualifications",
        "matching:kind", "matching:state", "matching:majorCodes", "matching:regionBinding", "matching:clusterId",
    ];

    public IReadOnlyList<ReadPosting> Read(JsonElement root, JobPostingProblems problems)
    {
        var all = Postings(new JobPostingNode(root, "", problems)).ToArray();
        if (all.Length == 0 && problems.Errors.Count == 0)
        {
            problems.Add("$", "没有找到 @type 为 JobPosting 的内容。");
        }

        return [.. all.Select(Read)];
    }

    private static IEnumerable<JobPostingNode> Postings(JobPostingNode node)
    {
        foreach (var one in node.Each())
        {
            if (!one.IsObject)
            {
                one.Problems.Add(one.Path.Length == 0 ? "$" : one.Path, "须为一个 JobPosting 对象。");
            }
            else if (Types(one).Contains("JobPosting"))
            {
                yield return one;
            }
            else if ((one.Find("@graph") ?? one.Find("itemListElement") ?? one.Find("item")) is { } inner)
            {
                foreach (var posting in Postings(inner))
                {
                    yield return posting;
                }
            }
        }
    }

    private static IEnumerable<string> Types(JobPostingNode node) => node.Find("@type") is { } type
        ? type.Each().Select(one => one.Value.ValueKind == JsonValueKind.String ? one.Value.GetString()!.Split('/', ':')[^1] : "") : [];

    private ReadPosting Read(JobPostingNode posting)
    {
        foreach (var property in posting.Value.EnumerateObject().Select(property => property.Name.Replace("schema:", "", StringComparison.Ordinal).Split("schema.org/")[^1]))
        {
            if (!Known.Contains(property))
            {
                posting.Problems.Ignored.Add(property);
            }
        }

        var (least, most) = JobPostingSalary.Read(posting.Find("baseSalary"));
        return new ReadPosting(
            new WriteDemand(
                Required(posting, "title", node => node.Text()) ?? "", Required(posting, "jobLocation", Region) ?? "",
                posting.Find("totalJobOpenings")?.Integer() ?? 1, Kind(posting), posting.Find("matching:state")?.Text() == "DRAFT" ? "DRAFT" : "OPEN",
                ExternalRef: posting.Find("identifier") is { } id ? Value(id) : null, Description: posting.Find("description")?.Text(),
                OccupationCode: posting.Find("occupationalCategory") is { } category ? Occupation(category) : null,
                IndustryCode: posting.Find("industry") is { } industry ? Industry(industry) : null, ClusterId: posting.Find("matching:clusterId")?.Integer(),
                RegionBinding: posting.Find("matching:regionBinding")?.Truth() ?? false,
                EducationCode: posting.Find("educationRequirements") is { } education ? Education(education) : null,
                MajorCodes: posting.Find("matching:majorCodes")?.Each().Select(node => node.Text()).OfType<string>().ToArray() ?? [],
                ExperienceYears: posting.Find("experienceRequirements") is { } experience ? Experience(experience) : null, WageMin: least, WageMax: most,
                OpenedOn: posting.Find("datePosted")?.Day(), StartsOn: posting.Find("jobStartDate")?.Day(), ValidThrough: posting.Find("validThrough")?.Day(),
                Skills: Skills(posting), Certificates: Certificates(posting)),
            Hiring(posting), posting.Path);
    }

    private static T? Required<T>(JobPostingNode posting, string name, Func<JobPostingNode, T?> read)
        where T : class
    {
        if (posting.Find(name) is { } node)
        {
            return read(node);
        }

        posting.Problems.Add(posting.Path.Length == 0 ? name : $"{posting.Path}.{name}", "必填。");
        return null;
    }

    private static string Kind(JobPostingNode posting)
    {
        if (posting.Find("matching:kind")?.Text() is { } own)
        {
            return own;
        }

        var types = posting.Find("employmentType")?.Each().Select(node => node.Text()).OfType<string>().Select(text => text.ToUpperInvariant().Replace('-', '_')).ToArray() ?? [];
        return types.Length > 0 && types.All(type => type is "INTERN" or "INTERNSHIP" or "实习") ? "INTERNSHIP" : "EMPLOYMENT";
    }

    // A code of ours is exact; otherwise the most exact words of the address that name a region.
    private string? Region(JobPostingNode location)
    {
        if (location.One() is not { } place)
        {
            return null;
        }

        var address = place.IsObject ? place.Find("address")?.One() ?? place : place;
        if (address.IsObject && address.Find("identifier") is { } code && reference.Regions.Knows(Value(code)))
        {
            return Value(code);
        }

        var town = address.IsObject ? address.Find("addressRegion")?.Text() + address.Find("addressLocality")?.Text() : address.Text() ?? "";
        var words = address.IsObject ? town + address.Find("streetAddress")?.Text() : town;
        var found = reference.Regions.Knows(words) ? words : reference.Places.Find(words) ?? reference.Places.Find(town);
        if (found is null)
        {
            location.Problems.Add(address.Path, "不能从地址认出工作地区；请在 addressRegion、addressLocality 中写明省、市、区。");
        }

        return found;
    }

    private string? Occupation(JobPostingNode category)
    {
        foreach (var one in category.Each())
        {
            var text = (one.IsObject ? one.Find("codeValue") ?? one.Find("termCode") : null)?.Text() ?? one.Text();
            if (reference.Occupations.Knows(text))
            {
                return text;
            }

            if (text is not null && reference.Occupations.FindByName(text) is { } named)
            {
                return named.Code;
            }
        }

        // Codes of other countries and words we do not know are no error: the title is coded instead.
        category.Problems.Ignored.Add("occupationalCategory");
        return null;
    }

    private string? Industry(JobPostingNode industry)
    {
        var text = (industry.IsObject ? industry.Find("termCode") : null)?.Text() ?? industry.Text();
        var code = reference.Industries.Knows(text) ? text : text is null ? null : reference.Industries.FindByName(text)?.Code;
        if (code is null)
        {
            industry.Problems.Ignored.Add("industry");
        }

        return code;
    }

    private string? Education(JobPostingNode requirement)
    {
        if (requirement.One() is not { } one)
        {
            return null;
        }

        if (one.IsObject && one.Find("identifier") is { } id && reference.EducationLevels.Knows(Value(id)))
        {
            return Value(id);
        }

        var text = (one.IsObject ? one.Find("credentialCategory") : null)?.Text() ?? one.Text();
        var code = text?.ToLowerInvariant() switch
        {
            "high school" => "61", "associate degree" => "30", "professional certificate" => "40", "bachelor degree" => "20", "postgraduate degree" => "10",
            null or "no requirements" => null,
            _ => reference.EducationLevels.FindByName(text)?.Code ?? (EducationText.TryParse(text, out var parsed) ? parsed : ""),
        };
        if (code == "")
        {
            one.Problems.Add(one.Path, "不能认出学历，请写如 大专、本科、中专、不限。");
        }

        return code;
    }

    // Months are rounded up to whole years: who asks for 18 months is not content with one year.
    private static int? Experience(JobPostingNode requirement) =>
        requirement.One() is not { } one ? null
        : one.IsObject && one.Find("monthsOfExperience") is { } months ? months.Number() is { } count ? (int)Math.Ceiling(count / 12) : null
        : one.Text() is "no requirements" or "不限" or "无" or null ? null
        : Ignore(one, "experienceRequirements");

    private static int? Ignore(JobPostingNode node, string name)
    {
        node.Problems.Ignored.Add(name);
        return null;
    }

    private static AskedSkill[] Skills(JobPostingNode posting) => [.. Terms(posting.Find("skills")).Select(term =>
        new AskedSkill(term.Name, term.Node.IsObject ? term.Node.Find("matching:must")?.Truth() ?? true : true, term.Node.IsObject ? term.Node.Find("matching:level")?.Integer() : null))];

    private static AskedCertificate[] Certificates(JobPostingNode posting) => [.. Terms(posting.Find("qualifications")).Where(term => term.Node.IsObject).Select(term =>
        new AskedCertificate(term.Name, term.Node.Find("matching:compulsory")?.Truth() ?? false))];

    // A text lists several.
    private static IEnumerable<(string Name, JobPostingNode Node)> Terms(JobPostingNode? list)
    {
        foreach (var one in list?.Each() ?? [])
        {
            var names = one.IsObject ? one.Text() is { } name ? [name] : [] : one.Text()?.Split(['、', ',', '，', ';', '；', '\n']) ?? [];
            foreach (var text in names.Select(text => text.Trim()).Where(text => text.Length > 0))
            {
                yield return (text, one);
            }
        }
    }

    private static HiringOrganization Hiring(JobPostingNode posting)
    {
        if (posting.Find("hiringOrganization")?.One() is not { } hiring)
        {
            return new(null, null, null);
        }

        var id = hiring.IsObject ? hiring.Find("identifier") : null;
        var own = id?.IsObject == true && id.Value.Find("propertyID")?.Text() == "matching:organization";
        var value = id is { } given ? Value(given) : hiring.IsObject ? (hiring.Find("taxID") ?? hiring.Find("vatID"))?.Text() : null;
        return new(own && long.TryParse(value, out var number) ? number : null, own ? null : value, hiring.Text());
    }

    // {"@type": "PropertyValue", "value": …} or the value itself.
    private static string? Value(JobPostingNode node) => node.One() is { IsObject: true } thing ? (thing.Find("value") ?? thing.Find("@value"))?.Text() : node.Text();
}
