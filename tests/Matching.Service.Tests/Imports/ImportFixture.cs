using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Dapper;
using Matching.Service.Imports;
using Matching.Service.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Service.Tests.Imports;

/// <summary>Uploads through the real API and carries out what waits, as a worker would.</summary>
internal sealed class ImportClient(ApiFixture api, string role, TestConsortium? consortium = null)
{
    private readonly TestConsortium _consortium = consortium ?? api.Data.First;

    public HttpClient Http { get; } = api.ClientOf(consortium ?? api.Data.First, role);

    /// <summary>Uploads a text as UTF-8 and runs it to its end.</summary>
    public Task<Import> ImportAsync(string kind, string text, string query = "") => ImportAsync(kind, Encoding.UTF8.GetBytes(text), query);

    public async Task<Import> ImportAsync(string kind, byte[] file, string query = "")
    {
        var import = await UploadAsync(kind, file, query);
        await api.Services.GetRequiredService<ImportRunner>().RunAsync(_consortium.Id, import.Id, token: 1, lastAttempt: false, CancellationToken.None);
        return await GetAsync(import.Id);
    }

    public async Task<Import> UploadAsync(string kind, byte[] file, string query = "") =>
        await HttpAssert.BodyAsync<Import>(await PostAsync(kind, file, query), HttpStatusCode.Accepted);

    public async Task<HttpResponseMessage> PostAsync(string kind, byte[] file, string query = "")
    {
        using var content = new ByteArrayContent(file);
        return await Http.PostAsync($"/api/v1/imports?kind={kind}{query}", content);
    }

    public async Task<Import> GetAsync(long id) => (await Http.GetFromJsonAsync<Import>($"/api/v1/imports/{id}"))!;

    /// <summary>The refused rows as the sender downloads them, each line split into its cells.</summary>
    public async Task<string[][]> RejectedAsync(long id)
    {
        var text = await Http.GetStringAsync($"/api/v1/imports/{id}/rejected");
        return [.. text.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(','))];
    }
}

internal static class ImportData
{
    /// <summary>One value of the database, past every policy.</summary>
    public static async Task<T> ValueAsync<T>(this ApiFixture api, FormattableString sql)
    {
        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql.ToString(CultureInfo.InvariantCulture)))!;
    }
}
