-- 导入: an uploaded file and what became of it. The file itself waits in import_chunk, so whichever node is alive can read it; it goes when the import ends.
CREATE TABLE import (
    consortium_id   bigint      NOT NULL,
    id              bigint      GENERATED ALWAYS AS IDENTITY,
    organization_id bigint,
    role            text        NOT NULL,
    api_key_id      bigint,
    request_id      text,
    kind            text        NOT NULL,
    mode            text        NOT NULL,
    dry_run         boolean     NOT NULL,
    file_name       text        NOT NULL DEFAULT '',
    bytes           bigint      NOT NULL,
    sha256          bytea       NOT NULL,
    format          text,
    encoding        text,
    state           text        NOT NULL DEFAULT 'QUEUED',
    failure_code    text,
    failure_reason  text,
    percent         smallint    NOT NULL DEFAULT 0,
    rows_read       integer     NOT NULL DEFAULT 0,
    rows_accepted   integer     NOT NULL DEFAULT 0,
    rows_rejected   integer     NOT NULL DEFAULT 0,
    rows_created    integer     NOT NULL DEFAULT 0,
    rows_updated    integer     NOT NULL DEFAULT 0,
    reasons         jsonb       NOT NULL DEFAULT '[]',
    dropped_columns text[]      NOT NULL DEFAULT '{}',
    ignored_columns text[]      NOT NULL DEFAULT '{}',
    -- The fencing token of the job's piece that is at it; a worker that lost the piece holds an older one, and none of its writes finds the row.
    run_token       bigint      NOT NULL DEFAULT 0,
    created_at      timestamptz NOT NULL DEFAULT now(),
    started_at      timestamptz,
    finished_at     timestamptz,
    CONSTRAINT import_pk PRIMARY KEY (consortium_id, id),
    CONSTRAINT import_consortium_fk FOREIGN KEY (consortium_id) REFERENCES consortium (id),
    CONSTRAINT import_organization_fk FOREIGN KEY (consortium_id, organization_id) REFERENCES organization (consortium_id, id) ON DELETE CASCADE,
    CONSTRAINT import_kind_known CHECK (kind IN ('organizations', 'demands', 'programs', 'graduates', 'placements')),
    CONSTRAINT import_mode_known CHECK (mode IN ('accept-valid', 'all-or-nothing')),
    CONSTRAINT import_state_known CHECK (state IN ('QUEUED', 'RUNNING', 'DONE', 'REJECTED', 'FAILED', 'CANCELLED')),
    CONSTRAINT import_format_known CHECK (format IN ('xlsx', 'csv', 'ndjson')),
    CONSTRAINT import_percent_range CHECK (percent BETWEEN 0 AND 100),
    CONSTRAINT import_failure_named CHECK ((state = 'FAILED') = (failure_code IS NOT NULL)),
    CONSTRAINT import_finished_when_over CHECK ((state IN ('QUEUED', 'RUNNING')) = (finished_at IS NULL))
);
CALL protect_tenant_table('import');
CREATE POLICY import_own ON import AS RESTRICTIVE
    USING ((SELECT is_staff()) OR organization_id = (SELECT current_organization()))
    WITH CHECK ((SELECT is_staff()) OR organization_id = (SELECT current_organization()));
-- Serves an organization's list, newest first.
CREATE INDEX import_by_organization ON import (consortium_id, organization_id, id DESC);

CREATE TABLE import_chunk (
    consortium_id bigint  NOT NULL,
    import_id     bigint  NOT NULL,
    position      integer NOT NULL,
    content       bytea   NOT NULL,
    CONSTRAINT import_chunk_pk PRIMARY KEY (consortium_id, import_id, position),
    CONSTRAINT import_chunk_import_fk FOREIGN KEY (consortium_id, import_id) REFERENCES import (consortium_id, id) ON DELETE CASCADE
);
-- Workbooks are packed already.
ALTER TABLE import_chunk ALTER COLUMN content SET STORAGE EXTERNAL;
CALL protect_tenant_table('import_chunk');
CALL follow_parent('import_chunk', 'import', 'import_id', 'organization_id');

-- Refused rows with their cells (personal columns left out, personal numbers blotted out), so that the sender can correct and send them again.
CREATE TABLE import_rejection (
    consortium_id bigint  NOT NULL,
    import_id     bigint  NOT NULL,
    row_number    integer NOT NULL,
    problems      jsonb   NOT NULL,
    headers       text[]  NOT NULL,
    cells         text[]  NOT NULL,
    CONSTRAINT import_rejection_pk PRIMARY KEY (consortium_id, import_id, row_number),
    CONSTRAINT import_rejection_import_fk FOREIGN KEY (consortium_id, import_id) REFERENCES import (consortium_id, id) ON DELETE CASCADE
);
CALL protect_tenant_table('import_rejection');
CALL follow_parent('import_rejection', 'import', 'import_id', 'organization_id');
