-- The calendar of China (UTC+8, no summer time).
CREATE FUNCTION today_in_china() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date $$;

-- The last day on which its owner said that the demand stands: by posting, changing, filling, moving or confirming it. Demands of before stand from today on.
ALTER TABLE demand ADD confirmed_on date NOT NULL DEFAULT today_in_china();
-- Serves reminders and the nightly expiry.
CREATE INDEX demand_by_confirmation ON demand (consortium_id, confirmed_on, id) WHERE state IN ('OPEN', 'PAUSED');

-- What a job or a link changes is no word of the owner's.
CREATE FUNCTION confirm_by_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_app_role() <> 'job' THEN
        NEW.confirmed_on := greatest(OLD.confirmed_on, today_in_china());
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER demand_confirmed BEFORE UPDATE ON demand FOR EACH ROW
    WHEN (OLD.canonical_id IS NOT DISTINCT FROM NEW.canonical_id AND OLD.confirmed_on = NEW.confirmed_on) EXECUTE FUNCTION confirm_by_change();

-- Seats asked for more or less from that day on: today's headcount less the changes since is the headcount of a past day. Written by a trigger, so that no writer can forget it.
ALTER TABLE demand_event ADD headcount_delta integer NOT NULL DEFAULT 0;
CREATE FUNCTION record_headcount() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO demand_event (consortium_id, demand_id, happened_on, state, headcount_delta, note)
    VALUES (NEW.consortium_id, NEW.id, greatest(today_in_china(), NEW.opened_on), NEW.state, NEW.headcount - OLD.headcount,
            format('人数由 %s 改为 %s', OLD.headcount, NEW.headcount) || CASE WHEN NEW.state = 'FILLED' AND OLD.state <> 'FILLED' THEN '，即已录用人数' ELSE '' END);
    RETURN NULL;
END $$;
CREATE TRIGGER demand_headcount AFTER UPDATE OF headcount ON demand FOR EACH ROW
    WHEN (OLD.headcount <> NEW.headcount AND OLD.state <> 'DRAFT') EXECUTE FUNCTION record_headcount();

-- Takes back seats that were reported filled by mistake: a negative entry, the mistaken one stays. False when so many were not filled by that day, or the demand is not
-- the caller's. A demand closed by its last seat is open again; one withdrawn or expired stays so.
CREATE FUNCTION unfill_demand(wanted_id bigint, seats integer, on_day date, why text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    new_state text;
BEGIN
    -- The row's lock first: of two corrections the second counts what the first left.
    UPDATE demand
    SET filled = filled - seats,
        state = CASE WHEN state = 'FILLED' THEN 'OPEN' ELSE state END,
        closed_on = CASE WHEN state = 'FILLED' THEN NULL ELSE closed_on END
    WHERE consortium_id = current_consortium() AND id = wanted_id AND state <> 'DRAFT' AND filled >= seats AND opened_on <= on_day
      AND seats <= (SELECT coalesce(sum(e.filled_delta), 0) FROM demand_event e
                    WHERE (e.consortium_id, e.demand_id) = (demand.consortium_id, demand.id) AND e.happened_on <= on_day)
    RETURNING state INTO new_state;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO demand_event (consortium_id, demand_id, happened_on, state, filled_delta, note)
    VALUES (current_consortium(), wanted_id, on_day, new_state, -seats, why);
    RETURN true;
END $$;
