//! 签名密钥 Signing keys: the seeds of a house, the lines that hand a record from one key to the next, and who signs today.
//! Personal columns and passwords stay with the first seed; a later seed only signs (DESIGN §3.12).

mod change;
mod ring;
mod seeds;

pub use change::{Overview, SeedFile, begin, overview, spread};
pub use ring::{Former, KeyLine, Ring};
pub(crate) use seeds::{Seeds, adopt, named};
