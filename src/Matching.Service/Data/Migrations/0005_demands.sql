-- 用人需求.
CREATE TABLE demand (
    consortium_id         bigint      NOT NULL,
    id                    bigint      GENERATED ALWAYS AS IDENTITY,
    organization_id       bigint      NOT NULL,
    posted_by_id          bigint,
    external_ref          text,
    kind                  text        NOT NULL,
    source                text        NOT NULL,
    state                 text        NOT NULL,
    title                 text        NOT NULL,
    description           text        NOT NULL DEFAULT '',
    occupation_code       text,
    occupation_confidence smallint,
    industry_code         text,
    cluster_id            bigint,
    region_code           text        NOT NULL,
    region_binding        boolean     NOT NULL DEFAULT false,
    headcount             integer     NOT NULL,
    filled                integer     NOT NULL DEFAULT 0,
    education_code        text,
    major_codes           text[]      NOT NULL DEFAULT '{}',
    experience_years      integer,
    wage_min              integer,
    wage_max              integer,
    opened_on             date        NOT NULL,
    starts_on             date,
    valid_through         date,
    closed_on             date,
    canonical_id          bigint,
    row_version           integer     NOT NULL DEFAULT 1,
    created_at            timestamptz NOT NULL DEFAULT now(),
    updated_at            timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT demand_pk PRIMARY KEY (consortium_id, id),
    CONSTRAINT demand_external_ref_unique UNIQUE (consortium_id, organization_id, external_ref),
    CONSTRAINT demand_organization_fk FOREIGN KEY (consortium_id, organization_id) REFERENCES organization (consortium_id, id),
    CONSTRAINT demand_posted_by_fk FOREIGN KEY (consortium_id, posted_by_id) REFERENCES organization (consortium_id, id),
    CONSTRAINT demand_cluster_fk FOREIGN KEY (consortium_id, cluster_id) REFERENCES industry_cluster (consortium_id, id),
    CONSTRAINT demand_canonical_fk FOREIGN KEY (consortium_id, canonical_id) REFERENCES demand (consortium_id, id),
    CONSTRAINT demand_kind_known CHECK (kind IN ('EMPLOYMENT', 'INTERNSHIP', 'APPRENTICE', 'ORDER_CLASS', 'TEACHER_PRACTICE')),
    CONSTRAINT demand_source_known CHECK (source IN ('COMPANY', 'DEPARTMENT', 'SURVEY')),
    CONSTRAINT demand_state_known CHECK (state IN ('DRAFT', 'OPEN', 'PAUSED', 'FILLED', 'WITHDRAWN', 'EXPIRED')),
    CONSTRAINT demand_title_length CHECK (char_length(title) BETWEEN 1 AND 200),
    CONSTRAINT demand_region_format CHECK (region_code ~ '^[0-9]{6}$'),
    CONSTRAINT demand_occupation_format CHECK (occupation_code ~ '^[1-8](-[0-9]{2}){1,3}$'),
    CONSTRAINT demand_confidence_range CHECK (occupation_confidence BETWEEN 0 AND 100),
    CONSTRAINT demand_headcount_range CHECK (headcount BETWEEN 1 AND 100000),
    CONSTRAINT demand_filled_range CHECK (filled BETWEEN 0 AND headcount),
    CONSTRAINT demand_wage_order CHECK (wage_min >= 0 AND wage_max >= wage_min),
    CONSTRAINT demand_validity_order CHECK (valid_through >= opened_on AND closed_on >= opened_on),
    CONSTRAINT demand_closed_when_over CHECK ((state IN ('FILLED', 'WITHDRAWN', 'EXPIRED')) = (closed_on IS NOT NULL)),
    CONSTRAINT demand_not_its_own_copy CHECK (canonical_id <> id)
);
CALL protect_tenant_table('demand');
CALL track_changes('demand', 'created_at');
CREATE TRIGGER demand_touch BEFORE UPDATE ON demand FOR EACH ROW EXECUTE FUNCTION touch_row();
-- Serves the list filters by state and occupation, and the loading of open demands for matching.
CREATE INDEX demand_by_state ON demand (consortium_id, state, id);
CREATE INDEX demand_by_occupation ON demand (consortium_id, occupation_code, id);
-- Serves an organization's own list.
CREATE INDEX demand_by_organization ON demand (consortium_id, organization_id, id);
-- Serves the indicators of a period.
CREATE INDEX demand_by_opening ON demand (consortium_id, opened_on);

-- 跨联合体共享: the owner names the consortium that may read the demand.
CREATE TABLE demand_share (
    consortium_id    bigint      NOT NULL,
    demand_id        bigint      NOT NULL,
    with_consortium  bigint      NOT NULL,
    created_at       timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT demand_share_pk PRIMARY KEY (consortium_id, demand_id, with_consortium),
    CONSTRAINT demand_share_demand_fk FOREIGN KEY (consortium_id, demand_id) REFERENCES demand (consortium_id, id) ON DELETE CASCADE,
    CONSTRAINT demand_share_consortium_fk FOREIGN KEY (with_consortium) REFERENCES consortium (id),
    CONSTRAINT demand_share_elsewhere CHECK (with_consortium <> consortium_id)
);
CALL protect_tenant_table('demand_share');
CALL track_changes('demand_share', 'created_at');
-- Asked in a function, for the policies of the two tables name each other and PostgreSQL refuses such a circle.
CREATE FUNCTION owns_demand(wanted_consortium bigint, wanted_id bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM demand d WHERE d.consortium_id = wanted_consortium AND d.id = wanted_id
                   AND current_organization() IN (d.organization_id, d.posted_by_id));
END $$;
CREATE POLICY demand_share_insert ON demand_share AS RESTRICTIVE FOR INSERT WITH CHECK ((SELECT is_staff()) OR owns_demand(consortium_id, demand_id));
CREATE POLICY demand_share_delete ON demand_share AS RESTRICTIVE FOR DELETE USING ((SELECT is_staff()) OR owns_demand(consortium_id, demand_id));
REVOKE UPDATE ON demand_share FROM matching_app;
CREATE POLICY demand_share_received ON demand_share FOR SELECT USING (with_consortium = (SELECT current_consortium()));
-- Serves the policy of the reading side.
CREATE INDEX demand_share_received ON demand_share (with_consortium, consortium_id, demand_id);

CREATE POLICY demand_shared ON demand FOR SELECT USING (
    consortium_id <> (SELECT current_consortium())
    AND EXISTS (SELECT FROM demand_share s WHERE s.consortium_id = demand.consortium_id AND s.demand_id = demand.id
                AND s.with_consortium = (SELECT current_consortium())));
-- A draft is its owner's and the office's alone; platforms read aggregates, never rows.
CREATE POLICY demand_draft ON demand AS RESTRICTIVE FOR SELECT USING (
    (SELECT is_staff()) OR organization_id = (SELECT current_organization()) OR posted_by_id = (SELECT current_organization())
    OR (state <> 'DRAFT' AND (SELECT current_app_role()) <> 'platform'));
CREATE POLICY demand_insert ON demand AS RESTRICTIVE FOR INSERT WITH CHECK (
    (SELECT is_staff()) OR organization_id = (SELECT current_organization()) OR posted_by_id = (SELECT current_organization()));
CREATE POLICY demand_update ON demand AS RESTRICTIVE FOR UPDATE USING (
    (SELECT is_staff()) OR organization_id = (SELECT current_organization()) OR posted_by_id = (SELECT current_organization()));
CREATE POLICY demand_delete ON demand AS RESTRICTIVE FOR DELETE USING (
    (SELECT is_staff()) OR organization_id = (SELECT current_organization()) OR posted_by_id = (SELECT current_organization()));

-- Skills and certificates asked for. must: required for the job; for a certificate it means compulsory (持证上岗).
CREATE TABLE demand_skill (
    consortium_id bigint   NOT NULL,
    demand_id     bigint   NOT NULL,
    skill_id      bigint   NOT NULL,
    must          boolean  NOT NULL,
    level         smallint,
    CONSTRAINT demand_skill_pk PRIMARY KEY (consortium_id, demand_id, skill_id),
    CONSTRAINT demand_skill_demand_fk FOREIGN KEY (consortium_id, demand_id) REFERENCES demand (consortium_id, id) ON DELETE CASCADE,
    CONSTRAINT demand_skill_skill_fk FOREIGN KEY (skill_id) REFERENCES skill (id),
    CONSTRAINT demand_skill_level_range CHECK (level BETWEEN 1 AND 5)
);
CALL protect_tenant_table('demand_skill');
CALL follow_parent('demand_skill', 'demand', 'demand_id', 'organization_id', 'posted_by_id');
CREATE POLICY demand_skill_shared ON demand_skill FOR SELECT USING (
    consortium_id <> (SELECT current_consortium())
    AND EXISTS (SELECT FROM demand_share s WHERE s.consortium_id = demand_skill.consortium_id AND s.demand_id = demand_skill.demand_id
                AND s.with_consortium = (SELECT current_consortium())));

-- Every change of state and every fill; carry-over (上期结转) of a past period is computed from it.
CREATE TABLE demand_event (
    consortium_id bigint      NOT NULL,
    id            bigint      GENERATED ALWAYS AS IDENTITY,
    demand_id     bigint      NOT NULL,
    happened_on   date        NOT NULL,
    recorded_at   timestamptz NOT NULL DEFAULT now(),
    state         text        NOT NULL,
    filled_delta  integer     NOT NULL DEFAULT 0,
    note          text        NOT NULL DEFAULT '',
    CONSTRAINT demand_event_pk PRIMARY KEY (consortium_id, id),
    CONSTRAINT demand_event_demand_fk FOREIGN KEY (consortium_id, demand_id) REFERENCES demand (consortium_id, id) ON DELETE CASCADE,
    CONSTRAINT demand_event_state_known CHECK (state IN ('DRAFT', 'OPEN', 'PAUSED', 'FILLED', 'WITHDRAWN', 'EXPIRED'))
);
CALL protect_tenant_table('demand_event');
CALL follow_parent('demand_event', 'demand', 'demand_id', 'organization_id', 'posted_by_id');
REVOKE UPDATE, DELETE ON demand_event FROM matching_app;
-- Serves a demand's history and the fills before a date.
CREATE INDEX demand_event_of_demand ON demand_event (consortium_id, demand_id, happened_on);

-- The one way to fill seats: by the company's own call, or when an introduction ends in a placement. False when the demand is not open, has no seats left,
-- or is not the caller's. The last seat closes it.
CREATE FUNCTION fill_demand(wanted_id bigint, seats integer, on_day date, why text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    new_state text;
BEGIN
    UPDATE demand
    SET filled = filled + seats,
        state = CASE WHEN filled + seats = headcount THEN 'FILLED' ELSE state END,
        closed_on = CASE WHEN filled + seats = headcount THEN on_day END
    WHERE consortium_id = current_consortium() AND id = wanted_id AND state IN ('OPEN', 'PAUSED')
      AND filled + seats <= headcount AND opened_on <= on_day
    RETURNING state INTO new_state;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO demand_event (consortium_id, demand_id, happened_on, state, filled_delta, note)
    VALUES (current_consortium(), wanted_id, on_day, new_state, seats, why);
    RETURN true;
END $$;
