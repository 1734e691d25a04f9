using Matching.Service.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Changes;

/// <summary>The stream of a resource as its endpoint answers it.</summary>
internal static class ChangeAnswers
{
    public static void AddChanges(this IServiceCollection services, MatchingOptions options)
    {
        services.AddScoped<ChangeReader>();
        services.AddSingleton(new ChangeRetention(TimeSpan.FromDays(options.ChangeRetentionDays)));
    }

    /// <param name="reader">Reads the log.</param>
    /// <param name="resource">Of what.</param>
    /// <param name="query">Where to go on, and how far.</param>
    /// <param name="find">The rows of these numbers that the caller may see.</param>
    /// <param name="id">Number of a row.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<Results<Ok<ChangePage<T>>, ProblemHttpResult>> ReadAsync<T>(
        ChangeReader reader, string resource, ChangeQuery query, Func<long[], CancellationToken, Task<IReadOnlyList<T>>> find, Func<T, long> id, CancellationToken ct)
        where T : class
    {
        if (query.Since is null)
        {
            return TypedResults.Ok(new ChangePage<T>([], Since.After(await reader.HorizonAsync(ct)), false));
        }

        if (await reader.LocateAsync(query.Since, ct) is not { } after)
        {
            return Problems.Create(StatusCodes.Status410Gone, "cursor_expired", "此位置之后的变更记录已过保存期。请先不带 since 取得新的位置，再重新读取全部数据。");
        }

        var batch = await reader.ReadAsync(resource, after, query.Take, ct);
        var rows = (await find([.. batch.Items.Where(change => change.Kind != "DELETED").Select(change => change.Id).Distinct()], ct)).ToDictionary(id);
        return TypedResults.Ok(new ChangePage<T>(
            [.. batch.Items.Select(c => new Change<T>(c.Seq, c.Resource, c.Id, c.Kind, c.At, c.Version, c.Kind == "DELETED" ? null : rows.GetValueOrDefault(c.Id)))],
            Since.After(batch.Next), batch.More));
    }
}
