//! PostgreSQL: the same text, many writers, one per held unit.

use crate::dump::{self, Table};
use crate::{Connection, Failure, Row, Tx, Value, Vault, tls};
use postgres::types::private::BytesMut;
use postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, IsolationLevel, NoTls, Statement};
use rustls_tokio_postgres::MakeRustlsConnect;
use std::collections::HashMap;
use std::sync::Arc;

struct Postgres {
    client: Client,
    vault: Arc<Vault>,
    prepared: HashMap<String, Statement>,
}

struct PostgresTx<'a> {
    transaction: postgres::Transaction<'a>,
    vault: &'a Vault,
    prepared: &'a mut HashMap<String, Statement>,
    statements: u64,
}

/// Connects, encrypted where the server is not on this machine (see [`tls`]). A `search_path` in the address picks the schema, so
/// that several houses may share a server.
pub fn open(url: &str, vault: Arc<Vault>) -> Result<Box<dyn Connection>, Failure> {
    let way = tls::way(url)?;
    let client = match &way.trust {
        None => way.config.connect(NoTls),
        Some(trust) => way.config.connect(MakeRustlsConnect::new(trust.client()?)),
    };
    let client = client.map_err(broken)?;
    Ok(Box::new(Postgres { client, vault, prepared: HashMap::new() }))
}

fn broken(error: postgres::Error) -> Failure {
    use postgres::error::SqlState;
    let chain = std::iter::successors(Some(&error as &dyn std::error::Error), |e| e.source());
    let what = chain.map(ToString::to_string).collect::<Vec<_>>().join(": ");
    match error.code() {
        Some(code) if *code == SqlState::DISK_FULL => Failure::Full,
        Some(code) if *code == SqlState::DATA_CORRUPTED || *code == SqlState::INDEX_CORRUPTED => Failure::Damaged { what },
        Some(code) if *code == SqlState::LOCK_NOT_AVAILABLE || *code == SqlState::T_R_DEADLOCK_DETECTED => Failure::Busy,
        _ => Failure::Database { what },
    }
}

impl Connection for Postgres {
    fn write(&mut self) -> Result<Box<dyn Tx + '_>, Failure> {
        let transaction = self.client.transaction().map_err(broken)?;
        Ok(Box::new(PostgresTx { transaction, vault: &self.vault, prepared: &mut self.prepared, statements: 0 }))
    }

    fn read(&mut self) -> Result<Box<dyn Tx + '_>, Failure> {
        let begin = self.client.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true);
        let transaction = begin.start().map_err(broken)?;
        Ok(Box::new(PostgresTx { transaction, vault: &self.vault, prepared: &mut self.prepared, statements: 0 }))
    }

    fn script(&mut self, sql: &str) -> Result<(), Failure> {
        self.client.batch_execute(sql).map_err(broken)
    }

    fn is_open(&self) -> bool {
        !self.client.is_closed()
    }

    fn bytes_type(&self) -> &'static str {
        "BYTEA"
    }

    fn explain(&mut self, sql: &str) -> Result<String, Failure> {
        let mut transaction = self.client.transaction().map_err(broken)?;
        transaction.batch_execute("SET LOCAL enable_seqscan = off; SET LOCAL plan_cache_mode = force_generic_plan").map_err(broken)?;
        let statement = transaction.prepare(sql).map_err(broken)?;
        let nothing = vec!["NULL"; statement.params().len()].join(", ");
        transaction.batch_execute(&format!("PREPARE plan AS {sql}")).map_err(broken)?;
        let execute = if nothing.is_empty() {
            "EXPLAIN (COSTS OFF) EXECUTE plan".to_owned()
        } else {
            format!("EXPLAIN (COSTS OFF) EXECUTE plan({nothing})")
        };
        let lines = transaction.simple_query(&execute).map_err(broken)?;
        transaction.batch_execute("DEALLOCATE plan").map_err(broken)?;
        let text = lines.iter().filter_map(|line| match line {
            postgres::SimpleQueryMessage::Row(row) => row.get(0),
            _ => None,
        });
        Ok(text.collect::<Vec<_>>().join("\n"))
    }
}

impl PostgresTx<'_> {
    fn prepare(&mut self, sql: &str) -> Result<Statement, Failure> {
        self.statements += 1;
        if let Some(statement) = self.prepared.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.transaction.prepare(sql).map_err(broken)?;
        self.prepared.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

impl Tx for PostgresTx<'_> {
    fn hold(&mut self, unit: law::UnitCode) -> Result<(), Failure> {
        self.rows("SELECT unit FROM head WHERE unit = $1 FOR UPDATE", &[unit.into()]).map(drop)
    }

    fn run(&mut self, sql: &str, args: &[Value]) -> Result<u64, Failure> {
        // Savepoints are no statements that can be prepared once and shared.
        if args.is_empty() {
            self.statements += 1;
            return self.transaction.batch_execute(sql).map(|()| 0).map_err(broken);
        }
        let statement = self.prepare(sql)?;
        self.transaction.execute(&statement, &refs(args)).map_err(broken)
    }

    fn rows(&mut self, sql: &str, args: &[Value]) -> Result<Vec<Row>, Failure> {
        let statement = self.prepare(sql)?;
        let rows = self.transaction.query(&statement, &refs(args)).map_err(broken)?;
        let value = |row: &postgres::Row, i| row.try_get::<_, Option<Value>>(i).map(|v| v.unwrap_or(Value::Null)).map_err(broken);
        rows.iter().map(|row| (0..row.len()).map(|i| value(row, i)).collect::<Result<_, _>>().map(Row)).collect()
    }

    fn vault(&self) -> &Vault {
        self.vault
    }

    fn statements(&self) -> u64 {
        self.statements
    }

    fn tables(&mut self) -> Result<Vec<Table>, Failure> {
        let sql = "SELECT c.relname::text, a.attname::text, COALESCE(array_position(i.indkey::int2[], a.attnum), -1)::bigint
                   FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                   JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                   LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
                   WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') ORDER BY c.relname, a.attnum";
        dump::described(&self.rows(sql, &[])?)
    }

    fn commit(self: Box<Self>) -> Result<(), Failure> {
        self.transaction.commit().map_err(broken)
    }
}

fn refs(args: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    args.iter().map(|arg| arg as &(dyn ToSql + Sync)).collect()
}

type Error = Box<dyn std::error::Error + Sync + Send>;

impl ToSql for Value {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Error> {
        match self {
            Self::Int(v) => v.to_sql(ty, out),
            Self::Text(v) => v.to_sql(ty, out),
            Self::Bytes(v) => v.to_sql(ty, out),
            Self::Null => Ok(IsNull::Yes),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl<'a> FromSql<'a> for Value {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Error> {
        match *ty {
            Type::INT8 => i64::from_sql(ty, raw).map(Self::Int),
            Type::BYTEA => Vec::from_sql(ty, raw).map(Self::Bytes),
            _ => String::from_sql(ty, raw).map(Self::Text),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}
