-- 重复需求: which posting repeats which. The first posting of a group leads it and has no row here; the one that stands for the group is demand.canonical_id.
CREATE TABLE demand_link (
    consortium_id bigint      NOT NULL,
    demand_id     bigint      NOT NULL,
    leader_id     bigint      NOT NULL,
    reason        text        NOT NULL,
    similarity    smallint,
    linked_at     timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT demand_link_pk PRIMARY KEY (consortium_id, demand_id),
    CONSTRAINT demand_link_demand_fk FOREIGN KEY (consortium_id, demand_id) REFERENCES demand (consortium_id, id) ON DELETE CASCADE,
    CONSTRAINT demand_link_leader_fk FOREIGN KEY (consortium_id, leader_id) REFERENCES demand (consortium_id, id) ON DELETE CASCADE,
    CONSTRAINT demand_link_reason_known CHECK (reason IN ('COPY', 'REPOST', 'DEPARTMENT', 'MANUAL')),
    CONSTRAINT demand_link_similarity_range CHECK (similarity BETWEEN 0 AND 100),
    CONSTRAINT demand_link_not_itself CHECK (leader_id <> demand_id)
);
CALL protect_tenant_table('demand_link');
CALL follow_parent('demand_link', 'demand', 'demand_id', 'organization_id', 'posted_by_id');
-- Serves the members of a group.
CREATE INDEX demand_link_by_leader ON demand_link (consortium_id, leader_id);
-- Serves the foreign key and the copies of a demand.
CREATE INDEX demand_by_canonical ON demand (consortium_id, canonical_id) WHERE canonical_id IS NOT NULL;

-- 不是同一需求: said by people, kept for good. The lower number first.
CREATE TABLE demand_apart (
    consortium_id bigint      NOT NULL,
    demand_id     bigint      NOT NULL,
    other_id      bigint      NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT demand_apart_pk PRIMARY KEY (consortium_id, demand_id, other_id),
    CONSTRAINT demand_apart_demand_fk FOREIGN KEY (consortium_id, demand_id) REFERENCES demand (consortium_id, id) ON DELETE CASCADE,
    CONSTRAINT demand_apart_other_fk FOREIGN KEY (consortium_id, other_id) REFERENCES demand (consortium_id, id) ON DELETE CASCADE,
    CONSTRAINT demand_apart_ordered CHECK (demand_id < other_id)
);
CALL protect_tenant_table('demand_apart');
CALL follow_parent('demand_apart', 'demand', 'demand_id', 'organization_id', 'posted_by_id');
-- Serves the look-up from the other side.
CREATE INDEX demand_apart_by_other ON demand_apart (consortium_id, other_id);

-- A group holds what a company posted and what departments posted for it, so whoever changes one of them changes how all are counted: these functions write as the platform.
-- Who may call them for which demand the callers decide.
CREATE FUNCTION act_as(new_role text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    before text := current_app_role();
BEGIN
    PERFORM set_config('app.role', new_role, true);
    RETURN before;
END $$;

-- Who stands for a group: what is still wanted or was filled before what was withdrawn or expired; then the company's own posting; then the earliest; then the lower number.
-- A filled one keeps its place, for an open copy of it asks for seats that are taken.
CREATE FUNCTION elect_canonical(leaders bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    caller text := act_as('job');
BEGIN
    WITH member AS (
        SELECT leader, leader AS id FROM unnest(leaders) AS leader
        UNION
        SELECT k.leader_id, k.demand_id FROM demand_link k WHERE k.consortium_id = current_consortium() AND k.leader_id = ANY(leaders)),
    standing AS (
        SELECT d.id, first_value(d.id) OVER (PARTITION BY m.leader ORDER BY d.state IN ('WITHDRAWN', 'EXPIRED'), d.source <> 'COMPANY', d.opened_on, d.id) AS first
        FROM member m JOIN demand d ON d.consortium_id = current_consortium() AND d.id = m.id)
    UPDATE demand d SET canonical_id = nullif(s.first, s.id)
    FROM standing s
    WHERE d.consortium_id = current_consortium() AND d.id = s.id AND d.canonical_id IS DISTINCT FROM nullif(s.first, s.id);
    PERFORM act_as(caller);
END $$;

CREATE FUNCTION link_demands(copies bigint[], leaders bigint[], reasons text[], similarities smallint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    caller text := act_as('job');
BEGIN
    INSERT INTO demand_link (consortium_id, demand_id, leader_id, reason, similarity)
    SELECT current_consortium(), * FROM unnest(copies, leaders, reasons, similarities);
    PERFORM elect_canonical(ARRAY(SELECT DISTINCT unnest(leaders)));
    PERFORM act_as(caller);
END $$;

-- The demand stands alone again; a group it led goes on under the next. leaving: it is about to be deleted, so its own row is left as it is.
CREATE FUNCTION leave_group(wanted_id bigint, leaving boolean DEFAULT false) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    caller     text := act_as('job');
    old_leader bigint;
    new_leader bigint;
BEGIN
    DELETE FROM demand_link WHERE consortium_id = current_consortium() AND demand_id = wanted_id RETURNING leader_id INTO old_leader;
    SELECT k.demand_id INTO new_leader FROM demand_link k JOIN demand d ON (d.consortium_id, d.id) = (k.consortium_id, k.demand_id)
    WHERE k.consortium_id = current_consortium() AND k.leader_id = wanted_id ORDER BY d.opened_on, d.id LIMIT 1;
    IF new_leader IS NOT NULL THEN
        DELETE FROM demand_link WHERE consortium_id = current_consortium() AND demand_id = new_leader;
        UPDATE demand_link SET leader_id = new_leader WHERE consortium_id = current_consortium() AND leader_id = wanted_id;
    END IF;
    IF NOT leaving THEN
        UPDATE demand SET canonical_id = NULL WHERE consortium_id = current_consortium() AND id = wanted_id AND canonical_id IS NOT NULL;
    END IF;
    IF coalesce(old_leader, new_leader) IS NOT NULL THEN
        PERFORM elect_canonical(ARRAY[coalesce(old_leader, new_leader)]);
    END IF;
    PERFORM act_as(caller);
END $$;

-- Whoever changes a state, a source or an opening day, by whatever way, the group is decided anew in the same transaction: its seats never count twice and never vanish.
CREATE FUNCTION reelect_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    caller  text     := act_as('job');
    leaders bigint[] := ARRAY(
        SELECT DISTINCT coalesce(k.leader_id, n.id)
        FROM new_rows n
        JOIN old_rows o ON (o.consortium_id, o.id) = (n.consortium_id, n.id)
        LEFT JOIN demand_link k ON (k.consortium_id, k.demand_id) = (n.consortium_id, n.id)
        WHERE (n.state, n.source, n.opened_on) IS DISTINCT FROM (o.state, o.source, o.opened_on)
          AND (k.demand_id IS NOT NULL OR EXISTS (SELECT FROM demand_link f WHERE (f.consortium_id, f.leader_id) = (n.consortium_id, n.id))));
BEGIN
    IF cardinality(leaders) > 0 THEN
        PERFORM elect_canonical(leaders);
    END IF;
    PERFORM act_as(caller);
    RETURN NULL;
END $$;
CREATE TRIGGER demand_reelect AFTER UPDATE ON demand REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION reelect_changed();

CREATE FUNCTION leave_before_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM leave_group(OLD.id, true);
    RETURN OLD;
END $$;
CREATE TRIGGER demand_leaves BEFORE DELETE ON demand FOR EACH ROW EXECUTE FUNCTION leave_before_delete();
