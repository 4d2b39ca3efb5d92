//! 公告 Notice, its page and its form: posted, kept up, corrected, never removed; 东组通〔2015〕33号 二（四）, 广东省村务公开条例.

use askama::Template;
use jiff::civil::Date;

use super::{Chip, Choice, Frame, Keep, Lag, Mark, Qr, Refused, Tone, parts, way};
use crate::words;

/// The page of one notice `/u/{code}/m/{id}`.
#[derive(Clone, Debug, Template)]
#[template(path = "notice.html")]
pub struct Notice {
    /// Around; `title` is the notice's title.
    pub f: Frame,
    /// Matter id.
    pub id: String,
    /// 北栅公告〔2026〕14号; may be empty.
    pub number: String,
    /// What it is published under: 财务公开, with clause and standing.
    pub kind: String,
    /// The rule in a plain sentence: 每月10日前公开上月收支，贴满15天。
    pub rule: String,
    /// 村民委员会组织法第三十五条
    pub clause: String,
    /// 居委会
    pub issuer: String,
    /// The text in force, paragraph by paragraph.
    pub text: Vec<String>,
    /// A table below the text.
    pub table: Option<Table>,
    /// Posted on the web.
    pub posted: Date,
    /// Keep up until.
    pub until: Date,
    /// Days up so far, the first counted.
    pub days_up: i64,
    /// Days it must stay up.
    pub days_due: i64,
    /// It was due on this day, if a rule asked for it.
    pub due: Option<Date>,
    /// Days late against `due`, 0 when in time.
    pub late: i64,
    /// Its newest record.
    pub mark: Mark,
    /// Paper postings.
    pub papers: Vec<Paper>,
    /// What is masked and why, one line each; empty when nothing is.
    pub masked: Vec<Masked>,
    /// Corrections, newest first; both versions stay.
    pub corrections: Vec<Correction>,
    /// Entered late.
    pub lag: Option<Lag>,
    /// The page's address as a QR code.
    pub qr: Qr,
    /// What 转发 copies.
    pub forward: String,
    /// 大喇叭稿: the text to read aloud; empty hides it.
    pub aloud: String,
    /// The reader may correct it, or record a paper posting.
    pub may: bool,
    /// Hotline as dialled.
    pub phone: Option<String>,
}

/// A small table of text cells.
#[derive(Clone, Debug)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// Column heads; the first column holds row heads.
    pub heads: Vec<String>,
    /// Rows of as many cells.
    pub rows: Vec<Vec<String>>,
}

/// A paper posting.
#[derive(Clone, Debug)]
pub struct Paper {
    /// 社区门口公开栏
    pub place: String,
    /// Day put up.
    pub on: Date,
    /// By whom, with post.
    pub by: String,
    /// Its record.
    pub mark: Mark,
}

/// Something masked.
#[derive(Clone, Debug)]
pub struct Masked {
    /// 3处银行卡号
    pub what: String,
    /// 个人信息，公开时只留后四位
    pub why: String,
}

/// A correction.
#[derive(Clone, Debug)]
pub struct Correction {
    /// When.
    pub on: Date,
    /// By whom.
    pub by: String,
    /// Why.
    pub why: String,
    /// The text before.
    pub old: Vec<String>,
    /// The text after.
    pub new: Vec<String>,
    /// Its record.
    pub mark: Mark,
}

impl Notice {
    fn chip(&self) -> Chip {
        if self.days_up >= self.days_due {
            Chip::new(Tone::Done, format!("贴满{}天", self.days_due))
        } else {
            Chip::new(Tone::Doing, format!("公示第{}天，共{}天", self.days_up, self.days_due))
        }
    }

    fn timely(&self) -> Option<Chip> {
        self.due.map(|_| match self.late {
            0 => Chip::new(Tone::Done, "按时公开"),
            late => Chip::new(Tone::Soon, format!("晚{late}天公开")),
        })
    }
}

/// A new notice, or a correction. POST `/u/{code}/notices/new` (correction: `…/m/{id}/correct`): `kind`, `title`,
/// `text`, `body`, `number` (new), `why` (correction). `go` = preview shows it again with `preview`; `go` = post posts it, or
/// hands it to a head when staff prepare it; `go` = back sends back what was prepared.
#[derive(Clone, Debug, Template)]
#[template(path = "notice_form.html")]
pub struct NoticeForm {
    /// Around.
    pub f: Frame,
    /// The notice that is corrected: id and steps.
    pub corrects: Option<(String, i64)>,
    /// What it is published under.
    pub kinds: Vec<Choice>,
    /// Bodies that may post it.
    pub bodies: Vec<Choice>,
    /// Typed number of the paper.
    pub number: String,
    /// Typed title.
    pub heading: String,
    /// Typed text.
    pub text: String,
    /// Typed reason for a correction.
    pub why: String,
    /// Longest text.
    pub most: i64,
    /// What the public will see.
    pub preview: Option<Preview>,
    /// Staff prepares (经办); a head confirms later.
    pub preparing: bool,
    /// What a clerk prepared and a head looks at: its digest and who prepared it.
    pub prepared: Option<(String, String)>,
    /// What was refused.
    pub refused: Option<Refused>,
}

/// What the public will see.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The text after masking, paragraph by paragraph.
    pub text: Vec<String>,
    /// What was masked.
    pub masked: Vec<Masked>,
    /// What stops it from being published: each with what to do; empty when it may be posted.
    pub stops: Vec<String>,
    /// It will stay up until.
    pub until: Date,
    /// Days it stays up.
    pub days: i64,
}

impl NoticeForm {
    fn path(&self) -> String {
        match &self.corrects {
            Some((id, _)) => way::act(self.f.code(), id, "correct"),
            None => way::new_notice(self.f.code()),
        }
    }

    fn keep(&self) -> Keep {
        match &self.corrects {
            Some((_, step)) => self.f.keep_at("correct", step),
            None => self.f.keep("notice"),
        }
    }

    /// It was previewed and nothing stops it.
    fn ready(&self) -> bool {
        self.preview.as_ref().is_some_and(|preview| preview.stops.is_empty())
    }
}
