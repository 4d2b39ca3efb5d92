-- The sign-in door. These tables are the listed exceptions without a leading `unit`: who signs in names a login, a telephone or a token,
-- not a unit. Tokens, codes, links and marks stand here only as digests; telephones, names and code secrets are encrypted.

-- Who may sign in. `kind`: official, resident, system, security, auditor. `state`: invited, open, closed. `mark` finds a telephone.
-- `name` and `mark` of administrators, `phone` and `mark` of residents, `person` of officials. `past`: the last password hashes, as JSON.
CREATE TABLE account (id BIGINT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, state TEXT NOT NULL, unit BIGINT, person BIGINT, login TEXT,
                      name BYTES, phone BYTES, mark BYTES, password TEXT, past TEXT NOT NULL, password_at BIGINT NOT NULL, totp BYTES,
                      last_step BIGINT NOT NULL, at BIGINT NOT NULL);
CREATE UNIQUE INDEX account_login ON account (login);
CREATE UNIQUE INDEX account_person ON account (unit, person);
CREATE UNIQUE INDEX account_phone ON account (kind, unit, mark);

-- Open sessions: `idle` is how long one may rest, `until` when it ends in any case, `source` the shortened address of the sign-in.
CREATE TABLE session (id BYTES NOT NULL PRIMARY KEY, account BIGINT NOT NULL, device TEXT NOT NULL, source TEXT NOT NULL,
                      since BIGINT NOT NULL, seen BIGINT NOT NULL, idle BIGINT NOT NULL, until BIGINT NOT NULL);
CREATE INDEX session_account ON session (account, seen);

-- Telephone codes. `browser` binds one to the browser that asked, `source` counts those of one address. Kept for the hour that limits look back.
CREATE TABLE sign_in_code (id BYTES NOT NULL PRIMARY KEY, unit BIGINT NOT NULL, phone BYTES NOT NULL, mark BYTES NOT NULL,
                           browser BYTES NOT NULL, source BYTES NOT NULL, hash BYTES NOT NULL, tries BIGINT NOT NULL, at BIGINT NOT NULL,
                           until BIGINT NOT NULL);
CREATE INDEX sign_in_code_mark ON sign_in_code (mark, at);
CREATE INDEX sign_in_code_browser ON sign_in_code (browser, at);
CREATE INDEX sign_in_code_source ON sign_in_code (source, at);
CREATE INDEX sign_in_code_at ON sign_in_code (at);

-- What works once for one account: `purpose` link (enrolment), half (the password was right), paper (recovery code). `what`: what a link
-- renews; `password`: the hash that its holder chose, until the first code confirms it.
CREATE TABLE sign_in_token (id BYTES NOT NULL PRIMARY KEY, account BIGINT NOT NULL, purpose TEXT NOT NULL, what TEXT NOT NULL,
                            password TEXT, until BIGINT NOT NULL);
CREATE INDEX sign_in_token_account ON sign_in_token (account, purpose);

-- Wrong tries, by digest of the login name (known or not) or of the address they came from.
CREATE TABLE sign_in_lock (id BYTES NOT NULL PRIMARY KEY, wrong BIGINT NOT NULL, until BIGINT NOT NULL, at BIGINT NOT NULL);
CREATE INDEX sign_in_lock_at ON sign_in_lock (at);

-- What one administrator asked for and another has to confirm. `what`: totp, everything, close.
CREATE TABLE account_change (account BIGINT NOT NULL PRIMARY KEY, what TEXT NOT NULL, asked_by BIGINT NOT NULL, at BIGINT NOT NULL,
                             until BIGINT NOT NULL);

-- What happened at the door. `account`: whom it concerns; `done_by`: the administrator, if one did it; `source`: shortened address.
CREATE TABLE security_event (id BIGINT NOT NULL PRIMARY KEY, at BIGINT NOT NULL, what TEXT NOT NULL, account BIGINT, done_by BIGINT,
                             source TEXT);
CREATE INDEX security_event_at ON security_event (at, id);
