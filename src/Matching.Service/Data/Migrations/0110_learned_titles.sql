-- 岗位名称的归类更正: what a consortium's office has taught the coder. Of the corrections of one title the newest that was not undone holds.
-- title_key is the key of the product's own text habits (full width, case, common traditional characters), so that spellings of one title are one.
CREATE TABLE occupation_correction (
    consortium_id   bigint      NOT NULL,
    id              bigint      GENERATED ALWAYS AS IDENTITY,
    title           text        NOT NULL,
    title_key       text        NOT NULL,
    occupation_code text        NOT NULL,
    taught_at       timestamptz NOT NULL DEFAULT now(),
    taught_by_key   bigint,
    undone_at       timestamptz,
    CONSTRAINT occupation_correction_pk PRIMARY KEY (consortium_id, id),
    CONSTRAINT occupation_correction_title_length CHECK (char_length(title) BETWEEN 1 AND 200),
    CONSTRAINT occupation_correction_key_present CHECK (title_key <> ''),
    CONSTRAINT occupation_correction_code_format CHECK (occupation_code ~ '^[1-8](-[0-9]{2}){2,3}$')
);
CALL protect_tenant_table('occupation_correction');
CALL track_changes('occupation_correction', 'taught_at');
REVOKE DELETE ON occupation_correction FROM matching_app;
-- Everybody's intake reads them; the office alone teaches.
CREATE POLICY occupation_correction_insert ON occupation_correction AS RESTRICTIVE FOR INSERT WITH CHECK ((SELECT is_staff()));
CREATE POLICY occupation_correction_update ON occupation_correction AS RESTRICTIVE FOR UPDATE USING ((SELECT is_staff()));
-- Serves the intake's look-up by key, newest first.
CREATE INDEX occupation_correction_by_key ON occupation_correction (consortium_id, title_key, id DESC) WHERE undone_at IS NULL;

-- What each correction changed, so that undoing it can give back what was there before.
CREATE TABLE occupation_recoding (
    consortium_id     bigint   NOT NULL,
    correction_id     bigint   NOT NULL,
    demand_id         bigint   NOT NULL,
    code_before       text,
    confidence_before smallint,
    CONSTRAINT occupation_recoding_pk PRIMARY KEY (consortium_id, correction_id, demand_id),
    CONSTRAINT occupation_recoding_correction_fk FOREIGN KEY (consortium_id, correction_id) REFERENCES occupation_correction (consortium_id, id),
    CONSTRAINT occupation_recoding_demand_fk FOREIGN KEY (consortium_id, demand_id) REFERENCES demand (consortium_id, id) ON DELETE CASCADE
);
CALL protect_tenant_table('occupation_recoding');
CREATE POLICY occupation_recoding_staff ON occupation_recoding AS RESTRICTIVE USING ((SELECT is_staff())) WITH CHECK ((SELECT is_staff()));
-- Serves the removal of a demand.
CREATE INDEX occupation_recoding_by_demand ON occupation_recoding (consortium_id, demand_id);

-- Serves the review queue: titles without a code, or with one the platform is not sure of.
CREATE INDEX demand_to_review ON demand (consortium_id, title) WHERE occupation_code IS NULL OR occupation_confidence < 60;
-- Serves the recoding of all demands of a title.
CREATE INDEX demand_by_title ON demand (consortium_id, title) WHERE occupation_code IS NULL OR occupation_confidence IS NOT NULL;

-- Gives every demand of these titles the taught occupation, save those whose sender gave one (a code without a confidence), and notes what was there before.
CREATE FUNCTION recode_demands(wanted_correction bigint, titles text[]) RETURNS integer LANGUAGE sql AS $$
    WITH taught AS (
        SELECT occupation_code AS code FROM occupation_correction WHERE consortium_id = current_consortium() AND id = wanted_correction),
    chosen AS MATERIALIZED (
        SELECT d.id, d.occupation_code, d.occupation_confidence, t.code
        FROM demand d, taught t
        WHERE d.consortium_id = current_consortium() AND d.title = ANY(titles) AND (d.occupation_code IS NULL OR d.occupation_confidence IS NOT NULL)
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

-- Gives back what the correction replaced, where its code still stands. A later correction of the same demands forgets it too: undone in either order, the first coding returns.
CREATE FUNCTION undo_recoding(wanted_correction bigint) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    restored integer;
BEGIN
    UPDATE occupation_recoding later
    SET code_before = own.code_before, confidence_before = own.confidence_before
    FROM occupation_recoding own
    JOIN occupation_correction c ON (c.consortium_id, c.id) = (own.consortium_id, own.correction_id)
    WHERE own.consortium_id = current_consortium() AND own.correction_id = wanted_correction
      AND later.consortium_id = own.consortium_id AND later.demand_id = own.demand_id AND later.correction_id > wanted_correction
      AND later.code_before = c.occupation_code AND later.confidence_before = 100;
    UPDATE demand d
    SET occupation_code = r.code_before, occupation_confidence = r.confidence_before
    FROM occupation_recoding r
    JOIN occupation_correction c ON (c.consortium_id, c.id) = (r.consortium_id, r.correction_id)
    WHERE r.consortium_id = current_consortium() AND r.correction_id = wanted_correction
      AND d.consortium_id = r.consortium_id AND d.id = r.demand_id AND d.occupation_code = c.occupation_code AND d.occupation_confidence = 100;
    GET DIAGNOSTICS restored = ROW_COUNT;
    RETURN restored;
END $$;
