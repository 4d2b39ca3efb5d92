//! 一件事一条链 Chain: a motion with everything that comes of it, from 提议 to the last question; a task with its own part of it;
//! 东组通〔2015〕33号 二（二）、二（四）“决策过程公开”.

use askama::Template;
use askama::filters::HtmlSafe;
use jiff::civil::Date;

use super::meet::Bar;
use super::{Chip, Derivation, Frame, Lag, Mark, Qr, Text, chain, parts, way};
use crate::words::{self, When};

/// The page of a motion or of a task.
#[derive(Clone, Debug, Template)]
#[template(path = "chain.html")]
pub struct Chain {
    /// Around; `title` is the matter's.
    pub f: Frame,
    /// Matter id.
    pub id: String,
    /// 议题 · 公益事业、筹资方案、建设承包方案
    pub kind: String,
    /// 现在到哪一步, in one or two sentences.
    pub now: String,
    /// The stations from 提议 to 疑问, in the mechanism's order; empty on a task.
    pub stations: Vec<Station>,
    /// How it is classed; none on a task.
    pub class: Option<Class>,
    /// The wording that is voted on, with its versions; none on a task.
    pub wording: Option<Wording>,
    /// What happened, in order of happening.
    pub steps: Vec<Step>,
    /// What is still to come, or cannot come yet.
    pub ahead: Vec<Ahead>,
    /// At a glance: label, figure, small line (may be empty).
    pub glance: Vec<(String, String, String)>,
    /// What this office-holder may do: label and form; the first is the one that is due.
    pub acts: Vec<Button>,
    /// What this resident may do.
    pub mine: Vec<Button>,
    /// The page's address as a QR code.
    pub qr: Qr,
    /// Link to its paper; may be empty.
    pub print: String,
    /// What 转发 copies.
    pub forward: String,
}

/// A link that looks like a button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    /// 提意见 · 回应意见
    pub label: String,
    /// Its form.
    pub href: String,
}

impl Button {
    /// A button.
    #[must_use]
    pub fn new(label: &str, href: String) -> Self {
        Self { label: label.to_owned(), href }
    }
}

/// Where a station stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// Behind us.
    Done,
    /// Being done.
    Now,
    /// To come.
    Next,
    /// Not needed for this kind of matter.
    Spared,
    /// It ended here: not carried, taken back.
    Ended,
}

impl Stand {
    fn class(self) -> &'static str {
        match self {
            Self::Done => "s-done",
            Self::Now => "s-now",
            Self::Next => "s-next",
            Self::Spared => "s-spared",
            Self::Ended => "s-ended",
        }
    }

    fn sign(self) -> &'static str {
        match self {
            Self::Done => "✓",
            Self::Now => "◔",
            Self::Next => "",
            Self::Spared => "–",
            Self::Ended => "✕",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Done => "已办",
            Self::Now => "正在办",
            Self::Next => "还没到",
            Self::Spared => "不用办",
            Self::Ended => "到此为止",
        }
    }
}

/// One of the eleven stations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Station {
    /// 提议 · 商议 · 公示 · 审议 · 决议 · 公开 · 分工 · 进展 · 验收 · 结果 · 疑问
    pub name: &'static str,
    /// Where it stands.
    pub stand: Stand,
}

/// How a motion is classed, and why.
#[derive(Clone, Debug)]
pub struct Class {
    /// 重大事项 or 日常事项.
    pub word: String,
    /// Why: 预算¥60,000.00，达到¥50,000.00。
    pub why: String,
    /// Who decides: 居民代表会议决定，先经党组织研究讨论。
    pub who: String,
    /// The clause.
    pub clause: String,
    /// Link to 不同意这样归类; empty when it cannot be challenged any more.
    pub challenge: String,
    /// Why it cannot be challenged; empty when it can.
    pub firm: String,
}

/// The text that is voted on.
#[derive(Clone, Debug)]
pub struct Wording {
    /// Its number, from 1.
    pub version: u32,
    /// Paragraphs of the present text.
    pub text: Vec<String>,
    /// Reasons, basis, figures, who carries it out.
    pub facts: Vec<(String, String)>,
    /// Earlier versions against the next, the latest change first.
    pub changes: Vec<Change>,
}

/// One change of the text.
#[derive(Clone, Debug)]
pub struct Change {
    /// The version that came of it.
    pub version: u32,
    /// Since this day.
    pub on: Date,
    /// What and why.
    pub why: String,
    /// The text with what went and what came.
    pub diff: Vec<Piece>,
    /// Other things that changed, each in a sentence: 预算从……改为……
    pub also: Vec<String>,
}

/// A piece of a text against the version before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// In both.
    Kept(String),
    /// Only in the old one.
    Gone(String),
    /// Only in the new one.
    New(String),
}

/// What a text became, character by character; short common bits between two changes go with them.
#[must_use]
pub fn diff(old: &str, new: &str) -> Vec<Piece> {
    let changes = similar::TextDiff::from_chars(old, new);
    let mut runs: Vec<(similar::ChangeTag, String)> = Vec::new();
    for change in changes.iter_all_changes() {
        match runs.last_mut().filter(|(tag, _)| *tag == change.tag()) {
            Some((_, run)) => run.push_str(change.value()),
            None => runs.push((change.tag(), change.value().to_owned())),
        }
    }
    let (mut pieces, mut gone, mut came) = (Vec::new(), String::new(), String::new());
    let count = runs.len();
    for (at, (tag, run)) in runs.into_iter().enumerate() {
        let bit = at > 0 && at + 1 < count && run.chars().count() < 2;
        match tag {
            similar::ChangeTag::Equal if bit && !(gone.is_empty() && came.is_empty()) => {
                gone.push_str(&run);
                came.push_str(&run);
            }
            similar::ChangeTag::Equal => {
                settle(&mut pieces, &mut gone, &mut came);
                pieces.push(Piece::Kept(run));
            }
            similar::ChangeTag::Delete => gone.push_str(&run),
            similar::ChangeTag::Insert => came.push_str(&run),
        }
    }
    settle(&mut pieces, &mut gone, &mut came);
    pieces
}

fn settle(pieces: &mut Vec<Piece>, gone: &mut String, came: &mut String) {
    if !gone.is_empty() {
        pieces.push(Piece::Gone(std::mem::take(gone)));
    }
    if !came.is_empty() {
        pieces.push(Piece::New(std::mem::take(came)));
    }
}

/// One step that happened.
#[derive(Clone, Debug)]
pub struct Step {
    /// The day.
    pub on: Date,
    /// 提议 · 商议通过 · 公示方案
    pub head: String,
    /// 党工委书记 林伟棠; empty for residents and for the system.
    pub who: String,
    /// Its record; none for what other matters tell.
    pub mark: Option<Mark>,
    /// Entered late.
    pub lag: Option<Lag>,
    /// The system's own line: something was due and did not happen.
    pub gap: bool,
    /// What happened.
    pub what: Vec<Block>,
}

impl Step {
    /// A step with nothing in it yet.
    #[must_use]
    pub fn new(on: Date, head: impl Into<String>, who: impl Into<String>, mark: Option<Mark>) -> Self {
        Self { on, head: head.into(), who: who.into(), mark, lag: None, gap: false, what: Vec::new() }
    }

    /// With one more block.
    #[must_use]
    pub fn with(mut self, block: Block) -> Self {
        self.what.push(block);
        self
    }
}

/// A block inside a step.
#[derive(Clone, Debug)]
pub enum Block {
    /// A plain sentence.
    Say(String),
    /// Words of an office.
    Quote(String),
    /// Words of a resident, as far as this reader may see them, and the masked name.
    Voice(Text, String),
    /// A rule that explains itself: what, why.
    Gate(String, String),
    /// A state and what follows it.
    State(Chip, String),
    /// Labels and figures.
    Facts(Vec<(String, String)>),
    /// What was planned and what came of it: three columns.
    Table(super::notice::Table),
    /// How the assemblies voted.
    Votes(Vec<Bar>),
    /// What a vote came to, in one small line.
    Note(String),
    /// How a day came about.
    Due(Derivation),
    /// Papers and pages.
    Docs(Vec<(String, String)>),
    /// Residents' words with what became of each.
    Voices(Vec<Heard>),
}

/// A resident's words and what became of them.
#[derive(Clone, Debug)]
pub struct Heard {
    /// 第3条
    pub n: String,
    /// The words.
    pub text: Text,
    /// Masked name.
    pub from: String,
    /// Given on.
    pub on: Date,
    /// What became of it.
    pub state: Chip,
    /// The answers, each with who gave it and when.
    pub answers: Vec<String>,
    /// What this reader may do about it.
    pub acts: Vec<Button>,
}

/// Something that is still to come.
#[derive(Clone, Debug)]
pub struct Ahead {
    /// 审议 · 决议
    pub head: String,
    /// Why it cannot come yet, or what it waits for.
    pub why: String,
    /// What has to be done, by whom, until when; may be empty.
    pub now: String,
    /// The clause; may be empty.
    pub clause: String,
    /// Something else has to be done first.
    pub blocked: bool,
    /// Days left or gone for it.
    pub chip: Option<Chip>,
    /// The sitting and the ballot where it is done: words and link.
    pub docs: Vec<(String, String)>,
}

impl Chain {
    fn day(&self, date: &Date) -> When {
        self.f.day(date)
    }
}

/// The blocks of a step as HTML.
#[derive(Template)]
#[template(path = "part/blocks.html")]
pub struct Blocks<'a> {
    blocks: &'a [Block],
    today: Date,
}

impl HtmlSafe for Blocks<'_> {}

/// Prints the blocks of a step.
#[must_use]
pub fn blocks<'a>(blocks: &'a [Block], today: &Date) -> Blocks<'a> {
    Blocks { blocks, today: *today }
}

impl Blocks<'_> {
    fn day(&self, date: &Date) -> When {
        When::near(*date, self.today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_figure_is_one_change() {
        let kept = |text: &str| Piece::Kept(text.into());
        assert_eq!(
            diff("装10盏路灯，预算48000元。", "装11盏路灯，预算52000元。"),
            vec![
                kept("装1"),
                Piece::Gone("0".into()),
                Piece::New("1".into()),
                kept("盏路灯，预算"),
                Piece::Gone("48".into()),
                Piece::New("52".into()),
                kept("000元。"),
            ]
        );
        assert_eq!(diff("一样。", "一样。"), vec![kept("一样。")]);
        assert_eq!(diff("", "新的。"), vec![Piece::New("新的。".into())]);
    }
}
