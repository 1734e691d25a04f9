-- A facet is counted as if its own filter were not there. The rows that pass all filters are the candidates; what each facet counts besides them are rows that fail its filter alone.
-- One pass finds these for all facets together.

-- Which of the groups of tokens the row bears nothing of: 0 none of them, i the i-th alone, null several.
CREATE FUNCTION search_lacks(tokens text[], groups text[]) RETURNS integer LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    lacking integer := 0;
BEGIN
    FOR i IN 1 .. cardinality(groups) LOOP
        IF NOT tokens && string_to_array(groups[i], '|') THEN
            IF lacking > 0 THEN
                RETURN NULL;
            END IF;
            lacking := i;
        END IF;
    END LOOP;
    RETURN lacking;
END $$;

-- Of each of the narrowing groups the newest rows that bear every word and a token of every other group, also of those that must be, but none of its own: so many that with the
-- candidates they hold the newest `most` rows of a search without that group. Months are read from the newest on, and a group is asked for as long as it lacks rows.
CREATE FUNCTION search_neighbours(wanted text, words text[], narrowing text[], must text[], seen text[], most integer)
    RETURNS TABLE (consortium_id bigint, id bigint, day date, lacks integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public SET work_mem = '64MB' SET enable_seqscan = off SET jit = off AS $$
DECLARE
    tenant bigint := CASE WHEN wanted IN ('occupation', 'region') THEN 0 ELSE current_consortium() END;
    pairs boolean := NOT EXISTS (SELECT FROM unnest(words) AS w WHERE char_length(w) <> 2);
    -- What a search without the i-th group asks of the index; null where it asks nothing.
    questions text[] := ARRAY(SELECT search_question(words, must || narrowing[:i - 1] || narrowing[i + 1:]) FROM generate_subscripts(narrowing, 1) AS i);
    -- Rows so far: of those that lack nothing, then of those that lack the i-th group.
    complete integer := 0;
    found integer[] := array_fill(0, ARRAY[cardinality(narrowing)]);
    question text;
    month date;
BEGIN
    IF questions[1] IS NULL THEN
        -- Without words and with one group everything is asked for.
        RETURN QUERY SELECT n.* FROM (SELECT e.consortium_id, e.id, e.day, search_lacks(e.tokens, narrowing) AS lacks FROM search_entry e
                                      WHERE e.consortium_id = tenant AND e.resource = wanted AND (seen IS NULL OR e.tokens && seen) ORDER BY e.day DESC, e.id DESC LIMIT most) AS n
                     WHERE n.lacks = 1;
        RETURN;
    END IF;

    SELECT max(e.day) INTO month FROM search_entry e WHERE e.consortium_id = tenant AND e.resource = wanted;
    WHILE month IS NOT NULL LOOP
        SELECT string_agg('(' || questions[i] || ')', ' | ') INTO question FROM generate_subscripts(narrowing, 1) AS i WHERE complete + found[i] < most;
        EXIT WHEN question IS NULL;
        -- The tenant is asked in a form no index serves (see search_candidates).
        FOR consortium_id, id, day, lacks IN
            SELECT c.consortium_id, c.id, c.day, c.lacks
            FROM (SELECT n.*, row_number() OVER (PARTITION BY n.lacks ORDER BY n.day DESC, n.id DESC) AS place
                  FROM (SELECT e.consortium_id, e.id, e.day, search_lacks(e.tokens, narrowing) AS lacks FROM search_entry e
                        WHERE search_vector(e.consortium_id, e.resource, e.day, e.title, e.body, e.initials, e.tokens) @@ replace(question, chr(1), search_prefix(tenant, wanted, month))::tsquery
                          AND (e.consortium_id, e.resource) IS NOT DISTINCT FROM (tenant, wanted) AND (seen IS NULL OR e.tokens && seen)
                          AND (pairs OR search_bears(e.title, e.body, e.initials, words))) AS n) AS c
            WHERE c.place <= most
        LOOP
            IF lacks = 0 THEN
                complete := complete + 1;
            ELSE
                found[lacks] := found[lacks] + 1;
                RETURN NEXT;
            END IF;
        END LOOP;
        SELECT max(e.day) INTO month FROM search_entry e WHERE e.consortium_id = tenant AND e.resource = wanted AND e.day < date_trunc('month', month)::date;
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION search_neighbours(text, text[], text[], text[], text[], integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_neighbours(text, text[], text[], text[], text[], integer) TO matching_app;
