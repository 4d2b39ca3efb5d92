//! 对照 What the acts are held against: the very same rows, written by plain statements without house, law or record.

use crate::kit::Ground;
use postgres::types::ToSql;
use rusqlite::params_from_iter;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;
use store::dump::Table;
use store::{Row, Value, migrate};

/// The tables that a suggestion's act writes, and the column that names its matter.
const TABLES: [(&str, &str); 5] =
    [("entry", "matter"), ("suggestion", "id"), ("duty", "matter"), ("personal", "matter"), ("request_key", "matter")];

/// The rows of one act: table and values.
pub type Parcel = Vec<(&'static str, Vec<Value>)>;

/// The rows of every act since `from`, in order.
pub fn parcels(ground: &Ground, from: i64) -> Vec<Parcel> {
    let rows = ground.house().read(|tx| {
        let described = tx.tables()?;
        let mut acts: BTreeMap<i64, Parcel> = BTreeMap::new();
        let mut order = Vec::new();
        for (table, names_matter) in TABLES {
            let at = position(&described, table, names_matter);
            let sql = format!(
                "SELECT * FROM {table} WHERE unit = $1 AND {names_matter} IN (SELECT matter FROM entry WHERE unit = $1 AND seq >= $2)"
            );
            let sorted = if table == "entry" { format!("{sql} ORDER BY seq") } else { sql };
            for Row(values) in tx.rows(&sorted, &[ground.unit.into(), from.into()])? {
                let Value::Int(matter) = values[at] else { continue };
                if table == "entry" {
                    order.push(matter);
                }
                acts.entry(matter).or_default().push((table, values));
            }
        }
        Ok(order.into_iter().filter_map(|matter| acts.remove(&matter)).collect())
    });
    rows.expect("the rows of the acts")
}

fn position(described: &[Table], table: &str, column: &str) -> usize {
    let table = described.iter().find(|known| known.name == table).expect("a table of the house");
    table.columns.iter().position(|known| known == column).expect("its column")
}

/// Makes the house's tables in an empty database.
pub fn tables_in(url: &str) {
    let vault = Arc::new(app::Keys::new([0; 32]).vault());
    let mut connection = store::connect(url, &vault).expect("a database");
    migrate::run(&mut *connection).expect("tables");
}

/// `INSERT INTO table VALUES ($1, …), …` for so many rows of so many columns.
fn insert(table: &str, rows: usize, columns: usize, mark: char) -> String {
    let row = |n: usize| (1..=columns).map(|c| format!("{mark}{}", n * columns + c)).collect::<Vec<_>>().join(", ");
    let rows: Vec<String> = (0..rows).map(|n| format!("({})", row(n))).collect();
    format!("INSERT INTO {table} VALUES {}", rows.join(", "))
}

/// The rows of a group of acts by table.
fn by_table(group: &[Parcel]) -> Vec<(&'static str, Vec<&Vec<Value>>)> {
    TABLES.map(|(table, _)| (table, group.iter().flatten().filter(|(of, _)| *of == table).map(|(_, row)| row).collect())).into()
}

/// A SQLite file set up as the house sets up its own.
pub fn sqlite(path: &Path) -> rusqlite::Connection {
    tables_in(&path.display().to_string());
    let connection = rusqlite::Connection::open(path).expect("a file");
    connection.set_prepared_statement_cache_capacity(64);
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 8000; PRAGMA cache_size = -16000;",
        )
        .expect("pragmas");
    connection
}

/// One statement for each row, one commit for each group of acts.
pub fn sqlite_rows(connection: &mut rusqlite::Connection, acts: &[Parcel], group: usize) {
    for group in acts.chunks(group) {
        let tx = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).expect("a transaction");
        for (table, row) in group.iter().flatten() {
            let sql = insert(table, 1, row.len(), '?');
            tx.prepare_cached(&sql).and_then(|mut statement| statement.execute(params_from_iter(row))).expect("a row");
        }
        tx.commit().expect("a commit");
    }
}

/// One statement for each table, one commit for each group of acts.
pub fn sqlite_groups(connection: &mut rusqlite::Connection, acts: &[Parcel], group: usize) {
    for group in acts.chunks(group) {
        let tx = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).expect("a transaction");
        for (table, rows) in by_table(group) {
            let sql = insert(table, rows.len(), rows[0].len(), '?');
            let values = params_from_iter(rows.into_iter().flatten());
            tx.prepare_cached(&sql).and_then(|mut statement| statement.execute(values)).expect("rows");
        }
        tx.commit().expect("a commit");
    }
}

/// Connects to PostgreSQL.
pub fn client(url: &str) -> postgres::Client {
    postgres::Client::connect(url, postgres::NoTls).expect("the server of this run")
}

fn refs<'a>(values: impl IntoIterator<Item = &'a Value>) -> Vec<&'a (dyn ToSql + Sync)> {
    values.into_iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

/// As [`sqlite_rows`].
pub fn postgres_rows(client: &mut postgres::Client, acts: &[Parcel], group: usize) {
    let mut prepared = BTreeMap::new();
    for group in acts.chunks(group) {
        let mut tx = client.transaction().expect("a transaction");
        for (table, row) in group.iter().flatten() {
            let statement = prepared.entry(*table).or_insert_with(|| tx.prepare(&insert(table, 1, row.len(), '$')).expect("a statement"));
            tx.execute(&*statement, &refs(row)).expect("a row");
        }
        tx.commit().expect("a commit");
    }
}

/// As [`sqlite_groups`].
pub fn postgres_groups(client: &mut postgres::Client, acts: &[Parcel], group: usize) {
    let mut prepared = BTreeMap::new();
    for group in acts.chunks(group) {
        let mut tx = client.transaction().expect("a transaction");
        for (table, rows) in by_table(group) {
            let sql = insert(table, rows.len(), rows[0].len(), '$');
            let statement = prepared.entry(sql).or_insert_with_key(|sql| tx.prepare(sql).expect("a statement"));
            tx.execute(&*statement, &refs(rows.into_iter().flatten())).expect("rows");
        }
        tx.commit().expect("a commit");
    }
}

/// Makes the stored functions `act` and `act_dense`: all rows of one act in one call. The dense one also takes the unit's next
/// number under a lock, as a record without gaps must.
pub fn stored_functions(client: &mut postgres::Client, like: &Parcel) {
    for (name, first) in [("act", ""), ("act_dense", "UPDATE head SET size = size + 1 WHERE unit = a1;")] {
        let (mut types, mut body) = (Vec::new(), String::new());
        for (table, row) in like {
            let places: Vec<String> = (types.len() + 1..=types.len() + row.len()).map(|n| format!("a{n}")).collect();
            write!(body, "INSERT INTO {table} VALUES ({}); ", places.join(", ")).expect("a string grows");
            types.extend(column_types(client, table));
        }
        let arguments: Vec<String> = types.iter().enumerate().map(|(n, ty)| format!("a{} {ty}", n + 1)).collect();
        let sql =
            format!("CREATE FUNCTION {name}({}) RETURNS void LANGUAGE plpgsql AS $$ BEGIN {first} {body} END $$", arguments.join(", "));
        client.batch_execute(&sql).expect("a function");
    }
    let Value::Int(unit) = like[0].1[0] else { return };
    client.execute("INSERT INTO head VALUES ($1, 0, 0, '', 0, 0)", &[&unit]).expect("a head");
}

fn column_types(client: &mut postgres::Client, table: &str) -> Vec<String> {
    let sql = "SELECT data_type FROM information_schema.columns WHERE table_name = $1 ORDER BY ordinal_position";
    client.query(sql, &[&table]).expect("the catalogue").iter().map(|row| row.get(0)).collect()
}

/// One call and one commit for each act, from as many clients as are given.
pub fn calls(clients: &mut [postgres::Client], function: &str, acts: &[Parcel]) {
    let share = acts.len().div_ceil(clients.len());
    std::thread::scope(|scope| {
        for (client, acts) in clients.iter_mut().zip(acts.chunks(share)) {
            scope.spawn(move || {
                let values: usize = acts[0].iter().map(|(_, row)| row.len()).sum();
                let places: Vec<String> = (1..=values).map(|n| format!("${n}")).collect();
                let statement = client.prepare(&format!("SELECT {function}({})", places.join(", "))).expect("a call");
                for act in acts {
                    client.query(&statement, &refs(act.iter().flat_map(|(_, row)| row))).expect("an act");
                }
            });
        }
    });
}
