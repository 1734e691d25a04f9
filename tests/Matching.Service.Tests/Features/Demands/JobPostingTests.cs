using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Matching.Service.Features.Demands;
using Matching.Service.Http;
using Matching.Service.Reference;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Demands;

public class JobPostingTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly JobPostingReader Reader = new(new ReferenceTables());

    [Fact]
    public async Task Posting_InTheWordsOfSchemaOrg_BecomesADemand()
    {
        using var company = api.ClientAs("company");
        var response = await PostAsync(company, """
            {
              "@context": "https://example.invalid/never-fetched.jsonld", "@type": "JobPosting", "title": "数控车床操作工", "description": "负责轴类零件的加工。",
              "datePosted": "2026-09-01T08:00:00+08:00", "validThrough": "2027-01-31", "employmentType": ["FULL_TIME", "PART_TIME"], "totalJobOpenings": "5",
              "occupationalCategory": [{ "@type": "CategoryCode", "codeValue": "51-4041.00", "name": "Machinists" }, "6-18-01-01"],
              "skills": "数控编程、机械制图", "qualifications": { "@type": "EducationalOccupationalCredential", "name": "数控车铣加工" },
              "educationRequirements": { "@type": "EducationalOccupationalCredential", "credentialCategory": "associate degree" },
              "experienceRequirements": { "@type": "OccupationalExperienceRequirements", "monthsOfExperience": 18 },
              "baseSalary": { "@type": "MonetaryAmount", "currency": "CNY", "value": { "@type": "QuantitativeValue", "minValue": 30, "maxValue": 40, "unitText": "HOUR" } },
              "jobLocation": { "@type": "Place", "address": { "@type": "PostalAddress", "addressRegion": "广东省", "addressLocality": "深圳市", "streetAddress": "宝安区某路1号" } },
              "hiringOrganization": { "@type": "Organization", "name": "甲市产教联合体-company", "sameAs": "https://example.invalid" }, "directApply": true
            }
            """);
        var demand = await HttpAssert.BodyAsync<Demand>(response, HttpStatusCode.Created);

        Assert.Equal(("数控车床操作工", "440306", 5, "6-18-01-01", "30"), (demand.Title, demand.RegionCode, demand.Headcount, demand.OccupationCode, demand.EducationCode));
        Assert.Equal((2, 5220, 6960, "EMPLOYMENT"), (demand.ExperienceYears, demand.WageMin, demand.WageMax, demand.Kind));
        Assert.Equal((new DateOnly(2026, 9, 1), new DateOnly(2027, 1, 31)), (demand.OpenedOn, demand.ValidThrough));
        Assert.Equal(["数控编程", "机械制图"], demand.Skills.Select(skill => skill.Name).Order());
        Assert.Equal("数控车铣加工", Assert.Single(demand.Certificates).Name);
        Assert.Equal("directApply", response.Headers.GetValues("X-Ignored-Properties").Single());
    }

    [Fact]
    public async Task Demand_WrittenAndReadBack_IsTheSame()
    {
        using var company = api.ClientAs("company");
        var random = new Random(7);
        for (var i = 0; i < 40; i++)
        {
            var sent = Some(random);
            var first = await ApiData.CreateAsync<Demand>(company, "demands", sent);
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/demands/{first.Id}");
            request.Headers.Accept.ParseAdd("application/ld+json");
            using var answer = await company.SendAsync(request);
            Assert.Equal("application/ld+json", answer.Content.Headers.ContentType!.MediaType);
            var written = await answer.Content.ReadAsStringAsync();
            using var document = JsonDocument.Parse(written);
            var problems = new JobPostingProblems();

            var read = Reader.Read(document.RootElement, problems).Single().Demand;

            Assert.Empty(problems.Errors);
            Assert.Empty(problems.Ignored);
            // Read in, written out and read in again: nothing is lost on the way. The occupation the platform found is now the sender's.
            Assert.Equal(JsonSerializer.Serialize(sent with { OccupationCode = first.OccupationCode, Skills = Ordered(first.Skills), Certificates = Ordered(first.Certificates) }),
                JsonSerializer.Serialize(read with { Skills = Ordered(read.Skills), Certificates = Ordered(read.Certificates) }));
        }
    }

    [Fact]
    public async Task List_IsAnItemList_ThatCanBePostedElsewhere()
    {
        using var company = api.ClientAs("company");
        using var elsewhere = api.ClientOf(api.Data.Second, "company");
        await ApiData.CreateDemandAsync(company);
        await ApiData.CreateDemandAsync(company);
        var list = await company.GetStringAsync("/api/v1/demands/jobpostings?own=true&take=2");
        using var document = JsonDocument.Parse(list);

        Assert.Equal(2, document.RootElement.GetProperty("itemListElement").GetArrayLength());
        await HttpAssert.ProblemAsync(await PostAsync(elsewhere, list), HttpStatusCode.BadRequest, "reference_not_found");
        var renamed = System.Text.RegularExpressions.Regex.Replace(list, "\"hiringOrganization\":\\{.*?\\}\\}", "\"hiringOrganization\":null");
        Assert.Equal(2, (await HttpAssert.BodyAsync<Page<Demand>>(await PostAsync(elsewhere, renamed))).Items.Count);
    }

    [Theory]
    [InlineData("""{"@type":"JobPosting","title":{"@value":{"x":1}},"jobLocation":"深圳市"}""", "title", "须为文本。")]
    [InlineData("""{"@type":"JobPosting","jobLocation":"深圳市"}""", "title", "必填。")]
    [InlineData("""{"@type":"JobPosting","title":"车工","jobLocation":{"address":{"addressLocality":"火星"}}}""", "jobLocation.address", null)]
    [InlineData("""[{"@type":"JobPosting","title":"车工","jobLocation":"深圳市"},{"@type":"JobPosting","title":"钳工","jobLocation":"深圳市","totalJobOpenings":"许多"}]""", "[1].totalJobOpenings", "须为数字。")]
    [InlineData("""{"@graph":[{"@type":"JobPosting","title":"车工","jobLocation":"深圳市","totalJobOpenings":0}]}""", "@graph[0].totalJobOpenings", null)]
    [InlineData("""{"@type":"JobPosting","title":"车工","jobLocation":"深圳市","validThrough":"next week"}""", "validThrough", null)]
    [InlineData("""{"@type":"JobPosting","title":"车工","jobLocation":"深圳市","baseSalary":{"currency":"USD","value":1}}""", "baseSalary.currency", null)]
    [InlineData("""{"@type":"JobPosting","title":"车工","jobLocation":"深圳市","baseSalary":{"value":{"value":5000,"unitText":"FORTNIGHT"}}}""", "baseSalary.value.unitText", null)]
    [InlineData("""{"@type":"JobPosting","title":"车工","jobLocation":"深圳市","baseSalary":{"value":{"minValue":9000,"maxValue":8000}}}""", "baseSalary", null)]
    [InlineData("""{"@type":"JobPosting","title":"车工","jobLocation":"深圳市","skills":[[["x"]]]}""", "skills[0][0]", null)]
    [InlineData("""{"@type":"Organization","name":"某厂"}""", "$", null)]
    [InlineData("""[]""", "$", null)]
    [InlineData("""42""", "$", null)]
    public async Task Posting_ThatCannotBeRead_IsRefusedWithThePath(string json, string path, string? message)
    {
        using var company = api.ClientAs("company");
        var problem = await HttpAssert.ProblemAsync(await PostAsync(company, json), HttpStatusCode.BadRequest, "invalid_posting");

        var errors = problem.GetProperty("errors");
        Assert.True(errors.TryGetProperty(path, out var told), errors.ToString());
        Assert.True(message is null || told[0].GetString() == message, told.ToString());
    }

    [Fact]
    public async Task Document_ThatIsTooDeepOrNoJson_IsRefused()
    {
        using var company = api.ClientAs("company");
        foreach (var json in (string[])[string.Concat(Enumerable.Repeat("[", 5_000)), "{\"@type\":", "", "<html>"])
        {
            await HttpAssert.ProblemAsync(await PostAsync(company, json), HttpStatusCode.BadRequest, "invalid_json");
        }
    }

    [Theory]
    [InlineData("HOUR", 20, 3480), InlineData("DAY", 200, 4350), InlineData("WEEK", 1200, 5200), InlineData("MONTH", 5000, 5000), InlineData("YEAR", 60000, 5000), InlineData("YEAR", 66666, 5556)]
    public void Salary_IsTakenByTheMonth(string unit, int amount, int month)
    {
        using var document = JsonDocument.Parse($$"""{ "value": { "value": {{amount}}, "unitText": "{{unit}}" } }""");
        Assert.Equal((month, month), JobPostingSalary.Read(new JobPostingNode(document.RootElement, "", new JobPostingProblems())));
    }

    [Fact]
    public void Reader_NeverThrows_WhateverStandsWhere()
    {
        var random = new Random(3);
        string[] values = ["null", "true", "1", "-1e300", "\"\"", "\"车工\"", "[]", "{}", "[[]]", "{\"@value\":{}}", "{\"name\":[1]}", "[1,2]", "{\"address\":[{}]}", "{\"value\":{\"minValue\":[]}}"];
        string[] words = ["title", "jobLocation", "totalJobOpenings", "skills", "baseSalary", "identifier", "hiringOrganization", "educationRequirements", "experienceRequirements", "occupationalCategory",
            "industry", "validThrough", "employmentType", "qualifications", "matching:majorCodes", "matching:regionBinding", "matching:clusterId", "datePosted"];
        for (var i = 0; i < 500; i++)
        {
            var body = string.Join(',', words.Where(_ => random.Next(3) > 0).Select(word => $"\"{word}\":{values[random.Next(values.Length)]}"));
            using var document = JsonDocument.Parse($"{{\"@type\":\"JobPosting\"{(body.Length > 0 ? "," : "")}{body}}}");
            Assert.Single(Reader.Read(document.RootElement, new JobPostingProblems()));
        }
    }

    private static WriteDemand Some(Random random)
    {
        T? Maybe<T>(T value)
            where T : struct => random.Next(2) == 0 ? value : null;
        string? Text(string value) => random.Next(2) == 0 ? value : null;
        var wage = Maybe(random.Next(2_000, 9_000));
        return new WriteDemand(
            $"数控车床操作工{ApiData.Next()}", random.Next(2) == 0 ? "440306" : "440300", random.Next(1, 50), (string[])["EMPLOYMENT", "INTERNSHIP", "APPRENTICE", "ORDER_CLASS"] is var kinds ? kinds[random.Next(4)] : "",
            random.Next(3) == 0 ? "DRAFT" : "OPEN", null, Text($"J{ApiData.Next()}"), random.Next(2) == 0 ? "轴类零件的\n数控车削“加工”<b>" : null, Text("6-18-01-01"), Text("34"), null, random.Next(2) == 0,
            Text("31"), random.Next(2) == 0 ? ["460103"] : [], Maybe(random.Next(0, 9)), wage is null ? null : Maybe(wage.Value - 500), wage, new DateOnly(2026, 9, random.Next(1, 30)), Maybe(new DateOnly(2026, 12, 1)),
            Maybe(new DateOnly(2027, 1, 31)), random.Next(2) == 0 ? [new("数控编程", random.Next(2) == 0, random.Next(1, 6)), new("机械制图")] : [], random.Next(2) == 0 ? [new("数控车铣加工", random.Next(2) == 0)] : []);
    }

    private static AskedSkill[] Ordered(IEnumerable<AskedSkill>? skills) => [.. (skills ?? []).Select(skill => skill with { Origin = "STATED" }).OrderBy(skill => skill.Name, StringComparer.Ordinal)];

    private static AskedCertificate[] Ordered(IEnumerable<AskedCertificate>? papers) => [.. (papers ?? []).OrderBy(paper => paper.Name, StringComparer.Ordinal)];

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/ld+json");
        return await client.PostAsync("/api/v1/demands", content);
    }
}
