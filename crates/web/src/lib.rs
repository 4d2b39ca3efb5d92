//! Floor 4: the only HTML, JSON and Chinese sentences.

pub mod admin;
pub mod api;
pub mod ask;
pub mod assets;
pub mod cache;
pub mod demo;
pub mod door;
pub mod enrol;
pub mod frame;
pub mod lead;
pub mod limiter;
pub mod look;
pub mod meet;
pub mod multipart;
pub mod open;
pub mod problem;
pub mod record;
pub mod router;
pub mod serve;
pub mod site;
pub mod staff;
pub mod steer;
pub mod town;
pub mod uploads;
pub mod visitor;
pub mod watch;
pub mod words;

pub use router::{ROUTES, app};
pub use site::Site;
