-- 技能与证书: one vocabulary. Consortium 0 holds what all share; a consortium adds its own, provisional until somebody promotes or merges them.
CREATE TABLE skill (
    consortium_id bigint      NOT NULL,
    id            bigint      GENERATED ALWAYS AS IDENTITY,
    kind          text        NOT NULL,
    name          text        NOT NULL,
    key           text        NOT NULL,
    broader_id    bigint,
    source        text        NOT NULL,
    state         text        NOT NULL DEFAULT 'PROVISIONAL',
    created_at    timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT skill_pk PRIMARY KEY (consortium_id, id),
    -- Rows of other tables name a skill by its id alone, for it may be shared or the consortium's own.
    CONSTRAINT skill_id_unique UNIQUE (id),
    CONSTRAINT skill_key_unique UNIQUE (consortium_id, kind, key),
    CONSTRAINT skill_broader_fk FOREIGN KEY (broader_id) REFERENCES skill (id),
    CONSTRAINT skill_kind_known CHECK (kind IN ('SKILL', 'CERTIFICATE')),
    CONSTRAINT skill_source_known CHECK (source IN ('STANDARD', 'COURSE', 'INPUT', 'EDITOR')),
    CONSTRAINT skill_state_known CHECK (state IN ('ACCEPTED', 'PROVISIONAL')),
    CONSTRAINT skill_name_length CHECK (char_length(name) BETWEEN 1 AND 100),
    CONSTRAINT skill_key_present CHECK (key <> '')
);
ALTER TABLE skill ENABLE ROW LEVEL SECURITY;
ALTER TABLE skill FORCE ROW LEVEL SECURITY;
CREATE POLICY skill_read ON skill FOR SELECT USING (consortium_id = 0 OR consortium_id = (SELECT current_consortium()));
CREATE POLICY skill_write ON skill USING (consortium_id = (SELECT current_consortium())) WITH CHECK (consortium_id = (SELECT current_consortium()));
GRANT SELECT, INSERT, UPDATE ON skill TO matching_app;
-- The migrator seeds the shared vocabulary.
CREATE POLICY skill_seed ON skill TO matching_owner USING (consortium_id = 0) WITH CHECK (consortium_id = 0);

CREATE TABLE skill_alias (
    consortium_id bigint NOT NULL,
    kind          text   NOT NULL,
    key           text   NOT NULL,
    name          text   NOT NULL,
    skill_id      bigint NOT NULL,
    CONSTRAINT skill_alias_pk PRIMARY KEY (consortium_id, kind, key),
    CONSTRAINT skill_alias_skill_fk FOREIGN KEY (skill_id) REFERENCES skill (id)
);
ALTER TABLE skill_alias ENABLE ROW LEVEL SECURITY;
ALTER TABLE skill_alias FORCE ROW LEVEL SECURITY;
CREATE POLICY skill_alias_read ON skill_alias FOR SELECT USING (consortium_id = 0 OR consortium_id = (SELECT current_consortium()));
CREATE POLICY skill_alias_write ON skill_alias USING (consortium_id = (SELECT current_consortium())) WITH CHECK (consortium_id = (SELECT current_consortium()));
CREATE POLICY skill_alias_seed ON skill_alias TO matching_owner USING (consortium_id = 0) WITH CHECK (consortium_id = 0);
GRANT SELECT, INSERT, UPDATE, DELETE ON skill_alias TO matching_app;

-- 专业点: a school's offer of a major at a level.
CREATE TABLE program (
    consortium_id       bigint      NOT NULL,
    id                  bigint      GENERATED ALWAYS AS IDENTITY,
    school_id           bigint      NOT NULL,
    major_code          text        NOT NULL,
    name                text        NOT NULL,
    education_code      text        NOT NULL,
    external_ref        text,
    cluster_id          bigint,
    capacity            integer,
    practice_share      numeric(5,4),
    predecessor_id      bigint,
    state               text        NOT NULL DEFAULT 'ACTIVE',
    row_version         integer     NOT NULL DEFAULT 1,
    created_at          timestamptz NOT NULL DEFAULT now(),
    updated_at          timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT program_pk PRIMARY KEY (consortium_id, id),
    CONSTRAINT program_unique UNIQUE (consortium_id, school_id, major_code, name),
    CONSTRAINT program_external_ref_unique UNIQUE (consortium_id, school_id, external_ref),
    CONSTRAINT program_school_fk FOREIGN KEY (consortium_id, school_id) REFERENCES organization (consortium_id, id),
    CONSTRAINT program_cluster_fk FOREIGN KEY (consortium_id, cluster_id) REFERENCES industry_cluster (consortium_id, id),
    CONSTRAINT program_predecessor_fk FOREIGN KEY (consortium_id, predecessor_id) REFERENCES program (consortium_id, id),
    CONSTRAINT program_major_format CHECK (major_code ~ '^[0-9]{6}[A-Z]*$'),
    CONSTRAINT program_education_format CHECK (education_code ~ '^[0-9]{2}$'),
    CONSTRAINT program_capacity_positive CHECK (capacity >= 0),
    CONSTRAINT program_practice_share_range CHECK (practice_share BETWEEN 0 AND 1),
    CONSTRAINT program_state_known CHECK (state IN ('ACTIVE', 'CLOSING', 'CLOSED'))
);
CALL protect_tenant_table('program');
CALL track_changes('program', 'created_at');
CREATE TRIGGER program_touch BEFORE UPDATE ON program FOR EACH ROW EXECUTE FUNCTION touch_row();
CREATE POLICY program_insert ON program AS RESTRICTIVE FOR INSERT WITH CHECK ((SELECT is_staff()) OR school_id = (SELECT current_organization()));
CREATE POLICY program_update ON program AS RESTRICTIVE FOR UPDATE USING ((SELECT is_staff()) OR school_id = (SELECT current_organization()));
CREATE POLICY program_delete ON program AS RESTRICTIVE FOR DELETE USING ((SELECT is_staff()) OR school_id = (SELECT current_organization()));

-- What the programme's graduates do (服务面向), with a weight when the school states one.
CREATE TABLE program_occupation (
    consortium_id   bigint       NOT NULL,
    program_id      bigint       NOT NULL,
    occupation_code text         NOT NULL,
    weight          numeric(5,4) NOT NULL DEFAULT 1,
    CONSTRAINT program_occupation_pk PRIMARY KEY (consortium_id, program_id, occupation_code),
    CONSTRAINT program_occupation_program_fk FOREIGN KEY (consortium_id, program_id) REFERENCES program (consortium_id, id) ON DELETE CASCADE,
    CONSTRAINT program_occupation_weight_range CHECK (weight > 0 AND weight <= 1),
    CONSTRAINT program_occupation_format CHECK (occupation_code ~ '^[1-8](-[0-9]{2}){1,3}$')
);
CALL protect_tenant_table('program_occupation');
CALL follow_parent('program_occupation', 'program', 'program_id', 'school_id');

-- What is taught and certified.
CREATE TABLE program_skill (
    consortium_id bigint NOT NULL,
    program_id    bigint NOT NULL,
    skill_id      bigint NOT NULL,
    CONSTRAINT program_skill_pk PRIMARY KEY (consortium_id, program_id, skill_id),
    CONSTRAINT program_skill_program_fk FOREIGN KEY (consortium_id, program_id) REFERENCES program (consortium_id, id) ON DELETE CASCADE,
    CONSTRAINT program_skill_skill_fk FOREIGN KEY (skill_id) REFERENCES skill (id)
);
CALL protect_tenant_table('program_skill');
CALL follow_parent('program_skill', 'program', 'program_id', 'school_id');

-- 招生与毕业: applicants, enrolment and expected graduates of an entry year.
CREATE TABLE program_year (
    consortium_id      bigint  NOT NULL,
    program_id         bigint  NOT NULL,
    year               integer NOT NULL,
    applicants         integer,
    enrolled           integer,
    expected_graduates integer,
    CONSTRAINT program_year_pk PRIMARY KEY (consortium_id, program_id, year),
    CONSTRAINT program_year_program_fk FOREIGN KEY (consortium_id, program_id) REFERENCES program (consortium_id, id) ON DELETE CASCADE,
    CONSTRAINT program_year_range CHECK (year BETWEEN 1980 AND 2100),
    CONSTRAINT program_year_counts_positive CHECK (applicants >= 0 AND enrolled >= 0 AND expected_graduates >= 0)
);
CALL protect_tenant_table('program_year');
CALL follow_parent('program_year', 'program', 'program_id', 'school_id');

-- 合作企业: companies that endorse the programme.
CREATE TABLE program_endorsement (
    consortium_id bigint NOT NULL,
    program_id    bigint NOT NULL,
    company_id    bigint NOT NULL,
    CONSTRAINT program_endorsement_pk PRIMARY KEY (consortium_id, program_id, company_id),
    CONSTRAINT program_endorsement_program_fk FOREIGN KEY (consortium_id, program_id) REFERENCES program (consortium_id, id) ON DELETE CASCADE,
    CONSTRAINT program_endorsement_company_fk FOREIGN KEY (consortium_id, company_id) REFERENCES organization (consortium_id, id) ON DELETE CASCADE
);
CALL protect_tenant_table('program_endorsement');
CALL follow_parent('program_endorsement', 'program', 'program_id', 'school_id');
