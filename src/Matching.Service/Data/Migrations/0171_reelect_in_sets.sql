-- Planned anew each time, as the other triggers are: a plan that was made for one changed row joined the old and the new rows of a whole file by looping over both.
CREATE OR REPLACE FUNCTION reelect_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    caller  text := act_as('job');
    leaders bigint[];
BEGIN
    EXECUTE $q$
        SELECT array_agg(DISTINCT coalesce(k.leader_id, n.id))
        FROM new_rows n
        JOIN old_rows o ON (o.consortium_id, o.id) = (n.consortium_id, n.id)
        LEFT JOIN demand_link k ON (k.consortium_id, k.demand_id) = (n.consortium_id, n.id)
        WHERE (n.state, n.source, n.opened_on) IS DISTINCT FROM (o.state, o.source, o.opened_on)
          AND (k.demand_id IS NOT NULL OR EXISTS (SELECT FROM demand_link f WHERE (f.consortium_id, f.leader_id) = (n.consortium_id, n.id))) $q$ INTO leaders;
    IF leaders IS NOT NULL THEN
        PERFORM elect_canonical(leaders);
    END IF;
    PERFORM act_as(caller);
    RETURN NULL;
END $$;
