-- 毕业生: a pseudonymous reference of the school's own; never a national id, a name or a phone number.
CREATE TABLE graduate (
    consortium_id         bigint      NOT NULL,
    id                    bigint      GENERATED ALWAYS AS IDENTITY,
    school_id             bigint      NOT NULL,
    program_id            bigint      NOT NULL,
    reference             text        NOT NULL,
    cohort                integer     NOT NULL,
    education_code        text,
    graduates_on          date        NOT NULL,
    available_from        date,
    origin_region_code    text,
    wished_occupations    text[]      NOT NULL DEFAULT '{}',
    wished_regions        text[]      NOT NULL DEFAULT '{}',
    any_region            boolean     NOT NULL DEFAULT false,
    wage_wish             integer,
    consent               boolean     NOT NULL DEFAULT false,
    consent_at            timestamptz,
    skills_complete       boolean     NOT NULL DEFAULT false,
    certificates_complete boolean     NOT NULL DEFAULT false,
    row_version           integer     NOT NULL DEFAULT 1,
    created_at            timestamptz NOT NULL DEFAULT now(),
    updated_at            timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT graduate_pk PRIMARY KEY (consortium_id, id),
    CONSTRAINT graduate_reference_unique UNIQUE (consortium_id, school_id, reference),
    CONSTRAINT graduate_school_fk FOREIGN KEY (consortium_id, school_id) REFERENCES organization (consortium_id, id),
    CONSTRAINT graduate_program_fk FOREIGN KEY (consortium_id, program_id) REFERENCES program (consortium_id, id),
    CONSTRAINT graduate_reference_length CHECK (char_length(reference) BETWEEN 1 AND 64),
    CONSTRAINT graduate_reference_is_pseudonym CHECK (reference !~ '^[0-9]{17}[0-9Xx]$' AND reference !~ '^1[3-9][0-9]{9}$'),
    CONSTRAINT graduate_cohort_range CHECK (cohort BETWEEN 1980 AND 2100),
    CONSTRAINT graduate_education_format CHECK (education_code ~ '^[0-9]{2}$'),
    CONSTRAINT graduate_wage_positive CHECK (wage_wish > 0),
    CONSTRAINT graduate_any_region_excludes_list CHECK (NOT any_region OR wished_regions = '{}')
);
CALL protect_tenant_table('graduate');
CALL track_changes('graduate', 'created_at', 'wished_occupations', 'wished_regions', 'any_region', 'wage_wish', 'origin_region_code');
CREATE TRIGGER graduate_touch BEFORE UPDATE ON graduate FOR EACH ROW EXECUTE FUNCTION touch_row();
-- The school's own rows; companies only those whose graduate consented to be shown; everybody else aggregates.
CREATE POLICY graduate_visible ON graduate AS RESTRICTIVE FOR SELECT USING (
    (SELECT is_staff()) OR school_id = (SELECT current_organization()) OR ((SELECT current_app_role()) = 'company' AND consent));
CREATE POLICY graduate_insert ON graduate AS RESTRICTIVE FOR INSERT WITH CHECK ((SELECT is_staff()) OR school_id = (SELECT current_organization()));
CREATE POLICY graduate_update ON graduate AS RESTRICTIVE FOR UPDATE USING ((SELECT is_staff()) OR school_id = (SELECT current_organization()));
CREATE POLICY graduate_delete ON graduate AS RESTRICTIVE FOR DELETE USING ((SELECT is_staff()) OR school_id = (SELECT current_organization()));
-- Serves a school's list by cohort and programme, and the placement report.
CREATE INDEX graduate_by_cohort ON graduate (consortium_id, school_id, cohort, program_id, id);

CREATE TABLE graduate_skill (
    consortium_id bigint   NOT NULL,
    graduate_id   bigint   NOT NULL,
    skill_id      bigint   NOT NULL,
    evidence      text     NOT NULL,
    level         smallint,
    CONSTRAINT graduate_skill_pk PRIMARY KEY (consortium_id, graduate_id, skill_id),
    CONSTRAINT graduate_skill_graduate_fk FOREIGN KEY (consortium_id, graduate_id) REFERENCES graduate (consortium_id, id) ON DELETE CASCADE,
    CONSTRAINT graduate_skill_skill_fk FOREIGN KEY (skill_id) REFERENCES skill (id),
    CONSTRAINT graduate_skill_evidence_known CHECK (evidence IN ('CERTIFICATE', 'COURSE', 'INTERNSHIP', 'CLAIM')),
    CONSTRAINT graduate_skill_level_range CHECK (level BETWEEN 1 AND 5)
);
CALL protect_tenant_table('graduate_skill');
CALL follow_parent('graduate_skill', 'graduate', 'graduate_id', 'school_id');

-- 订单班学位 held for a company: which companies' order classes a graduate belongs to.
CREATE TABLE graduate_order_class (
    consortium_id bigint NOT NULL,
    graduate_id   bigint NOT NULL,
    company_id    bigint NOT NULL,
    CONSTRAINT graduate_order_class_pk PRIMARY KEY (consortium_id, graduate_id, company_id),
    CONSTRAINT graduate_order_class_graduate_fk FOREIGN KEY (consortium_id, graduate_id) REFERENCES graduate (consortium_id, id) ON DELETE CASCADE,
    CONSTRAINT graduate_order_class_company_fk FOREIGN KEY (consortium_id, company_id) REFERENCES organization (consortium_id, id) ON DELETE CASCADE
);
CALL protect_tenant_table('graduate_order_class');
CALL follow_parent('graduate_order_class', 'graduate', 'graduate_id', 'school_id');

-- 求职者 outside the cohorts: 往届, 转岗, 失业.
CREATE TABLE seeker (
    consortium_id      bigint      NOT NULL,
    id                 bigint      GENERATED ALWAYS AS IDENTITY,
    organization_id    bigint      NOT NULL,
    reference          text        NOT NULL,
    category           text        NOT NULL,
    region_code        text        NOT NULL,
    education_code     text,
    birth_band         text,
    wished_occupations text[]      NOT NULL DEFAULT '{}',
    wished_regions     text[]      NOT NULL DEFAULT '{}',
    any_region         boolean     NOT NULL DEFAULT false,
    wage_wish          integer,
    registered_on      date        NOT NULL,
    closed_on          date,
    row_version        integer     NOT NULL DEFAULT 1,
    created_at         timestamptz NOT NULL DEFAULT now(),
    updated_at         timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT seeker_pk PRIMARY KEY (consortium_id, id),
    CONSTRAINT seeker_reference_unique UNIQUE (consortium_id, organization_id, reference),
    CONSTRAINT seeker_organization_fk FOREIGN KEY (consortium_id, organization_id) REFERENCES organization (consortium_id, id),
    CONSTRAINT seeker_reference_is_pseudonym CHECK (reference !~ '^[0-9]{17}[0-9Xx]$' AND reference !~ '^1[3-9][0-9]{9}$'),
    CONSTRAINT seeker_category_known CHECK (category IN ('FORMER_GRADUATE', 'CHANGING_JOBS', 'UNEMPLOYED', 'OTHER')),
    CONSTRAINT seeker_birth_band_known CHECK (birth_band IN ('16-24', '25-34', '35-44', '45+')),
    CONSTRAINT seeker_region_format CHECK (region_code ~ '^[0-9]{6}$'),
    CONSTRAINT seeker_wage_positive CHECK (wage_wish > 0),
    CONSTRAINT seeker_period_order CHECK (closed_on >= registered_on),
    CONSTRAINT seeker_any_region_excludes_list CHECK (NOT any_region OR wished_regions = '{}')
);
CALL protect_tenant_table('seeker');
CALL track_changes('seeker', 'created_at', 'wished_occupations', 'wished_regions', 'any_region', 'wage_wish', 'birth_band');
CREATE TRIGGER seeker_touch BEFORE UPDATE ON seeker FOR EACH ROW EXECUTE FUNCTION touch_row();
CREATE POLICY seeker_own ON seeker AS RESTRICTIVE
    USING ((SELECT is_staff()) OR organization_id = (SELECT current_organization()))
    WITH CHECK ((SELECT is_staff()) OR organization_id = (SELECT current_organization()));

CREATE TABLE seeker_skill (
    consortium_id bigint   NOT NULL,
    seeker_id     bigint   NOT NULL,
    skill_id      bigint   NOT NULL,
    evidence      text     NOT NULL,
    level         smallint,
    CONSTRAINT seeker_skill_pk PRIMARY KEY (consortium_id, seeker_id, skill_id),
    CONSTRAINT seeker_skill_seeker_fk FOREIGN KEY (consortium_id, seeker_id) REFERENCES seeker (consortium_id, id) ON DELETE CASCADE,
    CONSTRAINT seeker_skill_skill_fk FOREIGN KEY (skill_id) REFERENCES skill (id),
    CONSTRAINT seeker_skill_evidence_known CHECK (evidence IN ('CERTIFICATE', 'COURSE', 'INTERNSHIP', 'CLAIM')),
    CONSTRAINT seeker_skill_level_range CHECK (level BETWEEN 1 AND 5)
);
CALL protect_tenant_table('seeker_skill');
CALL follow_parent('seeker_skill', 'seeker', 'seeker_id', 'organization_id');
