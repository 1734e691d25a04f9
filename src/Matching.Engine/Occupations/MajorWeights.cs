namespace Matching.Engine.Occupations;

/// <summary>The weights of the evidence: for occupations (细类) and for groups (小类), in the order of the evidence.</summary>
public sealed record MajorWeights(double[] Occupations, double[] Groups)
{
    /// <summary>Fitted on all official links; <c>eval fit-majors</c> of the benchmark program prints them.</summary>
    public static readonly MajorWeights Fitted = new(
        [0.82, 1.03, 0.94, 2.00, 1.99, -0.48, -0.74, 0.17, 0.61, -0.26, 0.01, 0.55, 2.38, 2.75, 0.53, -0.33, 0.06, -0.11, 0.29, 1.17, 0.46, -2.23, -1.30],
        [0.38, 0.93, 0.76, 1.51, 1.35, -0.71, -0.80, 0.10, 0.78, 0.27, 0.20, 1.19, 1.26, 4.62, -0.28, -0.17, 0.08, -0.25, 0.43, 1.41, -1.57, -0.89, -3.19]);
}
