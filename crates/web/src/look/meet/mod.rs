//! 两联席的页面 Pages of the joint meetings: calendar, quick weekly entry, call, room, vote, roll, minutes; 东组通〔2015〕33号 二（二）.

pub mod bar;
pub mod calendar;
pub mod call;
pub mod minutes;
pub mod roll;
pub mod room;
pub mod screen;
pub mod seats;
pub mod vote;
pub mod weekly;

pub use bar::{Bar, Bench, Need, Of, Verdict};
