namespace Matching.Benchmarks.Match.Data;

/// <summary>One side of the data set, field by field. Skills of record i stand at Start[i]..Start[i+1], ascending.</summary>
internal sealed class BenchRecords
{
    public const int Skills = 16_384;
    public const int Occupations = 512;
    public const int Regions = 31;
    public const int Salaries = 16;
    public const uint AnyRegion = 0x7FFF_FFFF;

    public required int[] Start { get; init; }

    public required ushort[] Skill { get; init; }

    public required byte[] Level { get; init; }

    /// <summary>What the tasks multiply: 200 · level · rarity over the record's norm, 1–200.</summary>
    public byte[] Weight { get; set; } = [];

    public required ushort[] Occupation { get; init; }

    public required byte[] Region { get; init; }

    /// <summary>Least education of a job, education of a graduate, 0–4.</summary>
    public required byte[] Education { get; init; }

    public required byte[] Salary { get; init; }

    /// <summary>Regions a graduate would work in, a bit each.</summary>
    public required uint[] Mask { get; init; }

    public int Count => Occupation.Length;

    public byte Major(int i) => (byte)(Occupation[i] >> 3);

    public ReadOnlySpan<ushort> SkillsOf(int i) => Skill.AsSpan(Start[i], Start[i + 1] - Start[i]);

    public ReadOnlySpan<byte> WeightsOf(int i) => Weight.AsSpan(Start[i], Start[i + 1] - Start[i]);
}
