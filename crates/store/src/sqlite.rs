//! SQLite: one file, one writer, every commit on the disk before anybody is answered.

use crate::dump::{self, Table};
use crate::{Connection, Failure, Row, Tx, Value, Vault};
use rusqlite::config::DbConfig;
use rusqlite::{ErrorCode, TransactionBehavior, ffi, types};
use std::collections::HashMap;
use std::sync::Arc;

struct Sqlite {
    connection: rusqlite::Connection,
    vault: Arc<Vault>,
    rewritten: HashMap<String, String>,
}

struct SqliteTx<'a> {
    transaction: rusqlite::Transaction<'a>,
    vault: &'a Vault,
    rewritten: &'a mut HashMap<String, String>,
    statements: u64,
}

/// A group of acts writes about a thousand pages: at SQLite's own limit of 1,000 the log would be copied back at every commit.
const PRAGMAS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 8000; PRAGMA foreign_keys = ON;
                       PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000;";

/// Opens the file, making it if needed. WAL, so that readers never wait; FULL, so that what is answered is kept.
pub fn open(path: &str, vault: Arc<Vault>) -> Result<Box<dyn Connection>, Failure> {
    let connection = rusqlite::Connection::open(path).map_err(broken)?;
    connection.set_prepared_statement_cache_capacity(256);
    connection.busy_timeout(std::time::Duration::from_secs(10)).map_err(broken)?;
    // A plan is made once for a statement, not again for every value that is bound to a range.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(broken)?;
    connection.execute_batch(PRAGMAS).map_err(broken)?;
    Ok(Box::new(Sqlite { connection, vault, rewritten: HashMap::new() }))
}

/// What SQLite says when a file cannot grow: the disk, a quota or a limit of the process. Whoever keeps the house makes room in
/// each case.
const NO_ROOM: [i32; 5] =
    [ffi::SQLITE_IOERR_WRITE, ffi::SQLITE_IOERR_FSYNC, ffi::SQLITE_IOERR_TRUNCATE, ffi::SQLITE_IOERR_SHMSIZE, ffi::SQLITE_IOERR_DIR_FSYNC];

fn broken(error: rusqlite::Error) -> Failure {
    if error.sqlite_error().is_some_and(|error| NO_ROOM.contains(&error.extended_code)) {
        return Failure::Full;
    }
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => Failure::Full,
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Failure::Damaged { what: error.to_string() },
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Failure::Busy,
        _ => Failure::Database { what: error.to_string() },
    }
}

impl Sqlite {
    fn begin(&mut self, behavior: TransactionBehavior) -> Result<Box<dyn Tx + '_>, Failure> {
        let transaction = self.connection.transaction_with_behavior(behavior).map_err(broken)?;
        Ok(Box::new(SqliteTx { transaction, vault: &self.vault, rewritten: &mut self.rewritten, statements: 0 }))
    }
}

impl Connection for Sqlite {
    fn write(&mut self) -> Result<Box<dyn Tx + '_>, Failure> {
        self.begin(TransactionBehavior::Immediate)
    }

    fn read(&mut self) -> Result<Box<dyn Tx + '_>, Failure> {
        self.begin(TransactionBehavior::Deferred)
    }

    fn script(&mut self, sql: &str) -> Result<(), Failure> {
        self.connection.execute_batch(sql).map_err(broken)
    }

    fn is_open(&self) -> bool {
        true
    }

    fn bytes_type(&self) -> &'static str {
        "BLOB"
    }

    fn explain(&mut self, sql: &str) -> Result<String, Failure> {
        let sql = format!("EXPLAIN QUERY PLAN {}", numbered(sql));
        let mut statement = self.connection.prepare(&sql).map_err(broken)?;
        let nothing = vec![types::Value::Null; statement.parameter_count()];
        let lines = statement.query_map(rusqlite::params_from_iter(nothing), |row| row.get::<_, String>(3)).map_err(broken)?;
        lines.collect::<Result<Vec<_>, _>>().map(|lines| lines.join("\n")).map_err(broken)
    }
}

/// SQLite numbers `$N` by first appearance, not by N; `?N` means what is written.
fn numbered(sql: &str) -> String {
    sql.replace('$', "?")
}

impl SqliteTx<'_> {
    /// The statement, prepared once and kept.
    fn prepared(&mut self, sql: &str) -> Result<rusqlite::CachedStatement<'_>, Failure> {
        self.statements += 1;
        // A full disk or a failing one can make SQLite take the whole transaction back: what came after it would stand alone.
        if self.transaction.is_autocommit() {
            return Err(Failure::Database { what: "the transaction was taken back".into() });
        }
        if !self.rewritten.contains_key(sql) {
            crate::db::note(sql);
            self.rewritten.insert(sql.to_owned(), numbered(sql));
        }
        self.transaction.prepare_cached(&self.rewritten[sql]).map_err(broken)
    }
}

impl Tx for SqliteTx<'_> {
    /// Begun IMMEDIATE, it is the one writer already.
    fn hold(&mut self, _: law::UnitCode) -> Result<(), Failure> {
        Ok(())
    }

    fn run(&mut self, sql: &str, args: &[Value]) -> Result<u64, Failure> {
        let mut statement = self.prepared(sql)?;
        statement.execute(rusqlite::params_from_iter(args)).map(|n| n as u64).map_err(broken)
    }

    fn rows(&mut self, sql: &str, args: &[Value]) -> Result<Vec<Row>, Failure> {
        let mut statement = self.prepared(sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query(rusqlite::params_from_iter(args)).map_err(broken)?;
        let mut all = Vec::new();
        while let Some(row) = rows.next().map_err(broken)? {
            let value = |i| row.get_ref(i).map_err(broken).and_then(value);
            all.push(Row((0..columns).map(value).collect::<Result<_, _>>()?));
        }
        Ok(all)
    }

    fn vault(&self) -> &Vault {
        self.vault
    }

    fn statements(&self) -> u64 {
        self.statements
    }

    fn tables(&mut self) -> Result<Vec<Table>, Failure> {
        let sql = "SELECT m.name, c.name, c.pk - 1 FROM sqlite_master m JOIN pragma_table_info(m.name) c
                   WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, c.cid";
        dump::described(&self.rows(sql, &[])?)
    }

    fn commit(self: Box<Self>) -> Result<(), Failure> {
        self.transaction.commit().map_err(broken)
    }
}

fn value(raw: types::ValueRef<'_>) -> Result<Value, Failure> {
    Ok(match raw {
        types::ValueRef::Null => Value::Null,
        types::ValueRef::Integer(v) => Value::Int(v),
        types::ValueRef::Text(v) => Value::Text(String::from_utf8(v.to_vec()).map_err(Failure::unreadable)?),
        types::ValueRef::Blob(v) => Value::Bytes(v.to_vec()),
        types::ValueRef::Real(_) => return Err(Failure::unreadable("a floating number, which nothing here writes")),
    })
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<types::ToSqlOutput<'_>> {
        Ok(types::ToSqlOutput::Borrowed(match self {
            Self::Int(v) => types::ValueRef::Integer(*v),
            Self::Text(v) => types::ValueRef::Text(v.as_bytes()),
            Self::Bytes(v) => types::ValueRef::Blob(v),
            Self::Null => types::ValueRef::Null,
        }))
    }
}
