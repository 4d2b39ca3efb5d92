//! 断点 Faults: a database that fails at a statement drawn beforehand, as databases, disks, networks and machines do.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use store::dump::Table;
use store::{Connection, Database, Failure, Row, Tx, Value, Vault};

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The database says no to the statement; PostgreSQL then says no to all that follow, until a savepoint is gone back to.
    No,
    /// The disk is full; SQLite then takes the whole transaction back by itself.
    Full,
    /// The connection is gone before the statement; another one can be made.
    Cut,
    /// The connection is gone when COMMIT was done, before anybody heard of it.
    CutUnheard,
    /// The process dies before the statement.
    Death,
    /// The process dies when COMMIT was done, before anybody heard of it.
    DeathUnheard,
}

impl Fault {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::No, Self::Full, Self::Cut, Self::CutUnheard, Self::Death, Self::DeathUnheard];

    fn unheard(self) -> bool {
        matches!(self, Self::CutUnheard | Self::DeathUnheard)
    }
}

/// A fault that struck.
#[derive(Clone, Debug)]
pub struct Struck {
    /// The number of the statement.
    pub statement: u64,
    /// How it begins.
    pub sql: String,
    /// What went wrong.
    pub fault: Fault,
}

/// A database that counts the statements of all its connections and fails once at a time, where it was told to.
#[derive(Clone)]
pub struct Faults {
    database: Arc<dyn Database>,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    statements: u64,
    drawn: Option<(u64, Fault)>,
    dead: bool,
    struck: Vec<Struck>,
}

impl Faults {
    /// A database that works.
    pub fn of(database: impl Database + 'static) -> Self {
        Self { database: Arc::new(database), state: Arc::default() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Will fail at the `after`th statement from now; what nobody hears of waits for the next COMMIT.
    pub fn draw(&self, after: u64, fault: Fault) {
        let mut state = self.state();
        state.drawn = Some((state.statements + after, fault));
    }

    /// Whether a fault is drawn that did not strike yet.
    pub fn is_drawn(&self) -> bool {
        self.state().drawn.is_some()
    }

    /// Works until the next draw.
    pub fn calm(&self) {
        self.state().drawn = None;
    }

    /// Whether the process is dead.
    pub fn is_dead(&self) -> bool {
        self.state().dead
    }

    /// The process is started again.
    pub fn revive(&self) {
        self.state().dead = false;
    }

    /// All that struck.
    pub fn struck(&self) -> Vec<Struck> {
        self.state().struck.clone()
    }

    /// Counts a statement and says what befalls it.
    fn befalls(&self, sql: &str) -> Option<Fault> {
        let mut state = self.state();
        if state.dead {
            return Some(Fault::Death);
        }
        state.statements += 1;
        let statement = state.statements;
        let (_, fault) = state.drawn.filter(|(at, fault)| *at <= statement && (sql == COMMIT || !fault.unheard()))?;
        state.drawn = None;
        state.dead = matches!(fault, Fault::Death | Fault::DeathUnheard);
        let sql = sql.split_whitespace().take(6).collect::<Vec<_>>().join(" ");
        state.struck.push(Struck { statement, sql, fault });
        Some(fault)
    }
}

const COMMIT: &str = "COMMIT";

fn broken(what: &str) -> Failure {
    Failure::Database { what: what.to_owned() }
}

impl Database for Faults {
    fn connect(&self, vault: &Arc<Vault>) -> Result<Box<dyn Connection>, Failure> {
        match self.befalls("CONNECT") {
            Some(_) => Err(broken("nobody there")),
            None => Ok(Box::new(Line { inner: self.database.connect(vault)?, faults: self.clone(), cut: false })),
        }
    }
}

/// A connection that may be cut.
struct Line {
    inner: Box<dyn Connection>,
    faults: Faults,
    cut: bool,
}

impl Line {
    fn check(&mut self, sql: &str) -> Result<(), Failure> {
        if self.cut {
            return Err(broken("this connection is gone"));
        }
        let fault = self.faults.befalls(sql);
        self.cut = fault == Some(Fault::Cut);
        fault.map_or(Ok(()), |fault| Err(broken(&format!("{fault:?}"))))
    }
}

impl Connection for Line {
    fn write(&mut self) -> Result<Box<dyn Tx + '_>, Failure> {
        self.check("BEGIN")?;
        let rolls_back = self.inner.bytes_type() == "BLOB";
        Ok(Box::new(LineTx { inner: self.inner.write()?, faults: &self.faults, cut: &mut self.cut, rolls_back }))
    }

    fn read(&mut self) -> Result<Box<dyn Tx + '_>, Failure> {
        self.check("BEGIN")?;
        let rolls_back = self.inner.bytes_type() == "BLOB";
        Ok(Box::new(LineTx { inner: self.inner.read()?, faults: &self.faults, cut: &mut self.cut, rolls_back }))
    }

    fn script(&mut self, sql: &str) -> Result<(), Failure> {
        self.check(sql)?;
        self.inner.script(sql)
    }

    fn is_open(&self) -> bool {
        !self.cut && self.inner.is_open()
    }

    fn bytes_type(&self) -> &'static str {
        self.inner.bytes_type()
    }

    fn explain(&mut self, sql: &str) -> Result<String, Failure> {
        self.inner.explain(sql)
    }
}

/// A transaction on a connection that may be cut.
struct LineTx<'a> {
    inner: Box<dyn Tx + 'a>,
    faults: &'a Faults,
    cut: &'a mut bool,
    /// Whether a full disk makes this database take the whole transaction back, as SQLite does.
    rolls_back: bool,
}

impl LineTx<'_> {
    fn check(&mut self, sql: &str) -> Result<(), Failure> {
        if *self.cut {
            return Err(broken("this connection is gone"));
        }
        match self.faults.befalls(sql) {
            None => Ok(()),
            Some(Fault::No) => Err(self.no()),
            Some(Fault::Full) if self.rolls_back => self.inner.run("ROLLBACK", &[]).and(Err(Failure::Full)),
            Some(Fault::Full) => {
                self.no();
                Err(Failure::Full)
            }
            Some(Fault::Cut) => {
                *self.cut = true;
                Err(broken("the connection is gone"))
            }
            Some(Fault::Death) => Err(broken("the process died")),
            Some(Fault::CutUnheard | Fault::DeathUnheard) => unreachable!("those wait for COMMIT"),
        }
    }

    /// What no database understands makes each say no in its own way, with all that follows from it.
    fn no(&mut self) -> Failure {
        self.inner.rows("NO", &[]).expect_err("no database understands that")
    }
}

impl Tx for LineTx<'_> {
    fn hold(&mut self, unit: law::UnitCode) -> Result<(), Failure> {
        self.check("HOLD")?;
        self.inner.hold(unit)
    }

    fn run(&mut self, sql: &str, args: &[Value]) -> Result<u64, Failure> {
        self.check(sql)?;
        self.inner.run(sql, args)
    }

    fn rows(&mut self, sql: &str, args: &[Value]) -> Result<Vec<Row>, Failure> {
        self.check(sql)?;
        self.inner.rows(sql, args)
    }

    fn vault(&self) -> &Vault {
        self.inner.vault()
    }

    fn statements(&self) -> u64 {
        self.inner.statements()
    }

    fn tables(&mut self) -> Result<Vec<Table>, Failure> {
        self.check("TABLES")?;
        self.inner.tables()
    }

    /// Dropped without a COMMIT of its own, the inner transaction is gone, as at a death.
    fn commit(self: Box<Self>) -> Result<(), Failure> {
        if *self.cut {
            return Err(broken("this connection is gone"));
        }
        let fault = self.faults.befalls(COMMIT);
        *self.cut = matches!(fault, Some(Fault::Cut | Fault::CutUnheard));
        match fault {
            None => self.inner.commit(),
            Some(fault) if fault.unheard() => self.inner.commit().and(Err(broken("nobody heard that it was done"))),
            Some(fault) => Err(broken(&format!("{fault:?} at the commit"))),
        }
    }
}
