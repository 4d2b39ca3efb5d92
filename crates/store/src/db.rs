//! 数据库之门 Two drivers behind one narrow door: values, rows, a transaction.

use crate::dump::Table;
use crate::{Failure, Vault, postgres, sqlite};
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};

/// What a column holds. Nothing else exists in the house.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// BIGINT.
    Int(i64),
    /// TEXT.
    Text(String),
    /// BLOB or BYTEA.
    Bytes(Vec<u8>),
    /// NULL.
    Null,
}

/// One row of an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Row(pub Vec<Value>);

impl Row {
    /// The BIGINT in column `i`.
    pub fn int(&self, i: usize) -> Result<i64, Failure> {
        match &self.0[i] {
            Value::Int(v) => Ok(*v),
            other => Err(Failure::unreadable(format_args!("column {i} holds {other:?}, not a number"))),
        }
    }

    /// The TEXT in column `i`.
    pub fn text(&self, i: usize) -> Result<&str, Failure> {
        match &self.0[i] {
            Value::Text(v) => Ok(v),
            _ => Err(Failure::unreadable(format_args!("column {i} holds no text"))),
        }
    }

    /// The bytes in column `i`.
    pub fn bytes(&self, i: usize) -> Result<&[u8], Failure> {
        match &self.0[i] {
            Value::Bytes(v) => Ok(v),
            _ => Err(Failure::unreadable(format_args!("column {i} holds no bytes"))),
        }
    }

    /// Takes the TEXT out of column `i`.
    pub fn take_text(&mut self, i: usize) -> Result<String, Failure> {
        match std::mem::replace(&mut self.0[i], Value::Null) {
            Value::Text(v) => Ok(v),
            _ => Err(Failure::unreadable(format_args!("column {i} holds no text"))),
        }
    }

    /// Takes the bytes out of column `i`.
    pub fn take_bytes(&mut self, i: usize) -> Result<Vec<u8>, Failure> {
        match std::mem::replace(&mut self.0[i], Value::Null) {
            Value::Bytes(v) => Ok(v),
            _ => Err(Failure::unreadable(format_args!("column {i} holds no bytes"))),
        }
    }

    /// The TEXT in column `i`, or none.
    pub fn maybe_text(&self, i: usize) -> Result<Option<&str>, Failure> {
        match &self.0[i] {
            Value::Null => Ok(None),
            _ => self.text(i).map(Some),
        }
    }

    /// The BIGINT in column `i`, or none.
    pub fn maybe_int(&self, i: usize) -> Result<Option<i64>, Failure> {
        match &self.0[i] {
            Value::Null => Ok(None),
            _ => self.int(i).map(Some),
        }
    }

    /// The id in column `i`.
    pub fn id(&self, i: usize) -> Result<law::MatterId, Failure> {
        law::MatterId::from_i64(self.int(i)?).ok_or_else(|| Failure::unreadable(format_args!("column {i} holds no id")))
    }
}

impl From<i64> for Value {
    fn from(v: i64) -> Self {
        Self::Int(v)
    }
}
impl From<u64> for Value {
    fn from(v: u64) -> Self {
        Self::Int(i64::try_from(v).expect("counts stay below 2^63"))
    }
}
impl From<u32> for Value {
    fn from(v: u32) -> Self {
        Self::Int(v.into())
    }
}
impl From<bool> for Value {
    fn from(v: bool) -> Self {
        Self::Int(v.into())
    }
}
impl From<&str> for Value {
    fn from(v: &str) -> Self {
        Self::Text(v.into())
    }
}
impl From<String> for Value {
    fn from(v: String) -> Self {
        Self::Text(v)
    }
}
impl From<&[u8]> for Value {
    fn from(v: &[u8]) -> Self {
        Self::Bytes(v.into())
    }
}
impl From<&[u8; 32]> for Value {
    fn from(v: &[u8; 32]) -> Self {
        Self::Bytes(v.to_vec())
    }
}
impl From<law::Digest> for Value {
    fn from(v: law::Digest) -> Self {
        Self::Bytes(v.0.to_vec())
    }
}
impl From<law::MatterId> for Value {
    fn from(v: law::MatterId) -> Self {
        Self::Int(v.as_i64())
    }
}
impl From<law::UnitCode> for Value {
    fn from(v: law::UnitCode) -> Self {
        v.number().into()
    }
}
impl From<jiff::civil::Date> for Value {
    fn from(v: jiff::civil::Date) -> Self {
        Self::Text(v.to_string())
    }
}
impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(v: Option<T>) -> Self {
        v.map_or(Self::Null, Into::into)
    }
}

/// `($1, $2), ($3, $4)`: the places of so many rows of so many columns in one statement.
pub(crate) fn places(rows: usize, columns: usize) -> String {
    let row = |n: usize| (1..=columns).map(|c| format!("${}", n * columns + c)).collect::<Vec<_>>().join(", ");
    (0..rows).map(|n| format!("({})", row(n))).collect::<Vec<_>>().join(", ")
}

thread_local! {
    static TEXTS: RefCell<HashMap<(&'static str, usize), Rc<str>>> = RefCell::default();
}

/// A statement that is put together from parts, once for each table and number of rows on a thread.
pub(crate) fn text(table: &'static str, rows: usize, make: impl FnOnce() -> String) -> Rc<str> {
    TEXTS.with_borrow_mut(|texts| texts.entry((table, rows)).or_insert_with(|| make().into()).clone())
}

/// One transaction on SQLite or PostgreSQL. Synchronous on purpose; the SQL text is shared.
pub trait Tx {
    /// Makes this transaction the unit's only writer until it ends.
    fn hold(&mut self, unit: law::UnitCode) -> Result<(), Failure>;
    /// Runs a statement; the number of rows it touched.
    fn run(&mut self, sql: &str, args: &[Value]) -> Result<u64, Failure>;
    /// Asks; all rows of the answer.
    fn rows(&mut self, sql: &str, args: &[Value]) -> Result<Vec<Row>, Failure>;
    /// The keys for personal columns.
    fn vault(&self) -> &Vault;
    /// Statements sent so far in this transaction; `plans.txt` counts them.
    fn statements(&self) -> u64;
    /// Every table of the house, by name, as the database describes it.
    fn tables(&mut self) -> Result<Vec<Table>, Failure>;
    /// Makes it lasting. Dropped without this, nothing happened.
    fn commit(self: Box<Self>) -> Result<(), Failure>;

    /// The first row of the answer, if any.
    fn row(&mut self, sql: &str, args: &[Value]) -> Result<Option<Row>, Failure> {
        Ok(self.rows(sql, args)?.into_iter().next())
    }
}

/// An open database.
pub trait Connection: Send {
    /// Begins a transaction that may write.
    fn write(&mut self) -> Result<Box<dyn Tx + '_>, Failure>;
    /// Begins a transaction that only reads, on one unchanging view.
    fn read(&mut self) -> Result<Box<dyn Tx + '_>, Failure>;
    /// Runs several statements with no answer, as migrations are.
    fn script(&mut self, sql: &str) -> Result<(), Failure>;
    /// Whether it can still be used; a server may close it at any time.
    fn is_open(&self) -> bool;
    /// What the database calls bytes.
    fn bytes_type(&self) -> &'static str;
    /// The query plan, for `plans.txt`.
    fn explain(&mut self, sql: &str) -> Result<String, Failure>;
}

/// Statements seen since watching began, for `plans.txt`; nothing is kept while nobody watches.
static SEEN: Mutex<Option<BTreeSet<String>>> = Mutex::new(None);

/// Begins to note every distinct statement that any connection prepares.
pub fn watch() {
    *SEEN.lock().unwrap_or_else(PoisonError::into_inner) = Some(BTreeSet::new());
}

/// The statements noted since [`watch`].
pub fn watched() -> Vec<String> {
    SEEN.lock().unwrap_or_else(PoisonError::into_inner).iter().flatten().cloned().collect()
}

/// A connection prepared this statement for the first time.
pub(crate) fn note(sql: &str) {
    if let Some(seen) = SEEN.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
        seen.insert(sql.to_owned());
    }
}

/// A database that can be reached, as often as connections to it are needed.
pub trait Database: Send + Sync {
    /// Opens another connection.
    fn connect(&self, vault: &Arc<Vault>) -> Result<Box<dyn Connection>, Failure>;
}

/// By its address, as [`connect`] takes it.
impl Database for String {
    fn connect(&self, vault: &Arc<Vault>) -> Result<Box<dyn Connection>, Failure> {
        connect(self, vault)
    }
}

/// Opens a database: a file path, `sqlite:PATH`, or `postgresql://…`.
pub fn connect(url: &str, vault: &Arc<Vault>) -> Result<Box<dyn Connection>, Failure> {
    match url.starts_with("postgresql://") || url.starts_with("postgres://") {
        true => postgres::open(url, vault.clone()),
        false => sqlite::open(url.strip_prefix("sqlite:").unwrap_or(url), vault.clone()),
    }
}
