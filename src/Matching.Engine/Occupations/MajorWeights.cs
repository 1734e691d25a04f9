namespace Matching.Engine.Occupations;

/// <summary>The weights of the evidence: for occupations (细类) and for groups (小类), in the order of the evidence.</summary>
public sealed record MajorWeights(double[] Occupations, double[] Groups)
{
    /// <summary>Fitted on all official links; <c>eval fit-majors</c> of the benchmark program prints them.</summary>
    public static readonly MajorWeights Fitted = new(
        [0.58, 1.06, 0.41, 2.63, 2.39, -0.51, -0.81, 0.12, 0.37, -0.23, -0.27, 1.12, 2.21, 2.58, 0.57, -0.31, 0.05, -0.07, 0.23, 1.06, 0.38, -2.16, -1.27],
        [0.18, 1.13, 0.39, 1.92, 1.71, -0.73, -0.85, 0.01, 0.67, 0.28, -0.04, 1.50, 1.20, 4.44, -0.25, -0.12, 0.09, -0.24, 0.44, 1.30, -1.44, -0.93, -3.14]);
}
