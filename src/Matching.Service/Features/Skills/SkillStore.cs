using Matching.Engine.Normalizing;
using Matching.Service.Data;
using Matching.Service.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Features.Skills;

internal sealed class SkillStore(TenantSession session)
{
    public Task<IReadOnlyList<Skill>> ListAsync(SkillQuery query, CancellationToken ct) => session.QueryAsync<Skill>(
        query.Q is null ? SkillSql.List : SkillSql.Search,
        new { After = query.After?.Id ?? 0, query.Kind, query.Source, query.State, query.Take, Part = query.Q is null ? null : TextKey.Of(query.Q) }, ct);

    public Task<SkillDetail?> FindAsync(long id, CancellationToken ct) => ReadAsync(SkillSql.Find, id, ct);

    /// <summary>Why a skill (0: a new one) cannot bear that name or be a part of that skill; null: it can.</summary>
    /// <remarks>From here to the end of the transaction nobody else changes the vocabulary of this consortium.</remarks>
    public async Task<ProblemHttpResult?> WhyNotAsync(long id, string kind, string name, long? broader, CancellationToken ct)
    {
        if (TextKey.Of(name).Length == 0)
        {
            return Problems.InvalidField("not_a_name", "name", "名称须含有文字或数字。");
        }

        var args = new { Id = id, Kind = kind, Key = TextKey.Of(name), Broader = broader };
        await session.ExecuteAsync(SkillSql.Lock, null, ct);
        if (await session.FindAsync<long?>(SkillSql.Bearer, args, ct) is { } bearer)
        {
            return Problems.Conflict("skill_exists", $"编号为 {bearer} 的词已有此名称；如指同一技能，请改为合并。");
        }

        return broader is null ? null : await session.FindAsync<string>(SkillSql.CheckBroader, args, ct) switch
        {
            null => Problems.InvalidField("reference_not_found", "broaderId", "上位技能不存在，或已并入其他词，或种类不同。"),
            "CYCLE" => Problems.InvalidField("broader_cycle", "broaderId", "该词是它的下位技能，不能再作它的上位技能。"),
            _ => null,
        };
    }

    public Task<long> InsertAsync(CreateSkill skill, CancellationToken ct) =>
        session.FindAsync<long>(SkillSql.Insert, new { skill.Kind, Name = skill.Name.Trim(), Key = TextKey.Of(skill.Name), skill.BroaderId }, ct);

    /// <summary>Null when the row is no longer at that version.</summary>
    public async Task<SkillDetail?> UpdateAsync(SkillDetail known, int version, UpdateSkill skill, CancellationToken ct)
    {
        var row = new { known.Id, known.Kind, Version = version, Name = skill.Name.Trim(), Key = TextKey.Of(skill.Name), skill.BroaderId, Former = known.Name, FormerKey = TextKey.Of(known.Name) };
        return await session.FindAsync<int>(SkillSql.Update, row, ct) == 0 ? null : await FindAsync(known.Id, ct);
    }

    public Task AddAliasAsync(SkillDetail skill, string name, CancellationToken ct) =>
        session.ExecuteAsync(SkillSql.AddAlias, new { skill.Id, skill.Kind, Name = name.Trim(), Key = TextKey.Of(name) }, ct);

    /// <summary>False when the skill has no such alias that the caller's vocabulary brought.</summary>
    public async Task<bool> RemoveAliasAsync(long id, string name, CancellationToken ct) =>
        await session.ExecuteAsync(SkillSql.RemoveAlias, new { Id = id, Key = TextKey.Of(name) }, ct) == 1;

    public Task PromoteAsync(long id, CancellationToken ct) => session.ExecuteAsync(SkillSql.Promote, new { Id = id }, ct);

    /// <summary>MERGED, or why not.</summary>
    public async Task<string> MergeAsync(long id, long into, CancellationToken ct) => (await session.FindAsync<string>(SkillSql.Merge, new { Id = id, Into = into }, ct))!;

    private async Task<SkillDetail?> ReadAsync(string sql, long id, CancellationToken ct) => await session.FindAsync<Row>(sql, new { Id = id }, ct) is { } row
        ? new SkillDetail(row.Id, row.Kind, row.Name, row.BroaderId, row.Source, row.State, row.Shared, row.MergedIntoId, row.Aliases, row.Broader,
            new SkillUses(row.Demands, row.Programs, row.Graduates, row.Seekers), row.Version)
        : null;

    private sealed record Row(
        long Id, string Kind, string Name, long? BroaderId, string Source, string State, bool Shared, long? MergedIntoId, SkillAlias[] Aliases, BroaderSkill[] Broader,
        int Demands, int Programs, int Graduates, int Seekers, int Version);
}
