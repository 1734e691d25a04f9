-- Where a demand's skill comes from: the sender's list, or the text of the posting. A later text replaces its own skills only.
ALTER TABLE demand_skill
    ADD origin text NOT NULL DEFAULT 'STATED',
    ADD CONSTRAINT demand_skill_origin_known CHECK (origin IN ('STATED', 'TEXT'));

-- Skills read from texts go in where the sender did not name them; a word merged since it was read counts as what it became.
CREATE FUNCTION add_text_skills(demand_ids bigint[], skill_ids bigint[], musts boolean[], levels smallint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(vocabulary_lock());
    INSERT INTO demand_skill (consortium_id, demand_id, skill_id, must, level, origin)
    SELECT current_consortium(), f.demand_id, coalesce(s.merged_into_id, s.id), bool_or(f.must), nullif(max(f.level), 0), 'TEXT'
    FROM unnest(demand_ids, skill_ids, musts, levels) AS f (demand_id, skill_id, must, level)
    JOIN skill s ON s.id = f.skill_id
    GROUP BY 2, 3
    ON CONFLICT ON CONSTRAINT demand_skill_pk DO NOTHING;
END $$;
