-- 供需通报. Tables are frozen as they were computed; a published bulletin never changes, a correction is a new revision.
CREATE TABLE bulletin (
    consortium_id bigint      NOT NULL,
    id            bigint      GENERATED ALWAYS AS IDENTITY,
    kind          text        NOT NULL,
    period        text        NOT NULL,
    region_code   text        NOT NULL,
    revision      integer     NOT NULL,
    state         text        NOT NULL DEFAULT 'DRAFT',
    title         text        NOT NULL,
    cut_off       timestamptz NOT NULL,
    correction    text        NOT NULL DEFAULT '',
    reviewed_at   timestamptz,
    published_at  timestamptz,
    row_version   integer     NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT bulletin_pk PRIMARY KEY (consortium_id, id),
    CONSTRAINT bulletin_id_unique UNIQUE (id),
    CONSTRAINT bulletin_once UNIQUE (consortium_id, kind, period, revision),
    CONSTRAINT bulletin_consortium_fk FOREIGN KEY (consortium_id) REFERENCES consortium (id),
    CONSTRAINT bulletin_kind_known CHECK (kind IN ('MONTHLY', 'QUARTERLY', 'ANNUAL')),
    CONSTRAINT bulletin_state_known CHECK (state IN ('DRAFT', 'REVIEWED', 'PUBLISHED')),
    CONSTRAINT bulletin_revision_positive CHECK (revision >= 1),
    CONSTRAINT bulletin_correction_said CHECK ((revision = 1) = (correction = '')),
    CONSTRAINT bulletin_published_when CHECK ((state = 'PUBLISHED') = (published_at IS NOT NULL))
);
CALL protect_tenant_table('bulletin');
CALL track_changes('bulletin', 'created_at');
CREATE TRIGGER bulletin_touch BEFORE UPDATE ON bulletin FOR EACH ROW EXECUTE FUNCTION touch_row();

CREATE TABLE bulletin_table (
    consortium_id bigint  NOT NULL,
    bulletin_id   bigint  NOT NULL,
    key           text    NOT NULL,
    position      integer NOT NULL,
    content       jsonb   NOT NULL,
    CONSTRAINT bulletin_table_pk PRIMARY KEY (consortium_id, bulletin_id, key),
    CONSTRAINT bulletin_table_bulletin_fk FOREIGN KEY (consortium_id, bulletin_id) REFERENCES bulletin (consortium_id, id) ON DELETE CASCADE
);
CALL protect_tenant_table('bulletin_table');

-- What is published is public; drafts are the office's.
CREATE POLICY bulletin_public ON bulletin FOR SELECT USING (state = 'PUBLISHED');
CREATE POLICY bulletin_draft ON bulletin AS RESTRICTIVE FOR SELECT USING ((SELECT is_staff()) OR state = 'PUBLISHED');
CREATE POLICY bulletin_insert ON bulletin AS RESTRICTIVE FOR INSERT WITH CHECK ((SELECT is_staff()));
CREATE POLICY bulletin_update ON bulletin AS RESTRICTIVE FOR UPDATE USING ((SELECT is_staff()));
CREATE POLICY bulletin_delete ON bulletin AS RESTRICTIVE FOR DELETE USING ((SELECT is_staff()));
CREATE POLICY bulletin_table_public ON bulletin_table FOR SELECT USING (
    EXISTS (SELECT FROM bulletin b WHERE b.id = bulletin_id AND b.state = 'PUBLISHED'));
CREATE POLICY bulletin_table_draft ON bulletin_table AS RESTRICTIVE FOR SELECT USING (
    (SELECT is_staff()) OR EXISTS (SELECT FROM bulletin b WHERE b.id = bulletin_id AND b.state = 'PUBLISHED'));
CREATE POLICY bulletin_table_insert ON bulletin_table AS RESTRICTIVE FOR INSERT WITH CHECK ((SELECT is_staff()));

-- Frozen by the database itself: not even a defect of ours rewrites what was published, nor a table after it was made.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published bulletin and the tables of any bulletin never change' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletin_frozen';
END $$;
CREATE TRIGGER bulletin_frozen BEFORE UPDATE OR DELETE ON bulletin FOR EACH ROW WHEN (OLD.state = 'PUBLISHED') EXECUTE FUNCTION refuse_change();
CREATE TRIGGER bulletin_table_frozen BEFORE UPDATE OR DELETE ON bulletin_table FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE FUNCTION refuse_late_table() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM bulletin b WHERE b.consortium_id = NEW.consortium_id AND b.id = NEW.bulletin_id AND b.state <> 'DRAFT') THEN
        RAISE EXCEPTION 'a reviewed bulletin takes no more tables' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletin_frozen';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bulletin_table_late BEFORE INSERT ON bulletin_table FOR EACH ROW EXECUTE FUNCTION refuse_late_table();
