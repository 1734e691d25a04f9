using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Matching.Engine.Normalizing;
using Matching.Service.Http;
using Matching.Service.Imports.References;
using Matching.Service.Reference;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Features.Coding;

internal static class OccupationEndpoints
{
    private const string Resource = "correction";

    public static void AddOccupations(this IServiceCollection services)
    {
        services.AddScoped<LearnedTitles>();
        services.AddScoped<OccupationCorrectionStore>();
        services.AddScoped<OccupationReviewStore>();
    }

    public static void MapOccupations(this IEndpointRouteBuilder routes)
    {
        var occupations = routes.MapGroup("/occupations").WithTags("Occupations");
        occupations.MapPost("/match", MatchTitle).WithName("MatchOccupation").WithSummary("岗位名称对应的职业").AllowEverybody()
            .WithExample("""{ "title": "高级Java开发工程师", "take": 3 }""");
        occupations.MapGet("/corrections", ListCorrections).WithName("ListOccupationCorrections").WithSummary("归类更正，新的在前").AllowRoles(ApiRoles.Staff);
        occupations.MapGet("/corrections/{id:long}", GetCorrection).WithName("GetOccupationCorrection").WithSummary("一条归类更正").AllowRoles(ApiRoles.Staff);
        occupations.MapPost("/corrections", Teach).WithName("TeachOccupation").WithSummary("更正岗位名称的归类，并重新归类同名需求").AllowRoles(ApiRoles.Staff)
            .WithExample("""{ "title": "渠道专员", "occupationCode": "4-01-02-01" }""");
        occupations.MapPost("/corrections/{id:long}/undo", Undo).WithName("UndoOccupationCorrection").WithSummary("撤销归类更正，恢复需求原来的归类").AllowRoles(ApiRoles.Staff);
        occupations.MapGet("/review", Review).WithName("ListOccupationReview").WithSummary("待审核的岗位名称，需求多的在前").AllowRoles(ApiRoles.Staff);
        occupations.MapPost("/review/decisions", Decide).WithName("DecideOccupationReview").WithSummary("审核一个岗位名称的归类").AllowRoles(ApiRoles.Staff)
            .WithExample("""{ "demandId": 1, "occupationCode": "4-01-02-01" }""");
        routes.MapPost("/majors/{code}/occupations", MatchMajor).WithTags("Occupations").WithName("MatchMajor").WithSummary("专业面向的职业").AllowEverybody()
            .WithExample("""{ "courses": [ "数控编程", "机械制图" ], "take": 10 }""");
    }

    internal static async Task<Ok<CodedOccupations>> MatchTitle(TitleToCode request, ReferenceTables tables, LearnedTitles learned, CancellationToken ct)
    {
        var coded = tables.Titles.Code(request.Title, request.Take, request.Text ?? "", await learned.OfAsync(request.Title, ct));
        return TypedResults.Ok(new CodedOccupations(
            Proposals(coded, tables), OccupationCoder.AcceptFrom, coded.Count == 0 ? "UNKNOWN" : coded[0].Confidence >= OccupationCoder.AcceptFrom ? "ACCEPTED" : "ASK"));
    }

    internal static async Task<Ok<Page<OccupationCorrection>>> ListCorrections(
        [AsParameters] OccupationPageQuery query, OccupationCorrectionStore store, CancellationToken ct) =>
        TypedResults.Ok(Page.Of(await store.ListAsync(query, ct), query.Take, correction => correction.Id));

    internal static async Task<Results<Ok<OccupationCorrection>, ProblemHttpResult>> GetCorrection(long id, OccupationCorrectionStore store, CancellationToken ct) =>
        await store.FindAsync(id, ct) is { } found ? TypedResults.Ok(found) : Problems.NotFound(Resource, id);

    internal static async Task<Results<Created<OccupationCorrection>, ProblemHttpResult>> Teach(TeachTitle request, OccupationCorrectionStore store, CancellationToken ct) =>
        OccupationCoder.TitleKey(request.Title).Length == 0 ? Problems.InvalidField("nothing_to_learn", "title", "岗位名称中须有文字。")
        : Created(await store.TeachAsync(request.Title, request.OccupationCode, ct));

    internal static async Task<Results<Created<OccupationCorrection>, ProblemHttpResult>> Decide(
        ReviewDecision request, OccupationCorrectionStore store, CancellationToken ct) =>
        await store.TitleOfAsync(request.DemandId, ct) is not { } title ? Problems.InvalidField("reference_not_found", "demandId", "本联合体没有这条需求。")
        : OccupationCoder.TitleKey(title).Length == 0 ? Problems.InvalidField("nothing_to_learn", "demandId", "这条需求的岗位名称中没有文字，请直接修改需求。")
        : Created(await store.TeachAsync(title, request.OccupationCode, ct));

    internal static async Task<Results<Ok<UndoneCorrection>, ProblemHttpResult>> Undo(long id, OccupationCorrectionStore store, CancellationToken ct) =>
        await store.FindAsync(id, ct) is null ? Problems.NotFound(Resource, id)
        : await store.UndoAsync(id, ct) is { } undone ? TypedResults.Ok(undone)
        : Problems.Conflict("correction_undone", "这条更正已经撤销。");

    internal static async Task<Ok<Page<ReviewEntry>>> Review(
        [AsParameters] OccupationPageQuery query, OccupationReviewStore store, ReferenceTables tables, CancellationToken ct)
    {
        var page = Page.Of(await store.ListAsync(query, ct), query.Take, entry => new Cursor(entry.First, entry.Demands.ToString(CultureInfo.InvariantCulture)));
        return TypedResults.Ok(new Page<ReviewEntry>(
            [.. page.Items.Select(entry => new ReviewEntry(
                entry.Spellings[0], entry.Demands, entry.Headcount, entry.Spellings, entry.Ids, Proposals(tables.Titles.Code(entry.Spellings[0]), tables)))],
            page.Next));
    }

    internal static Results<Ok<MajorOccupations>, ProblemHttpResult> MatchMajor([StringLength(12)] string code, MajorToMatch request, ReferenceTables tables)
    {
        if (tables.Majors.Find(code) is not { Level: 3 } major)
        {
            return Problems.NotFound("major", code);
        }

        var official = tables.MajorOccupations.Official(code);
        var inferred = tables.MajorOccupations.Infer(code, major.Name, request.Courses, 50).Where(item => !official.Contains(item.Code));
        return TypedResults.Ok(new MajorOccupations(code, major.Name,
        [
            .. official.Select(target => new MajorOccupation(target, tables.Occupations.NameOf(target) ?? "", true, null, Groups(target, tables)))
                .Concat(inferred.Select(item => new MajorOccupation(item.Code, tables.Occupations.NameOf(item.Code)!, false, item.Score, Groups(item.Code, tables))))
                .Take(request.Take),
        ]));
    }

    private static Created<OccupationCorrection> Created(OccupationCorrection correction) =>
        TypedResults.Created($"/api/v1/occupations/corrections/{correction.Id}", correction);

    private static List<ProposedOccupation> Proposals(IReadOnlyList<CodedTitle> coded, ReferenceTables tables) =>
        [.. coded.Select(item => new ProposedOccupation(
            item.Code, tables.Occupations.NameOf(item.Code) ?? "", item.Confidence, item.Method.ToString().ToUpperInvariant(), item.Matched, Groups(item.Code, tables)))];

    private static List<OccupationStep> Groups(string code, ReferenceTables tables)
    {
        var steps = new List<OccupationStep>();
        for (var parent = tables.Occupations.Find(tables.Occupations.Find(code)?.Parent); parent is not null; parent = tables.Occupations.Find(parent.Parent))
        {
            steps.Insert(0, new OccupationStep(parent.Code, parent.Name));
        }

        return steps;
    }
}
