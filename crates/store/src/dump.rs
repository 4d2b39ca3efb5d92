//! 逐表转储 Dump: every table as plain rows in the order of its key, and back: what backups are made of, for both databases alike.

use crate::{Failure, Row, Tx, Value};

/// A table as the database itself describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// All columns, in their order.
    pub columns: Vec<String>,
    /// The columns of its primary key, in the key's order.
    pub key: Vec<String>,
}

/// Groups what a driver read from its catalogue: table, column, the column's place in the primary key from 0, or below 0.
pub(crate) fn described(rows: &[Row]) -> Result<Vec<Table>, Failure> {
    let mut tables: Vec<(Table, Vec<(i64, String)>)> = Vec::new();
    for row in rows {
        let (name, column, place) = (row.text(0)?, row.text(1)?.to_owned(), row.int(2)?);
        if tables.last().is_none_or(|(table, _)| table.name != name) {
            tables.push((Table { name: name.to_owned(), columns: Vec::new(), key: Vec::new() }, Vec::new()));
        }
        let Some((table, key)) = tables.last_mut() else { continue };
        if place >= 0 {
            key.push((place, column.clone()));
        }
        table.columns.push(column);
    }
    let keyed = |(mut table, mut key): (Table, Vec<(i64, String)>)| {
        key.sort();
        table.key = key.into_iter().map(|(_, column)| column).collect();
        table
    };
    Ok(tables.into_iter().map(keyed).collect())
}

/// At most `most` rows after the one with this key, in the order of the key.
///
/// # Errors
/// [`Failure::Database`] for a table without a primary key.
pub fn rows(tx: &mut dyn Tx, table: &Table, after: Option<&[Value]>, most: i64) -> Result<Vec<Row>, Failure> {
    if table.key.is_empty() {
        return Err(Failure::Database { what: format!("the table {} has no key", table.name) });
    }
    let (columns, key) = (quoted(&table.columns), quoted(&table.key));
    let mut args = after.map_or_else(Vec::new, <[Value]>::to_vec);
    let beyond = if args.is_empty() { String::new() } else { format!("WHERE ({key}) > ({})", places(args.len())) };
    args.push(most.into());
    let sql = format!("SELECT {columns} FROM \"{}\" {beyond} ORDER BY {key} LIMIT ${}", table.name, args.len());
    tx.rows(&sql, &args)
}

/// The key of a row that [`rows`] gave.
pub fn key_of(table: &Table, row: &Row) -> Vec<Value> {
    let place = |column: &String| table.columns.iter().position(|other| other == column);
    table.key.iter().filter_map(place).map(|at| row.0[at].clone()).collect()
}

/// Writes one row back. Table and columns must be some that [`Tx::tables`] names.
pub fn put(tx: &mut dyn Tx, table: &str, columns: &[String], row: &[Value]) -> Result<(), Failure> {
    let sql = format!("INSERT INTO \"{table}\" ({}) VALUES ({})", quoted(columns), places(columns.len()));
    tx.run(&sql, row).map(|_| ())
}

/// Which migrations this database went through, in order.
pub fn migrations(tx: &mut dyn Tx) -> Result<Vec<String>, Failure> {
    tx.rows("SELECT name FROM migration ORDER BY name", &[])?.iter().map(|row| row.text(0).map(str::to_owned)).collect()
}

fn quoted(columns: &[String]) -> String {
    columns.iter().map(|column| format!("\"{column}\"")).collect::<Vec<_>>().join(", ")
}

fn places(count: usize) -> String {
    (1..=count).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ")
}
