-- A shared demand is read by another consortium from the day it is open. The office of the reading side is staff there, not here, so it does not see the draft either.
DROP POLICY demand_draft ON demand;
CREATE POLICY demand_draft ON demand AS RESTRICTIVE FOR SELECT USING (
    ((SELECT is_staff()) AND consortium_id = (SELECT current_consortium()))
    OR organization_id = (SELECT current_organization()) OR posted_by_id = (SELECT current_organization())
    OR (state <> 'DRAFT' AND (SELECT current_app_role()) <> 'platform'));
