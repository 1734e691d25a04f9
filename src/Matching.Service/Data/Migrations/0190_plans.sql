-- 分配方案: who would get which demand if everybody were placed at once. Computed once by a job from the stored lists of matches; then frozen, but for the right to be forgotten.
CREATE TABLE plan (
    consortium_id   bigint      NOT NULL,
    id              bigint      GENERATED ALWAYS AS IDENTITY,
    title           text        NOT NULL,
    objective       text        NOT NULL,
    k               integer     NOT NULL,
    scope           jsonb       NOT NULL,
    rules           jsonb       NOT NULL,
    run_id          bigint,
    requested_at    timestamptz NOT NULL DEFAULT now(),
    snapshot_at     timestamptz,
    lists_since     timestamptz,
    weights_version integer,
    figures         jsonb,
    finished_at     timestamptz,
    CONSTRAINT plan_pk PRIMARY KEY (consortium_id, id),
    CONSTRAINT plan_consortium_fk FOREIGN KEY (consortium_id) REFERENCES consortium (id),
    CONSTRAINT plan_run_fk FOREIGN KEY (consortium_id, run_id) REFERENCES job_run (consortium_id, id) ON DELETE SET NULL (run_id),
    CONSTRAINT plan_title_length CHECK (char_length(title) BETWEEN 1 AND 100),
    CONSTRAINT plan_objective_known CHECK (objective IN ('STABLE', 'MAXIMUM_POINTS')),
    CONSTRAINT plan_k_range CHECK (k BETWEEN 1 AND 50),
    CONSTRAINT plan_scope_complete CHECK (jsonb_typeof(scope) = 'object' AND jsonb_typeof(scope -> 'kinds') = 'array'),
    CONSTRAINT plan_rules_complete CHECK (
        jsonb_typeof(rules) = 'object' AND rules ->> 'orderClass' IN ('ALL', 'MEMBERS', 'NONE') AND (rules ->> 'orderClassShare')::integer BETWEEN 0 AND 100
        AND jsonb_typeof(rules -> 'memberSchoolsFirst') = 'boolean' AND rules ->> 'localFirst' IN ('NONE', 'COUNTY', 'PREFECTURE', 'PROVINCE')
        AND jsonb_typeof(rules -> 'allowUnknown') = 'boolean'),
    CONSTRAINT plan_finished_whole CHECK ((finished_at IS NULL) = (figures IS NULL) AND (finished_at IS NULL) = (snapshot_at IS NULL))
);
CALL protect_tenant_table('plan');
CALL track_changes('plan', 'requested_at', 'figures');
-- The office makes plans; companies and schools know of the finished ones, for their own rows.
CREATE POLICY plan_seen ON plan AS RESTRICTIVE FOR SELECT USING (
    (SELECT is_staff()) OR (finished_at IS NOT NULL AND (SELECT current_app_role()) IN ('company', 'school')));
CREATE POLICY plan_insert ON plan AS RESTRICTIVE FOR INSERT WITH CHECK ((SELECT is_staff()));
CREATE POLICY plan_update ON plan AS RESTRICTIVE FOR UPDATE USING ((SELECT is_staff()));
CREATE POLICY plan_delete ON plan AS RESTRICTIVE FOR DELETE USING ((SELECT is_staff()));

-- school_id and company_id stand beside the pair, so that who may see a row is asked of the row. Both are fixed for the graduate and the demand.
-- Rows are written before their plan is finished: until then its own policy hides them with it.
CREATE TABLE plan_assignment (
    consortium_id bigint  NOT NULL,
    plan_id       bigint  NOT NULL,
    graduate_id   bigint  NOT NULL,
    demand_id     bigint  NOT NULL,
    school_id     bigint  NOT NULL,
    company_id    bigint  NOT NULL,
    points        integer NOT NULL,
    verdict       text    NOT NULL,
    choice        integer NOT NULL,
    order_class   boolean NOT NULL,
    CONSTRAINT plan_assignment_pk PRIMARY KEY (consortium_id, plan_id, graduate_id),
    CONSTRAINT plan_assignment_plan_fk FOREIGN KEY (consortium_id, plan_id) REFERENCES plan (consortium_id, id) ON DELETE CASCADE,
    CONSTRAINT plan_assignment_graduate_fk FOREIGN KEY (consortium_id, graduate_id) REFERENCES graduate (consortium_id, id) ON DELETE CASCADE,
    CONSTRAINT plan_assignment_demand_fk FOREIGN KEY (consortium_id, demand_id) REFERENCES demand (consortium_id, id) ON DELETE CASCADE,
    CONSTRAINT plan_assignment_points_range CHECK (points BETWEEN 1 AND 10000),
    CONSTRAINT plan_assignment_never_fails CHECK (verdict IN ('PASS', 'UNKNOWN')),
    CONSTRAINT plan_assignment_choice_positive CHECK (choice >= 1)
);
CALL protect_tenant_table('plan_assignment');
-- Serves the list of one demand, and what goes with a deleted demand.
CREATE INDEX plan_assignment_by_demand ON plan_assignment (consortium_id, demand_id, plan_id, graduate_id);
-- Serves what goes with a deleted graduate.
CREATE INDEX plan_assignment_by_graduate ON plan_assignment (consortium_id, graduate_id);
CREATE POLICY plan_assignment_seen ON plan_assignment AS RESTRICTIVE FOR SELECT USING (
    (SELECT is_staff()) OR (plan_id IN (SELECT p.id FROM plan p)
        AND (school_id = (SELECT current_organization()) OR (company_id = (SELECT current_organization()) AND graduate_consents(consortium_id, graduate_id)))));

CREATE TABLE plan_unmatched_graduate (
    consortium_id bigint NOT NULL,
    plan_id       bigint NOT NULL,
    graduate_id   bigint NOT NULL,
    school_id     bigint NOT NULL,
    reason        text   NOT NULL,
    CONSTRAINT plan_unmatched_graduate_pk PRIMARY KEY (consortium_id, plan_id, graduate_id),
    CONSTRAINT plan_unmatched_graduate_plan_fk FOREIGN KEY (consortium_id, plan_id) REFERENCES plan (consortium_id, id) ON DELETE CASCADE,
    CONSTRAINT plan_unmatched_graduate_graduate_fk FOREIGN KEY (consortium_id, graduate_id) REFERENCES graduate (consortium_id, id) ON DELETE CASCADE,
    CONSTRAINT plan_unmatched_graduate_reason_known CHECK (reason IN ('NOT_QUALIFIED', 'AWAITS_ANSWERS', 'LOST_TO_POINTS', 'LOST_TO_PRIORITY'))
);
CALL protect_tenant_table('plan_unmatched_graduate');
-- Serves what goes with a deleted graduate.
CREATE INDEX plan_unmatched_graduate_by_graduate ON plan_unmatched_graduate (consortium_id, graduate_id);
CREATE POLICY plan_unmatched_graduate_seen ON plan_unmatched_graduate AS RESTRICTIVE FOR SELECT USING (
    (SELECT is_staff()) OR (plan_id IN (SELECT p.id FROM plan p) AND school_id = (SELECT current_organization())));

CREATE TABLE plan_unmatched_demand (
    consortium_id bigint  NOT NULL,
    plan_id       bigint  NOT NULL,
    demand_id     bigint  NOT NULL,
    company_id    bigint  NOT NULL,
    reason        text    NOT NULL,
    seats         integer NOT NULL,
    seats_left    integer NOT NULL,
    listed        integer NOT NULL,
    CONSTRAINT plan_unmatched_demand_pk PRIMARY KEY (consortium_id, plan_id, demand_id),
    CONSTRAINT plan_unmatched_demand_plan_fk FOREIGN KEY (consortium_id, plan_id) REFERENCES plan (consortium_id, id) ON DELETE CASCADE,
    CONSTRAINT plan_unmatched_demand_demand_fk FOREIGN KEY (consortium_id, demand_id) REFERENCES demand (consortium_id, id) ON DELETE CASCADE,
    CONSTRAINT plan_unmatched_demand_reason_known CHECK (reason IN ('NOBODY_QUALIFIED', 'AWAITS_ANSWERS', 'WISHES')),
    CONSTRAINT plan_unmatched_demand_seats_range CHECK (seats_left BETWEEN 1 AND seats AND listed >= 0)
);
CALL protect_tenant_table('plan_unmatched_demand');
-- Serves what goes with a deleted demand.
CREATE INDEX plan_unmatched_demand_by_demand ON plan_unmatched_demand (consortium_id, demand_id);
CREATE POLICY plan_unmatched_demand_seen ON plan_unmatched_demand AS RESTRICTIVE FOR SELECT USING (
    (SELECT is_staff()) OR (plan_id IN (SELECT p.id FROM plan p) AND company_id = (SELECT current_organization())));

-- Frozen: a finished plan takes no change and no more rows; its rows go only with it, with the graduate or the demand. What a run left that was cut off may be removed.
CREATE FUNCTION refuse_plan_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a finished plan never changes' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'plan_frozen';
END $$;
-- The ledger of runs may be cleared without them.
CREATE TRIGGER plan_frozen BEFORE UPDATE ON plan FOR EACH ROW
    WHEN (OLD.finished_at IS NOT NULL AND to_jsonb(OLD) - 'run_id' IS DISTINCT FROM to_jsonb(NEW) - 'run_id') EXECUTE FUNCTION refuse_plan_change();

-- Asked once a statement, for a plan may have a million rows.
CREATE FUNCTION refuse_late_plan_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM plan p WHERE p.finished_at IS NOT NULL AND (p.consortium_id, p.id) IN (SELECT DISTINCT a.consortium_id, a.plan_id FROM added a)) THEN
        RAISE EXCEPTION 'a finished plan takes no more rows' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'plan_frozen';
    END IF;
    RETURN NULL;
END $$;
DO $$
DECLARE
    target text;
BEGIN
    FOREACH target IN ARRAY ARRAY['plan_assignment', 'plan_unmatched_graduate', 'plan_unmatched_demand'] LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refuse_late_plan_rows()', target || '_late', target);
        EXECUTE format('CREATE POLICY %I ON %I AS RESTRICTIVE FOR INSERT WITH CHECK ((SELECT is_staff()))', target || '_insert', target);
        EXECUTE format('CREATE POLICY %I ON %I AS RESTRICTIVE FOR DELETE USING ((SELECT is_staff()) AND plan_id IN (SELECT p.id FROM plan p WHERE p.finished_at IS NULL))', target || '_delete', target);
        EXECUTE format('REVOKE UPDATE ON %I FROM matching_app', target);
    END LOOP;
END $$;

-- The consortium's own rules for plans (分配规则); what is null, or a missing row, is the default.
CREATE TABLE plan_default (
    consortium_id        bigint      NOT NULL,
    order_class          text,
    order_class_share    integer,
    member_schools_first boolean,
    local_first          text,
    allow_unknown        boolean,
    row_version          integer     NOT NULL DEFAULT 1,
    created_at           timestamptz NOT NULL DEFAULT now(),
    updated_at           timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT plan_default_pk PRIMARY KEY (consortium_id),
    CONSTRAINT plan_default_consortium_fk FOREIGN KEY (consortium_id) REFERENCES consortium (id),
    CONSTRAINT plan_default_order_class_known CHECK (order_class IN ('ALL', 'MEMBERS', 'NONE')),
    CONSTRAINT plan_default_order_class_share_range CHECK (order_class_share BETWEEN 0 AND 100),
    CONSTRAINT plan_default_local_first_known CHECK (local_first IN ('NONE', 'COUNTY', 'PREFECTURE', 'PROVINCE'))
);
CALL protect_tenant_table('plan_default');
CREATE TRIGGER plan_default_touch BEFORE UPDATE ON plan_default FOR EACH ROW EXECUTE FUNCTION touch_row();
CREATE POLICY plan_default_staff ON plan_default AS RESTRICTIVE USING ((SELECT is_staff())) WITH CHECK ((SELECT is_staff()));
