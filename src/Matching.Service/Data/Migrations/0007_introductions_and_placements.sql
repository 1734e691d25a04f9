-- 推荐: a demand and a graduate brought together; both sides see it.
CREATE TABLE introduction (
    consortium_id bigint      NOT NULL,
    id            bigint      GENERATED ALWAYS AS IDENTITY,
    demand_id     bigint      NOT NULL,
    graduate_id   bigint      NOT NULL,
    company_id    bigint      NOT NULL,
    school_id     bigint      NOT NULL,
    state         text        NOT NULL DEFAULT 'SUGGESTED',
    row_version   integer     NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT introduction_pk PRIMARY KEY (consortium_id, id),
    CONSTRAINT introduction_unique UNIQUE (consortium_id, demand_id, graduate_id),
    CONSTRAINT introduction_demand_fk FOREIGN KEY (consortium_id, demand_id) REFERENCES demand (consortium_id, id),
    CONSTRAINT introduction_graduate_fk FOREIGN KEY (consortium_id, graduate_id) REFERENCES graduate (consortium_id, id) ON DELETE CASCADE,
    CONSTRAINT introduction_company_fk FOREIGN KEY (consortium_id, company_id) REFERENCES organization (consortium_id, id),
    CONSTRAINT introduction_school_fk FOREIGN KEY (consortium_id, school_id) REFERENCES organization (consortium_id, id),
    CONSTRAINT introduction_state_known CHECK (state IN ('SUGGESTED', 'CONTACTED', 'APPLIED', 'INTERVIEWED', 'OFFERED', 'PLACED', 'DECLINED'))
);
CALL protect_tenant_table('introduction');
CALL track_changes('introduction', 'created_at');
CREATE TRIGGER introduction_touch BEFORE UPDATE ON introduction FOR EACH ROW EXECUTE FUNCTION touch_row();
CREATE POLICY introduction_sides ON introduction AS RESTRICTIVE
    USING ((SELECT is_staff()) OR (SELECT current_organization()) IN (company_id, school_id))
    WITH CHECK ((SELECT is_staff()) OR (SELECT current_organization()) IN (company_id, school_id));
-- Serves the list of one graduate and of one company.
CREATE INDEX introduction_by_graduate ON introduction (consortium_id, graduate_id);
CREATE INDEX introduction_by_company ON introduction (consortium_id, company_id, id);

CREATE TABLE introduction_event (
    consortium_id   bigint      NOT NULL,
    id              bigint      GENERATED ALWAYS AS IDENTITY,
    introduction_id bigint      NOT NULL,
    state           text        NOT NULL,
    by_role         text        NOT NULL,
    note            text        NOT NULL DEFAULT '',
    happened_at     timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT introduction_event_pk PRIMARY KEY (consortium_id, id),
    CONSTRAINT introduction_event_introduction_fk FOREIGN KEY (consortium_id, introduction_id) REFERENCES introduction (consortium_id, id) ON DELETE CASCADE,
    CONSTRAINT introduction_event_state_known CHECK (state IN ('SUGGESTED', 'CONTACTED', 'APPLIED', 'INTERVIEWED', 'OFFERED', 'PLACED', 'DECLINED'))
);
CALL protect_tenant_table('introduction_event');
CALL follow_parent('introduction_event', 'introduction', 'introduction_id', 'company_id', 'school_id');
REVOKE UPDATE, DELETE ON introduction_event FROM matching_app;

-- 毕业去向: the destination of a graduate; the kind is one of the 14 of the reference table destination_kind.
CREATE TABLE placement (
    consortium_id      bigint      NOT NULL,
    id                 bigint      GENERATED ALWAYS AS IDENTITY,
    school_id          bigint      NOT NULL,
    graduate_id        bigint      NOT NULL,
    destination_kind   text        NOT NULL,
    evidence           text        NOT NULL,
    employer_name      text,
    employer_id        bigint,
    demand_id          bigint,
    occupation_code    text,
    region_code        text,
    wage               integer,
    placed_on          date        NOT NULL,
    ended_on           date,
    confirmed          boolean     NOT NULL DEFAULT false,
    status_6_months    text,
    status_12_months   text,
    status_24_months   text,
    row_version        integer     NOT NULL DEFAULT 1,
    created_at         timestamptz NOT NULL DEFAULT now(),
    updated_at         timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT placement_pk PRIMARY KEY (consortium_id, id),
    CONSTRAINT placement_school_fk FOREIGN KEY (consortium_id, school_id) REFERENCES organization (consortium_id, id),
    CONSTRAINT placement_graduate_fk FOREIGN KEY (consortium_id, graduate_id) REFERENCES graduate (consortium_id, id) ON DELETE CASCADE,
    CONSTRAINT placement_employer_fk FOREIGN KEY (consortium_id, employer_id) REFERENCES organization (consortium_id, id),
    CONSTRAINT placement_demand_fk FOREIGN KEY (consortium_id, demand_id) REFERENCES demand (consortium_id, id),
    -- An internship certificate is no evidence of employment and has no value here.
    CONSTRAINT placement_evidence_known CHECK (evidence IN ('AGREEMENT', 'LABOUR_CONTRACT', 'EMPLOYER_STATEMENT', 'BUSINESS_LICENCE',
        'ENLISTMENT_NOTICE', 'PROJECT_NOTICE', 'ADMISSION_NOTICE', 'OWN_STATEMENT', 'NONE')),
    CONSTRAINT placement_occupation_format CHECK (occupation_code ~ '^[1-8](-[0-9]{2}){1,3}$'),
    CONSTRAINT placement_region_format CHECK (region_code ~ '^[0-9]{6}$'),
    CONSTRAINT placement_wage_positive CHECK (wage > 0),
    CONSTRAINT placement_period_order CHECK (ended_on >= placed_on),
    CONSTRAINT placement_status_known CHECK (status_6_months IN ('SAME_EMPLOYER', 'OTHER_EMPLOYER', 'NOT_EMPLOYED', 'UNKNOWN')
        AND status_12_months IN ('SAME_EMPLOYER', 'OTHER_EMPLOYER', 'NOT_EMPLOYED', 'UNKNOWN')
        AND status_24_months IN ('SAME_EMPLOYER', 'OTHER_EMPLOYER', 'NOT_EMPLOYED', 'UNKNOWN'))
);
CALL protect_tenant_table('placement');
CALL track_changes('placement', 'created_at', 'wage', 'employer_name');
CREATE TRIGGER placement_touch BEFORE UPDATE ON placement FOR EACH ROW EXECUTE FUNCTION touch_row();
CREATE POLICY placement_own ON placement AS RESTRICTIVE
    USING ((SELECT is_staff()) OR school_id = (SELECT current_organization()))
    WITH CHECK ((SELECT is_staff()) OR school_id = (SELECT current_organization()));
-- A graduate has one destination at a time.
CREATE UNIQUE INDEX placement_one_current ON placement (consortium_id, graduate_id) WHERE ended_on IS NULL;

-- Serves a graduate's history, and the bulletins' question since when he has had a destination.
CREATE INDEX placement_by_graduate ON placement (consortium_id, graduate_id, placed_on);

-- What imports may write through the loader: into these tables, never reading.
GRANT INSERT ON organization, program, program_occupation, program_skill, program_year, program_endorsement, demand, demand_skill, demand_event,
    graduate, graduate_skill, graduate_order_class, placement TO matching_loader;
