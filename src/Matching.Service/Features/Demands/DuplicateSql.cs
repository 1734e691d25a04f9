namespace Matching.Service.Features.Demands;

/// <summary>The statements of <see cref="DuplicateStore"/>. What is written goes through the functions of the migration, which see a whole group.</summary>
internal static class DuplicateSql
{
    /// <summary>What comparing needs of a demand; <c>open</c> stands for a day that never comes.</summary>
    private const string Posting = """
        SELECT d.organization_id, d.id, d.kind, d.source <> 'COMPANY' AS by_others, d.region_code, d.occupation_code, d.title, d.description,
               concat_ws('|', coalesce(d.education_code, '-'), coalesce(d.experience_years::text, '-'), coalesce(d.wage_min::text, '-'), coalesce(d.wage_max::text, '-')) AS terms,
               d.headcount, d.opened_on,
        """;

    private const string Until = "CASE WHEN d.closed_on IS NULL THEN DATE '9999-12-31' WHEN d.state = 'FILLED' THEN d.closed_on ELSE d.closed_on + @RepostDays END";

    // Equal rows of a file that named neither company nor number are demands of their own (from the second on their reference says so), and where a file hid the company
    // (某知名企业) many companies' demands stand under one organization: nobody can tell such demands apart, so they lead nobody and follow nobody.
    private const string IsSomebodys = "coalesce(d.external_ref, '') !~ '^auto:[0-9a-f]{40}#' AND d.unparsed -> 'organization' IS NULL";

    /// <summary>Which of the demands are to be compared: posted, alone, and known to be of one company.</summary>
    public const string Alone = $"""
        SELECT d.organization_id, d.id FROM demand d
        WHERE d.consortium_id = current_consortium() AND d.id = ANY(@Ids) AND d.state <> 'DRAFT' AND {IsSomebodys}
          AND NOT EXISTS (SELECT FROM demand_link k WHERE k.consortium_id = d.consortium_id AND k.demand_id = d.id)
          AND NOT EXISTS (SELECT FROM demand_link k WHERE k.consortium_id = d.consortium_id AND k.leader_id = d.id)
        ORDER BY d.organization_id, d.id
        """;

    /// <summary>The demands to be placed, as they were written.</summary>
    public const string Incoming = $"""
        {Posting} {Until} AS wanted_until
        FROM demand d WHERE d.consortium_id = current_consortium() AND d.id = ANY(@Ids)
        """;

    // Once the seats are filled an open copy of them keeps nothing open: who asks again asks for others.
    private const string GroupUntil = $"CASE WHEN c.state = 'FILLED' THEN c.closed_on ELSE greatest({Until}, m.until) END";

    // NOT IN is one look into a hash table a row, whatever the planner expects; as an anti-join it became a loop over loop where a consortium's first rows have no statistics yet.
    /// <summary>Leaders of those companies whose group may still be about the same seats; of coded demands only those of the 小类 asked for, and uncoded ones.</summary>
    public const string Leaders = $"""
        {Posting} {GroupUntil} AS wanted_until
        FROM demand d
        JOIN demand c ON (c.consortium_id, c.id) = (d.consortium_id, coalesce(d.canonical_id, d.id))
        LEFT JOIN LATERAL (
            SELECT max(CASE WHEN x.closed_on IS NULL THEN DATE '9999-12-31' WHEN x.state = 'FILLED' THEN x.closed_on ELSE x.closed_on + @RepostDays END) AS until
            FROM demand_link k JOIN demand x ON (x.consortium_id, x.id) = (k.consortium_id, k.demand_id)
            WHERE k.consortium_id = d.consortium_id AND k.leader_id = d.id) m ON true
        WHERE d.consortium_id = current_consortium() AND d.organization_id = ANY(@Organizations) AND d.state <> 'DRAFT'
          AND d.id NOT IN (SELECT unnest(@Ids)) AND {IsSomebodys}
          AND NOT EXISTS (SELECT FROM demand_link k WHERE k.consortium_id = d.consortium_id AND k.demand_id = d.id)
          AND {GroupUntil} >= @From
          AND (@Groups::text[] IS NULL OR d.occupation_code IS NULL OR left(d.occupation_code, 7) = ANY(@Groups))
        """;

    /// <summary>Which demand people keep out of which group, told by the group's leader.</summary>
    public const string Apart = """
        SELECT a.id, coalesce(k.leader_id, a.other) AS leader
        FROM (SELECT demand_id AS id, other_id AS other FROM demand_apart WHERE consortium_id = current_consortium() AND demand_id = ANY(@Ids)
              UNION ALL SELECT other_id, demand_id FROM demand_apart WHERE consortium_id = current_consortium() AND other_id = ANY(@Ids)) a
        LEFT JOIN demand_link k ON k.consortium_id = current_consortium() AND k.demand_id = a.other
        """;

    public const string Link = "SELECT link_demands(@Copies, @Leaders, @Reasons, @Similarities)";

    public const string Leave = "SELECT leave_group(@Id)";

    /// <summary>Demands that a file is about to change in what was compared leave their group first and are compared again afterwards.</summary>
    public const string LeaveChanged = """
        SELECT leave_group(d.id)
        FROM stage s JOIN demand d ON d.consortium_id = current_consortium() AND d.id = s.demand_id
        WHERE (s.state = 'DRAFT' OR (s.kind, s.title, s.description, s.region_code, s.source) IS DISTINCT FROM (d.kind, d.title, d.description, d.region_code, d.source))
          AND EXISTS (SELECT FROM demand_link k WHERE k.consortium_id = d.consortium_id AND d.id IN (k.demand_id, k.leader_id))
        """;

    /// <summary>The other members of a demand's group.</summary>
    public const string Members = """
        WITH own AS (SELECT coalesce((SELECT leader_id FROM demand_link WHERE consortium_id = current_consortium() AND demand_id = @Id), @Id) AS leader)
        SELECT d.id AS demand_id, d.title, d.source, d.state, d.headcount, d.opened_on, d.closed_on, d.posted_by_id, d.canonical_id IS NULL AS canonical,
               k.leader_id AS like_id, k.reason, k.similarity::int AS similarity, k.linked_at
        FROM own
        JOIN demand d ON d.consortium_id = current_consortium()
             AND (d.id = own.leader OR d.id IN (SELECT x.demand_id FROM demand_link x WHERE x.consortium_id = current_consortium() AND x.leader_id = own.leader))
        LEFT JOIN demand_link k ON (k.consortium_id, k.demand_id) = (d.consortium_id, d.id)
        WHERE d.id <> @Id AND d.id > @After
        ORDER BY d.id
        LIMIT @Take + 1
        """;

    public const string KeepApart = """
        WITH own AS (SELECT coalesce((SELECT leader_id FROM demand_link WHERE consortium_id = current_consortium() AND demand_id = @Id), @Id) AS leader),
        others AS (SELECT leader AS id FROM own UNION SELECT k.demand_id FROM demand_link k, own WHERE k.consortium_id = current_consortium() AND k.leader_id = own.leader)
        INSERT INTO demand_apart (consortium_id, demand_id, other_id)
        SELECT current_consortium(), least(@Id, id), greatest(@Id, id) FROM others WHERE id <> @Id
        ON CONFLICT ON CONSTRAINT demand_apart_pk DO NOTHING
        """;

    public const string Reconcile = """
        DELETE FROM demand_apart a
        WHERE a.consortium_id = current_consortium() AND @Id IN (a.demand_id, a.other_id)
          AND (a.demand_id + a.other_id - @Id = @Leader
               OR EXISTS (SELECT FROM demand_link k WHERE k.consortium_id = a.consortium_id AND k.leader_id = @Leader AND k.demand_id = a.demand_id + a.other_id - @Id))
        """;

    public const string LeaderOf = "SELECT coalesce((SELECT leader_id FROM demand_link WHERE consortium_id = current_consortium() AND demand_id = @Id), @Id)";
}
