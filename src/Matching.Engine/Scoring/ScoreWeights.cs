namespace Matching.Engine.Scoring;

/// <summary>The most a component can give, in hundredths of a point. A region may set its own; a stored match keeps the version it was made with.</summary>
/// <param name="Version">Which weights these are.</param>
/// <param name="Must">必备技能.</param>
/// <param name="Occupation">职业与专业.</param>
/// <param name="Nice">加分技能.</param>
/// <param name="Certificates">证书.</param>
/// <param name="Region">地区意愿.</param>
/// <param name="Wage">薪酬期望.</param>
/// <param name="Education">学历.</param>
/// <param name="OrderClass">订单班.</param>
public sealed record ScoreWeights(int Version, int Must, int Occupation, int Nice, int Certificates, int Region, int Wage, int Education, int OrderClass)
{
    public static ScoreWeights Default { get; } = new(1, 35_00, 20_00, 10_00, 10_00, 10_00, 7_00, 5_00, 3_00);
}
