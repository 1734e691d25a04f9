namespace Matching.Engine.Occupations;

/// <summary>
/// What the standards of like majors link to: every linked major votes for its occupations and groups with its likeness, raised to a power so that
/// the nearest count most. Likeness is of names, of courses, and of the place in the catalogue.
/// </summary>
internal sealed class MajorNeighbours
{
    private const double NameShare = 0.5;
    private const double CourseShare = 0.4;
    private const double ClassShare = 0.15;
    private const double CategoryShare = 0.05;

    private readonly IReadOnlyList<MajorLinks> _links;
    private readonly Dictionary<string, int> _nameFrequency = [];
    private readonly Dictionary<string, int> _courseFrequency = [];
    private readonly int _count;
    private readonly (SparseVector Name, SparseVector Courses)[] _vectors;

    public MajorNeighbours(IReadOnlyList<MajorLinks> links, IReadOnlyList<MajorText> majors)
    {
        _links = links;
        _count = majors.Count;
        foreach (var major in majors)
        {
            Count(_nameFrequency, NameBag(major));
            Count(_courseFrequency, CourseBag(major));
        }

        _vectors = [.. links.Select(link => Vectors(link.Major))];
    }

    /// <summary>The likeness of a major to each linked one, 0 to about 1.1. O(linked majors × sequences of the major).</summary>
    public double[] Likeness(MajorText major)
    {
        var (name, courses) = Vectors(major);
        var likeness = new double[_links.Count];
        for (var i = 0; i < likeness.Length; i++)
        {
            var other = _links[i].Major;
            likeness[i] = (NameShare * name.Cosine(_vectors[i].Name)) + (CourseShare * courses.Cosine(_vectors[i].Courses))
                + (major.Class.Length > 0 && major.Class == other.Class ? ClassShare : 0)
                + (major.Category.Length > 0 && major.Category == other.Category ? CategoryShare : 0);
        }

        return likeness;
    }

    private (SparseVector Name, SparseVector Courses) Vectors(MajorText major) =>
        (SparseVector.Of(NameBag(major), _nameFrequency, _count), SparseVector.Of(CourseBag(major), _courseFrequency, _count));

    // Single characters too: they carry much of a short name's meaning (林, 药, 铁).
    private static Dictionary<string, double> NameBag(MajorText major)
    {
        var bag = Grams.Of([(major.Name, 1)]);
        foreach (var character in Grams.Runs(major.Name).SelectMany(run => run))
        {
            bag[character.ToString()] = bag.GetValueOrDefault(character.ToString()) + 1;
        }

        return bag;
    }

    private static Dictionary<string, double> CourseBag(MajorText major)
    {
        var bag = new Dictionary<string, double>();
        foreach (var course in major.Courses)
        {
            foreach (var gram in Grams.Of([(course, 1)]).Keys)
            {
                bag[gram] = bag.GetValueOrDefault(gram) + 0.5;
            }
        }

        return bag;
    }

    private static void Count(Dictionary<string, int> frequency, Dictionary<string, double> bag)
    {
        foreach (var gram in bag.Keys)
        {
            frequency[gram] = frequency.GetValueOrDefault(gram) + 1;
        }
    }
}
