-- Decisions and what comes of them: motions, the resolutions they become, the tasks that carry these out.
-- `suggestion`: the accepted suggestion that a motion rests on. `last_news`: the day on which the record last heard of a task.
CREATE TABLE motion (unit BIGINT NOT NULL, id BIGINT NOT NULL, seq BIGINT NOT NULL, step BIGINT NOT NULL, state TEXT NOT NULL,
                     proposed TEXT NOT NULL, phase TEXT NOT NULL, major BIGINT NOT NULL, matter_type TEXT NOT NULL, suggestion BIGINT,
                     PRIMARY KEY (unit, id));
CREATE INDEX motion_list ON motion (unit, proposed, id);
CREATE INDEX motion_phase ON motion (unit, phase, proposed, id);
CREATE INDEX motion_suggestion ON motion (unit, suggestion, proposed, id);
CREATE TABLE resolution (unit BIGINT NOT NULL, id BIGINT NOT NULL, seq BIGINT NOT NULL, step BIGINT NOT NULL, state TEXT NOT NULL,
                         year BIGINT NOT NULL, number BIGINT NOT NULL, motion BIGINT NOT NULL, standing TEXT NOT NULL, decided TEXT NOT NULL,
                         PRIMARY KEY (unit, id));
CREATE UNIQUE INDEX resolution_number ON resolution (unit, year, number);
CREATE INDEX resolution_motion ON resolution (unit, motion, year, number);
CREATE INDEX resolution_standing ON resolution (unit, standing, decided);
CREATE TABLE task (unit BIGINT NOT NULL, id BIGINT NOT NULL, seq BIGINT NOT NULL, step BIGINT NOT NULL, state TEXT NOT NULL,
                   resolution BIGINT NOT NULL, body BIGINT NOT NULL, owner BIGINT NOT NULL, phase TEXT NOT NULL, due TEXT NOT NULL,
                   last_news TEXT NOT NULL, PRIMARY KEY (unit, id));
CREATE INDEX task_resolution ON task (unit, resolution);
CREATE INDEX task_body ON task (unit, body, phase, due);
CREATE INDEX task_owner ON task (unit, owner, phase, due);
CREATE INDEX task_news ON task (unit, phase, last_news);
