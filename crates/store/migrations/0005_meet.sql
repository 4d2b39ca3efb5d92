-- The joint meetings: rolls of voting assemblies.
CREATE TABLE electorate (unit BIGINT NOT NULL, id BIGINT NOT NULL, seq BIGINT NOT NULL, step BIGINT NOT NULL, state TEXT NOT NULL,
                         assembly TEXT NOT NULL, PRIMARY KEY (unit, id));

-- Standing slots, sittings and ballots. Votes stand in `entry`; a ballot's row holds how many there are.
CREATE TABLE slot (unit BIGINT NOT NULL, id BIGINT NOT NULL, seq BIGINT NOT NULL, step BIGINT NOT NULL, state TEXT NOT NULL,
                   sitting_kind TEXT NOT NULL, PRIMARY KEY (unit, id));
CREATE TABLE sitting (unit BIGINT NOT NULL, id BIGINT NOT NULL, seq BIGINT NOT NULL, step BIGINT NOT NULL, state TEXT NOT NULL,
                      sitting_kind TEXT NOT NULL, day TEXT NOT NULL, phase TEXT NOT NULL, PRIMARY KEY (unit, id));
CREATE INDEX sitting_day ON sitting (unit, day, id);
CREATE INDEX sitting_phase ON sitting (unit, phase, day);
CREATE TABLE ballot (unit BIGINT NOT NULL, id BIGINT NOT NULL, seq BIGINT NOT NULL, step BIGINT NOT NULL, state TEXT NOT NULL,
                     sitting BIGINT NOT NULL, motion BIGINT, open BIGINT NOT NULL, PRIMARY KEY (unit, id));
CREATE INDEX ballot_sitting ON ballot (unit, sitting);
CREATE INDEX ballot_motion ON ballot (unit, motion, open);

-- Off the record until a secret ballot is counted, then gone: papers, encrypted, and marks of who has given one. Nothing joins the two.
CREATE TABLE secret_slip (unit BIGINT NOT NULL, ballot BIGINT NOT NULL, hash BYTES NOT NULL, slip BYTES NOT NULL,
                          PRIMARY KEY (unit, ballot, hash));
CREATE TABLE secret_voter (unit BIGINT NOT NULL, ballot BIGINT NOT NULL, mark BYTES NOT NULL, PRIMARY KEY (unit, ballot, mark));
