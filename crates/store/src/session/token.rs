//! 一次性凭据 Tokens: enrolment links, half-done sign-ins and paper recovery codes, each for one account and once.

use super::digest;
use crate::{Failure, Row, Tx};
use law::{Digest, MatterId};

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// An enrolment link.
    Link,
    /// A sign-in whose password was right.
    Half,
    /// A recovery code on paper.
    Paper,
}

impl Purpose {
    /// The stable word in the table.
    pub fn word(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Half => "half",
            Self::Paper => "paper",
        }
    }
}

/// One token. It has no `Debug`: nothing of it belongs into a log.
#[derive(Clone)]
pub struct Token {
    /// Digest of what its holder has.
    pub id: Digest,
    /// Whose it is.
    pub account: MatterId,
    /// What it renews; empty when it is no link.
    pub what: String,
    /// The hash of the password that a link's holder chose, until the first code confirms it.
    pub password: Option<String>,
    /// Until when, microseconds since 1970.
    pub until: i64,
}

impl Token {
    /// A token with nothing else to it.
    pub fn new(id: Digest, account: MatterId, what: &str, until: i64) -> Self {
        Self { id, account, what: what.to_owned(), password: None, until }
    }
}

fn token(row: &Row) -> Result<Token, Failure> {
    let password = row.maybe_text(3)?.map(str::to_owned);
    Ok(Token { id: digest(row, 0)?, account: row.id(1)?, what: row.text(2)?.to_owned(), password, until: row.int(4)? })
}

/// Keeps a token.
pub fn keep(tx: &mut dyn Tx, purpose: Purpose, token: &Token) -> Result<(), Failure> {
    tx.run(
        "INSERT INTO sign_in_token (id, account, purpose, what, password, until) VALUES ($1, $2, $3, $4, $5, $6)",
        &[
            token.id.into(),
            token.account.into(),
            purpose.word().into(),
            token.what.as_str().into(),
            token.password.as_deref().into(),
            token.until.into(),
        ],
    )?;
    Ok(())
}

/// Keeps the hash of a chosen password with its link.
pub fn choose(tx: &mut dyn Tx, id: Digest, password: &str) -> Result<(), Failure> {
    tx.run("UPDATE sign_in_token SET password = $2 WHERE id = $1", &[id.into(), password.into()]).map(drop)
}

/// The token with this id that still holds now.
pub fn get(tx: &mut dyn Tx, purpose: Purpose, id: Digest, now: i64) -> Result<Option<Token>, Failure> {
    let sql = "SELECT id, account, what, password, until FROM sign_in_token WHERE id = $1 AND purpose = $2 AND until > $3";
    tx.row(sql, &[id.into(), purpose.word().into(), now.into()])?.map(|row| token(&row)).transpose()
}

/// Uses a token up; false when there is none (any more).
pub fn spend(tx: &mut dyn Tx, purpose: Purpose, id: Digest) -> Result<bool, Failure> {
    Ok(tx.run("DELETE FROM sign_in_token WHERE id = $1 AND purpose = $2", &[id.into(), purpose.word().into()])? == 1)
}

/// How many tokens of a purpose an account has.
pub fn count(tx: &mut dyn Tx, purpose: Purpose, account: MatterId) -> Result<i64, Failure> {
    let row = tx.row("SELECT COUNT(*) FROM sign_in_token WHERE account = $1 AND purpose = $2", &[account.into(), purpose.word().into()])?;
    row.map_or(Ok(0), |row| row.int(0))
}

/// Drops all tokens of a purpose that an account has.
pub fn drop_all(tx: &mut dyn Tx, purpose: Purpose, account: MatterId) -> Result<(), Failure> {
    tx.run("DELETE FROM sign_in_token WHERE account = $1 AND purpose = $2", &[account.into(), purpose.word().into()]).map(drop)
}

/// Removes tokens that hold no longer.
pub fn forget(tx: &mut dyn Tx, now: i64) -> Result<u64, Failure> {
    tx.run("DELETE FROM sign_in_token WHERE until <= $1", &[now.into()])
}
