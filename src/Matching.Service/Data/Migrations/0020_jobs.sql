-- The ledger of background work: one row per planned run of a job for a consortium, whatever node planned it.
CREATE TABLE job_run (
    consortium_id bigint      NOT NULL,
    id            bigint      GENERATED ALWAYS AS IDENTITY,
    job           text        NOT NULL,
    planned_for   timestamptz NOT NULL,
    argument      text        NOT NULL DEFAULT '',
    requested_by  bigint,
    state         text        NOT NULL DEFAULT 'PLANNED',
    error         text,
    created_at    timestamptz NOT NULL DEFAULT now(),
    started_at    timestamptz,
    finished_at   timestamptz,
    CONSTRAINT job_run_pk PRIMARY KEY (consortium_id, id),
    CONSTRAINT job_run_planned_once UNIQUE (consortium_id, job, planned_for, argument),
    CONSTRAINT job_run_consortium_fk FOREIGN KEY (consortium_id) REFERENCES consortium (id),
    CONSTRAINT job_run_state_known CHECK (state IN ('PLANNED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
    CONSTRAINT job_run_finished_when_over CHECK ((state IN ('SUCCEEDED', 'FAILED', 'CANCELLED')) = (finished_at IS NOT NULL))
);
CALL protect_tenant_table('job_run');
-- Serves the history, newest first.
CREATE INDEX job_run_history ON job_run (consortium_id, job, id DESC);

-- The pieces of a run. Piece 0 plans the others; the last one finishes. token grows with every claim, so a writer whose token is no longer here has lost the piece.
CREATE SEQUENCE job_token;
GRANT USAGE ON SEQUENCE job_token TO matching_app;
CREATE TABLE job_shard (
    consortium_id  bigint      NOT NULL,
    run_id         bigint      NOT NULL,
    number         integer     NOT NULL,
    phase          text        NOT NULL,
    payload        text        NOT NULL DEFAULT '',
    state          text        NOT NULL DEFAULT 'WAITING',
    attempts       integer     NOT NULL DEFAULT 0,
    token          bigint,
    node           text,
    lease_until    timestamptz,
    not_before     timestamptz NOT NULL DEFAULT now(),
    done           bigint      NOT NULL DEFAULT 0,
    total          bigint      NOT NULL DEFAULT 0,
    note           text        NOT NULL DEFAULT '',
    error          text,
    CONSTRAINT job_shard_pk PRIMARY KEY (consortium_id, run_id, number),
    CONSTRAINT job_shard_run_fk FOREIGN KEY (consortium_id, run_id) REFERENCES job_run (consortium_id, id) ON DELETE CASCADE,
    CONSTRAINT job_shard_phase_known CHECK (phase IN ('PLAN', 'WORK', 'FINISH')),
    CONSTRAINT job_shard_state_known CHECK (state IN ('WAITING', 'RUNNING', 'DONE', 'FAILED')),
    CONSTRAINT job_shard_leased_when_running CHECK ((state = 'RUNNING') = (lease_until IS NOT NULL))
);
CALL protect_tenant_table('job_shard');
-- Serves the claim: what waits, oldest first, and what was left lying.
CREATE INDEX job_shard_claimable ON job_shard (not_before) WHERE state = 'WAITING';
CREATE INDEX job_shard_leased ON job_shard (lease_until) WHERE state = 'RUNNING';

-- Claiming looks across consortia, which no tenant's session may; so it is the owner's function and gives back no more than what to do.
CREATE POLICY job_run_claim ON job_run TO matching_owner USING (true) WITH CHECK (true);
CREATE POLICY job_shard_claim ON job_shard TO matching_owner USING (true) WITH CHECK (true);
-- A node claims only jobs its build knows, so that during an upgrade an older one leaves newer work alone.
CREATE FUNCTION claim_shard(by_node text, lease interval, known_jobs text[])
    RETURNS TABLE (consortium_id bigint, run_id bigint, number integer, phase text, payload text, attempts integer, token bigint, job text, planned_for timestamptz, argument text)
    LANGUAGE sql SECURITY DEFINER SET search_path = public
    AS $$
        WITH next AS (
            SELECT s.consortium_id, s.run_id, s.number
            FROM job_shard s
            JOIN job_run r ON r.consortium_id = s.consortium_id AND r.id = s.run_id AND r.state IN ('PLANNED', 'RUNNING') AND r.job = ANY(known_jobs)
            WHERE (s.state = 'WAITING' AND s.not_before <= now()) OR (s.state = 'RUNNING' AND s.lease_until < now())
            ORDER BY s.not_before, s.run_id, s.number
            LIMIT 1
            FOR UPDATE OF s SKIP LOCKED),
        claimed AS (
            UPDATE job_shard s
            SET state = 'RUNNING', node = by_node, token = nextval('job_token'), lease_until = now() + lease, attempts = s.attempts + 1
            FROM next WHERE (s.consortium_id, s.run_id, s.number) = (next.consortium_id, next.run_id, next.number)
            RETURNING s.*),
        started AS (
            UPDATE job_run r SET state = 'RUNNING', started_at = coalesce(r.started_at, now())
            FROM claimed WHERE (r.consortium_id, r.id) = (claimed.consortium_id, claimed.run_id) AND r.state IN ('PLANNED', 'RUNNING')
            RETURNING r.*)
        SELECT c.consortium_id, c.run_id, c.number, c.phase, c.payload, c.attempts, c.token, r.job, r.planned_for, r.argument
        FROM claimed c JOIN started r ON (r.consortium_id, r.id) = (c.consortium_id, c.run_id)
    $$;
REVOKE ALL ON FUNCTION claim_shard(text, interval, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION claim_shard(text, interval, text[]) TO matching_app;

-- The scheduler's own tables; their statements come from its package and are applied by the migrator.
CREATE SCHEMA quartz;
GRANT USAGE ON SCHEMA quartz TO matching_app;
ALTER DEFAULT PRIVILEGES FOR ROLE matching_owner IN SCHEMA quartz GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO matching_app;
ALTER DEFAULT PRIVILEGES FOR ROLE matching_owner IN SCHEMA quartz GRANT USAGE ON SEQUENCES TO matching_app;

-- What the self test of the background work leaves behind.
CREATE TABLE job_self_test (
    consortium_id bigint  NOT NULL,
    run_id        bigint  NOT NULL,
    piece         integer NOT NULL,
    token         bigint  NOT NULL,
    node          text    NOT NULL,
    writes        integer NOT NULL DEFAULT 1,
    CONSTRAINT job_self_test_pk PRIMARY KEY (consortium_id, run_id, piece),
    CONSTRAINT job_self_test_run_fk FOREIGN KEY (consortium_id, run_id) REFERENCES job_run (consortium_id, id) ON DELETE CASCADE
);
CALL protect_tenant_table('job_self_test');
