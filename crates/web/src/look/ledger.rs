//! 执行台账 Ledger `/u/{code}/ledger`: every resolution of a year and how far it is carried out; on screen, on paper, as CSV (S39).

use askama::Template;
use jiff::civil::Date;

use super::lists::Filter;
use super::{Chip, Frame, way};
use crate::words;

/// The ledger of one year.
#[derive(Clone, Debug, Template)]
#[template(path = "ledger.html")]
pub struct Ledger {
    /// Around.
    pub f: Frame,
    /// The year.
    pub year: i16,
    /// Years to choose from, as links: label and address; the present one without address.
    pub years: Vec<(String, String)>,
    /// States with their counts, each a link that shows only those.
    pub filters: Vec<Filter>,
    /// The resolutions shown.
    pub rows: Vec<Row>,
    /// Resolutions that nobody carries out yet: all of them, of all years.
    pub idle: Vec<Loose>,
    /// Work in hand of which nothing was heard for long.
    pub silent: Vec<Loose>,
    /// After how many days without news it stands there.
    pub stale: i64,
    /// Address of the CSV.
    pub csv: String,
}

/// One resolution.
#[derive(Clone, Debug)]
pub struct Row {
    /// 北栅决〔2026〕14号
    pub number: String,
    /// A few words.
    pub title: String,
    /// Its page.
    pub href: String,
    /// Decided on.
    pub decided: Date,
    /// Published on.
    pub published: Option<Date>,
    /// 按时办成 · 逾期 · 还没开始 …
    pub state: Chip,
    /// Its tasks.
    pub tasks: Vec<Work>,
    /// Days since the record last heard of it; none once it is over.
    pub silent_days: Option<i64>,
}

/// A task of it.
#[derive(Clone, Debug)]
pub struct Work {
    /// A few words.
    pub title: String,
    /// Its page.
    pub href: String,
    /// 居委会 陈志恒
    pub who: String,
    /// Last day now.
    pub due: Date,
    /// The last day as it was first set, when it was moved.
    pub moved: Option<Date>,
    /// Its state.
    pub state: Chip,
    /// ¥48,600.00 of ¥52,000.00; may be empty.
    pub money: String,
}

/// One line of the two reverse lists.
#[derive(Clone, Debug)]
pub struct Loose {
    /// What.
    pub title: String,
    /// Its page.
    pub href: String,
    /// Since when, whose business.
    pub said: String,
}

impl Ledger {
    /// 2026年共14项决议
    fn sum(&self) -> String {
        let all = self.rows.len();
        if all == 0 { format!("{}年没有这样的决议", self.year) } else { format!("{}年，下面{all}项", self.year) }
    }
}
