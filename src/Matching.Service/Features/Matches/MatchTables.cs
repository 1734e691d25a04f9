using Matching.Engine.Scoring;
using Matching.Service.Data;
using Matching.Service.Reference;

namespace Matching.Service.Features.Matches;

/// <summary>A programme, as his graduates' rows name it.</summary>
internal sealed record MatchProgram(string Major, int? EducationRank, OccupationId[] Served);

/// <summary>What the copied rows of one session refer to, and the lists they share.</summary>
internal sealed class MatchTables
{
    private readonly ReferenceTables _reference;
    private readonly HashSet<long> _certificates;
    private readonly Dictionary<long, MatchProgram> _programs;
    private readonly Dictionary<(long Program, OccupationId[] Wished), OccupationId[]> _occupations = [];

    private MatchTables(ReferenceTables reference, SkillGraph graph, HashSet<long> certificates, IEnumerable<(long Id, string Major, string Education, string Served)> programs)
    {
        (_reference, Graph, _certificates) = (reference, graph, certificates);
        _programs = programs.ToDictionary(row => row.Id, row => new MatchProgram(row.Major, EducationRank(row.Education), Occupations.Of(row.Served)));
    }

    public SkillGraph Graph { get; }

    public SharedLists<OccupationId> Occupations { get; } = new(OccupationId.Parse);

    public SharedLists<RegionId> Regions { get; } = new(RegionId.Parse);

    public SharedLists<string> Majors { get; } = new(code => code);

    /// <summary>Also prepares the session for copying.</summary>
    public static async Task<MatchTables> LoadAsync(TenantSession session, ReferenceTables reference, CancellationToken ct)
    {
        await session.ExecuteAsync(MatchCopySql.Settings, null, ct);
        return new(
            reference, await MatchLoader.SkillsAsync(session, ct), [.. await session.QueryAsync<long>(MatchCopySql.Certificates, null, ct)],
            await session.QueryAsync<(long, string, string, string)>(MatchCopySql.Programs, null, ct));
    }

    public bool IsCertificate(long skill) => _certificates.Contains(skill);

    public int? EducationRank(string? code) => _reference.EducationLevels.Find(code)?.Rank;

    public MatchProgram Program(long id) => _programs[id];

    /// <summary>Wished occupations, then those of the programme.</summary>
    public OccupationId[] OccupationsOf(long program, OccupationId[] wished)
    {
        var served = _programs[program].Served;
        if (served.Length == 0 || wished.Length == 0)
        {
            return served.Length == 0 ? wished : served;
        }

        if (!_occupations.TryGetValue((program, wished), out var both))
        {
            both = [.. wished.Union(served)];
            if (!Occupations.IsFull)
            {
                _occupations[(program, wished)] = both;
            }
        }

        return both;
    }
}
