-- 导入直接写表: new rows of demands and graduates go straight into their tables by COPY as matching_loader.

-- The loader writes what it needs and nothing else.
REVOKE INSERT ON organization, program, program_occupation, program_skill, program_year, program_endorsement, placement FROM matching_loader;
-- Numbers of new rows are drawn before the rows are written, so that their parts can name them.
DO $$
BEGIN
    EXECUTE format('GRANT USAGE ON SEQUENCE %s, %s TO matching_app', pg_get_serial_sequence('demand', 'id'), pg_get_serial_sequence('graduate', 'id'));
END $$;

-- What hangs on a part that is added says that its row changed. The loader adds parts only to rows that it wrote itself just before, in the same transaction (LoaderCopy sees to
-- it): these have no past, are shared with nobody, and their own entry in the stream is written already, so nothing would be left of this work.
CREATE PROCEDURE spare_loader(name text, target regclass) LANGUAGE plpgsql AS $$
DECLARE
    definition text := (SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = target AND tgname = name);
BEGIN
    EXECUTE format('DROP TRIGGER %I ON %s', name, target);
    EXECUTE replace(definition, ' EXECUTE FUNCTION ', ' WHEN (current_user <> ''matching_loader'') EXECUTE FUNCTION ');
END $$;
CALL spare_loader('demand_skill_insert_history', 'demand_skill');
CALL spare_loader('demand_skill_insert_logged', 'demand_skill');
CALL spare_loader('demand_skill_insert_shared', 'demand_skill');
CALL spare_loader('graduate_skill_insert_logged', 'graduate_skill');
CALL spare_loader('graduate_order_class_insert_logged', 'graduate_order_class');
DROP PROCEDURE spare_loader;

-- Whether the file's one entry stands for its rows is asked before the trigger is called: calling it for every row of an import cost a tenth of the row.
CREATE OR REPLACE PROCEDURE track_changes(target regclass, VARIADIC hidden text[]) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW WHEN (current_setting(''app.audit'', true) IS DISTINCT FROM ''summary'') EXECUTE FUNCTION audit_change(%s)',
        target::text || '_audit', target, (SELECT string_agg(quote_literal(name), ', ') FROM unnest(hidden) AS name));
END $$;
DO $$
DECLARE
    known record;
BEGIN
    FOR known IN SELECT tgname, tgrelid::regclass AS target, pg_get_triggerdef(t.oid) AS definition
                 FROM pg_trigger t WHERE tgfoid = 'audit_change'::regproc AND NOT tgisinternal ORDER BY t.oid LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', known.tgname, known.target);
        EXECUTE replace(known.definition, ' EXECUTE FUNCTION ', ' WHEN (current_setting(''app.audit'', true) IS DISTINCT FROM ''summary'') EXECUTE FUNCTION ');
    END LOOP;
END $$;
