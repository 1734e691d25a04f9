using System.Globalization;
using Matching.Service.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Matching.Service.Features.Matches;

/// <summary>
/// Sends what memory has before the handler's parameters are bound and checked, its filters pass and a transaction is prepared: all of that costs as much as a page that is ready, and changes
/// nothing where the database is not asked. Who calls, what he may and how often is settled by then. Only a plain request is answered here, one for JSON with nothing but a page's own
/// parameters, each once and right; of all others, wrong ones too, the handler says what they get.
/// </summary>
internal static class ResidentRoute
{
    /// <summary>Pages of graduates' lists that are in memory are sent at once.</summary>
    public static TBuilder SentFromMemory<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint =>
        {
            var handler = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = http => TrySend(http) ?? handler(http);
        });
        return builder;
    }

    private static Task? TrySend(HttpContext http) =>
        !FixedAnswers.MayWantSpreadsheet(http.Request) && PlainQuery(http.Request.QueryString.Value) is { } query
        && long.TryParse(http.Request.RouteValues["id"] as string, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? http.RequestServices.GetRequiredService<ResidentMatches>().TrySend(http, Caller.Of(http), id, query)
            : null;

    /// <summary>Null where anything is said twice, wrongly, or that is no page's.</summary>
    internal static MatchQuery? PlainQuery(string? text)
    {
        var query = new MatchQuery();
        var (hasTake, hasReasons) = (false, false);
        foreach (var pair in new QueryStringEnumerable(text))
        {
            var name = pair.EncodedName.Span;
            var value = pair.EncodedValue.Span;
            if (name is "take" && !hasTake && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var take) && take is >= 1 and <= MatchQuery.MostTake)
            {
                (query, hasTake) = (query with { Take = take }, true);
            }
            else if (name is "reasons" && !hasReasons && value is MatchQuery.Brief or MatchQuery.Full)
            {
                (query, hasReasons) = (query with { Reasons = value.ToString() }, true);
            }
            else if (name is "after" && query.After is null && Cursor.TryParse(value.ToString(), CultureInfo.InvariantCulture, out var after))
            {
                query = query with { After = after };
            }
            else
            {
                return null;
            }
        }

        return query;
    }
}
