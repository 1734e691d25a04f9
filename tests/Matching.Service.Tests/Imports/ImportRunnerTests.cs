using System.Net;
using System.Text;
using Matching.Service.Data;
using Matching.Service.Features.Demands;
using Matching.Service.Imports;
using Matching.Service.Imports.Mapping;
using Matching.Service.Jobs;
using Matching.Service.Reference;
using Matching.Service.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Matching.Service.Tests.Imports;

public class ImportRunnerTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private readonly ImportClient _company = new(api, "company");
    private readonly long _consortium = api.Data.First.Id;

    private ImportRunner Runner => api.Services.GetRequiredService<ImportRunner>();

    [Fact]
    public async Task Run_LeavesNothing_WhenItDiesAfterWriting_AndAnotherNodeFinishes()
    {
        var import = await _company.UploadAsync("demands", File("K", 50));
        var dying = RunnerOf(afterWriting: _ => throw new InvalidOperationException("the node dies here"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(dying, import, token: 1));
        var between = (await CountAsync("K"), (await _company.GetAsync(import.Id)).State);
        await RunAsync(Runner, import, token: 2);
        await RunAsync(Runner, import, token: 3);

        Assert.Equal((0L, "RUNNING"), between);
        Assert.Equal(("DONE", 50, 50L), ((await _company.GetAsync(import.Id)).State, (await _company.GetAsync(import.Id)).Created, await CountAsync("K")));
    }

    [Fact]
    public async Task Upload_IsCarriedOutByTheJobs_WithoutAnybodyAsking()
    {
        var import = await _company.UploadAsync("demands", File("J", 3));
        var worker = api.Services.GetRequiredService<JobRunner>();
        while (await worker.RunOneAsync(CancellationToken.None))
        {
        }

        Assert.Equal(("DONE", 3), ((await _company.GetAsync(import.Id)).State, (await _company.GetAsync(import.Id)).Created));
        Assert.Equal("SUCCEEDED", await api.ValueAsync<string>($"SELECT state FROM job_run WHERE job = 'import' AND argument = {import.Id}::text"));
    }

    [Fact]
    public async Task Run_CannotCommit_WhenAnotherNodeTookOverMeanwhile()
    {
        var import = await _company.UploadAsync("demands", File("F", 20));
        // The other node would wait for the rows that the frozen one has written, so here it only takes the import over, and finishes afterwards.
        var frozen = RunnerOf(afterWriting: async _ =>
        {
            await using var session = api.Services.GetRequiredService<TenantSessionFactory>().Open(TenantContext.Job(_consortium));
            Assert.NotNull(await new ImportLedger(session).TakeAsync(import.Id, token: 2, CancellationToken.None));
            await session.CommitAsync(CancellationToken.None);
        });

        await RunAsync(frozen, import, token: 1);
        var between = (await CountAsync("F"), (await _company.GetAsync(import.Id)).State);
        await RunAsync(Runner, import, token: 1);
        var late = await CountAsync("F");
        await RunAsync(Runner, import, token: 3);

        Assert.Equal(((0L, "RUNNING"), 0L), (between, late));
        Assert.Equal((20L, "DONE"), (await CountAsync("F"), (await _company.GetAsync(import.Id)).State));
    }

    [Fact]
    public async Task Run_LeavesNothing_WhenTheSenderCancelsMeanwhile()
    {
        var import = await _company.UploadAsync("demands", File("C", 20));
        var runner = RunnerOf(afterWriting: async _ =>
            Assert.Equal(HttpStatusCode.NoContent, (await _company.Http.DeleteAsync($"/api/v1/imports/{import.Id}")).StatusCode));

        await RunAsync(runner, import, token: 1);

        Assert.Equal((0L, "CANCELLED"), (await CountAsync("C"), (await _company.GetAsync(import.Id)).State));
        Assert.Equal(0, await api.ValueAsync<long>($"SELECT count(*) FROM import_chunk WHERE import_id = {import.Id}"));
    }

    [Fact]
    public async Task Run_FailsForGood_InTheLastAttempt()
    {
        var import = await _company.UploadAsync("demands", File("X", 1));
        var failing = RunnerOf(afterWriting: _ => throw new InvalidOperationException("always"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => failing.RunAsync(_consortium, import.Id, 1, lastAttempt: true, CancellationToken.None));

        var failed = await _company.GetAsync(import.Id);
        Assert.Equal(("FAILED", "internal_error", 0L), (failed.State, failed.FailureCode, await CountAsync("X")));
    }

    [Fact]
    public async Task Run_SaysWhichNumberIsTaken_WhenTwoRecordsClaimIt()
    {
        var office = new ImportClient(api, "admin");
        await office.ImportAsync("organizations", "单位类型,单位名称,单位编号,统一社会信用代码,所在地区\n企业,示例一号公司,N-1,,440300\n企业,示例二号公司,,91440300MA5EXAMPL9,440300\n");
        var import = await office.UploadAsync("organizations", Encoding.UTF8.GetBytes("单位类型,单位名称,单位编号,统一社会信用代码,所在地区\n企业,示例一号公司,N-1,91440300MA5EXAMPL9,440300\n"));

        await Runner.RunAsync(_consortium, import.Id, 1, lastAttempt: true, CancellationToken.None);

        Assert.Equal(("FAILED", "conflicts_with_known_records"), ((await office.GetAsync(import.Id)).State, (await office.GetAsync(import.Id)).FailureCode));
    }

    [Theory]
    [InlineData("需求人数,工作地区\n2,深圳市\n", "missing_column")]
    [InlineData("岗位名称,需求人数\n", "no_rows")]
    [InlineData("岗位名称,需求人数,岗位名称\n车工,1,车工\n", "duplicate_header")]
    [InlineData("[{\"title\":\"车工\"}]", "json_array")]
    [InlineData("%PDF-1.7 ...", "unknown_format")]
    public async Task Run_FailsTheFileAsAWhole_WhenItCannotBeRead(string content, string code)
    {
        var import = await _company.ImportAsync("demands", content);

        Assert.Equal(("FAILED", code), (import.State, import.FailureCode));
        Assert.NotEmpty(import.FailureReason!);
    }

    [Fact]
    public async Task Run_TakesManyRows_InOnePass()
    {
        var import = await _company.ImportAsync("demands", File("M", 5_000));

        Assert.Equal((5_000, 5_000, 100), (import.Read, import.Created, import.Percent));
        Assert.Equal(5_000, await CountAsync("M"));
    }

    private ImportRunner RunnerOf(Func<TenantSession, Task> afterWriting) => new(
        api.Services.GetRequiredService<TenantSessionFactory>(),
        new ImportLoading(
            new ImportKinds([new Interrupted(api.Services.GetRequiredService<ReferenceTables>(), afterWriting)]), api.Services.GetRequiredService<CellReading>()),
        api.Services.GetRequiredService<UploadFiles>(), NullLogger<ImportRunner>.Instance);

    private static byte[] File(string prefix, int rows) => Encoding.UTF8.GetBytes(
        "企业内部编号,岗位名称,需求人数,必备技能\n" + string.Concat(Enumerable.Range(1, rows).Select(row => $"{prefix}-{row},车工,2,数控车床操作、机械制图\n")));

    private Task<long> CountAsync(string prefix) => api.ValueAsync<long>($"SELECT count(*) FROM demand WHERE external_ref LIKE '{prefix}-%'");

    private Task RunAsync(ImportRunner runner, Import import, long token) => runner.RunAsync(_consortium, import.Id, token, lastAttempt: false, CancellationToken.None);

    /// <summary>The import of demands, with something happening between writing and committing.</summary>
    private sealed class Interrupted(ReferenceTables tables, Func<TenantSession, Task> afterWriting) : ImportKind
    {
        private readonly DemandImport _demands = new(tables, new SkillVocabulary(), TimeProvider.System);

        public override string Name => _demands.Name;

        public override string Title => _demands.Title;

        public override IReadOnlyList<string> Roles => _demands.Roles;

        public override IReadOnlyList<ImportColumn> Columns => _demands.Columns;

        public override IReadOnlyList<StageColumn> Stage => _demands.Stage;

        public override Task<ReadRow> PrepareAsync(TenantSession session, ImportTerms terms, CancellationToken ct) => _demands.PrepareAsync(session, terms, ct);

        public override ImportWriter Writer(TenantSession session) => new Hooked(_demands.Writer(session), () => afterWriting(session));
    }

    private sealed class Hooked(ImportWriter writer, Func<Task> afterWriting) : ImportWriter
    {
        public override Task WriteAsync(IReadOnlyList<ValidRow> rows, CancellationToken ct) => writer.WriteAsync(rows, ct);

        public override async Task<ImportCounts> FinishAsync(CancellationToken ct)
        {
            var counts = await writer.FinishAsync(ct);
            await afterWriting();
            return counts;
        }
    }
}
