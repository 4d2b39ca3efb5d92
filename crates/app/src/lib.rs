//! Floor 3: everything that happens; the one door for writing and the one for reading.

pub mod audit;
pub mod backup;
pub mod bundle;
pub mod clock;
pub mod config;
pub mod door;
pub mod enact;
pub mod house;
pub mod import;
pub mod keys;
pub mod migrate;
pub mod outside;
pub mod prepare;
pub mod read;
pub mod seal;
pub mod signing;
pub mod slip;
pub mod tend;
pub mod texts;
pub mod tiles;
pub mod verify;
pub mod watch;
pub mod wire;
pub mod witness;
pub mod writer;

pub use config::Config;
pub use enact::{Asked, Done, Hall, Hand};
pub use house::House;
pub use keys::Keys;
pub use outside::{Clock, Dice, HandClock, SeededDice, SystemClock, SystemDice};
pub use store::{Failure, HouseFault, SeedFault};
