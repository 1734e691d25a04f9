using System.Text;

namespace Matching.Load.Demo;

/// <summary>A source of chance per subject: adding one subject leaves the draws of every other as they were.</summary>
internal static class DemoRandom
{
    public static Random For(string subject)
    {
        // FNV-1a: string.GetHashCode differs from process to process.
        var hash = 2166136261u;
        foreach (var unit in Encoding.UTF8.GetBytes(subject))
        {
            hash = (hash ^ unit) * 16777619;
        }

        return new Random((int)(hash & int.MaxValue));
    }

    public static bool Chance(this Random random, double probability) => random.NextDouble() < probability;

    public static T Pick<T>(this Random random, IReadOnlyList<T> among) => among[random.Next(among.Count)];

    /// <summary>Splits <paramref name="total"/> in proportion to the weights, so that the parts add up to it exactly.</summary>
    public static int[] Split(int total, IReadOnlyList<double> weights)
    {
        var sum = weights.Sum();
        var parts = new int[weights.Count];
        double reached = 0;
        var given = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            reached += weights[i] / sum * total;
            parts[i] = (int)Math.Round(reached) - given;
            given += parts[i];
        }

        return parts;
    }
}
