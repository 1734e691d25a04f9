namespace Matching.Engine.Duplicates;

/// <summary>What is compared of a posted demand (招聘启事) of one company.</summary>
/// <param name="Id">Number of the demand.</param>
/// <param name="Kind">Kind of demand; only equal kinds are compared.</param>
/// <param name="ByOthers">Posted for the company by a department or the office.</param>
/// <param name="Region">Place of work, GB/T 2260.</param>
/// <param name="Occupation">Occupation code; null: 未归类.</param>
/// <param name="Title">Job title as posted.</param>
/// <param name="Text">Description as posted; may be empty.</param>
/// <param name="Terms">Headcount, pay, education and experience written in one line; compared as a whole where the texts say too little.</param>
/// <param name="Headcount">Seats, persons.</param>
/// <param name="OpenedOn">First day it was open.</param>
/// <param name="WantedUntil">Last day on which another posting may still be about the same seats; the last of all days while it is open.</param>
public sealed record Posting(
    long Id, string Kind, bool ByOthers, string Region, string? Occupation, string Title, string Text, string Terms, int Headcount, DateOnly OpenedOn, DateOnly WantedUntil);

/// <summary>Why a posting is held for a copy of another.</summary>
public enum LinkReason
{
    /// <summary>The same posting on the same day or with overlapping life (重复).</summary>
    Copy,

    /// <summary>The same posting put up again on a later day (再次发布).</summary>
    Repost,

    /// <summary>A department or the office posted what the company posted itself, or the other way round (部门代发).</summary>
    Department,
}

/// <summary>A posting that repeats another.</summary>
/// <param name="Id">The copy.</param>
/// <param name="Leader">The posting it repeats, the first of its group.</param>
/// <param name="Reason">Why.</param>
/// <param name="Similarity">Likeness of the texts, percent rounded down; null: decided without texts.</param>
public sealed record DuplicateLink(long Id, long Leader, LinkReason Reason, int? Similarity);
