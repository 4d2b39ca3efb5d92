//! 页面的样子 Look: one plain struct per page, filled with what the reader may see; templates stand in `templates/`.
//!
//! Nothing here knows a database, a right or a clock. A handler fills the struct and calls [`askama::Template::render`].
//! Paths that pages link to and forms post to are all in [`way`]; the names of form fields stand in the docs of each struct.
//!
//! Every form sends `csrf` and `key` (one per form and rendering: the idempotency key); a form about an existing matter
//! also sends `step`, the number of steps its reader had seen (→ `STALE_PAGE`). [`Keep`] prints the three.

use askama::Template;
use jiff::civil::Date;

pub mod admin;
pub mod board;
pub mod chain;
pub mod check;
pub mod decree;
pub mod deed;
pub mod demo;
pub mod desk;
pub mod door;
pub mod feed;
pub mod find;
pub mod ledger;
pub mod lists;
pub mod meet;
pub mod notice;
pub mod paper;
pub mod parts;
pub mod people;
pub mod period;
pub mod powers;
pub mod problem;
pub mod qr;
pub mod rules;
pub mod say;
pub mod sealed;
pub mod suggestion;
pub mod tasks;
pub mod town;
pub mod way;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

pub use parts::{Chip, Choice, DayBox, DayKind, Derivation, Facts, Keep, Lag, Mark, Moved, Paging, Refused, Seal, Text, Tone};
pub use qr::Qr;

use crate::words::{self, When};

/// What every page has around its own content.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Title of the page; the document title adds the unit's name. A refused form starts it with `没发出：`.
    pub title: String,
    /// The unit the page is about; `None` on 找村子, sign-in, desk.
    pub place: Option<Place>,
    /// The civil day in Asia/Shanghai.
    pub today: Date,
    /// Who is signed in.
    pub me: Option<Me>,
    /// Form token; also printed for signed-out visitors (bound to their browser).
    pub csrf: String,
    /// A fresh random word for this rendering; the idempotency keys of its forms grow from it.
    pub key: String,
    /// 大字版.
    pub large: bool,
    /// A demo directory: the banner 演示 stands on every page and on paper.
    pub demo: bool,
    /// Path and query of this page, to come back to after switching 大字版 or signing in.
    pub path: String,
    /// What was just done, after a redirect.
    pub done: Option<Done>,
}

/// A unit: city, town, village or community.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// 12-digit code.
    pub code: String,
    /// 北栅社区, 虎门镇, 东莞市: as people say it.
    pub name: String,
    /// Which kind of unit.
    pub kind: PlaceKind,
    /// The town above a village: code and name.
    pub town: Option<(String, String)>,
}

/// Kinds of unit; they decide between 村 and 居 words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceKind {
    /// 村
    Village,
    /// 社区
    Community,
    /// 镇、街道
    Town,
    /// 市
    City,
}

impl Place {
    /// 村务 or 居务.
    #[must_use]
    pub fn affairs(&self) -> &'static str {
        if self.kind == PlaceKind::Village { "村务" } else { "居务" }
    }

    /// 村委会 or 居委会.
    #[must_use]
    pub fn committee(&self) -> &'static str {
        if self.kind == PlaceKind::Village { "村委会" } else { "居委会" }
    }

    /// 村民 or 居民.
    #[must_use]
    pub fn people(&self) -> &'static str {
        if self.kind == PlaceKind::Village { "村民" } else { "居民" }
    }

    /// It has a board of its own: villages and communities.
    #[must_use]
    pub fn has_board(&self) -> bool {
        matches!(self.kind, PlaceKind::Village | PlaceKind::Community)
    }

    /// Its own first page: the board, or the overview of a town or city.
    #[must_use]
    pub fn home(&self) -> String {
        if self.has_board() { way::board(&self.code) } else { way::town(&self.code) }
    }

    /// 本村 or 本社区.
    #[must_use]
    pub fn here(&self) -> &'static str {
        if self.kind == PlaceKind::Village { "本村" } else { "本社区" }
    }
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Me {
    /// Name in full for office-holders, masked for residents.
    pub name: String,
    /// 北栅社区居委会副主任; `None` for residents.
    pub post: Option<String>,
    /// Has a desk.
    pub desk: bool,
}

/// One line about what was just done.
#[derive(Clone, Debug)]
pub struct Done {
    /// 已答复。刘*珍会在手机上看到。
    pub said: String,
    /// Its record.
    pub mark: Option<Mark>,
}

impl Frame {
    /// The unit's code, or nothing.
    #[must_use]
    pub fn code(&self) -> &str {
        self.place.as_ref().map_or("", |place| place.code.as_str())
    }

    /// The unit's name, or 村务.
    #[must_use]
    pub fn unit(&self) -> &str {
        self.place.as_ref().map_or("村务", |place| place.name.as_str())
    }

    /// 村委会 or 居委会 of the page's unit; 村（居）委会 when the page has none.
    #[must_use]
    pub fn committee(&self) -> &'static str {
        self.place.as_ref().map_or("村（居）委会", Place::committee)
    }

    /// The link that switches 大字版 and comes back here.
    #[must_use]
    pub fn switch(&self) -> String {
        way::large(!self.large)
    }

    /// A day without its year when it is this year.
    #[must_use]
    pub fn day(&self, date: &Date) -> When {
        When::near(*date, self.today)
    }

    /// A day in full.
    #[must_use]
    pub fn full(&self, date: &Date) -> When {
        When::full(*date)
    }

    /// A day in full with its weekday.
    #[must_use]
    pub fn named(&self, date: &Date) -> When {
        When::named(*date)
    }

    /// From one day to another.
    #[must_use]
    pub fn span(&self, from: &Date, to: &Date) -> String {
        words::span(*from, *to, self.today)
    }

    /// A number with separators.
    #[must_use]
    pub fn count(&self, n: &i64) -> String {
        words::count(*n)
    }

    /// The hidden fields of a form named `form` (unique on the page).
    #[must_use]
    pub fn keep(&self, form: &str) -> Keep {
        Keep { csrf: self.csrf.clone(), key: format!("{}-{form}", self.key), step: None, desk: false }
    }

    /// The hidden fields of a form about a matter that has `step` steps.
    #[must_use]
    pub fn keep_at(&self, form: &str, step: &i64) -> Keep {
        Keep { step: Some(*step), ..self.keep(form) }
    }
}

/// Renders a page; a template that cannot be written is a bug.
///
/// # Errors
/// When the template itself fails, which plain structs cannot cause.
pub fn page<T: Template>(page: &T) -> Result<String, askama::Error> {
    page.render()
}
