//! 本机设置 House: settings fixed at init, and the working-day notices that were imported.

use crate::{Failure, Tx};

/// A setting of this house, fixed at init.
pub fn setting(tx: &mut dyn Tx, name: &str) -> Result<Option<String>, Failure> {
    let row = tx.row("SELECT value FROM house WHERE name = $1", &[name.into()])?;
    row.map(|row| row.text(0).map(str::to_owned)).transpose()
}

/// Fixes a setting.
pub fn set(tx: &mut dyn Tx, name: &str, value: &str) -> Result<(), Failure> {
    tx.run(
        "INSERT INTO house (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        &[name.into(), value.into()],
    )?;
    Ok(())
}

/// Keeps a working-day notice that was imported.
pub fn keep_notice(tx: &mut dyn Tx, version: &str, csv: &str, at: i64) -> Result<(), Failure> {
    tx.run(
        "INSERT INTO calendar_notice (version, csv, imported) VALUES ($1, $2, $3) ON CONFLICT (version) DO NOTHING",
        &[version.into(), csv.into(), at.into()],
    )?;
    Ok(())
}

/// All working-day notices, in the order they came.
pub fn notices(tx: &mut dyn Tx) -> Result<Vec<(String, String)>, Failure> {
    let rows = tx.rows("SELECT version, csv FROM calendar_notice ORDER BY imported, version", &[])?;
    rows.iter().map(|row| Ok((row.text(0)?.to_owned(), row.text(1)?.to_owned()))).collect()
}
