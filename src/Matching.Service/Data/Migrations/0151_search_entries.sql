-- What can be searched, one row per searchable row of every resource, kept by triggers: no writer can forget it. Only functions of the owner read it; whether a caller
-- may see what is found is decided afterwards, by the policies of the resource's own table.
CREATE TABLE search_entry (
    consortium_id bigint NOT NULL,
    resource      text   NOT NULL,
    id            bigint NOT NULL,
    day           date   NOT NULL,
    title         text   NOT NULL,
    body          text   NOT NULL,
    initials      text   NOT NULL,
    tokens        text[] NOT NULL,
    CONSTRAINT search_entry_pk PRIMARY KEY (consortium_id, resource, id),
    CONSTRAINT search_entry_resource_known CHECK (resource IN ('demand', 'program', 'graduate', 'organization', 'occupation', 'region'))
);
ALTER TABLE search_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE search_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY search_entry_owner ON search_entry TO matching_owner USING (true) WITH CHECK (true);
-- Serves browsing from the newest on, and the list of months.
CREATE INDEX search_entry_by_day ON search_entry (consortium_id, resource, day, id);

-- A word of two characters is no trigram, so every pair of characters is a lexeme, a single character is the beginning of one, and every token a filter may name is one too.
-- All bear consortium, resource and month in front: a search reads the newest month first and stops when it has enough, whatever share of all rows bears the word.
CREATE FUNCTION search_prefix(consortium_id bigint, resource text, day date) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT to_hex(hashint8extended(consortium_id, hashtextextended(resource COLLATE "C", 0))::bit(32)::integer)
           || to_hex((extract(year FROM day) * 12 + extract(month FROM day))::integer)
$$;

CREATE FUNCTION search_vector(consortium_id bigint, resource text, day date, title text, body text, initials text, tokens text[])
    RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    prefix text := search_prefix(consortium_id, resource, day);
    characters text[] := string_to_array(title || E'\n' || body || E'\n' || initials || E'\n', NULL);
BEGIN
    RETURN array_to_tsvector(ARRAY(SELECT prefix || one || next FROM unnest(characters, characters[2:]) AS c (one, next) WHERE next IS NOT NULL)
                             || ARRAY(SELECT prefix || token FROM unnest(tokens) AS token));
END $$;

-- Serves search_candidates. The pending list is kept short, for every look into the index reads all of it.
CREATE INDEX search_entry_vector ON search_entry USING gin (search_vector(consortium_id, resource, day, title, body, initials, tokens)) WITH (gin_pending_list_limit = 64);

-- region 440306 → region:44, region:4403, region:440306, so that a filter by any level is one key.
CREATE FUNCTION search_tokens(dimension text, codes text[]) RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    levels integer[] := CASE dimension WHEN 'region' THEN '{2,4,6}' WHEN 'occupation' THEN '{1,4,7,10}' WHEN 'industry' THEN '{1,2,3,4}' ELSE '{1,2}' END;
    zeros text := CASE dimension WHEN 'region' THEN '(00)+$' WHEN 'education' THEN '0$' ELSE '$' END;
BEGIN
    RETURN ARRAY(SELECT DISTINCT dimension || ':' || left(code, level)
                 FROM (SELECT regexp_replace(c, zeros, '') FROM unnest(codes) AS c) AS stripped (code), unnest(levels) AS level
                 WHERE level <= char_length(code));
END $$;

-- 工资档, by the most that is paid: below 3,000 (0), 5,000, 8,000, 12,000, 20,000 yuan a month, and above (5).
CREATE FUNCTION wage_band(wage integer) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT width_bucket(wage, ARRAY[3000, 5000, 8000, 12000, 20000]) $$;

-- seen: whom the row is for. It keeps rows out of a search that would only be refused later, and decides nothing.
CREATE FUNCTION search_of(d demand) RETURNS search_entry LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN ROW(d.consortium_id, 'demand', d.id, d.opened_on, search_text(d.title), search_text(d.description), '',
        search_tokens('region', ARRAY[d.region_code]) || search_tokens('occupation', ARRAY[d.occupation_code]) || search_tokens('industry', ARRAY[d.industry_code])
        || search_tokens('education', ARRAY[d.education_code]) || ARRAY['kind:' || d.kind, 'state:' || d.state, 'wage:' || coalesce(wage_band(d.wage_max)::text, '')]
        || CASE WHEN d.state = 'DRAFT' THEN ARRAY['seen:' || d.organization_id, 'seen:' || coalesce(d.posted_by_id, d.organization_id)] ELSE ARRAY['seen:all'] END)::search_entry;
END $$;

CREATE FUNCTION search_of(p program) RETURNS search_entry LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN ROW(p.consortium_id, 'program', p.id, (p.created_at AT TIME ZONE 'Asia/Shanghai')::date, search_text(p.name),
        coalesce((SELECT search_text(r.name) FROM reference_code r WHERE r.kind = 'MAJOR' AND r.code = p.major_code LIMIT 1), ''), '',
        search_tokens('education', ARRAY[p.education_code]) || ARRAY['state:' || p.state, 'seen:all'])::search_entry;
END $$;

CREATE FUNCTION search_of(o organization) RETURNS search_entry LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN ROW(o.consortium_id, 'organization', o.id, (o.created_at AT TIME ZONE 'Asia/Shanghai')::date, search_text(o.name), '', coalesce(pinyin_initials(o.name), ''),
        search_tokens('region', ARRAY[o.region_code]) || search_tokens('industry', ARRAY[o.industry_code]) || ARRAY['kind:' || o.kind, 'state:' || o.state, 'seen:all'])::search_entry;
END $$;

-- The programme's name is the school's own text, and the owner may read it whoever writes.
CREATE POLICY program_search ON program FOR SELECT TO matching_owner USING (true);
CREATE FUNCTION search_of(g graduate) RETURNS search_entry LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN ROW(g.consortium_id, 'graduate', g.id, g.graduates_on, search_text(g.reference),
        (SELECT coalesce(string_agg(search_text(name), E'\n'), '')
         FROM (SELECT p.name FROM program p WHERE p.consortium_id = g.consortium_id AND p.id = g.program_id
               UNION ALL SELECT r.name FROM reference_code r WHERE r.kind = 'OCCUPATION' AND r.code = ANY(g.wished_occupations)) AS names), '',
        search_tokens('region', g.wished_regions) || search_tokens('occupation', g.wished_occupations) || ARRAY['wage:' || coalesce(wage_band(g.wage_wish)::text, '')]
        || ARRAY['seen:' || g.school_id])::search_entry;
END $$;

-- A region is also known by what stands above it: 深圳龙华. The 市辖区 of a 直辖市 is no name.
CREATE FUNCTION search_of(r reference_code) RETURNS search_entry LANGUAGE plpgsql STABLE AS $$
DECLARE
    city text;
    province text;
BEGIN
    IF r.kind = 'REGION' AND r.parent IS NOT NULL THEN
        SELECT p.name INTO province FROM reference_code p WHERE p.kind = 'REGION' AND p.code = left(r.code, 2) || '0000' AND p.level = 1;
        SELECT p.name INTO city FROM reference_code p WHERE p.kind = 'REGION' AND p.code = r.parent AND p.level = 2 AND p.code <> r.code AND NOT 'VIRTUAL' = ANY(p.flags);
    END IF;
    RETURN ROW(0, lower(r.kind), replace(r.code, '-', '')::bigint, coalesce(r.valid_from, '2000-01-01'), search_text(r.name),
        search_text(concat_ws(E'\n', province || coalesce(city, '') || r.name, nullif(array_to_string(r.titles, E'\n'), ''))),
        concat_ws(E'\n', pinyin_initials(r.name), pinyin_initials(coalesce(city, province) || r.name)),
        search_tokens(lower(r.kind), ARRAY[r.code]) || ARRAY['seen:all'])::search_entry;
END $$;

CREATE FUNCTION save_search_entry(e search_entry) RETURNS void LANGUAGE sql AS $$
    INSERT INTO search_entry SELECT (e).*
    ON CONFLICT ON CONSTRAINT search_entry_pk DO UPDATE
    SET day = excluded.day, title = excluded.title, body = excluded.body, initials = excluded.initials, tokens = excluded.tokens
    WHERE (search_entry.day, search_entry.title, search_entry.body, search_entry.initials, search_entry.tokens)
          IS DISTINCT FROM (excluded.day, excluded.title, excluded.body, excluded.initials, excluded.tokens)
$$;

-- One trigger function a table, for each names its row's type. A row that stays as it was found is not written again.
CREATE FUNCTION demand_searchable() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM search_entry e WHERE (e.consortium_id, e.resource, e.id) = (OLD.consortium_id, 'demand', OLD.id);
    ELSE
        PERFORM save_search_entry(search_of(NEW));
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION demand_searchable() FROM PUBLIC;
CREATE TRIGGER demand_search AFTER INSERT OR UPDATE OR DELETE ON demand FOR EACH ROW EXECUTE FUNCTION demand_searchable();

CREATE FUNCTION program_searchable() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM search_entry e WHERE (e.consortium_id, e.resource, e.id) = (OLD.consortium_id, 'program', OLD.id);
    ELSE
        PERFORM save_search_entry(search_of(NEW));
        -- Its graduates are found by its name. Who may rename it may read them.
        IF TG_OP = 'UPDATE' AND NEW.name <> OLD.name THEN
            PERFORM save_search_entry(search_of(g)) FROM graduate g WHERE g.consortium_id = NEW.consortium_id AND g.program_id = NEW.id;
        END IF;
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION program_searchable() FROM PUBLIC;
CREATE TRIGGER program_search AFTER INSERT OR UPDATE OR DELETE ON program FOR EACH ROW EXECUTE FUNCTION program_searchable();

CREATE FUNCTION organization_searchable() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM search_entry e WHERE (e.consortium_id, e.resource, e.id) = (OLD.consortium_id, 'organization', OLD.id);
    ELSE
        PERFORM save_search_entry(search_of(NEW));
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION organization_searchable() FROM PUBLIC;
CREATE TRIGGER organization_search AFTER INSERT OR UPDATE OR DELETE ON organization FOR EACH ROW EXECUTE FUNCTION organization_searchable();

CREATE FUNCTION graduate_searchable() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM search_entry e WHERE (e.consortium_id, e.resource, e.id) = (OLD.consortium_id, 'graduate', OLD.id);
    ELSE
        PERFORM save_search_entry(search_of(NEW));
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION graduate_searchable() FROM PUBLIC;
CREATE TRIGGER graduate_search AFTER INSERT OR UPDATE OR DELETE ON graduate FOR EACH ROW EXECUTE FUNCTION graduate_searchable();

CREATE FUNCTION reference_code_searchable() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM search_entry e WHERE (e.consortium_id, e.resource, e.id) = (0, lower(OLD.kind), replace(OLD.code, '-', '')::bigint);
    ELSE
        PERFORM save_search_entry(search_of(NEW));
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION reference_code_searchable() FROM PUBLIC;
CREATE TRIGGER reference_code_search AFTER INSERT OR UPDATE ON reference_code FOR EACH ROW
    WHEN (NEW.kind IN ('REGION', 'OCCUPATION') AND NEW.valid_to IS NULL) EXECUTE FUNCTION reference_code_searchable();
CREATE TRIGGER reference_code_unsearch AFTER DELETE ON reference_code FOR EACH ROW WHEN (OLD.kind IN ('REGION', 'OCCUPATION')) EXECUTE FUNCTION reference_code_searchable();

-- What is there already. The owner looks past the policies for the length of this migration.
ALTER TABLE demand NO FORCE ROW LEVEL SECURITY;
ALTER TABLE program NO FORCE ROW LEVEL SECURITY;
ALTER TABLE organization NO FORCE ROW LEVEL SECURITY;
ALTER TABLE graduate NO FORCE ROW LEVEL SECURITY;
INSERT INTO search_entry
SELECT (e).* FROM (SELECT search_of(d) FROM demand d UNION ALL SELECT search_of(p) FROM program p UNION ALL SELECT search_of(o) FROM organization o
                   UNION ALL SELECT search_of(g) FROM graduate g) AS s (e)
UNION ALL
SELECT (e).* FROM (SELECT DISTINCT ON (r.kind, r.code) search_of(r) FROM reference_code r
                   WHERE r.kind IN ('REGION', 'OCCUPATION') AND r.valid_to IS NULL ORDER BY r.kind, r.code, r.level) AS s (e);
ALTER TABLE demand FORCE ROW LEVEL SECURITY;
ALTER TABLE program FORCE ROW LEVEL SECURITY;
ALTER TABLE organization FORCE ROW LEVEL SECURITY;
ALTER TABLE graduate FORCE ROW LEVEL SECURITY;
