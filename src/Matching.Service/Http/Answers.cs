using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Http;

/// <summary>A row that carries its version, the ETag of its answers.</summary>
public interface IVersioned
{
    int Version { get; }
}

/// <summary>The answers every resource gives alike: the row with its ETag, 404, and the conditional change and removal.</summary>
internal static class Answers
{
    public static Results<Ok<T>, ProblemHttpResult> Found<T>(HttpContext http, string resource, long id, T? row)
        where T : class, IVersioned
    {
        if (row is null)
        {
            return Problems.NotFound(resource, id);
        }

        ETags.Set(http, row.Version);
        return TypedResults.Ok(row);
    }

    public static Created<T> Created<T>(HttpContext http, string url, T row)
        where T : class, IVersioned
    {
        ETags.Set(http, row.Version);
        return TypedResults.Created(url, row);
    }

    /// <summary>428 without If-Match, 404 when the caller does not see the row, 412 when it changed since, otherwise the changed row.</summary>
    public static async Task<Results<Ok<T>, ProblemHttpResult>> ChangeAsync<T>(
        HttpContext http, string resource, long id, Func<Task<T?>> find, Func<int, Task<T?>> change)
        where T : class, IVersioned =>
        ETags.IfMatch(http) is not { } version ? Problems.VersionRequired()
        : await find() is null ? Problems.NotFound(resource, id)
        : await change(version) is { } changed ? Found(http, resource, id, changed)
        : Problems.StaleVersion();

    /// <summary>428 without If-Match, 404 when the caller does not see the row, 412 when it changed since, otherwise 204.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync<T>(
        HttpContext http, string resource, long id, Func<Task<T?>> find, Func<int, Task<bool>> delete)
        where T : class, IVersioned =>
        ETags.IfMatch(http) is not { } version ? Problems.VersionRequired()
        : await find() is null ? Problems.NotFound(resource, id)
        : await delete(version) ? TypedResults.NoContent()
        : Problems.StaleVersion();
}
