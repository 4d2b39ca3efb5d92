//! Floor 2: the only SQL; SQLite and PostgreSQL speak one text.

pub mod db;
pub mod draft;
pub mod dump;
pub mod duty;
pub mod failure;
pub mod house;
pub mod kept;
pub mod key;
pub mod kinds;
pub mod lead;
pub mod meet;
pub mod migrate;
pub mod open;
pub mod personal;
mod postgres;
pub mod record;
pub mod session;
mod sqlite;
pub mod steer;
pub mod watch;

pub use db::{Connection, Row, Tx, Value, connect};
pub use failure::{Failure, HouseFault, SeedFault};
pub use kept::{Kept, Step};
pub use personal::Vault;
pub use record::{Head, Pen, Recorded};
