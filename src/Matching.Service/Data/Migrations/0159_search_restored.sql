-- A dump is restored without a search path, and an index is then built by what its functions find: search_vector names the function it calls in full. What it says stays the same.
CREATE OR REPLACE FUNCTION search_vector(consortium_id bigint, resource text, day date, title text, body text, initials text, tokens text[])
    RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    prefix text := public.search_prefix(consortium_id, resource, day);
    lexemes text[] := string_to_array(prefix || array_to_string(tokens, E'\n' || prefix), E'\n');
    one text := E'\n';
    next text;
BEGIN
    FOREACH next IN ARRAY string_to_array(title || E'\n' || body || E'\n' || initials || E'\n', NULL) LOOP
        IF one <> E'\n' THEN
            lexemes := lexemes || (prefix || one || next);
        END IF;
        one := next;
    END LOOP;
    RETURN array_to_tsvector(lexemes);
END $$;
