//! 大屏幕 The wall of the hall `/u/{code}/m/{id}/screen`: large, renews itself, needs no script.

use askama::Template;
use jiff::civil::Date;

use super::{Bar, Bench};
use crate::look::{Frame, Qr, way};
use crate::words;

/// What hangs on the wall now.
#[derive(Clone, Debug, Template)]
#[template(path = "meet/screen.html")]
pub struct Screen {
    /// Around; `title` is 党群联席会议.
    pub f: Frame,
    /// The sitting's page.
    pub back: String,
    /// The day.
    pub day: Date,
    /// The time.
    pub time: String,
    /// One sentence when nothing is in hand: 还没开会 · 会开完了; may be empty.
    pub now: String,
    /// The item in hand: 第2项, its title, and what is being done.
    pub item: Option<(String, String, String)>,
    /// Who is there.
    pub benches: Vec<Bench>,
    /// Papers given, of how many; while a ballot is open that is given by telephone.
    pub given: Option<(u32, u32)>,
    /// What the newest ballot came to, once it is counted.
    pub bars: Vec<Bar>,
    /// Where to vote: shown while a ballot is open.
    pub qr: Option<Qr>,
    /// Renewed after so many seconds.
    pub every: u32,
}
