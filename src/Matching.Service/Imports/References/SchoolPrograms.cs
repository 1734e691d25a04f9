using System.Globalization;
using Matching.Engine.Normalizing;
using Matching.Service.Data;

namespace Matching.Service.Imports.References;

/// <summary>The programmes (专业点) of the consortium's schools, as files name them: by the school's number, major code or name.</summary>
internal sealed class SchoolPrograms
{
    private readonly ILookup<(long School, string Key), Program> _byKey;

    private SchoolPrograms(IEnumerable<Program> programs) => _byKey = programs
        .SelectMany(program => new[] { program.ExternalRef, program.MajorCode, program.Name }.OfType<string>().Select(TextKey.Of).Distinct().Select(key => (key, program)))
        .ToLookup(pair => (pair.program.SchoolId, pair.key), pair => pair.program);

    public static async Task<SchoolPrograms> LoadAsync(TenantSession session, CancellationToken ct) => new(await session.QueryAsync<Program>(
        "SELECT id, school_id, external_ref, major_code, name, education_code FROM program WHERE consortium_id = current_consortium() ORDER BY id", null, ct));

    /// <summary>The programme a cell means; where a name fits several, the one of that education.</summary>
    public long? Find(RowScan scan, ImportColumn column, long? school, string? education)
    {
        if (scan.Text(column, 200) is not { Length: > 0 } text || school is null)
        {
            return null;
        }

        var named = _byKey[(school.Value, TextKey.Of(text))].ToList();
        var fitting = named.Count > 1 ? named.FindAll(program => program.EducationCode == education) : named;
        return fitting.Count == 1 ? fitting[0].Id
            : named.Count == 0 ? scan.Refuse<long?>(column, "unknown_program", "该校没有登记这个专业点；请核对编号、专业代码或名称，或先导入专业。")
            : scan.Refuse<long?>(column, "ambiguous_program", string.Create(CultureInfo.InvariantCulture, $"该校有 {named.Count} 个专业点符合，请填写专业点编号或学历。"));
    }

    private sealed record Program(long Id, long SchoolId, string? ExternalRef, string MajorCode, string Name, string EducationCode);
}
