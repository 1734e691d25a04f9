-- 匹配结果: the best pairs of a demand and of a graduate, one row each, packed (the engine's PackedMatches); explanations are computed when read.
-- run_id and run_token say which run, and which claim of its piece, wrote the row.
CREATE TABLE match_of_demand (
    consortium_id   bigint      NOT NULL,
    demand_id       bigint      NOT NULL,
    matches         bytea       NOT NULL,
    computed_at     timestamptz NOT NULL,
    weights_version integer     NOT NULL,
    run_id          bigint      NOT NULL,
    run_token       bigint      NOT NULL,
    CONSTRAINT match_of_demand_pk PRIMARY KEY (consortium_id, demand_id),
    CONSTRAINT match_of_demand_demand_fk FOREIGN KEY (consortium_id, demand_id) REFERENCES demand (consortium_id, id) ON DELETE CASCADE,
    CONSTRAINT match_of_demand_not_empty CHECK (octet_length(matches) > 0)
);
CALL protect_tenant_table('match_of_demand');
-- Whom a company is offered is its own business, and of whoever posted the demand for it.
CREATE POLICY match_of_demand_seen ON match_of_demand AS RESTRICTIVE FOR SELECT USING ((SELECT is_staff()) OR owns_demand(consortium_id, demand_id));
CREATE POLICY match_of_demand_insert ON match_of_demand AS RESTRICTIVE FOR INSERT WITH CHECK ((SELECT is_staff()));
CREATE POLICY match_of_demand_update ON match_of_demand AS RESTRICTIVE FOR UPDATE USING ((SELECT is_staff()));
CREATE POLICY match_of_demand_delete ON match_of_demand AS RESTRICTIVE FOR DELETE USING ((SELECT is_staff()));

CREATE TABLE match_of_graduate (
    consortium_id   bigint      NOT NULL,
    graduate_id     bigint      NOT NULL,
    matches         bytea       NOT NULL,
    computed_at     timestamptz NOT NULL,
    weights_version integer     NOT NULL,
    run_id          bigint      NOT NULL,
    run_token       bigint      NOT NULL,
    CONSTRAINT match_of_graduate_pk PRIMARY KEY (consortium_id, graduate_id),
    CONSTRAINT match_of_graduate_graduate_fk FOREIGN KEY (consortium_id, graduate_id) REFERENCES graduate (consortium_id, id) ON DELETE CASCADE,
    CONSTRAINT match_of_graduate_not_empty CHECK (octet_length(matches) > 0)
);
CALL protect_tenant_table('match_of_graduate');
-- A company sees the graduates who consented, but not where else they fit.
CREATE POLICY match_of_graduate_seen ON match_of_graduate AS RESTRICTIVE FOR SELECT USING (
    (SELECT is_staff()) OR EXISTS (SELECT FROM graduate g WHERE g.consortium_id = match_of_graduate.consortium_id AND g.id = match_of_graduate.graduate_id
                                   AND g.school_id = (SELECT current_organization())));
CREATE POLICY match_of_graduate_insert ON match_of_graduate AS RESTRICTIVE FOR INSERT WITH CHECK ((SELECT is_staff()));
CREATE POLICY match_of_graduate_update ON match_of_graduate AS RESTRICTIVE FOR UPDATE USING ((SELECT is_staff()));
CREATE POLICY match_of_graduate_delete ON match_of_graduate AS RESTRICTIVE FOR DELETE USING ((SELECT is_staff()));
