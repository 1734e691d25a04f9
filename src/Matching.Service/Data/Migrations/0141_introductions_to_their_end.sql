-- An introduction comes from a match, or from a reason somebody gives; it stays in a state since an instant; and when it comes to nothing there is a reason.
ALTER TABLE introduction
    ADD from_match boolean NOT NULL DEFAULT false,
    ADD reason text NOT NULL DEFAULT '',
    ADD state_since timestamptz NOT NULL DEFAULT now(),
    ADD decline_reason text,
    ADD CONSTRAINT introduction_decline_reason_known CHECK (decline_reason IN ('NOT_SUITABLE', 'WITHDREW', 'OTHER_OFFER', 'DEMAND_CLOSED', 'OTHER')),
    ADD CONSTRAINT introduction_decline_reason_of_declined CHECK (state = 'DECLINED' OR decline_reason IS NULL);
-- Serves the reminders and the closing of a demand.
CREATE INDEX introduction_open ON introduction (consortium_id, demand_id, state_since) WHERE state NOT IN ('PLACED', 'DECLINED');

CREATE FUNCTION introduction_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> OLD.state THEN
        NEW.state_since := now();
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER introduction_moves BEFORE UPDATE ON introduction FOR EACH ROW EXECUTE FUNCTION introduction_moves();

-- Whether the graduate still agrees to be shown, whoever asks: a school asks for its own, a company sees none who does not agree, a trigger asks for all.
CREATE FUNCTION graduate_consents(wanted_consortium bigint, wanted_id bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM graduate g WHERE g.consortium_id = wanted_consortium AND g.id = wanted_id AND g.consent);
END $$;

-- A company loses sight of an introduction when the graduate withdraws his consent, unless he works there already.
CREATE POLICY introduction_consented ON introduction AS RESTRICTIVE FOR SELECT TO matching_app USING (
    (SELECT is_staff()) OR school_id = (SELECT current_organization()) OR state = 'PLACED' OR graduate_consents(consortium_id, graduate_id));

-- 备注 stay with the side that wrote them; the other reads the step without it.
CREATE TABLE introduction_note (
    consortium_id   bigint NOT NULL,
    event_id        bigint NOT NULL,
    organization_id bigint,
    note            text   NOT NULL,
    CONSTRAINT introduction_note_pk PRIMARY KEY (consortium_id, event_id),
    CONSTRAINT introduction_note_event_fk FOREIGN KEY (consortium_id, event_id) REFERENCES introduction_event (consortium_id, id) ON DELETE CASCADE,
    CONSTRAINT introduction_note_organization_fk FOREIGN KEY (consortium_id, organization_id) REFERENCES organization (consortium_id, id),
    CONSTRAINT introduction_note_length CHECK (char_length(note) BETWEEN 1 AND 500)
);
CALL protect_tenant_table('introduction_note');
CREATE POLICY introduction_note_own ON introduction_note AS RESTRICTIVE
    USING ((SELECT is_staff()) OR organization_id = (SELECT current_organization()))
    WITH CHECK ((SELECT is_staff()) OR organization_id = (SELECT current_organization()));
REVOKE UPDATE, DELETE ON introduction_note FROM matching_app;

-- 提醒: days an introduction may stay in a state before somebody is reminded; without a row the defaults.
CREATE TABLE introduction_patience (
    consortium_id bigint      NOT NULL,
    suggested     integer     NOT NULL DEFAULT 7,
    contacted     integer     NOT NULL DEFAULT 7,
    applied       integer     NOT NULL DEFAULT 7,
    interviewed   integer     NOT NULL DEFAULT 14,
    offered       integer     NOT NULL DEFAULT 30,
    CONSTRAINT introduction_patience_pk PRIMARY KEY (consortium_id),
    CONSTRAINT introduction_patience_consortium_fk FOREIGN KEY (consortium_id) REFERENCES consortium (id),
    CONSTRAINT introduction_patience_range CHECK (least(suggested, contacted, applied, interviewed, offered) >= 1
        AND greatest(suggested, contacted, applied, interviewed, offered) <= 365)
);
CALL protect_tenant_table('introduction_patience');
CALL track_changes('introduction_patience', 'created_at');
CREATE POLICY introduction_patience_insert ON introduction_patience AS RESTRICTIVE FOR INSERT WITH CHECK ((SELECT is_staff()));
CREATE POLICY introduction_patience_update ON introduction_patience AS RESTRICTIVE FOR UPDATE USING ((SELECT is_staff()));
CREATE POLICY introduction_patience_delete ON introduction_patience AS RESTRICTIVE FOR DELETE USING ((SELECT is_staff()));

-- The organization rules bind the application. The owner's own function below closes what the closing party may not see (a consent withdrawn, a posting department).
ALTER POLICY introduction_sides ON introduction TO matching_app;
ALTER POLICY introduction_event_seen ON introduction_event TO matching_app;
ALTER POLICY introduction_event_insert ON introduction_event TO matching_app;

-- A demand that is over ends its open introductions, by whatever way it came to its end: a fill, a transition, a file, its last day.
CREATE FUNCTION close_introductions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    audit text := coalesce(current_setting('app.audit', true), '');
BEGIN
    -- Only the application may add to the audit log; these steps are told by their own history.
    PERFORM set_config('app.audit', 'summary', true);
    WITH closed AS (
        UPDATE introduction SET state = 'DECLINED', decline_reason = 'DEMAND_CLOSED'
        WHERE consortium_id = NEW.consortium_id AND demand_id = NEW.id AND state NOT IN ('PLACED', 'DECLINED')
        RETURNING consortium_id, id)
    INSERT INTO introduction_event (consortium_id, introduction_id, state, by_role) SELECT consortium_id, id, 'DECLINED', current_app_role() FROM closed;
    PERFORM set_config('app.audit', audit, true);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION close_introductions() FROM PUBLIC;
CREATE TRIGGER demand_closes_introductions AFTER UPDATE ON demand FOR EACH ROW
    WHEN (NEW.state IN ('FILLED', 'WITHDRAWN', 'EXPIRED') AND OLD.state NOT IN ('FILLED', 'WITHDRAWN', 'EXPIRED')) EXECUTE FUNCTION close_introductions();

-- The company names whom it took: all of them become placed, or none. Seats are counted by fill_demand, called next.
CREATE FUNCTION take_introductions(wanted_demand bigint, taken bigint[]) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    moved bigint[];
BEGIN
    WITH placed AS (
        UPDATE introduction SET state = 'PLACED'
        WHERE consortium_id = current_consortium() AND demand_id = wanted_demand AND id = ANY (taken) AND state NOT IN ('PLACED', 'DECLINED')
          AND graduate_consents(consortium_id, graduate_id)
        RETURNING id)
    SELECT array_agg(id) INTO moved FROM placed;
    INSERT INTO introduction_event (consortium_id, introduction_id, state, by_role)
    SELECT current_consortium(), id, 'PLACED', current_app_role() FROM unnest(moved) AS m (id);
    RETURN coalesce(cardinality(moved), 0) = (SELECT count(DISTINCT id) FROM unnest(taken) AS t (id));
END $$;
