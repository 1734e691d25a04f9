namespace Matching.Engine.Occupations;

/// <summary>One choice to learn from: the candidates' features and which of them were right.</summary>
/// <param name="Candidates">Features of each candidate, all of one length.</param>
/// <param name="Right">True for those that are right; at least one.</param>
public sealed record ChoiceSet(double[][] Candidates, bool[] Right);

/// <summary>
/// Conditional logit (McFadden 1974): the weights under which the right candidates of each choice are the most probable, with a small ridge.
/// Newton's method; the loss is convex, so the result does not depend on the start or on the order of the choices beyond rounding.
/// </summary>
public static class ConditionalLogit
{
    private const int MostSteps = 25;

    public static double[] Fit(IReadOnlyList<ChoiceSet> choices, int features, double ridge)
    {
        var weights = new double[features];
        for (var step = 0; step < MostSteps; step++)
        {
            var gradient = new double[features];
            var curvature = new double[features][];
            for (var i = 0; i < features; i++)
            {
                gradient[i] = -ridge * weights[i];
                curvature[i] = new double[features];
                curvature[i][i] = ridge;
            }

            foreach (var choice in choices)
            {
                Accumulate(choice, weights, gradient, curvature);
            }

            var change = Solve(curvature, gradient);
            var next = Shorten(choices, weights, change, ridge);
            var largest = next.Zip(weights, (after, before) => Math.Abs(after - before)).Max();
            weights = next;
            if (largest < 1e-6)
            {
                break;
            }
        }

        return weights;
    }

    public static double Score(double[] weights, double[] features)
    {
        var score = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            score += weights[i] * features[i];
        }

        return score;
    }

    // A whole Newton step may overshoot; half of it, and so on, until the objective does not fall.
    private static double[] Shorten(IReadOnlyList<ChoiceSet> choices, double[] weights, double[] change, double ridge)
    {
        var before = Objective(choices, weights, ridge);
        for (var share = 1.0; share > 1e-6; share /= 2)
        {
            var next = weights.Zip(change, (weight, step) => weight + (share * step)).ToArray();
            if (Objective(choices, next, ridge) >= before)
            {
                return next;
            }
        }

        return weights;
    }

    private static double Objective(IReadOnlyList<ChoiceSet> choices, double[] weights, double ridge)
    {
        var sum = -ridge / 2 * weights.Sum(weight => weight * weight);
        foreach (var choice in choices)
        {
            var scores = Array.ConvertAll(choice.Candidates, candidate => Score(weights, candidate));
            var top = scores.Max();
            var all = top + Math.Log(scores.Sum(score => Math.Exp(score - top)));
            sum += scores.Where((_, c) => choice.Right[c]).Average(score => score - all);
        }

        return sum;
    }

    // gradient += Σ (right share − probability) x;  curvature += Σ p x xᵀ − (Σ p x)(Σ p x)ᵀ.
    private static void Accumulate(ChoiceSet choice, double[] weights, double[] gradient, double[][] curvature)
    {
        var n = weights.Length;
        var scores = choice.Candidates.Select(candidate => Score(weights, candidate)).ToArray();
        var top = scores.Max();
        var powers = scores.Select(score => Math.Exp(score - top)).ToArray();
        var (all, right) = (powers.Sum(), 1.0 / choice.Right.Count(isRight => isRight));
        var mean = new double[n];
        for (var c = 0; c < powers.Length; c++)
        {
            var (x, probability) = (choice.Candidates[c], powers[c] / all);
            var pull = (choice.Right[c] ? right : 0) - probability;
            for (var i = 0; i < n; i++)
            {
                gradient[i] += pull * x[i];
                mean[i] += probability * x[i];
                for (var j = 0; j <= i; j++)
                {
                    curvature[i][j] += probability * x[i] * x[j];
                }
            }
        }

        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                curvature[i][j] -= mean[i] * mean[j];
            }
        }
    }

    // Cholesky; the ridge keeps the matrix positive definite. Only the lower half is given.
    private static double[] Solve(double[][] a, double[] b)
    {
        var n = b.Length;
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = a[i][j];
                for (var k = 0; k < j; k++)
                {
                    sum -= a[i][k] * a[j][k];
                }

                a[i][j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-9)) : sum / a[j][j];
            }
        }

        var x = (double[])b.Clone();
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < i; k++)
            {
                x[i] -= a[i][k] * x[k];
            }

            x[i] /= a[i][i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++)
            {
                x[i] -= a[k][i] * x[k];
            }

            x[i] /= a[i][i];
        }

        return x;
    }
}
