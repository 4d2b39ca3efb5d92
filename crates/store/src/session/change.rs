//! 双人复核 Changes to an account that one administrator asked for and another has to confirm.

use crate::{Failure, Row, Tx};
use law::MatterId;

/// What was asked for.
#[derive(Clone, Debug)]
pub struct Change {
    /// The account.
    pub account: MatterId,
    /// What is to happen.
    pub what: String,
    /// Who asked.
    pub asked_by: MatterId,
    /// When, microseconds since 1970.
    pub at: i64,
    /// Until when it may be confirmed.
    pub until: i64,
}

const CHANGE: &str = "SELECT account, what, asked_by, at, until FROM account_change";

fn change(row: &Row) -> Result<Change, Failure> {
    Ok(Change { account: row.id(0)?, what: row.text(1)?.to_owned(), asked_by: row.id(2)?, at: row.int(3)?, until: row.int(4)? })
}

/// Notes what is asked for; it takes the place of what was asked before.
pub fn ask(tx: &mut dyn Tx, change: &Change) -> Result<(), Failure> {
    tx.run(
        "INSERT INTO account_change (account, what, asked_by, at, until) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (account) DO UPDATE SET what = excluded.what, asked_by = excluded.asked_by, at = excluded.at, until = excluded.until",
        &[change.account.into(), change.what.as_str().into(), change.asked_by.into(), change.at.into(), change.until.into()],
    )?;
    Ok(())
}

/// What is asked for an account and may still be confirmed.
pub fn get(tx: &mut dyn Tx, account: MatterId, now: i64) -> Result<Option<Change>, Failure> {
    tx.row(&format!("{CHANGE} WHERE account = $1 AND until > $2"), &[account.into(), now.into()])?.map(|row| change(&row)).transpose()
}

/// All that waits, oldest first.
pub fn waiting(tx: &mut dyn Tx, now: i64, most: i64) -> Result<Vec<Change>, Failure> {
    tx.rows(&format!("{CHANGE} WHERE until > $1 ORDER BY at, account LIMIT $2"), &[now.into(), most.into()])?.iter().map(change).collect()
}

/// Takes it off the list; whether it was there.
pub fn settle(tx: &mut dyn Tx, account: MatterId) -> Result<bool, Failure> {
    Ok(tx.run("DELETE FROM account_change WHERE account = $1", &[account.into()])? == 1)
}

/// Removes what nobody confirmed in time.
pub fn forget(tx: &mut dyn Tx, now: i64) -> Result<u64, Failure> {
    tx.run("DELETE FROM account_change WHERE until <= $1", &[now.into()])
}
