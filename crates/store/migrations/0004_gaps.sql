-- Gaps: periods that passed undone and unexplained, and what is pending, are counted for a whole town at once.
ALTER TABLE cadence ADD COLUMN gap TEXT;
CREATE INDEX cadence_gap ON cadence (unit, gap) WHERE gap IS NOT NULL;
CREATE INDEX duty_pending ON duty (unit, rule, due) WHERE state IN ('open', 'lapsed');
