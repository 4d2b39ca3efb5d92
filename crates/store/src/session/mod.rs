//! 会话 Sessions: rows of the sign-in door. Tokens, codes and marks come and stay as digests; GB/T 22239-2019 身份鉴别.

pub mod account;
pub mod change;
pub mod code;
pub mod event;
pub mod lock;
pub mod token;

pub use account::{Account, Kind, Role, State};

use crate::{Failure, Row, Tx, Value, Vault};
use law::personal::Salt;
use law::{Digest, MatterId};

/// One open session.
#[derive(Clone, Debug)]
pub struct Session {
    /// SHA-256 of its token.
    pub id: Digest,
    /// Whose it is.
    pub account: MatterId,
    /// The browser, as it names itself, shortened.
    pub device: String,
    /// The shortened address of the sign-in.
    pub source: String,
    /// The sign-in, microseconds since 1970.
    pub since: i64,
    /// When it was last seen, to within some minutes.
    pub seen: i64,
    /// How long it may rest.
    pub idle: i64,
    /// When it ends in any case.
    pub until: i64,
}

impl Session {
    /// Whether it has ended by now.
    pub fn is_over(&self, now: i64) -> bool {
        self.until <= now || self.seen + self.idle <= now
    }
}

const SESSION: &str = "SELECT id, account, device, source, since, seen, idle, until FROM session";

fn session(row: &Row) -> Result<Session, Failure> {
    Ok(Session {
        id: digest(row, 0)?,
        account: row.id(1)?,
        device: row.text(2)?.to_owned(),
        source: row.text(3)?.to_owned(),
        since: row.int(4)?,
        seen: row.int(5)?,
        idle: row.int(6)?,
        until: row.int(7)?,
    })
}

/// The digest in a column.
fn digest(row: &Row, i: usize) -> Result<Digest, Failure> {
    row.bytes(i)?.try_into().map(Digest).map_err(|_| Failure::unreadable("a digest of the wrong length"))
}

/// Opens a session and ends the account's oldest beyond `most`.
pub fn start(tx: &mut dyn Tx, session: &Session, most: i64) -> Result<(), Failure> {
    tx.run(
        "INSERT INTO session (id, account, device, source, since, seen, idle, until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &[
            session.id.into(),
            session.account.into(),
            session.device.as_str().into(),
            session.source.as_str().into(),
            session.since.into(),
            session.seen.into(),
            session.idle.into(),
            session.until.into(),
        ],
    )?;
    let oldest =
        "DELETE FROM session WHERE account = $1 AND id NOT IN (SELECT id FROM session WHERE account = $1 ORDER BY since DESC, id LIMIT $2)";
    tx.run(oldest, &[session.account.into(), most.into()]).map(drop)
}

/// The session with this id.
pub fn get(tx: &mut dyn Tx, id: Digest) -> Result<Option<Session>, Failure> {
    tx.row(&format!("{SESSION} WHERE id = $1"), &[id.into()])?.map(|row| session(&row)).transpose()
}

/// All sessions of an account, the latest first.
pub fn of(tx: &mut dyn Tx, account: MatterId) -> Result<Vec<Session>, Failure> {
    tx.rows(&format!("{SESSION} WHERE account = $1 ORDER BY seen DESC, id"), &[account.into()])?.iter().map(session).collect()
}

/// Notes that a session was seen.
pub fn touch(tx: &mut dyn Tx, id: Digest, now: i64) -> Result<(), Failure> {
    tx.run("UPDATE session SET seen = $2 WHERE id = $1 AND seen < $2", &[id.into(), now.into()]).map(drop)
}

/// Ends one session of an account; how many that were.
pub fn end(tx: &mut dyn Tx, account: MatterId, id: Digest) -> Result<u64, Failure> {
    tx.run("DELETE FROM session WHERE account = $1 AND id = $2", &[account.into(), id.into()])
}

/// Ends the session that a browser had before it signs in anew, whoever's it was.
pub fn replace(tx: &mut dyn Tx, id: Digest) -> Result<(), Failure> {
    tx.run("DELETE FROM session WHERE id = $1", &[id.into()]).map(drop)
}

/// Ends all sessions of an account, but for the one to keep.
pub fn end_all(tx: &mut dyn Tx, account: MatterId, keep: Option<Digest>) -> Result<u64, Failure> {
    match keep {
        None => tx.run("DELETE FROM session WHERE account = $1", &[account.into()]),
        Some(id) => tx.run("DELETE FROM session WHERE account = $1 AND id <> $2", &[account.into(), id.into()]),
    }
}

/// Removes sessions that ended.
pub fn forget(tx: &mut dyn Tx, now: i64) -> Result<u64, Failure> {
    tx.run("DELETE FROM session WHERE until <= $1 OR seen + idle <= $1", &[now.into()])
}

/// Hides a text of one row. The salt makes the context unique also when the row's text changes.
pub(crate) fn hide(vault: &Vault, label: &str, id: &[u8], salt: &Salt, text: &[u8]) -> Vec<u8> {
    let mut hidden = salt.to_vec();
    hidden.extend(vault.hide(&context(label, id, salt), text));
    hidden
}

/// Opens what [`hide`] hid for this very row.
pub(crate) fn open(vault: &Vault, label: &str, id: &[u8], hidden: &[u8]) -> Result<Vec<u8>, Failure> {
    let (salt, cipher) = hidden.split_first_chunk().ok_or_else(|| Failure::unreadable("a hidden text shorter than its salt"))?;
    vault.open(&context(label, id, salt), cipher)
}

fn context(label: &str, id: &[u8], salt: &Salt) -> Vec<u8> {
    [b"door/", label.as_bytes(), b"\0", id, b"\0", salt.as_slice()].concat()
}

/// Bytes that may be absent, as a value.
fn maybe(bytes: Option<&[u8]>) -> Value {
    bytes.map_or(Value::Null, Into::into)
}
