using System.Globalization;
using Matching.Engine.Normalizing;

namespace Matching.Engine.Duplicates;

/// <summary>A posting prepared for comparison; as long as nothing precedes it, the leader of its group.</summary>
internal sealed class Leader
{
    private readonly TitleMarks _title;
    private readonly string _text;
    private DateOnly _opened;
    private DateOnly _until;

    public Leader(Posting posting)
    {
        Posting = posting;
        Runs = TextShingles.Of(posting.Text);
        _title = TitleMarks.Of(posting.Title);
        // Of a long text the set says all that is compared.
        _text = IsLong ? "" : TextKey.Of(posting.Text);
        (_opened, _until) = (posting.OpenedOn, posting.WantedUntil);
        TitleKey = string.Create(CultureInfo.InvariantCulture, $"{posting.Kind} {_title.Core} {_title.Marks} {posting.Headcount}");
    }

    public Posting Posting { get; }

    public int[] Runs { get; }

    /// <summary>The runs by which it is found, once they are chosen.</summary>
    public int[]? Rarest { get; set; }

    public bool IsLong => Runs.Length >= DuplicateRules.LongText;

    /// <summary>What postings of short text have in common with each other.</summary>
    public string TitleKey { get; }

    /// <summary>All that a posting of short text says.</summary>
    public string Key => $"{TitleKey}\n{_title.Note}\n{_text}\n{Posting.Terms}";

    public bool MayRepeat(Leader other) =>
        Posting.Kind == other.Posting.Kind
        && DuplicateRules.SamePlace(Posting.Region, other.Posting.Region)
        && DuplicateRules.SameTrade(Posting.Occupation, other.Posting.Occupation)
        && DuplicateRules.SameTime(_opened, _until, other._opened, other._until)
        && _title.Agrees(other._title);

    /// <summary>How many runs the texts share, when the posting repeats the other; else null.</summary>
    public int? Repeats(Leader other)
    {
        if (IsLong && other.IsLong)
        {
            var shared = TextShingles.Shared(Runs, other.Runs);
            return DuplicateRules.AreAlike(Runs.Length, other.Runs.Length, shared) ? shared : null;
        }

        var fromBothSides = Posting.ByOthers != other.Posting.ByOthers && TitleKey == other.TitleKey;
        return fromBothSides || (!IsLong && !other.IsLong && Key == other.Key) ? 0 : null;
    }

    public bool IsBefore(Leader other) => (Posting.OpenedOn, Posting.Id).CompareTo((other.Posting.OpenedOn, other.Posting.Id)) < 0;

    public LinkReason Reason(Posting copy) =>
        copy.ByOthers != Posting.ByOthers ? LinkReason.Department : copy.OpenedOn > Posting.OpenedOn ? LinkReason.Repost : LinkReason.Copy;

    /// <summary>The group lives as long as any of its postings.</summary>
    public void Stretch(Posting copy)
    {
        _opened = copy.OpenedOn < _opened ? copy.OpenedOn : _opened;
        _until = copy.WantedUntil > _until ? copy.WantedUntil : _until;
    }
}
