-- What a match rests on besides the demand and the graduate themselves is told in the stream of changes too, so that whoever keeps matches in memory can follow it:
-- destination (a graduate's placements; the number is the graduate's), organization (its name and membership), skill (the vocabulary as a whole, number 0) and consortium (its settings).
-- These are the staff's alone to read, and in nobody's stream of a resource.

CREATE PROCEDURE log_destinations(event text) LANGUAGE plpgsql AS $proc$
BEGIN
    CALL add_change_trigger('placement', event, format($q$
        WITH changed AS MATERIALIZED (SELECT DISTINCT consortium_id, graduate_id FROM %s),
        batches AS MATERIALIZED (SELECT consortium_id, change_batch(consortium_id) AS batch FROM (SELECT DISTINCT consortium_id FROM changed) AS c)
        INSERT INTO change_log (consortium_id, batch, resource, resource_id, seen_before, seen_after, owners, version)
        SELECT c.consortium_id, b.batch, 'destination', c.graduate_id, 1, 1, '{}', 0 FROM changed c JOIN batches b USING (consortium_id)
        ON CONFLICT ON CONSTRAINT change_log_once DO NOTHING $q$, CASE event WHEN 'DELETE' THEN 'old_rows' ELSE 'new_rows' END));
END $proc$;
CALL log_destinations('INSERT');
CALL log_destinations('UPDATE');
CALL log_destinations('DELETE');
DROP PROCEDURE log_destinations;

CALL add_change_trigger('organization', 'UPDATE', $q$
    WITH changed AS MATERIALIZED (
        SELECT n.consortium_id, n.id, n.row_version FROM new_rows n JOIN old_rows o ON (o.consortium_id, o.id) = (n.consortium_id, n.id)
        WHERE n.name <> o.name OR (n.member_since IS NULL) <> (o.member_since IS NULL)),
    batches AS MATERIALIZED (SELECT consortium_id, change_batch(consortium_id) AS batch FROM (SELECT DISTINCT consortium_id FROM changed) AS c)
    INSERT INTO change_log (consortium_id, batch, resource, resource_id, seen_before, seen_after, owners, version)
    SELECT c.consortium_id, b.batch, 'organization', c.id, 1, 1, '{}', c.row_version FROM changed c JOIN batches b USING (consortium_id)
    ON CONFLICT ON CONSTRAINT change_log_once DO NOTHING $q$);

CALL add_change_trigger('consortium', 'UPDATE', $q$
    WITH changed AS MATERIALIZED (
        SELECT n.id, n.row_version FROM new_rows n JOIN old_rows o ON o.id = n.id WHERE n.settings IS DISTINCT FROM o.settings),
    batches AS MATERIALIZED (SELECT id, change_batch(id) AS batch FROM changed)
    INSERT INTO change_log (consortium_id, batch, resource, resource_id, seen_before, seen_after, owners, version)
    SELECT c.id, b.batch, 'consortium', c.id, 1, 1, '{}', c.row_version FROM changed c JOIN batches b USING (id)
    ON CONFLICT ON CONSTRAINT change_log_once DO NOTHING $q$);

-- A word that is new matters from the row that names it, and that row tells; a word's name, kind and place among the others matter to all. The shared vocabulary is everybody's.
CREATE PROCEDURE log_vocabulary(event text, changed text) LANGUAGE plpgsql AS $proc$
BEGIN
    CALL add_change_trigger('skill', event, format($q$
        WITH changed AS MATERIALIZED (%s),
        told AS MATERIALIZED (SELECT c.id FROM consortium c WHERE c.id <> 0 AND EXISTS (SELECT FROM changed x WHERE x.consortium_id IN (0, c.id))),
        batches AS MATERIALIZED (SELECT id, change_batch(id) AS batch FROM told)
        INSERT INTO change_log (consortium_id, batch, resource, resource_id, seen_before, seen_after, owners, version)
        SELECT id, batch, 'skill', 0, 1, 1, '{}', 0 FROM batches
        ON CONFLICT ON CONSTRAINT change_log_once DO NOTHING $q$, changed));
END $proc$;
CALL log_vocabulary('INSERT', 'SELECT DISTINCT consortium_id FROM new_rows WHERE broader_id IS NOT NULL');
CALL log_vocabulary('UPDATE', 'SELECT DISTINCT n.consortium_id FROM new_rows n JOIN old_rows o USING (id)
    WHERE (n.name, n.kind, n.broader_id) IS DISTINCT FROM (o.name, o.kind, o.broader_id)');
DROP PROCEDURE log_vocabulary;
