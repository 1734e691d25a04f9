namespace Matching.Engine.Occupations;

/// <summary>A bag scaled to length one, for cosines.</summary>
internal sealed class SparseVector
{
    private readonly Dictionary<string, double> _values;

    private SparseVector(Dictionary<string, double> values) => _values = values;

    /// <summary>Weights are log-damped frequency times rarity; what no other bag holds keeps the highest rarity.</summary>
    public static SparseVector Of(Dictionary<string, double> bag, IReadOnlyDictionary<string, int> frequency, int documents)
    {
        var values = bag.ToDictionary(entry => entry.Key, entry => Math.Log(1 + entry.Value) * Math.Log((documents + 1.0) / (1 + frequency.GetValueOrDefault(entry.Key))));
        var length = Math.Sqrt(values.Values.Sum(value => value * value));
        return new SparseVector(length == 0 ? values : values.ToDictionary(entry => entry.Key, entry => entry.Value / length));
    }

    public double Cosine(SparseVector other)
    {
        var (small, large) = _values.Count <= other._values.Count ? (_values, other._values) : (other._values, _values);
        var sum = 0.0;
        foreach (var (gram, value) in small)
        {
            sum += value * large.GetValueOrDefault(gram);
        }

        return sum;
    }
}
