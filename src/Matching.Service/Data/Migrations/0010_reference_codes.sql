-- National codes (国家标准代码): the same for everybody, so no consortium and no row-level security. One shape for all of them.
CREATE TABLE reference_code (
    kind       text     NOT NULL,
    code       text     NOT NULL,
    level      smallint NOT NULL,
    level_name text     NOT NULL,
    name       text     NOT NULL,
    parent     text,
    rank       smallint,
    valid_from date,
    valid_to   date,
    successor  text,
    titles     text[]   NOT NULL DEFAULT '{}',
    flags      text[]   NOT NULL DEFAULT '{}',
    -- A few regions are prefecture and county at once and stand twice under one code.
    CONSTRAINT reference_code_pk PRIMARY KEY (kind, code, level),
    CONSTRAINT reference_code_kind_known CHECK (kind IN ('REGION', 'INDUSTRY', 'OCCUPATION', 'MAJOR', 'EDUCATION', 'DESTINATION'))
);

-- What a code is officially linked to: the courses of a major, the occupations it serves, the work functions of an occupation's standard.
CREATE TABLE reference_link (
    kind     text    NOT NULL,
    code     text    NOT NULL,
    position integer NOT NULL,
    target   text    NOT NULL,
    CONSTRAINT reference_link_pk PRIMARY KEY (kind, code, position),
    CONSTRAINT reference_link_kind_known CHECK (kind IN ('MAJOR_COURSE', 'MAJOR_OCCUPATION', 'OCCUPATION_FUNCTION'))
);

CREATE TABLE reference_edition (
    file      text        NOT NULL CONSTRAINT reference_edition_pk PRIMARY KEY,
    checksum  text        NOT NULL,
    loaded_at timestamptz NOT NULL DEFAULT now()
);

GRANT SELECT ON reference_code, reference_link, reference_edition TO matching_app, matching_loader;
