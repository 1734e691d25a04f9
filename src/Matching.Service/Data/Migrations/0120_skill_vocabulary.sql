-- The vocabulary is edited: rows carry a version, a merged word stays as a signpost to what it became, and a counter tells every node when its resident words are old.
ALTER TABLE skill
    ADD merged_into_id bigint,
    ADD edited_at      timestamptz,
    ADD row_version    integer     NOT NULL DEFAULT 1,
    ADD updated_at     timestamptz NOT NULL DEFAULT now(),
    DROP CONSTRAINT skill_state_known,
    DROP CONSTRAINT skill_key_unique,
    ADD CONSTRAINT skill_state_known CHECK (state IN ('ACCEPTED', 'PROVISIONAL', 'MERGED')),
    ADD CONSTRAINT skill_merged_into_fk FOREIGN KEY (merged_into_id) REFERENCES skill (id),
    ADD CONSTRAINT skill_merged_names_target CHECK ((state = 'MERGED') = (merged_into_id IS NOT NULL)),
    ADD CONSTRAINT skill_not_its_own_part CHECK (broader_id <> id);
-- A merged word gives its name free: whether it comes back is decided by the aliases.
CREATE UNIQUE INDEX skill_key_unique ON skill (consortium_id, kind, key) WHERE state <> 'MERGED';
-- Serve the merging (what becomes of parts and of words merged earlier) and the page of a skill.
CREATE INDEX skill_by_broader ON skill (broader_id) WHERE broader_id IS NOT NULL;
CREATE INDEX skill_by_merged_into ON skill (merged_into_id) WHERE merged_into_id IS NOT NULL;
CREATE INDEX skill_alias_of_skill ON skill_alias (skill_id);
-- Serves the review list.
CREATE INDEX skill_provisional ON skill (consortium_id, id) WHERE state = 'PROVISIONAL';
CREATE TRIGGER skill_touch BEFORE UPDATE ON skill FOR EACH ROW EXECUTE FUNCTION touch_row();
CALL track_changes('skill', 'created_at', 'updated_at');
CALL track_changes('skill_alias', 'key');

-- Serve the counts of use and the merging.
CREATE INDEX demand_skill_by_skill ON demand_skill (consortium_id, skill_id);
CREATE INDEX program_skill_by_skill ON program_skill (consortium_id, skill_id);
CREATE INDEX graduate_skill_by_skill ON graduate_skill (consortium_id, skill_id);
CREATE INDEX seeker_skill_by_skill ON seeker_skill (consortium_id, skill_id);

-- Grows whenever accepted words or aliases change. Provisional words do not count: no node keeps them resident.
CREATE TABLE vocabulary_version (
    consortium_id bigint NOT NULL,
    version       bigint NOT NULL DEFAULT 1,
    CONSTRAINT vocabulary_version_pk PRIMARY KEY (consortium_id)
);
ALTER TABLE vocabulary_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE vocabulary_version FORCE ROW LEVEL SECURITY;
CREATE POLICY vocabulary_version_read ON vocabulary_version FOR SELECT USING (consortium_id = 0 OR consortium_id = (SELECT current_consortium()));
CREATE POLICY vocabulary_version_write ON vocabulary_version USING (consortium_id = (SELECT current_consortium())) WITH CHECK (consortium_id = (SELECT current_consortium()));
CREATE POLICY vocabulary_version_seed ON vocabulary_version TO matching_owner USING (consortium_id = 0) WITH CHECK (consortium_id = 0);
GRANT SELECT, INSERT, UPDATE ON vocabulary_version TO matching_app;

CREATE FUNCTION vocabulary_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO vocabulary_version AS v (consortium_id)
    SELECT DISTINCT consortium_id FROM changed WHERE to_jsonb(changed) ->> 'state' IS DISTINCT FROM 'PROVISIONAL'
    ON CONFLICT ON CONSTRAINT vocabulary_version_pk DO UPDATE SET version = v.version + 1;
    RETURN NULL;
END $$;
CREATE TRIGGER skill_inserted AFTER INSERT ON skill REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION vocabulary_changed();
CREATE TRIGGER skill_updated AFTER UPDATE ON skill REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION vocabulary_changed();
CREATE TRIGGER skill_alias_inserted AFTER INSERT ON skill_alias REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION vocabulary_changed();
CREATE TRIGGER skill_alias_updated AFTER UPDATE ON skill_alias REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION vocabulary_changed();
CREATE TRIGGER skill_alias_deleted AFTER DELETE ON skill_alias REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION vocabulary_changed();

-- Who turns words into ids holds this lock shared until his rows are written; who merges holds it alone. So no row is left behind on a word that has just been merged.
CREATE FUNCTION vocabulary_lock() RETURNS bigint LANGUAGE sql STABLE
    AS $$ SELECT hashtextextended('vocabulary', coalesce(current_consortium(), 0)) $$;

-- Names of skills become ids, in the order given: what the consortium itself calls so comes first (its words, then its aliases), then the shared vocabulary.
-- Unknown ones become provisional rows of the consortium; two callers with the same new word get the same row.
CREATE OR REPLACE FUNCTION resolve_skills(wanted_kind text, names text[], keys text[]) RETURNS SETOF bigint LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(vocabulary_lock());
    INSERT INTO skill (consortium_id, kind, name, key, source)
    SELECT DISTINCT ON (w.key) current_consortium(), wanted_kind, w.name, w.key, 'INPUT'
    FROM unnest(names, keys) AS w (name, key)
    WHERE NOT EXISTS (SELECT FROM skill s WHERE s.consortium_id IN (0, current_consortium()) AND s.kind = wanted_kind AND s.key = w.key AND s.state <> 'MERGED')
      AND NOT EXISTS (SELECT FROM skill_alias a WHERE a.consortium_id IN (0, current_consortium()) AND a.kind = wanted_kind AND a.key = w.key)
    ON CONFLICT (consortium_id, kind, key) WHERE state <> 'MERGED' DO NOTHING;

    RETURN QUERY
    SELECT coalesce(
        (SELECT s.id FROM skill s WHERE s.consortium_id = current_consortium() AND s.kind = wanted_kind AND s.key = w.key AND s.state <> 'MERGED'),
        (SELECT a.skill_id FROM skill_alias a WHERE a.consortium_id = current_consortium() AND a.kind = wanted_kind AND a.key = w.key),
        (SELECT s.id FROM skill s WHERE s.consortium_id = 0 AND s.kind = wanted_kind AND s.key = w.key AND s.state <> 'MERGED'),
        (SELECT a.skill_id FROM skill_alias a WHERE a.consortium_id = 0 AND a.kind = wanted_kind AND a.key = w.key))
    FROM unnest(keys) WITH ORDINALITY AS w (key, position)
    ORDER BY w.position;
END $$;

-- Whether a skill is the other one or, through any number of steps, a part of it.
CREATE FUNCTION skill_is_within(part bigint, whole bigint) RETURNS boolean LANGUAGE sql STABLE
    AS $$
        WITH RECURSIVE up AS (
            SELECT part AS id
            UNION
            SELECT s.broader_id FROM up JOIN skill s ON s.id = up.id WHERE s.broader_id IS NOT NULL)
        SELECT EXISTS (SELECT FROM up WHERE id = whole)
    $$;
