-- The house. Types: TEXT, BIGINT, BYTES (BLOB on SQLite, BYTEA on PostgreSQL). `unit` leads every key.
-- Days are TEXT (2026-09-30), instants BIGINT (microseconds since 1970 UTC).

-- Reference tables, the same on every node.
CREATE TABLE house (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE calendar_notice (version TEXT NOT NULL PRIMARY KEY, csv TEXT NOT NULL, imported BIGINT NOT NULL);

-- The record: one Merkle log per unit. `head` is its right edge; `node` keeps one hash per full tile.
CREATE TABLE head (unit BIGINT NOT NULL PRIMARY KEY, epoch BIGINT NOT NULL, size BIGINT NOT NULL, frontier BYTES NOT NULL,
                   last_at BIGINT NOT NULL, halted BIGINT NOT NULL);
CREATE TABLE entry (unit BIGINT NOT NULL, seq BIGINT NOT NULL, kind TEXT NOT NULL, matter BIGINT NOT NULL, step BIGINT NOT NULL,
                    at BIGINT NOT NULL, audience TEXT NOT NULL, line BYTES NOT NULL, body BYTES NOT NULL,
                    PRIMARY KEY (unit, seq), UNIQUE (unit, matter, step));
CREATE TABLE node (unit BIGINT NOT NULL, level BIGINT NOT NULL, at BIGINT NOT NULL, hash BYTES NOT NULL, PRIMARY KEY (unit, level, at));
CREATE TABLE checkpoint (unit BIGINT NOT NULL, epoch BIGINT NOT NULL, size BIGINT NOT NULL, note TEXT NOT NULL, at BIGINT NOT NULL,
                         PRIMARY KEY (unit, epoch, size));

-- What evolve makes of facts: one table per kind of matter, each `unit, id, seq, step, state` and what lists ask for.
CREATE TABLE shape (kind TEXT NOT NULL PRIMARY KEY, shape BIGINT NOT NULL);
CREATE TABLE duty (unit BIGINT NOT NULL, matter BIGINT NOT NULL, n BIGINT NOT NULL, kind TEXT NOT NULL, rule TEXT NOT NULL, body BIGINT,
                   post TEXT NOT NULL, opened TEXT NOT NULL, due TEXT NOT NULL, provisional BIGINT NOT NULL, state TEXT NOT NULL,
                   settled TEXT, PRIMARY KEY (unit, matter, n));
CREATE INDEX duty_due ON duty (unit, state, due);
CREATE TABLE mechanism (unit BIGINT NOT NULL, id BIGINT NOT NULL, seq BIGINT NOT NULL, step BIGINT NOT NULL, state TEXT NOT NULL,
                        start_day TEXT, PRIMARY KEY (unit, id));
CREATE TABLE body (unit BIGINT NOT NULL, id BIGINT NOT NULL, seq BIGINT NOT NULL, step BIGINT NOT NULL, state TEXT NOT NULL,
                   body_kind TEXT NOT NULL, PRIMARY KEY (unit, id));
CREATE TABLE person (unit BIGINT NOT NULL, id BIGINT NOT NULL, seq BIGINT NOT NULL, step BIGINT NOT NULL, state TEXT NOT NULL,
                     village_group TEXT, PRIMARY KEY (unit, id));
CREATE TABLE post (unit BIGINT NOT NULL, id BIGINT NOT NULL, seq BIGINT NOT NULL, step BIGINT NOT NULL, state TEXT NOT NULL,
                   person BIGINT NOT NULL, name TEXT NOT NULL, body BIGINT NOT NULL, post_kind TEXT NOT NULL, from_day TEXT NOT NULL,
                   to_day TEXT,
                   PRIMARY KEY (unit, id));
CREATE INDEX post_person ON post (unit, person);
CREATE INDEX post_body ON post (unit, body);
CREATE TABLE roll (unit BIGINT NOT NULL, id BIGINT NOT NULL, seq BIGINT NOT NULL, step BIGINT NOT NULL, state TEXT NOT NULL,
                   village_group TEXT NOT NULL, PRIMARY KEY (unit, id));
CREATE TABLE cadence (unit BIGINT NOT NULL, id BIGINT NOT NULL, seq BIGINT NOT NULL, step BIGINT NOT NULL, state TEXT NOT NULL,
                      rule TEXT NOT NULL, first_day TEXT NOT NULL, PRIMARY KEY (unit, id));
CREATE INDEX cadence_period ON cadence (unit, rule, first_day);
CREATE TABLE suggestion (unit BIGINT NOT NULL, id BIGINT NOT NULL, seq BIGINT NOT NULL, step BIGINT NOT NULL, state TEXT NOT NULL,
                         received TEXT NOT NULL, stage TEXT NOT NULL, due TEXT NOT NULL, late TEXT NOT NULL, shown BIGINT NOT NULL,
                         body BIGINT, code BYTES, PRIMARY KEY (unit, id));
CREATE INDEX suggestion_list ON suggestion (unit, received, id);
CREATE INDEX suggestion_stage ON suggestion (unit, stage, received, id);
CREATE INDEX suggestion_code ON suggestion (unit, code) WHERE code IS NOT NULL;
CREATE TABLE notice (unit BIGINT NOT NULL, id BIGINT NOT NULL, seq BIGINT NOT NULL, step BIGINT NOT NULL, state TEXT NOT NULL,
                     since TEXT NOT NULL, until TEXT NOT NULL, archived BIGINT NOT NULL, PRIMARY KEY (unit, id));
CREATE INDEX notice_list ON notice (unit, since, id);
CREATE TABLE report (unit BIGINT NOT NULL, id BIGINT NOT NULL, seq BIGINT NOT NULL, step BIGINT NOT NULL, state TEXT NOT NULL,
                     open BIGINT NOT NULL, code BYTES, PRIMARY KEY (unit, id));

-- Off the record, listed in src/off_record.txt: what may be erased, and what carries no act.
CREATE TABLE personal (unit BIGINT NOT NULL, ref BYTES NOT NULL, matter BIGINT NOT NULL, label TEXT NOT NULL, salt BYTES NOT NULL,
                       cipher BYTES NOT NULL, mac BYTES, PRIMARY KEY (unit, matter, ref));
CREATE INDEX personal_mac ON personal (unit, label, mac, matter) WHERE mac IS NOT NULL;
CREATE TABLE erased (unit BIGINT NOT NULL, ref BYTES NOT NULL, seq BIGINT NOT NULL, PRIMARY KEY (unit, ref));
CREATE TABLE request_key (unit BIGINT NOT NULL, actor TEXT NOT NULL, key TEXT NOT NULL, digest BYTES NOT NULL, seq BIGINT NOT NULL,
                          matter BIGINT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (unit, actor, key));
CREATE TABLE draft (unit BIGINT NOT NULL, id BIGINT NOT NULL, matter BIGINT, kind TEXT NOT NULL, act BYTES NOT NULL, prepared_by BIGINT NOT NULL,
                    person BIGINT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (unit, id));
CREATE INDEX draft_matter ON draft (unit, matter);
CREATE TABLE lodged (unit BIGINT NOT NULL, id BIGINT NOT NULL, act BYTES NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (unit, id));
