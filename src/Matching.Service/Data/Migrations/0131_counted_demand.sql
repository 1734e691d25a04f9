-- 规则: how a region treats its demands. A consortium without a row has the defaults of own_demand_rule().
CREATE TABLE demand_rule (
    consortium_id     bigint      NOT NULL,
    stale_days        integer     NOT NULL,
    expire_days       integer,
    headcount_floor   integer     NOT NULL,
    headcount_percent integer     NOT NULL,
    headcount_unknown integer     NOT NULL,
    row_version       integer     NOT NULL DEFAULT 1,
    created_at        timestamptz NOT NULL DEFAULT now(),
    updated_at        timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT demand_rule_pk PRIMARY KEY (consortium_id),
    CONSTRAINT demand_rule_consortium_fk FOREIGN KEY (consortium_id) REFERENCES consortium (id),
    CONSTRAINT demand_rule_ranges CHECK (stale_days BETWEEN 1 AND 3650 AND headcount_floor BETWEEN 1 AND 100000
                                         AND headcount_percent BETWEEN 1 AND 1000 AND headcount_unknown BETWEEN 1 AND 100000),
    -- Nothing expires in silence: it has stood among the reminders for two weeks at least.
    CONSTRAINT demand_rule_reminded_first CHECK (expire_days BETWEEN stale_days + 14 AND 3650)
);
CALL protect_tenant_table('demand_rule');
CALL track_changes('demand_rule', 'created_at');
CREATE TRIGGER demand_rule_touch BEFORE UPDATE ON demand_rule FOR EACH ROW EXECUTE FUNCTION touch_row();
CREATE POLICY demand_rule_insert ON demand_rule AS RESTRICTIVE FOR INSERT WITH CHECK ((SELECT is_staff()));
CREATE POLICY demand_rule_update ON demand_rule AS RESTRICTIVE FOR UPDATE USING ((SELECT is_staff()));
REVOKE DELETE ON demand_rule FROM matching_app;

CREATE FUNCTION own_demand_rule() RETURNS demand_rule LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT r FROM demand_rule r WHERE r.consortium_id = current_consortium()),
                    row(current_consortium(), 30, 90, 50, 50, 300, 0, now(), now())::demand_rule)
$$;

-- 人员规模 as a band, where the number is not known; and 劳务中介: the office's word, else what name and industry tell.
ALTER TABLE organization
    ADD staff_min integer, ADD staff_max integer, ADD agency boolean, ADD agency_like boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT organization_staff_band CHECK (staff_min >= 0 AND (staff_max IS NULL OR staff_max >= staff_min)),
    ADD CONSTRAINT organization_staff_band_begins CHECK (staff_max IS NULL OR staff_min IS NOT NULL);

-- What names tell: a phrase that stands for labour agencies, or one that looks like it and does not and is therefore taken out of the name first.
CREATE TABLE agency_phrase (
    phrase text    NOT NULL CONSTRAINT agency_phrase_pk PRIMARY KEY,
    agency boolean NOT NULL
);
GRANT SELECT ON agency_phrase TO matching_app, matching_loader;
INSERT INTO agency_phrase (phrase, agency) VALUES
    ('人力资源', true), ('劳务派遣', true), ('人才服务', true), ('人才派遣', true), ('人才资源', true), ('人才市场', true), ('人才交流', true), ('人才网', true), ('人才中介', true),
    ('人才开发', true), ('人事代理', true), ('人力外包', true), ('劳务外包', true), ('岗位外包', true), ('人力派遣', true), ('人力服务', true), ('人力咨询', true), ('服务外包', true),
    ('企业外包', true), ('生产外包', true), ('业务外包', true), ('劳务服务', true), ('劳务输出', true), ('劳务合作', true), ('劳务有限', true), ('劳务中介', true), ('劳务公司', true), ('职业介绍', true),
    ('职业中介', true), ('就业服务', true), ('猎头', true), ('人力有限', true), ('人才有限', true), ('外企服务', true), ('外服集团', true), ('灵活用工', true),
    ('人力资源软件', false), ('人力资源信息', false), ('人力资源系统', false), ('人力资源和社会保障', false), ('人力资源社会保障', false), ('软件服务外包', false), ('软件外包', false),
    ('信息服务外包', false), ('信息技术服务外包', false), ('金融服务外包', false), ('建筑劳务', false), ('园林劳务', false), ('工程劳务', false), ('装饰劳务', false);

CREATE FUNCTION looks_like_agency(name text, industry text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE
    harmless text;
BEGIN
    IF industry IN ('726', '7262', '7263', '7269') THEN
        RETURN true;
    END IF;
    FOR harmless IN SELECT p.phrase FROM agency_phrase p WHERE NOT p.agency AND position(p.phrase IN name) > 0 ORDER BY char_length(p.phrase) DESC, p.phrase LOOP
        name := replace(name, harmless, '·');
    END LOOP;
    RETURN EXISTS (SELECT FROM agency_phrase p WHERE p.agency AND position(p.phrase IN name) > 0);
END $$;

CREATE FUNCTION guess_agency() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.agency_like := NEW.kind = 'COMPANY' AND looks_like_agency(NEW.name, NEW.industry_code);
    RETURN NEW;
END $$;
CREATE TRIGGER organization_agency BEFORE INSERT OR UPDATE OF name, industry_code, kind ON organization FOR EACH ROW EXECUTE FUNCTION guess_agency();
ALTER TABLE organization NO FORCE ROW LEVEL SECURITY;
ALTER TABLE organization DISABLE TRIGGER organization_touch;
ALTER TABLE organization DISABLE TRIGGER organization_audit;
UPDATE organization SET agency_like = true WHERE kind = 'COMPANY' AND looks_like_agency(name, industry_code);
ALTER TABLE organization ENABLE TRIGGER organization_audit;
ALTER TABLE organization ENABLE TRIGGER organization_touch;
ALTER TABLE organization FORCE ROW LEVEL SECURITY;

-- The most seats of one demand that figures take as meant. A company asks for half its staff at once when it doubles a shift, hardly for more; small ones start with fifty
-- (a new shop or line). Of a company of unknown size nobody can say, so only the giants are cut.
CREATE FUNCTION headcount_cap(staff integer, rule demand_rule) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN staff IS NULL THEN rule.headcount_unknown ELSE greatest(rule.headcount_floor, (staff::bigint * rule.headcount_percent / 100)::integer) END
$$;

-- What figures count of a consortium's own demands: no draft, no copy, no labour agency's, and of each no more than the cap. Every figure of demand goes by this view.
CREATE VIEW demand_counting WITH (security_invoker = true) AS
SELECT c.consortium_id, c.id, c.agency, c.cap, c.headcount > c.cap AS capped, c.state <> 'DRAFT' AND NOT c.agency AS of_interest,
       c.state <> 'DRAFT' AND NOT c.agency AND c.canonical_id IS NULL AS counts,
       CASE WHEN c.state <> 'DRAFT' AND NOT c.agency AND c.canonical_id IS NULL THEN least(c.headcount, c.cap) ELSE 0 END AS counted_headcount
FROM (SELECT d.consortium_id, d.id, d.state, d.canonical_id, d.headcount, coalesce(o.agency, o.agency_like) AS agency,
             headcount_cap(coalesce(o.staff_count, o.staff_max, o.staff_min), (SELECT own_demand_rule())) AS cap
      FROM demand d
      JOIN organization o ON (o.consortium_id, o.id) = (d.consortium_id, d.organization_id)
      WHERE d.consortium_id = (SELECT current_consortium())) c;
GRANT SELECT ON demand_counting TO matching_app;
