//! 登录限额 Limits of the door, in one place. They protect the program and the people in it; they are no law, and 等保 leaves
//! them to whoever builds. Lengths of time are microseconds.

/// One second.
pub const SECOND: i64 = 1_000_000;
/// One minute.
pub const MINUTE: i64 = 60 * SECOND;
/// One hour.
pub const HOUR: i64 = 60 * MINUTE;
/// One day.
pub const DAY: i64 = 24 * HOUR;

/// Characters of a login name, at least and at most.
pub const LOGIN: (usize, usize) = (3, 32);
/// Characters of a password, at least.
pub const PASSWORD_SHORTEST: usize = 8;
/// Characters of a password, at most: hashing costs by the byte.
pub const PASSWORD_LONGEST: usize = 128;
/// Of lower case, upper case, digits and everything else a password needs so many.
pub const PASSWORD_CLASSES: usize = 3;
/// After this the door reminds of changing it.
pub const PASSWORD_AGE: i64 = 90 * DAY;
/// So many of the last passwords are not taken again.
pub const PASSWORDS_KEPT: usize = 5;
/// Password hashes computed at once; each takes 19 MiB.
pub const HASHES_AT_ONCE: usize = 4;

/// Wrong tries, of password or code, after which a login name is locked.
pub const TRIES: i64 = 5;
/// Wrong tries from one address, over all login names, after which it waits. A town hall shares one address.
pub const SOURCE_TRIES: i64 = 100;
/// How long it stays locked.
pub const LOCK: i64 = 15 * MINUTE;
/// Wrong tries are forgotten after this.
pub const TRIES_KEPT: i64 = DAY;

/// How long an enrolment link holds.
pub const LINK: i64 = HOUR;
/// Between password and code.
pub const HALF: i64 = 5 * MINUTE;
/// Paper recovery codes.
pub const PAPER_CODES: usize = 10;
/// How long a change that was asked for waits for the second administrator.
pub const CHANGE: i64 = DAY;

/// How long a telephone code holds.
pub const CODE: i64 = 5 * MINUTE;
/// Tries of one telephone code.
pub const CODE_TRIES: i64 = 5;
/// Codes to one telephone in a minute.
pub const CODES_PER_MINUTE: i64 = 1;
/// Codes to one telephone in an hour.
pub const CODES_PER_HOUR: i64 = 5;
/// Codes asked for from one address in an hour.
pub const CODES_PER_SOURCE: i64 = 30;
/// Codes in an hour, all together: what the sending service may cost at most.
pub const CODES_IN_ALL: i64 = 2_000;
/// Codes are counted over an hour and kept a little longer.
pub const CODES_KEPT: i64 = 2 * HOUR;
/// Seconds that a sending service may take.
pub const SENDING_SECONDS: u64 = 10;

/// How long the session of an official or administrator may rest.
pub const OFFICIAL_IDLE: i64 = 30 * MINUTE;
/// When it ends in any case.
pub const OFFICIAL_SESSION: i64 = 12 * HOUR;
/// How long a resident's session may rest.
pub const RESIDENT_IDLE: i64 = 7 * DAY;
/// When it ends in any case.
pub const RESIDENT_SESSION: i64 = 30 * DAY;
/// A session's last sight is written at most this often; so it may end this much before its rest is over.
pub const SEEN: i64 = 5 * MINUTE;
/// Sessions of one account; the oldest ends when one more begins.
pub const SESSIONS: i64 = 20;
/// Characters kept of what a browser says it is.
pub const DEVICE: usize = 60;
/// Characters of a browser's own random mark, at least.
pub const BROWSER: usize = 22;

/// How long events are kept: longer than any six months.
pub const EVENTS_KEPT: i64 = 190 * DAY;
/// Rows of one page.
pub const PAGE: i64 = 100;
