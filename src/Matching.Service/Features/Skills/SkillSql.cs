namespace Matching.Service.Features.Skills;

/// <summary>The statements of <see cref="SkillStore"/>.</summary>
internal static class SkillSql
{
    private const string Columns = "id, kind, name, broader_id, source, state, consortium_id = 0 AS shared";

    private const string Filters = """
        WHERE id > @After
          AND (@Kind::text IS NULL OR kind = @Kind)
          AND (@Source::text IS NULL OR source = @Source)
          AND CASE WHEN @State::text IS NULL THEN state <> 'MERGED' ELSE state = @State END
        ORDER BY id
        LIMIT @Take + 1
        """;

    public const string List = $"SELECT {Columns} FROM skill {Filters}";

    public const string Search = $"SELECT {Columns} FROM search_skills(@Part) {Filters}";

    public const string Find = """
        WITH RECURSIVE up AS (
            SELECT b.id, b.name, b.broader_id, 1 AS step FROM skill s JOIN skill b ON b.id = s.broader_id WHERE s.id = @Id
            UNION ALL
            SELECT b.id, b.name, b.broader_id, up.step + 1 FROM up JOIN skill b ON b.id = up.broader_id WHERE up.step < 20)
        SELECT s.id, s.kind, s.name, s.broader_id, s.source, s.state, s.consortium_id = 0 AS shared, s.merged_into_id,
               (SELECT coalesce(jsonb_agg(jsonb_build_object('name', a.name, 'shared', a.consortium_id = 0) ORDER BY a.name), '[]')::text
                FROM skill_alias a WHERE a.skill_id = s.id) AS aliases,
               (SELECT coalesce(jsonb_agg(jsonb_build_object('id', up.id, 'name', up.name) ORDER BY up.step), '[]')::text FROM up) AS broader,
               (SELECT count(*)::int FROM demand_skill x WHERE x.consortium_id = current_consortium() AND x.skill_id = s.id) AS demands,
               (SELECT count(*)::int FROM program_skill x WHERE x.consortium_id = current_consortium() AND x.skill_id = s.id) AS programs,
               (SELECT count(*)::int FROM graduate_skill x WHERE x.consortium_id = current_consortium() AND x.skill_id = s.id) AS graduates,
               (SELECT count(*)::int FROM seeker_skill x WHERE x.consortium_id = current_consortium() AND x.skill_id = s.id) AS seekers,
               s.row_version AS version
        FROM skill s
        WHERE s.id = @Id
        """;

    public const string Lock = "SELECT pg_advisory_xact_lock(vocabulary_lock())";

    // Another skill of the caller's own vocabulary or of the shared one that bears the name already. A word of INPUT says so too: it is to be promoted or merged.
    public const string Bearer = """
        SELECT id FROM (
            SELECT s.id FROM skill s
            WHERE s.consortium_id IN (0, current_consortium()) AND s.kind = @Kind AND s.key = @Key AND s.state <> 'MERGED'
            UNION ALL
            SELECT a.skill_id FROM skill_alias a WHERE a.consortium_id IN (0, current_consortium()) AND a.kind = @Kind AND a.key = @Key) b
        WHERE id <> @Id
        LIMIT 1
        """;

    // A shared skill is a part of shared ones only: nobody else sees a consortium's words.
    public const string CheckBroader = """
        SELECT CASE WHEN skill_is_within(b.id, @Id) THEN 'CYCLE' ELSE 'FINE' END
        FROM skill b
        WHERE b.id = @Broader AND b.kind = @Kind AND b.state <> 'MERGED'
        """;

    public const string Insert = """
        WITH inserted AS (
            INSERT INTO skill (consortium_id, kind, name, key, broader_id, source, state, edited_at)
            VALUES (coalesce(current_consortium(), 0), @Kind, @Name, @Key, @BroaderId, 'EDITOR', 'ACCEPTED', now())
            RETURNING id)
        SELECT id FROM inserted
        """;

    // The former name stays as an alias, so that whoever still writes it means the same; an alias that became the name is one no longer.
    public const string Update = """
        WITH changed AS (
            UPDATE skill SET name = @Name, key = @Key, broader_id = @BroaderId, edited_at = now()
            WHERE consortium_id = current_consortium() AND id = @Id AND row_version = @Version
            RETURNING consortium_id, id),
        dropped AS (
            DELETE FROM skill_alias a USING changed c WHERE (a.consortium_id, a.skill_id) = (c.consortium_id, c.id) AND a.kind = @Kind AND a.key = @Key),
        kept AS (
            INSERT INTO skill_alias (consortium_id, kind, key, name, skill_id)
            SELECT consortium_id, @Kind, @FormerKey, @Former, id FROM changed WHERE @FormerKey <> @Key
            ON CONFLICT ON CONSTRAINT skill_alias_pk DO NOTHING)
        SELECT count(*)::int FROM changed
        """;

    public const string AddAlias = """
        INSERT INTO skill_alias (consortium_id, kind, key, name, skill_id)
        SELECT current_consortium(), @Kind, @Key, @Name, @Id
        WHERE NOT EXISTS (SELECT FROM skill s WHERE s.id = @Id AND s.key = @Key)
        ON CONFLICT ON CONSTRAINT skill_alias_pk DO NOTHING
        """;

    public const string RemoveAlias = "DELETE FROM skill_alias WHERE consortium_id = current_consortium() AND skill_id = @Id AND key = @Key";

    public const string Promote = "UPDATE skill SET state = 'ACCEPTED', edited_at = now() WHERE consortium_id = current_consortium() AND id = @Id AND state = 'PROVISIONAL'";

    public const string Merge = "SELECT merge_skill(@Id, @Into)";
}
