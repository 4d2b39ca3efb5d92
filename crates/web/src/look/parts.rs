//! 部件 Parts: seal, chip, derivation, refusal and the other pieces pages are made of (STYLE.md §3).
//!
//! Those with a template print themselves as HTML when written in `{{ }}`.

use std::fmt;

use askama::Template;
use askama::filters::HtmlSafe;
use jiff::civil::Date;

use super::way;
use crate::words::{self, When};

/// What checking a record line gives; the five answers and the moment before sealing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seal {
    /// 完整
    Whole,
    /// 已收录，待封存
    Pending,
    /// 被改动
    Cut,
    /// 缺失
    Gone,
    /// 已依法删除
    Erased,
    /// 此处无法核验
    Unknown,
}

impl Seal {
    /// The answer in words.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Whole => "完整",
            Self::Pending => "已收录，待封存",
            Self::Cut => "被改动",
            Self::Gone => "缺失",
            Self::Erased => "已依法删除",
            Self::Unknown => "此处无法核验",
        }
    }

    /// The three characters inside the square.
    #[must_use]
    pub fn inside(self) -> &'static str {
        match self {
            Self::Whole | Self::Cut => "已存证",
            Self::Pending => "待封存",
            Self::Gone => "缺失",
            Self::Erased => "已删除",
            Self::Unknown => "未核",
        }
    }

    /// The class beside `seal`.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Whole => "",
            Self::Pending => " wait",
            Self::Cut => " cut",
            Self::Gone => " gone",
            Self::Erased => " erased",
            Self::Unknown => " unk",
        }
    }
}

/// A record number with its seal; a link to the check of that line.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "part/seal.html")]
pub struct Mark {
    /// Unit whose record holds the line.
    pub unit: String,
    /// Record number.
    pub seq: i64,
    /// State of its seal.
    pub seal: Seal,
}

impl Mark {
    /// A whole, sealed line.
    #[must_use]
    pub fn whole(unit: &str, seq: i64) -> Self {
        Self { unit: unit.to_owned(), seq, seal: Seal::Whole }
    }

    /// Where the check is.
    #[must_use]
    pub fn href(&self) -> String {
        way::record(&self.unit, self.seq)
    }

    /// The name a screen reader says.
    #[must_use]
    pub fn label(&self) -> String {
        let state = match self.seal {
            Seal::Whole => "已存证",
            Seal::Cut => "已存证，被改动",
            other => other.word(),
        };
        format!("{state} №{}，点开核验", self.seq)
    }

    /// The small form in rows of documents.
    #[must_use]
    pub fn line(&self) -> MarkLine<'_> {
        MarkLine { mark: self }
    }
}

impl HtmlSafe for Mark {}

/// №123 in a small frame.
#[derive(Template)]
#[template(path = "part/seal_line.html")]
pub struct MarkLine<'a> {
    mark: &'a Mark,
}

impl HtmlSafe for MarkLine<'_> {}

/// Tone of a chip: its sign and colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// ◐ in hand
    Doing,
    /// ✓ done
    Done,
    /// ◔ due within two working days
    Soon,
    /// ▲ overdue, or missed: the only red
    Late,
    /// – waived, not applicable
    Off,
    /// ✕ not carried
    No,
}

/// State in a sign and a word.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "part/chip.html")]
pub struct Chip {
    /// Sign and colour.
    pub tone: Tone,
    /// Word.
    pub text: String,
}

impl Chip {
    /// A chip.
    #[must_use]
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self { tone, text: text.into() }
    }

    /// Its classes.
    #[must_use]
    pub fn class(&self) -> &'static str {
        match self.tone {
            Tone::Doing => "st",
            Tone::Done => "st st-done",
            Tone::Soon => "st st-soon",
            Tone::Late => "st st-late",
            Tone::Off => "st st-off",
            Tone::No => "st st-no",
        }
    }
}

impl HtmlSafe for Chip {}

/// 补录: something of one day entered on a later day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lag {
    /// The day it happened.
    pub happened: Date,
    /// The day it was entered.
    pub entered: Date,
    /// Days between, as said: calendar days.
    pub days: i64,
    /// Why.
    pub reason: String,
}

/// A resident's free text, as far as this reader may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Text {
    /// Released whole.
    Shown(String),
    /// Released with parts masked; `what` names them in words.
    Masked {
        /// The text with its masks.
        text: String,
        /// 电话、门牌
        what: Vec<String>,
    },
    /// Not yet looked at by a person (先审后发).
    Waiting,
    /// Not released; the reason in words.
    Withheld(String),
    /// Erased by law: when, on what basis.
    Erased {
        /// Day of erasure.
        on: Date,
        /// 个人信息保护法第四十七条
        basis: String,
    },
}

/// How a due date came about, day by day.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "part/derivation.html")]
pub struct Derivation {
    /// The day it began (not counted).
    pub start: Date,
    /// What happened on that day, two characters: 收到 答复 公布.
    pub began: String,
    /// The due day.
    pub due: Date,
    /// Working days to count.
    pub days: u32,
    /// Each day from the start to the due day (or the answer, if later).
    pub boxes: Vec<DayBox>,
    /// 东组通〔2015〕33号“群众意见公开”；国务院办公厅2026年放假安排
    pub basis: String,
    /// The calendar of a year in it is not published: 暂定.
    pub provisional: bool,
    /// The date was moved by a new calendar or an extension.
    pub moved: Option<Moved>,
    /// Printed open.
    pub open: bool,
    /// 答复期限 · 开箱期限: what is due.
    pub what: String,
    /// Today, for leaving the year out.
    pub today: Date,
}

/// A due date that was another one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The old due day.
    pub old: Date,
    /// 国务院调整了放假安排 · 负责人延期一次
    pub why: String,
}

/// One day in the derivation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayBox {
    /// The day.
    pub date: Date,
    /// How it counts.
    pub kind: DayKind,
    /// Number among the counted days, 0 when not counted.
    pub nth: u32,
    /// It was answered on this day.
    pub met: bool,
}

/// How a day counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayKind {
    /// The day it began.
    Start,
    /// Saturday or Sunday.
    Weekend,
    /// A public holiday, or a day given free around it.
    Holiday,
    /// A weekend day worked instead (调休上班).
    Makeup,
    /// An ordinary working day.
    Work,
}

impl Derivation {
    fn off(&self) -> usize {
        self.boxes.iter().filter(|day| matches!(day.kind, DayKind::Weekend | DayKind::Holiday)).count()
    }

    fn holidays(&self) -> usize {
        self.boxes.iter().filter(|day| day.kind == DayKind::Holiday).count()
    }

    /// 从9月30日的第二天起数5个工作日……
    #[must_use]
    pub fn sentence(&self) -> String {
        let mut said = format!("从{}起数{}个工作日，{}当天不算。", When::near(self.start, self.today).plain(), self.days, self.began);
        match (self.off(), self.holidays()) {
            (0, _) => {}
            (off, 0) => said += &format!("跳过周末{off}天。"),
            (off, holidays) if off == holidays => said += &format!("跳过放假{off}天。"),
            (off, holidays) => said += &format!("跳过放假{holidays}天、周末{}天。", off - holidays),
        }
        for day in self.boxes.iter().filter(|day| day.kind == DayKind::Makeup && day.nth > 0) {
            let date = When::near(day.date, self.today).plain();
            said += &format!("{date}是{}，但调休上班，照算。", words::weekday(day.date));
        }
        said
    }

    fn near(&self, date: &Date) -> When {
        When::near(*date, self.today)
    }
}

impl HtmlSafe for Derivation {}

impl DayBox {
    fn class(&self, due: &Date) -> &'static str {
        match (self.met, self.date == *due, self.kind) {
            (true, true, _) => "ok end",
            (true, false, _) => "ok",
            (_, true, _) => "end",
            (_, _, DayKind::Weekend | DayKind::Holiday) => "x",
            _ => "",
        }
    }

    fn word(&self, began: &str) -> String {
        match self.kind {
            DayKind::Start => began.to_owned(),
            DayKind::Weekend | DayKind::Holiday => "休".into(),
            DayKind::Makeup => format!("班{}", if self.nth > 0 { words::circled(self.nth) } else { String::new() }),
            DayKind::Work if self.nth > 0 => words::circled(self.nth),
            DayKind::Work => "晚".into(),
        }
    }
}

/// The law's no, on a page or above a form. Typed text stays in the form.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "part/refused.html")]
pub struct Refused {
    /// What cannot be done.
    pub what: String,
    /// Why.
    pub why: String,
    /// What to do now.
    pub now: String,
    /// 东组通〔2015〕33号 二（四）
    pub clause: Option<String>,
    /// Stable code.
    pub code: String,
    /// Name of the form field it is about; that field becomes `aria-invalid`.
    pub field: Option<String>,
    /// Where it can be done instead: words and link.
    pub way: Option<(String, String)>,
}

impl Refused {
    /// From the table of sentences; a code without words gets a plain general sentence.
    #[must_use]
    pub fn of(code: &str, clause: Option<String>, field: Option<&str>) -> Self {
        let said = words::refusals::sentence(code).unwrap_or(words::refusals::Said {
            what: "这件事现在不能办。",
            why: "规矩不允许。",
            now: "打电话问居（村）委会，报下面的代码。",
        });
        Self {
            what: said.what.into(),
            why: said.why.into(),
            now: said.now.into(),
            clause,
            code: code.into(),
            field: field.map(Into::into),
            way: None,
        }
    }
}

impl HtmlSafe for Refused {}

/// The attributes that tie the field `name` to the refusal, or none.
#[must_use]
pub fn invalid(refused: &Option<Refused>, name: &str) -> Invalid {
    Invalid(refused.as_ref().is_some_and(|no| no.field.as_deref() == Some(name)))
}

/// Prints ` aria-invalid="true"` when the field is the refused one.
#[derive(Clone, Copy)]
pub struct Invalid(bool);

impl fmt::Display for Invalid {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(if self.0 { " aria-invalid=\"true\"" } else { "" })
    }
}

impl HtmlSafe for Invalid {}

/// The hidden fields of a form.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "part/keep.html")]
pub struct Keep {
    /// Form token → field `csrf`.
    pub csrf: String,
    /// Idempotency key → field `key`.
    pub key: String,
    /// The last step the reader had seen → field `step`.
    pub step: Option<i64>,
    /// The form stands open on the desk and leads back there → field `from`.
    pub desk: bool,
}

impl HtmlSafe for Keep {}

impl Keep {
    /// The same for another form of the page, with a key of its own.
    #[must_use]
    pub fn again(&self, form: &str) -> Self {
        Self { key: format!("{}-{form}", self.key), ..self.clone() }
    }
}

/// One option of a `select` or of radio buttons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Sent value.
    pub value: String,
    /// Words.
    pub label: String,
    /// Chosen now.
    pub picked: bool,
}

impl Choice {
    /// An option.
    #[must_use]
    pub fn new(value: &str, label: &str, picked: bool) -> Self {
        Self { value: value.into(), label: label.into(), picked }
    }
}

/// Labels and figures: `.facts`.
pub type Facts = Vec<(String, String)>;

/// Paging of a list; links keep the filter.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "part/paging.html")]
pub struct Paging {
    /// This page, from 1.
    pub page: i64,
    /// Pages in all.
    pub pages: i64,
    /// Path and query up to `page=`: `/u/…/suggestions?s=late&page=`.
    pub base: String,
}

impl HtmlSafe for Paging {}

/// The words of a resident inside a page: quote, mask, or why there is nothing to read.
#[derive(Clone, Copy, Template)]
#[template(path = "part/text.html")]
pub struct Quote<'a> {
    text: &'a Text,
    from: &'a str,
}

impl HtmlSafe for Quote<'_> {}

/// Prints `text` as a quotation by `from` (may be empty).
#[must_use]
pub fn quote<'a>(text: &'a Text, from: &'a str) -> Quote<'a> {
    Quote { text, from }
}

impl Quote<'_> {
    fn day(&self, date: &Date) -> When {
        When::full(*date)
    }
}
