-- A search among many rows costs what it asks of each candidate, so candidates are asked by expressions inside the statement and not by functions of their own.

-- How well a row answers one word (see search_score). Put into the statement that asks.
CREATE FUNCTION search_word_score(title text, body text, initials text, word text, whole text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN title = word THEN 60
        WHEN position(word IN title) > 0 THEN CASE WHEN title COLLATE "C" ~ whole THEN 50 ELSE 40 END
        WHEN initials <> '' AND position(word IN initials) > 0 AND word = ANY(string_to_array(initials, E'\n')) THEN 35
        WHEN initials <> '' AND position(word IN initials) > 0 AND (starts_with(initials, word) OR position(E'\n' || word IN initials) > 0) THEN 30
        WHEN position(word IN body) > 0 THEN CASE WHEN body COLLATE "C" ~ whole THEN 20 ELSE 10 END
        WHEN initials <> '' AND position(word IN initials) > 0 THEN 15
        ELSE 0 END
$$;

CREATE OR REPLACE FUNCTION search_score(title text, body text, initials text, words text[], wholes text[]) RETURNS integer LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    score integer := CASE WHEN title = array_to_string(words, ' ') THEN 100 ELSE 0 END;
BEGIN
    FOR i IN 1 .. coalesce(cardinality(words), 0) LOOP
        score := score + search_word_score(title, body, initials, words[i], wholes[i]);
    END LOOP;
    RETURN score;
END $$;

-- As before, but: the months are looked up as they are needed, not all forty beforehand; one word is scored inside the statement; and words of two characters are
-- exactly their pair, so that what the index found bears them.
CREATE OR REPLACE FUNCTION search_candidates(wanted text, words text[], wholes text[], groups text[], seen text[], most integer)
    RETURNS TABLE (consortium_id bigint, id bigint, day date, score integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public SET work_mem = '64MB' SET enable_seqscan = off SET jit = off AS $$
DECLARE
    tenant bigint := CASE WHEN wanted IN ('occupation', 'region') THEN 0 ELSE current_consortium() END;
    question text := search_question(words, groups);
    pairs boolean := NOT EXISTS (SELECT FROM unnest(words) AS w WHERE char_length(w) <> 2);
    single boolean := coalesce(cardinality(words), 0) = 1;
    word text := words[1];
    whole text := wholes[1];
BEGIN
    IF question IS NULL THEN
        RETURN QUERY SELECT e.consortium_id, e.id, e.day, 0 FROM search_entry e
                     WHERE e.consortium_id = tenant AND e.resource = wanted AND (seen IS NULL OR e.tokens && seen) ORDER BY e.day DESC, e.id DESC LIMIT most;
    ELSE
        -- A nested loop keeps the order of its left side, so whole months are read from the newest on until there are enough. The tenant is asked in a form no index
        -- serves: the lexemes already are the tenant's, and reading all of his rows instead would be the wrong way in.
        RETURN QUERY
            WITH RECURSIVE months (month) AS (
                SELECT max(e.day) FROM search_entry e WHERE e.consortium_id = tenant AND e.resource = wanted
                UNION ALL
                SELECT (SELECT max(e.day) FROM search_entry e WHERE e.consortium_id = tenant AND e.resource = wanted AND e.day < date_trunc('month', m.month)::date)
                FROM months m
                WHERE m.month IS NOT NULL)
            SELECT x.consortium_id, x.id, x.day,
                   CASE WHEN single THEN search_word_score(x.title, x.body, x.initials, word, whole) + CASE WHEN x.title = word THEN 100 ELSE 0 END
                   ELSE search_score(x.title, x.body, x.initials, words, wholes) END
            FROM (SELECT x.*
                  FROM (SELECT replace(question, chr(1), search_prefix(tenant, wanted, month))::tsquery AS lexemes FROM months WHERE month IS NOT NULL) AS m
                  CROSS JOIN LATERAL (SELECT e.* FROM search_entry e
                                      WHERE search_vector(e.consortium_id, e.resource, e.day, e.title, e.body, e.initials, e.tokens) @@ m.lexemes
                                        AND (e.consortium_id, e.resource) IS NOT DISTINCT FROM (tenant, wanted) AND (seen IS NULL OR e.tokens && seen)
                                        AND (pairs OR search_bears(e.title, e.body, e.initials, words))
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
DROP FUNCTION search_months(bigint, text);
