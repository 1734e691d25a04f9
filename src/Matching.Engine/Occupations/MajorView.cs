namespace Matching.Engine.Occupations;

/// <summary>All that can be said of one major before anybody's links are looked at: its likeness to every occupation, group and linked major. Scores of texts are shares of the best.</summary>
public sealed record MajorView(MajorText Major, MajorView.Scores Occupations, MajorView.Scores Groups, double[] Likeness)
{
    /// <param name="Name">By the major's name.</param>
    /// <param name="NameToName">By its name, against names and titles alone.</param>
    /// <param name="Courses">By its courses.</param>
    /// <param name="CoursesToName">By its courses, against names and titles alone.</param>
    /// <param name="All">By both.</param>
    public sealed record Scores(double[] Name, double[] NameToName, double[] Courses, double[] CoursesToName, double[] All);
}
