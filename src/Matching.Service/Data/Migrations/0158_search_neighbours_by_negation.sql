-- What facets count besides the hits, filter by filter and by the index's own negation: telling every row's missing tokens one by one cost more than asking again for each filter.
DROP FUNCTION search_neighbours(text, text[], text[], text[], text[], integer);
DROP FUNCTION search_lacks(text[], text[]);

-- Of each of the narrowing groups the newest rows that bear every word and a token of every other group, also of those that must be, but none of its own. since: older rows are
-- not wanted, for the candidates that are newer already are as many as are looked at.
CREATE FUNCTION search_neighbours(wanted text, words text[], narrowing text[], must text[], seen text[], most integer, since date)
    RETURNS TABLE (consortium_id bigint, id bigint, day date, lacks integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public SET work_mem = '64MB' SET enable_seqscan = off SET jit = off AS $$
DECLARE
    tenant bigint := CASE WHEN wanted IN ('occupation', 'region') THEN 0 ELSE current_consortium() END;
    pairs boolean := NOT EXISTS (SELECT FROM unnest(words) AS w WHERE char_length(w) <> 2);
    question text;
BEGIN
    FOR i IN 1 .. cardinality(narrowing) LOOP
        question := search_question(words, must || narrowing[:i - 1] || narrowing[i + 1:]);
        IF question IS NULL THEN
            -- Without words and other filters every row is asked for: of the newest those are told that lack the group.
            RETURN QUERY SELECT n.consortium_id, n.id, n.day, i
                         FROM (SELECT e.* FROM search_entry e WHERE e.consortium_id = tenant AND e.resource = wanted AND e.day >= since AND (seen IS NULL OR e.tokens && seen)
                               ORDER BY e.day DESC, e.id DESC LIMIT most) AS n
                         WHERE NOT n.tokens && string_to_array(narrowing[i], '|');
        ELSE
            question := question || ' & !' || search_question('{}', narrowing[i:i]);
            -- As in search_candidates: months from the newest on, the tenant in a form that no index serves.
            RETURN QUERY
                WITH RECURSIVE months (month) AS (
                    SELECT max(e.day) FROM search_entry e WHERE e.consortium_id = tenant AND e.resource = wanted AND e.day >= since
                    UNION ALL
                    SELECT (SELECT max(e.day) FROM search_entry e
                            WHERE e.consortium_id = tenant AND e.resource = wanted AND e.day < date_trunc('month', m.month)::date AND e.day >= since)
                    FROM months m
                    WHERE m.month IS NOT NULL)
                SELECT x.consortium_id, x.id, x.day, i
                FROM (SELECT replace(question, chr(1), search_prefix(tenant, wanted, month))::tsquery AS lexemes FROM months WHERE month IS NOT NULL) AS m
                CROSS JOIN LATERAL (SELECT e.consortium_id, e.id, e.day FROM search_entry e
                                    WHERE search_vector(e.consortium_id, e.resource, e.day, e.title, e.body, e.initials, e.tokens) @@ m.lexemes
                                      AND (e.consortium_id, e.resource) IS NOT DISTINCT FROM (tenant, wanted) AND e.day >= since AND (seen IS NULL OR e.tokens && seen)
                                      AND (pairs OR search_bears(e.title, e.body, e.initials, words))
                                    ORDER BY e.day DESC, e.id DESC LIMIT most) AS x
                LIMIT most;
        END IF;
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION search_neighbours(text, text[], text[], text[], text[], integer, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_neighbours(text, text[], text[], text[], text[], integer, date) TO matching_app;
