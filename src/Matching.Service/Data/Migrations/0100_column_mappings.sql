-- How a file's columns were understood, what was kept as text, and for whom rows without a company count.
ALTER TABLE import
    ADD columns              jsonb   NOT NULL DEFAULT '[]',
    ADD notes                jsonb   NOT NULL DEFAULT '[]',
    ADD missing_columns      text[]  NOT NULL DEFAULT '{}',
    ADD header_signature     text,
    ADD for_organization_id  bigint,
    ADD register_companies   boolean NOT NULL DEFAULT false,
    ADD companies_registered integer NOT NULL DEFAULT 0,
    ADD CONSTRAINT import_for_organization_fk FOREIGN KEY (consortium_id, for_organization_id) REFERENCES organization (consortium_id, id) ON DELETE CASCADE;

-- 列映射: corrections of an organization for files with these headers; the next such file is read by them.
CREATE TABLE import_mapping (
    consortium_id    bigint      NOT NULL,
    id               bigint      GENERATED ALWAYS AS IDENTITY,
    organization_id  bigint,
    kind             text        NOT NULL,
    header_signature text        NOT NULL,
    headers          text[]      NOT NULL,
    -- header → key of the field, or null: leave the column out.
    columns          jsonb       NOT NULL,
    row_version      integer     NOT NULL DEFAULT 1,
    created_at       timestamptz NOT NULL DEFAULT now(),
    updated_at       timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT import_mapping_pk PRIMARY KEY (consortium_id, id),
    CONSTRAINT import_mapping_unique UNIQUE NULLS NOT DISTINCT (consortium_id, organization_id, kind, header_signature),
    CONSTRAINT import_mapping_consortium_fk FOREIGN KEY (consortium_id) REFERENCES consortium (id),
    CONSTRAINT import_mapping_organization_fk FOREIGN KEY (consortium_id, organization_id) REFERENCES organization (consortium_id, id) ON DELETE CASCADE,
    CONSTRAINT import_mapping_kind_known CHECK (kind IN ('organizations', 'demands', 'programs', 'graduates', 'placements')),
    CONSTRAINT import_mapping_columns_object CHECK (jsonb_typeof(columns) = 'object')
);
CALL protect_tenant_table('import_mapping');
CALL track_changes('import_mapping', 'created_at');
CREATE TRIGGER import_mapping_touch BEFORE UPDATE ON import_mapping FOR EACH ROW EXECUTE FUNCTION touch_row();
CREATE POLICY import_mapping_own ON import_mapping AS RESTRICTIVE
    USING ((SELECT is_staff()) OR organization_id = (SELECT current_organization()))
    WITH CHECK ((SELECT is_staff()) OR organization_id = (SELECT current_organization()));

-- What of a demand's file could not be read stays as it was written, by field.
ALTER TABLE demand
    ADD unparsed         jsonb   NOT NULL DEFAULT '{}',
    ADD headcount_stated boolean NOT NULL DEFAULT true,
    ADD wage_negotiable  boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT demand_unparsed_object CHECK (jsonb_typeof(unparsed) = 'object'),
    ADD CONSTRAINT demand_negotiable_has_no_wage CHECK (NOT wage_negotiable OR (wage_min IS NULL AND wage_max IS NULL));

-- 待确认: entered because a file named it; the office confirms it by saving the entry.
ALTER TABLE organization ADD confirmed boolean NOT NULL DEFAULT true;
-- Serves the office's list of entries to confirm.
CREATE INDEX organization_unconfirmed ON organization (consortium_id, id) WHERE NOT confirmed;

-- Companies that a file names and nobody knows yet, all at once; one without a place is entered where the consortium is. One that somebody else enters meanwhile
-- is left as it is. Runs as the caller: row-level security lets only the office enter organizations. Returns how many are new.
CREATE FUNCTION register_named_companies(names text[], regions text[]) RETURNS integer LANGUAGE sql AS $$
    WITH entered AS (
        INSERT INTO organization (consortium_id, kind, name, region_code, confirmed)
        SELECT current_consortium(), 'COMPANY', n.name, coalesce(n.region, c.region_code), false
        FROM unnest(names, regions) WITH ORDINALITY AS n (name, region, position)
        JOIN consortium c ON c.id = current_consortium()
        ORDER BY n.position
        ON CONFLICT ON CONSTRAINT organization_name_unique DO NOTHING
        RETURNING 1)
    SELECT count(*)::integer FROM entered
$$;
