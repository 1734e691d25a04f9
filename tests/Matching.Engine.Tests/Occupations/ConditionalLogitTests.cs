using Matching.Engine.Occupations;

namespace Matching.Engine.Tests.Occupations;

public class ConditionalLogitTests
{
    // At the optimum of a concave objective no small step in any direction raises it.
    [Fact]
    public void Fit_IsAtTheTop_OfTheRidgedLikelihood()
    {
        var random = new Random(5);
        for (var round = 0; round < 100; round++)
        {
            var features = random.Next(1, 5);
            var choices = Enumerable.Range(0, random.Next(1, 20)).Select(_ => Choice(random, features)).ToList();
            var weights = ConditionalLogit.Fit(choices, features, ridge: 0.5);
            var top = Objective(choices, weights, 0.5);
            for (var i = 0; i < features; i++)
            {
                foreach (var step in new[] { -0.01, 0.01 })
                {
                    var moved = (double[])weights.Clone();
                    moved[i] += step;
                    Assert.True(Objective(choices, moved, 0.5) <= top + 1e-9);
                }
            }
        }
    }

    [Fact]
    public void Fit_RaisesWhatIsRight()
    {
        var weights = ConditionalLogit.Fit([new ChoiceSet([[1, 0], [0, 1], [0, 0]], [true, false, false])], 2, 0.1);

        Assert.True(weights[0] > 0 && weights[1] < weights[0]);
    }

    private static ChoiceSet Choice(Random random, int features)
    {
        var candidates = Enumerable.Range(0, random.Next(2, 6)).Select(_ => Enumerable.Range(0, features).Select(_ => random.NextDouble()).ToArray()).ToArray();
        var right = candidates.Select(_ => random.Next(3) == 0).ToArray();
        right[random.Next(right.Length)] = true;
        return new ChoiceSet(candidates, right);
    }

    private static double Objective(List<ChoiceSet> choices, double[] weights, double ridge) => choices.Sum(choice =>
    {
        var scores = choice.Candidates.Select(x => x.Zip(weights, (a, b) => a * b).Sum()).ToArray();
        var all = Math.Log(scores.Sum(Math.Exp));
        return scores.Where((_, i) => choice.Right[i]).Average() - all;
    }) - (ridge / 2 * weights.Sum(weight => weight * weight));
}
