-- Spellings of one title share a key, which the database makes itself, so no writer has to think of it. It is the key of the coder (OccupationCoder.TitleKey) for every title in
-- Chinese, English and the signs around them; letters beyond ASCII keep their case. A test holds the two together.
CREATE FUNCTION title_key(title text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT replace(btrim(regexp_replace(public.search_text(title) COLLATE "C",
        '[\u0001-\u0022\u0024-\u002a\u002c\u002d\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u200b-\u20c0\u20dd-\u20e0\u20e2-\u20e4\u2104-\u212e\u213a-\u214d\u214f-\u2182\u2185-\u2bff\u2e00-\u2e2e\u2e30-\u3004\u3007-\u3029\u3030\u3037\u303d-\u303f\u30a0\u30fb\u3190\u3191\u31c0-\u31ef\u3248-\u327f\u4dc0-\u4dff\ue000-\uf8ff\ufe45\ufe46\ufeff-\ufffd]',
        '', 'g'), '.'), '老师', '教师')
$$;
ALTER TABLE demand ADD title_key text COLLATE "C" NOT NULL GENERATED ALWAYS AS (title_key(title)) STORED;

-- Serves the review queue, which counts the titles in the order of their keys and then looks at those of one page. What the policies ask of a row stands in it too,
-- so that the queue is read from the index alone.
DROP INDEX demand_to_review;
CREATE INDEX demand_to_review ON demand (consortium_id, title_key, id) INCLUDE (headcount, organization_id, posted_by_id, state)
    WHERE occupation_code IS NULL OR occupation_confidence < 60;
-- Serves the recoding of all demands of a title.
DROP INDEX demand_by_title;
CREATE INDEX demand_by_title ON demand (consortium_id, title_key) WHERE occupation_code IS NULL OR occupation_confidence IS NOT NULL;

-- Gives every demand of the correction's title, however it is spelled, the taught occupation, save those whose sender gave one (a code without a confidence),
-- and notes what was there before.
DROP FUNCTION recode_demands(bigint, text[]);
CREATE FUNCTION recode_demands(wanted_correction bigint) RETURNS integer LANGUAGE sql AS $$
    WITH taught AS (
        SELECT occupation_code AS code, title_key(title) AS key FROM occupation_correction WHERE consortium_id = current_consortium() AND id = wanted_correction),
    chosen AS MATERIALIZED (
        SELECT d.id, d.occupation_code, d.occupation_confidence, t.code
        FROM demand d, taught t
        WHERE d.consortium_id = current_consortium() AND d.title_key = t.key AND (d.occupation_code IS NULL OR d.occupation_confidence IS NOT NULL)
          AND (d.occupation_code, d.occupation_confidence) IS DISTINCT FROM (t.code, 100::smallint)
        FOR UPDATE OF d),
    noted AS (
        INSERT INTO occupation_recoding (consortium_id, correction_id, demand_id, code_before, confidence_before)
        SELECT current_consortium(), wanted_correction, id, occupation_code, occupation_confidence FROM chosen),
    changed AS (
        UPDATE demand d SET occupation_code = c.code, occupation_confidence = 100
        FROM chosen c WHERE d.consortium_id = current_consortium() AND d.id = c.id
        RETURNING d.id)
    SELECT count(*)::integer FROM changed
$$;
