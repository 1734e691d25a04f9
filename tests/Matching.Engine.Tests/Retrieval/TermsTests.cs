using Matching.Engine.Retrieval;
using Matching.Engine.Scoring;

namespace Matching.Engine.Tests.Retrieval;

public class TermsTests
{
    [Fact]
    public void ADocument_HasATermOnce()
    {
        var terms = new Terms(10);
        terms.Occupations([OccupationId.Parse("2-02-10-07"), OccupationId.Parse("2-02-10-08"), OccupationId.Parse("2-02-10-07")]);
        terms.Post(TermKind.Place, 440306, 1);
        terms.Post(TermKind.Place, 440306, 1);
        terms.Majors(["460101", "460102", "460101"]);
        terms.EndDocument();
        terms.Post(TermKind.Place, 440306, 1);
        terms.EndDocument();

        var documents = Documents(terms);

        // Two occupations of one 小类 and one 中类, a place; two majors of one class.
        Assert.Equal([8, 1], documents.Select(document => document.Length));
        Assert.Equal(8, documents[0].Distinct().Count());
        Assert.Contains((terms.Find(TermKind.Place, 440306)!.Value, (byte)1), documents[1]);
        Assert.Contains((terms.FindMajorClass("460109")!.Value, (byte)1), documents[0]);
        Assert.Null(terms.FindMajor("460109"));
        Assert.Equal(10 + 8, terms.Count);
    }

    // The memory is the same, so what was longer before must not show; and what is forgotten is numbered.
    [Fact]
    public void Entries_AreThoseSinceTheLastWereTaken()
    {
        var terms = new Terms(3);
        terms.Post(TermKind.Company, 7, 1);
        terms.EndDocument();
        terms.Forget();
        Assert.Equal(3, terms.Find(TermKind.Company, 7));
        foreach (var documents in (int[])[300, 2, 63, 64, Block.Size, 0, Block.Size + 5])
        {
            for (var i = 0; i < documents; i++)
            {
                terms.Post(i % 3, (byte)(1 + (i % 200)));
                terms.Post(TermKind.Company, 7, 9);
                terms.EndDocument();
            }

            Assert.Equal(Enumerable.Range(0, documents).Select(i => ((int, byte)[])[(i % 3, (byte)(1 + (i % 200))), (3, 9)]), Documents(terms));
        }

        terms.Close();
        Assert.Equal((3, 4), (terms.Find(TermKind.Company, 7), terms.Count));
    }

    private static (int Term, byte Code)[][] Documents(Terms terms)
    {
        var entries = terms.TakeEntries(0, [], []);
        return [.. Enumerable.Range(0, entries.Count).Select(i => Enumerable.Range(entries.Start[i], entries.Start[i + 1] - entries.Start[i]).Select(at => (entries.Term[at], entries.Code[at])).ToArray())];
    }
}
