//! 会议记录 Minutes on A4, as the program drafted them from what happened; 农村集体经济组织法 第33条.

use askama::Template;
use jiff::civil::Date;

use super::Bar;
use super::room::{Said, Saying};
use crate::look::{Frame, Mark, Qr, way};

/// The minutes on paper.
#[derive(Clone, Debug, Template)]
#[template(path = "meet/minutes.html")]
pub struct Minutes {
    /// Around; `title` is 党群联席会议记录.
    pub f: Frame,
    /// The sitting's page.
    pub back: String,
    /// The day.
    pub day: Date,
    /// 15:00—16:40
    pub time: String,
    /// Place.
    pub place: String,
    /// Who called it: 党工委书记 林伟棠.
    pub convener: String,
    /// 居民代表会议应到45人，实到38人, one each.
    pub present: Vec<String>,
    /// The items: head, what was said, and tallies.
    pub items: Vec<Item>,
    /// What was set right in the whole.
    pub amended: Vec<(String, Date)>,
    /// Why it was broken off; may be empty.
    pub broken_off: String,
    /// When it was confirmed.
    pub confirmed: Option<Date>,
    /// Its record.
    pub mark: Option<Mark>,
    /// First 16 digits of the content digest in groups of four; may be empty.
    pub digest: String,
    /// Its address.
    pub qr: Qr,
}

/// One item of the minutes.
#[derive(Clone, Debug)]
pub struct Item {
    /// 一、东坊巷加装路灯（审议，第2版）
    pub head: String,
    /// 审议 · 第2版
    pub stage: String,
    /// What was said.
    pub said: Vec<Said>,
    /// Tallies.
    pub bars: Vec<Bar>,
    /// How it was left: 通过 · 没有通过 · 这次没有定; may be empty.
    pub end: String,
}
