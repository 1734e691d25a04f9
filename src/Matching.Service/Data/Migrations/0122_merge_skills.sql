-- What names one skill names another from now on, in the session's consortium. Where a row named both, the stricter wording stays: must before nice, the higher level,
-- the sender's list before the text, the better evidence. Rows whose list changed get a new version, for lists of matches go by it.
CREATE FUNCTION move_skill_references(from_id bigint, into_id bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    audit text := coalesce(current_setting('app.audit', true), '');
    here bigint := current_consortium();
    moved bigint[];
BEGIN
    -- The merge itself is audited; the rows it touches are not told one by one.
    PERFORM set_config('app.audit', 'summary', true);

    WITH gone AS (DELETE FROM demand_skill WHERE consortium_id = here AND skill_id = from_id RETURNING *),
    put AS (
        INSERT INTO demand_skill AS t (consortium_id, demand_id, skill_id, must, level, origin)
        SELECT consortium_id, demand_id, into_id, must, level, origin FROM gone
        ON CONFLICT ON CONSTRAINT demand_skill_pk DO UPDATE
        SET must = t.must OR excluded.must, level = greatest(t.level, excluded.level),
            origin = CASE WHEN 'STATED' IN (t.origin, excluded.origin) THEN 'STATED' ELSE 'TEXT' END
        RETURNING demand_id)
    SELECT array_agg(demand_id) INTO moved FROM put;
    UPDATE demand SET row_version = row_version WHERE consortium_id = here AND id = ANY(moved);

    WITH gone AS (DELETE FROM program_skill WHERE consortium_id = here AND skill_id = from_id RETURNING *),
    put AS (
        INSERT INTO program_skill AS t (consortium_id, program_id, skill_id)
        SELECT consortium_id, program_id, into_id FROM gone
        ON CONFLICT ON CONSTRAINT program_skill_pk DO NOTHING)
    SELECT array_agg(program_id) INTO moved FROM gone;
    UPDATE program SET row_version = row_version WHERE consortium_id = here AND id = ANY(moved);

    WITH gone AS (DELETE FROM graduate_skill WHERE consortium_id = here AND skill_id = from_id RETURNING *),
    put AS (
        INSERT INTO graduate_skill AS t (consortium_id, graduate_id, skill_id, evidence, level)
        SELECT consortium_id, graduate_id, into_id, evidence, level FROM gone
        ON CONFLICT ON CONSTRAINT graduate_skill_pk DO UPDATE
        SET evidence = better_evidence(t.evidence, excluded.evidence), level = greatest(t.level, excluded.level)
        RETURNING graduate_id)
    SELECT array_agg(graduate_id) INTO moved FROM put;
    UPDATE graduate SET row_version = row_version WHERE consortium_id = here AND id = ANY(moved);

    WITH gone AS (DELETE FROM seeker_skill WHERE consortium_id = here AND skill_id = from_id RETURNING *),
    put AS (
        INSERT INTO seeker_skill AS t (consortium_id, seeker_id, skill_id, evidence, level)
        SELECT consortium_id, seeker_id, into_id, evidence, level FROM gone
        ON CONFLICT ON CONSTRAINT seeker_skill_pk DO UPDATE
        SET evidence = better_evidence(t.evidence, excluded.evidence), level = greatest(t.level, excluded.level)
        RETURNING seeker_id)
    SELECT array_agg(seeker_id) INTO moved FROM put;
    UPDATE seeker SET row_version = row_version WHERE consortium_id = here AND id = ANY(moved);

    PERFORM set_config('app.audit', audit, true);

    UPDATE skill_alias SET skill_id = into_id WHERE consortium_id = here AND skill_id = from_id;
    UPDATE skill SET broader_id = into_id WHERE consortium_id = here AND broader_id = from_id AND id <> into_id;
    UPDATE skill SET merged_into_id = into_id WHERE consortium_id = here AND merged_into_id = from_id;
END $$;

-- The order of trust of the match score.
CREATE FUNCTION better_evidence(one text, other text) RETURNS text LANGUAGE sql IMMUTABLE
    AS $$ SELECT e FROM unnest(ARRAY['CERTIFICATE', 'INTERNSHIP', 'COURSE', 'CLAIM']) WITH ORDINALITY AS o (e, rank) WHERE e IN (one, other) ORDER BY rank LIMIT 1 $$;

-- A word becomes another: every reference follows, its name stays as an alias, its row as a signpost. The word must be of the session's consortium; a shared one
-- (consortium 0) is merged in all of them. Answers MERGED, or why not; saying it again is MERGED again. Waits for whoever is just turning words into ids.
CREATE FUNCTION merge_skill(from_id bigint, into_id bigint) RETURNS text LANGUAGE plpgsql SET lock_timeout = '10s' AS $$
DECLARE
    home bigint := current_consortium();
    loser skill;
    target skill;
    place bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(vocabulary_lock());
    SELECT * INTO target FROM skill WHERE id = into_id;
    SELECT * INTO loser FROM skill WHERE id = from_id;
    IF loser.id IS NULL THEN RETURN 'NOT_FOUND'; END IF;
    IF loser.consortium_id <> home THEN RETURN 'SHARED'; END IF;
    IF target.id IS NULL THEN RETURN 'NO_TARGET'; END IF;
    IF from_id = into_id THEN RETURN 'SAME'; END IF;
    IF loser.kind <> target.kind THEN RETURN 'OTHER_KIND'; END IF;
    IF loser.state = 'MERGED' THEN
        RETURN CASE WHEN loser.merged_into_id IN (into_id, target.merged_into_id) THEN 'MERGED' ELSE 'MERGED_ELSEWHERE' END;
    END IF;
    IF target.state = 'MERGED' THEN RETURN 'NO_TARGET'; END IF;

    -- A target that is a part of the word takes its place.
    IF skill_is_within(into_id, from_id) THEN
        UPDATE skill SET broader_id = loser.broader_id WHERE id = into_id;
    END IF;

    UPDATE skill SET state = 'MERGED', merged_into_id = into_id, broader_id = NULL, edited_at = now() WHERE id = from_id;
    PERFORM move_skill_references(from_id, into_id);
    IF loser.key <> target.key THEN
        INSERT INTO skill_alias (consortium_id, kind, key, name, skill_id) VALUES (home, loser.kind, loser.key, loser.name, into_id)
        ON CONFLICT ON CONSTRAINT skill_alias_pk DO UPDATE SET skill_id = excluded.skill_id;
    END IF;

    IF home = 0 THEN
        FOR place IN SELECT id FROM consortium WHERE id <> 0 ORDER BY id LOOP
            PERFORM set_config('app.consortium', place::text, true);
            PERFORM pg_advisory_xact_lock(vocabulary_lock());
            PERFORM move_skill_references(from_id, into_id);
        END LOOP;
        PERFORM set_config('app.consortium', '0', true);
    END IF;
    RETURN 'MERGED';
END $$;

-- New words come with anybody's input; changing the vocabulary is the staff's.
CREATE POLICY skill_edit ON skill AS RESTRICTIVE FOR UPDATE TO matching_app USING ((SELECT is_staff()));
CREATE POLICY skill_alias_insert ON skill_alias AS RESTRICTIVE FOR INSERT TO matching_app WITH CHECK ((SELECT is_staff()));
CREATE POLICY skill_alias_edit ON skill_alias AS RESTRICTIVE FOR UPDATE TO matching_app USING ((SELECT is_staff()));
CREATE POLICY skill_alias_delete ON skill_alias AS RESTRICTIVE FOR DELETE TO matching_app USING ((SELECT is_staff()));
