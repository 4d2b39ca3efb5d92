//! 决议 Decree: a resolution as a numbered paper in the layout of official documents (GB/T 9704-2012), and its page;
//! 东组通〔2015〕33号 二（二）“以书面形式向全体村（居）民进行公开”.

use askama::Template;
use jiff::civil::Date;

use super::chain::{Button, Step};
use super::meet::{Bar, Verdict};
use super::{Frame, Mark, Qr, chain, way};
use crate::words;

/// What the paper says.
#[derive(Clone, Debug)]
pub struct Paper {
    /// 北栅社区党群联席会议文件: the red head.
    pub head: String,
    /// 北栅决〔2026〕14号
    pub number: String,
    /// 关于东坊巷加装路灯的决议
    pub title: String,
    /// 全体居民、集体经济组织成员：
    pub to: String,
    /// What opens it: who decided when.
    pub opening: String,
    /// What was decided, paragraph by paragraph.
    pub text: Vec<String>,
    /// Who votes how: one row for each body.
    pub votes: Vec<Bar>,
    /// 反对4票、弃权3票，都记在这里。
    pub dissent: String,
    /// Who carries it out, by when, with how much: numbered sentences.
    pub orders: Vec<String>,
    /// Who signs.
    pub signed: Vec<String>,
    /// The day of the decision.
    pub on: Date,
    /// It does not hold any more, and why; empty while it does.
    pub ended: String,
}

/// The page of a resolution.
#[derive(Clone, Debug, Template)]
#[template(path = "decree.html")]
pub struct Decree {
    /// Around.
    pub f: Frame,
    /// Matter id.
    pub id: String,
    /// The paper.
    pub paper: Paper,
    /// The motion it comes from.
    pub motion: String,
    /// 待公开 · 已公开 · 实施中 …, as the banner says it.
    pub now: String,
    /// Not published yet: the banner 先公开后实施 stands.
    pub closed: bool,
    /// What happened to it.
    pub steps: Vec<Step>,
    /// Tasks: name, who and when, link.
    pub tasks: Vec<(String, String, String)>,
    /// What this office-holder may do.
    pub acts: Vec<Button>,
    /// Its newest record.
    pub mark: Mark,
    /// The page's address.
    pub qr: Qr,
    /// What 转发 copies.
    pub forward: String,
}

/// The same on A4, with places for signature and seal.
#[derive(Clone, Debug, Template)]
#[template(path = "decree_a4.html")]
pub struct DecreeA4 {
    /// Around.
    pub f: Frame,
    /// Where the strip's link goes back.
    pub back: String,
    /// The paper.
    pub paper: Paper,
    /// Who prints it sees that it may not go on the wall yet; empty once it is published.
    pub warning: String,
    /// Posted from, and at least until; none before publication.
    pub up: Option<(Date, Date)>,
    /// Its record.
    pub mark: Option<Mark>,
    /// First 16 digits of the content digest in groups of four.
    pub digest: String,
    /// Its address.
    pub qr: Qr,
}
