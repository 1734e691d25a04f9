using System.Text.Json;
using Matching.Engine.Scoring;
using Matching.Service.Data;
using Matching.Service.Features.Matches;
using Matching.Service.Reference;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Matches;

/// <summary>What a run copies is what a page reads, row for row and under the same policies.</summary>
public class MatchCopyTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private readonly ReferenceTables _reference = new();

    [Fact]
    public async Task Copy_ReadsWhatAPageReads_OfEveryRow()
    {
        var corpus = await MatchCorpus.CreateAsync(api.Database, 300, 400);
        await using var session = corpus.Open();
        var tables = await MatchTables.LoadAsync(session, _reference, default);

        var demands = (await MatchLoader.OpenDemandsAsync(session, default)).Select(row => row.ToProfile(_reference)).ToArray();
        Assert.InRange(demands.Length, 200, 299);
        Assert.Equal(demands.Select(Text), (await MatchCopy.DemandsAsync(session, tables, MatchRange.All, default)).Select(Text));
        foreach (var consentedOnly in (bool[])[false, true])
        {
            var graduates = (await MatchLoader.SeekingGraduatesAsync(session, consentedOnly, default)).Select(row => row.ToProfile(_reference)).ToArray();
            Assert.InRange(graduates.Length, 300, 399);
            Assert.Equal(graduates.Select(Text), (await GraduatesAsync(session, tables, consentedOnly)).Select(Text));
        }

        // A range has both its ends, and nothing is lost between neighbours.
        var half = new MatchRange(demands[0].Id, demands[100].Id);
        Assert.Equal(demands.Take(101).Select(demand => demand.Id), (await MatchCopy.DemandsAsync(session, tables, half, default)).Select(demand => demand.Id));
        Assert.Equal(demands.Skip(101).Select(demand => demand.Id), (await MatchCopy.DemandsAsync(session, tables, new(half.To + 1, long.MaxValue), default)).Select(demand => demand.Id));
    }

    [Fact]
    public async Task Copy_HoldsWhatTheSessionMaySee_AndNoMore()
    {
        var corpus = await MatchCorpus.CreateAsync(api.Database, 20, 60);
        var all = (await corpus.QueryAsync<(long Id, bool Consent)>("SELECT id, consent FROM graduate")).ToDictionary(row => row.Id, row => row.Consent);
        var company = await CopiedAsync(new TenantContext("company", corpus.Id, corpus.Organizations["company"]));
        Assert.True(company.Length > 40 && company.All(id => all[id]));
        var school = await CopiedAsync(new TenantContext("school", corpus.Id, corpus.Organizations["school"]));
        Assert.True(school.Length > 50 && school.Any(id => !all[id]));
        Assert.Empty(await CopiedAsync(new TenantContext("school", corpus.Id, corpus.Organizations["school2"])));
        Assert.Empty(await CopiedAsync(TenantContext.Job(api.Data.Second.Id)));
    }

    private async Task<long[]> CopiedAsync(TenantContext tenant)
    {
        await using var session = api.Database.Open(tenant);
        var tables = await MatchTables.LoadAsync(session, _reference, default);
        return [.. (await GraduatesAsync(session, tables, consentedOnly: false)).Select(graduate => graduate.Id)];
    }

    private static string Text(DemandProfile demand) => JsonSerializer.Serialize(demand.Create());

    private static string Text(GraduateProfile graduate) => JsonSerializer.Serialize(graduate with { Skills = [.. graduate.Skills.OrderBy(held => held.Skill)] });

    private static async Task<List<GraduateProfile>> GraduatesAsync(TenantSession session, MatchTables tables, bool consentedOnly)
    {
        var graduates = new List<GraduateProfile>();
        await MatchCopy.GraduatesAsync(session, tables, MatchRange.All, consentedOnly, graduates.Add, default);
        return graduates;
    }
}
