//! 故障 Failure: something broke, or the law said no on the way. A failure carries its whole chain for the log, never for a page.

use law::Refusal;
use std::fmt;
use std::path::PathBuf;

/// Why a transaction came to nothing.
#[derive(Clone, Debug)]
pub enum Failure {
    /// The law's no; nothing broke.
    Refused(Refusal),
    /// The database said no; `what` is its chain of reasons.
    Database {
        /// What it said.
        what: String,
    },
    /// No room left on the disk.
    Full,
    /// The database file is damaged or no database at all.
    Damaged {
        /// What it said.
        what: String,
    },
    /// The clock stands earlier than the unit's last line: nothing may be recorded until it is right.
    ClockBehind {
        /// The unit's last instant, microseconds since 1970.
        last: i64,
        /// The clock now.
        now: i64,
    },
    /// A stored row cannot be read back.
    Unreadable {
        /// Where and why.
        what: String,
    },
    /// A key is missing or wrong.
    Key {
        /// What about it.
        what: String,
    },
    /// The seed file is missing or wrong.
    Seed {
        /// The file.
        path: PathBuf,
        /// What about it.
        why: SeedFault,
    },
    /// The database is not the house that is meant.
    House(HouseFault),
    /// A bug: the code stopped where it never should. Rolled back, counted, logged.
    Panicked {
        /// What it said.
        what: String,
    },
    /// The house is shutting down or too busy to take the act.
    Busy,
}

/// What is wrong with a seed file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SeedFault {
    /// There is none.
    Missing,
    /// Others than its owner may read it: its mode.
    Open(u32),
    /// It does not hold 64 hex digits, or for a later one no instant below them.
    Malformed,
    /// It is not the one this house was made with or signs with.
    Other,
    /// It is there already and is never written over.
    Taken,
    /// It can be neither read nor written, and what the system said.
    Unreachable(String),
}

/// Why a database is not the house that is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HouseFault {
    /// It holds none yet.
    None,
    /// It holds one already.
    Already,
    /// It belongs to a record of another name.
    Other {
        /// The name in the database.
        there: String,
        /// The name in the configuration.
        here: String,
    },
    /// Another process serves it.
    Served,
}

impl Failure {
    /// Something stored cannot be read back.
    pub fn unreadable(what: impl fmt::Display) -> Self {
        Self::Unreadable { what: what.to_string() }
    }

    /// What a panic said.
    pub fn panicked(panic: &(dyn std::any::Any + Send)) -> Self {
        let said = panic.downcast_ref::<&str>().map(|s| (*s).to_owned()).or_else(|| panic.downcast_ref::<String>().cloned());
        Self::Panicked { what: said.unwrap_or_else(|| "no message".to_owned()) }
    }

    /// The stable code that goes with a reference number on the page.
    pub fn code(&self) -> String {
        match self {
            Self::Refused(refusal) => refusal.code(),
            Self::Database { .. } => "DATABASE".into(),
            Self::Full => "DISK_FULL".into(),
            Self::Damaged { .. } => "DATABASE_DAMAGED".into(),
            Self::ClockBehind { .. } => "CLOCK_BEHIND".into(),
            Self::Unreadable { .. } => "RECORD_UNREADABLE".into(),
            Self::Key { .. } => "KEY".into(),
            Self::Seed { why, .. } => match why {
                SeedFault::Missing => "SEED_MISSING",
                SeedFault::Open(_) => "SEED_OPEN",
                SeedFault::Malformed => "SEED_MALFORMED",
                SeedFault::Other => "SEED_OTHER",
                SeedFault::Taken => "SEED_TAKEN",
                SeedFault::Unreachable(_) => "SEED_UNREACHABLE",
            }
            .into(),
            Self::House(why) => match why {
                HouseFault::None => "NO_HOUSE",
                HouseFault::Already => "HOUSE_ALREADY",
                HouseFault::Other { .. } => "HOUSE_OTHER",
                HouseFault::Served => "HOUSE_SERVED",
            }
            .into(),
            Self::Panicked { .. } => "BUG".into(),
            Self::Busy => "BUSY".into(),
        }
    }
}

/// A database that fails while a tree is computed stays a failing database; a tree that does not fit its hashes is unreadable.
impl From<record::TreeError<Failure>> for Failure {
    fn from(error: record::TreeError<Self>) -> Self {
        match error {
            record::TreeError::Source(failure) => failure,
            other => Self::unreadable(other),
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => write!(f, "refused: {}", refusal.code()),
            Self::Database { what } => write!(f, "database: {what}"),
            Self::Full => write!(f, "the disk is full"),
            Self::Damaged { what } => write!(f, "the database is damaged: {what}"),
            Self::ClockBehind { last, now } => write!(f, "the clock ({now}) is behind the record ({last})"),
            Self::Unreadable { what } => write!(f, "unreadable: {what}"),
            Self::Key { what } => write!(f, "key: {what}"),
            Self::Seed { path, why } => write!(f, "seed file {}: {why:?}", path.display()),
            Self::House(why) => write!(f, "house: {why:?}"),
            Self::Panicked { what } => write!(f, "a bug: {what}"),
            Self::Busy => write!(f, "busy"),
        }
    }
}

impl std::error::Error for Failure {}
