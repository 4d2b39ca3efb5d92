//! Floor 4: the only HTML, JSON and Chinese sentences.

pub mod ask;
pub mod assets;
pub mod demo;
pub mod door;
pub mod frame;
pub mod look;
pub mod open;
pub mod problem;
pub mod record;
pub mod router;
pub mod serve;
pub mod site;
pub mod visitor;
pub mod words;

pub use router::{ROUTES, app};
pub use site::Site;
