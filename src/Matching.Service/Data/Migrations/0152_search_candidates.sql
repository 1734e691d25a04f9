-- How well a row answers the words: the sum over the words of exact title 60, whole word in the title 50, part of it 40, initials of the whole name 35, their beginning 30,
-- inside them 15, whole word in the text 20, part of it 10; and 100 when the title is the query. A whole word is not touched by another of its own sort (Han, or letter and
-- digit): wholes holds the pattern that says so for each word. Only called for rows that bear every word.
CREATE FUNCTION search_score(title text, body text, initials text, words text[], wholes text[]) RETURNS integer LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    score integer := CASE WHEN title = array_to_string(words, ' ') THEN 100 ELSE 0 END;
BEGIN
    FOR i IN 1 .. coalesce(cardinality(words), 0) LOOP
        score := score + CASE
            WHEN title = words[i] THEN 60
            WHEN position(words[i] IN title) > 0 THEN CASE WHEN title COLLATE "C" ~ wholes[i] THEN 50 ELSE 40 END
            WHEN position(words[i] IN initials) > 0 AND words[i] = ANY(string_to_array(initials, E'\n')) THEN 35
            WHEN position(words[i] IN initials) > 0 AND (starts_with(initials, words[i]) OR position(E'\n' || words[i] IN initials) > 0) THEN 30
            WHEN position(words[i] IN body) > 0 THEN CASE WHEN body COLLATE "C" ~ wholes[i] THEN 20 ELSE 10 END
            WHEN position(words[i] IN initials) > 0 THEN 15
            ELSE 0 END;
    END LOOP;
    RETURN score;
END $$;

-- Every word is in the title, in the text, or, from two letters on, in the initials.
CREATE FUNCTION search_bears(title text, body text, initials text, words text[]) RETURNS boolean LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    word text;
BEGIN
    FOREACH word IN ARRAY words LOOP
        IF position(word IN title) = 0 AND position(word IN body) = 0 AND (char_length(word) < 2 OR position(word IN initials) = 0) THEN
            RETURN false;
        END IF;
    END LOOP;
    RETURN true;
END $$;

-- The first days of the months that hold anything, newest first: one look into the index a month.
CREATE FUNCTION search_months(wanted_consortium bigint, wanted_resource text) RETURNS SETOF date LANGUAGE plpgsql STABLE AS $$
DECLARE
    latest date;
BEGIN
    SELECT max(e.day) INTO latest FROM search_entry e WHERE e.consortium_id = wanted_consortium AND e.resource = wanted_resource;
    WHILE latest IS NOT NULL LOOP
        RETURN NEXT latest;
        SELECT max(e.day) INTO latest FROM search_entry e
        WHERE e.consortium_id = wanted_consortium AND e.resource = wanted_resource AND e.day < date_trunc('month', latest)::date;
    END LOOP;
END $$;

-- The question to the index, every lexeme with the mark chr(1) where a month's prefix goes: all pairs of all words, and of each group of tokens ("a|b") one.
CREATE FUNCTION search_question(words text[], groups text[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT string_agg(part, ' & ')
    FROM (SELECT '''' || chr(1) || replace(replace(substr(word, i, 2), '\', '\\'), '''', '''''') || '''' || CASE WHEN char_length(word) = 1 THEN ':*' ELSE '' END AS part
          FROM unnest(words) AS word, generate_series(1, greatest(1, char_length(word) - 1)) AS i
          UNION
          SELECT '(' || (SELECT string_agg('''' || chr(1) || replace(replace(token, '\', '\\'), '''', '''''') || '''', ' | ') FROM unnest(string_to_array(g, '|')) AS token) || ')'
          FROM unnest(groups) AS g) AS parts
$$;

-- The newest rows of the caller's consortium that bear every word and a token of each group; at most that many. seen: rows that bear none of these tokens are not for the caller. @@ is not leakproof and could not use its index under a
-- policy, so this runs as the owner and names the tenant itself. It gives out ids alone: the caller joins them to the resource, whose policies decide.
CREATE FUNCTION search_candidates(wanted text, words text[], wholes text[], groups text[], seen text[], most integer)
    RETURNS TABLE (consortium_id bigint, id bigint, day date, score integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public SET work_mem = '64MB' SET enable_seqscan = off SET jit = off AS $$
DECLARE
    tenant bigint := CASE WHEN wanted IN ('occupation', 'region') THEN 0 ELSE current_consortium() END;
    question text := search_question(words, groups);
BEGIN
    IF question IS NULL THEN
        RETURN QUERY SELECT e.consortium_id, e.id, e.day, 0 FROM search_entry e
                     WHERE e.consortium_id = tenant AND e.resource = wanted AND (seen IS NULL OR e.tokens && seen) ORDER BY e.day DESC, e.id DESC LIMIT most;
    ELSE
        -- A nested loop keeps the order of its left side, so whole months are read from the newest on until there are enough. The tenant is asked in a form no index
        -- serves: the lexemes already are the tenant's, and reading all of his rows instead would be the wrong way in.
        RETURN QUERY
            SELECT x.consortium_id, x.id, x.day, search_score(x.title, x.body, x.initials, words, wholes)
            FROM (SELECT x.*
                  FROM (SELECT replace(question, chr(1), search_prefix(tenant, wanted, month))::tsquery AS lexemes FROM search_months(tenant, wanted) AS month) AS m
                  CROSS JOIN LATERAL (SELECT e.* FROM search_entry e
                                      WHERE search_vector(e.consortium_id, e.resource, e.day, e.title, e.body, e.initials, e.tokens) @@ m.lexemes
                                        AND (e.consortium_id, e.resource) IS NOT DISTINCT FROM (tenant, wanted) AND (seen IS NULL OR e.tokens && seen)
                                        AND search_bears(e.title, e.body, e.initials, words)
                                      ORDER BY e.day DESC, e.id DESC LIMIT most) AS x
                  LIMIT most) AS x;
    END IF;
    -- What other consortia share with this one: named row by row, hence few. Its drafts are not for it.
    IF wanted = 'demand' THEN
        RETURN QUERY SELECT e.consortium_id, e.id, e.day, search_score(e.title, e.body, e.initials, words, wholes)
                     FROM demand_share s JOIN search_entry e ON (e.consortium_id, e.resource, e.id) = (s.consortium_id, 'demand', s.demand_id)
                     WHERE s.with_consortium = current_consortium() AND 'seen:all' = ANY(e.tokens) AND search_bears(e.title, e.body, e.initials, words)
                     ORDER BY e.day DESC, e.id DESC LIMIT most;
    END IF;
END $$;
REVOKE ALL ON FUNCTION search_candidates(text, text[], text[], text[], text[], integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_candidates(text, text[], text[], text[], text[], integer) TO matching_app;
