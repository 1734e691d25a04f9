-- 地方规则: what a consortium asks of demands and programmes beyond the law, and how strictly. What is not here keeps its default (see RegionRules).
-- What the law forbids has no row and cannot have one: it is refused everywhere.
CREATE TABLE intake_rule (
    consortium_id bigint      NOT NULL,
    id            bigint      GENERATED ALWAYS AS IDENTITY,
    rule          text        NOT NULL,
    severity      text        NOT NULL,
    threshold     integer,
    row_version   integer     NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT intake_rule_pk PRIMARY KEY (consortium_id, id),
    CONSTRAINT intake_rule_unique UNIQUE (consortium_id, rule),
    CONSTRAINT intake_rule_consortium_fk FOREIGN KEY (consortium_id) REFERENCES consortium (id),
    CONSTRAINT intake_rule_known CHECK (rule IN ('appearance_wording', 'internship_paid', 'apprentice_contract', 'program_endorsement')),
    CONSTRAINT intake_rule_severity_known CHECK (severity IN ('REFUSE', 'WARN', 'OFF')),
    CONSTRAINT intake_rule_threshold_range CHECK (threshold BETWEEN 1 AND 120)
);
CALL protect_tenant_table('intake_rule');
CALL track_changes('intake_rule', 'created_at');
CREATE TRIGGER intake_rule_touch BEFORE UPDATE ON intake_rule FOR EACH ROW EXECUTE FUNCTION touch_row();
CREATE POLICY intake_rule_insert ON intake_rule AS RESTRICTIVE FOR INSERT WITH CHECK ((SELECT is_staff()));
CREATE POLICY intake_rule_update ON intake_rule AS RESTRICTIVE FOR UPDATE USING ((SELECT is_staff()));
CREATE POLICY intake_rule_delete ON intake_rule AS RESTRICTIVE FOR DELETE USING ((SELECT is_staff()));

-- Rules a demand or programme was taken in spite of.
ALTER TABLE demand ADD contract_months integer, ADD warnings text[] NOT NULL DEFAULT '{}',
    ADD CONSTRAINT demand_contract_months_range CHECK (contract_months BETWEEN 1 AND 600);
ALTER TABLE program ADD warnings text[] NOT NULL DEFAULT '{}';
-- Serves the count of demands per warning; few have any.
CREATE INDEX demand_with_warnings ON demand (consortium_id) WHERE warnings <> '{}';
