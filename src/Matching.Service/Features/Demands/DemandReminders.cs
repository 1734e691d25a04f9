using System.Globalization;
using Matching.Service.Data;
using Matching.Service.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Features.Demands;

/// <summary>A demand that somebody should look at (待跟进需求).</summary>
/// <param name="DemandId">The demand.</param>
/// <param name="OrganizationId">Its company.</param>
/// <param name="Title">Its title.</param>
/// <param name="State">OPEN or PAUSED.</param>
/// <param name="SeatsLeft">Seats not filled, persons.</param>
/// <param name="ConfirmedOn">Last day on which its owner said that it stands.</param>
/// <param name="Days">Days since then.</param>
/// <param name="ExpiresOn">Last day before it expires if nobody does anything; null: never.</param>
/// <param name="Reason">STALE 长期未更新, PAUSED 长期暂停, or COPY_OF_FILLED 同一需求的另一条已招满.</param>
/// <param name="WhatToDo">What can be done about it.</param>
public sealed record DemandReminder(
    long DemandId, long OrganizationId, string Title, string State, int SeatsLeft, DateOnly ConfirmedOn, int Days, DateOnly? ExpiresOn, string Reason, string WhatToDo);

/// <summary>A page of the list.</summary>
/// <param name="After">Cursor of the page before.</param>
/// <param name="Take">Rows of a page.</param>
public sealed record ReminderQuery(Cursor? After = null, [property: Between(1, Page.MaxTake)] int Take = Page.DefaultTake);

internal static class DemandReminders
{
    // Longest silence first. An open copy of a filled demand asks for seats that are taken; it is listed at once.
    private const string ListSql = """
        SELECT d.id AS demand_id, d.organization_id, d.title, d.state, d.headcount - d.filled AS seats_left, d.confirmed_on, today_in_china() - d.confirmed_on AS days,
               coalesce(d.valid_through, d.confirmed_on + r.expire_days) AS expires_on,
               CASE WHEN c.state = 'FILLED' THEN 'COPY_OF_FILLED' WHEN d.state = 'PAUSED' THEN 'PAUSED' ELSE 'STALE' END AS reason,
               CASE WHEN c.state = 'FILLED' THEN format('需求 %s 已招满：请撤回本条；如不是同一需求，请取消关联。', c.id)
                    WHEN d.state = 'PAUSED' THEN '请恢复招聘、确认仍有效，或撤回。'
                    ELSE '请登记录用、确认仍有效，或撤回。' END AS what_to_do
        FROM demand d
        CROSS JOIN own_demand_rule() r
        LEFT JOIN demand c ON (c.consortium_id, c.id) = (d.consortium_id, d.canonical_id)
        WHERE d.consortium_id = current_consortium() AND d.state IN ('OPEN', 'PAUSED')
          AND (d.confirmed_on < today_in_china() - r.stale_days OR c.state = 'FILLED')
          AND (is_staff() OR current_organization() IN (d.organization_id, d.posted_by_id))
          AND (@Day::date IS NULL OR (d.confirmed_on, d.id) > (@Day, @Id))
        ORDER BY d.confirmed_on, d.id
        LIMIT @Take + 1
        """;

    public static void MapDemandReminders(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/demands").WithTags("Demands").MapGet("/reminders", List).WithName("ListDemandReminders").WithSummary("待跟进的需求：长期未更新的在前")
            .AllowRoles([ApiRoles.Company, ApiRoles.Department, .. ApiRoles.Staff]);

    internal static async Task<Results<Ok<Page<DemandReminder>>, ProblemHttpResult>> List([AsParameters] ReminderQuery query, TenantSession session, CancellationToken ct)
    {
        DateOnly? day = null;
        if (query.After is { } after)
        {
            if (!DateOnly.TryParseExact(after.Key, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed))
            {
                return Problems.InvalidField("invalid_request", "after", "不是本列表的游标。");
            }

            day = parsed;
        }

        var rows = await session.QueryAsync<DemandReminder>(ListSql, new { Day = day, Id = query.After?.Id ?? 0, query.Take }, ct);
        return TypedResults.Ok(Page.Of(rows, query.Take, row => new Cursor(row.DemandId, row.ConfirmedOn.ToString("O", CultureInfo.InvariantCulture))));
    }
}
