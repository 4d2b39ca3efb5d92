//! 核验 Check: how to verify a board, and the check of one line; the five answers 完整 被改动 缺失 已依法删除 此处无法核验.

use askama::Template;
use jiff::civil::Date;

use super::{Chip, Frame, Mark, Qr, Seal, Tone, way};

/// How to verify `/u/{code}/verify`; printable, it is also the pinned key notice.
#[derive(Clone, Debug, Template)]
#[template(path = "verify.html")]
pub struct Verify {
    /// Around.
    pub f: Frame,
    /// Lines in the record.
    pub lines: i64,
    /// Origin line of the record.
    pub origin: String,
    /// Name and base64 key of the verifier key, as it stands in a signed note.
    pub key: String,
    /// The key's fingerprint in groups of four, to compare by eye.
    pub print: String,
    /// Since when this key signs.
    pub since: Date,
    /// The keys before, while they still sign.
    pub former: Vec<Former>,
    /// Witnesses: name, what they are, last signature in words.
    pub witnesses: Vec<Witness>,
    /// What the last check of the whole board said.
    pub state: Seal,
    /// 今天9:12
    pub checked: String,
    /// Size of the bundle; empty when there is none yet.
    pub bundle: String,
    /// Address for the command line.
    pub url: String,
    /// Address of this page.
    pub qr: Qr,
}

/// A key that was replaced and still signs.
#[derive(Clone, Debug)]
pub struct Former {
    /// Its fingerprint in groups of four.
    pub print: String,
    /// As it stands in a signed note.
    pub key: String,
    /// The last day on which it signs.
    pub until: Date,
}

/// One witness.
#[derive(Clone, Debug)]
pub struct Witness {
    /// 虎门镇党建办
    pub name: String,
    /// Its latest signature covers so many lines.
    pub lines: i64,
    /// 今天9:10
    pub when: String,
}

/// The check of one line `/u/{code}/r/{seq}`.
#[derive(Clone, Debug, Template)]
#[template(path = "record_line.html")]
pub struct RecordLine {
    /// Around.
    pub f: Frame,
    /// The line and what the check said.
    pub mark: Mark,
    /// What the line is about: 答复 · 北栅路口下雨就积水; `None` for sealed lines.
    pub about: Option<(String, String)>,
    /// The day of the line.
    pub on: Date,
    /// More on the answer: 第2张附件“三家询价记录”和当初记下的不一样，其余6项完整。 May be empty.
    pub detail: String,
    /// The line as it is hashed, as text.
    pub line: String,
    /// Its leaf hash, first 16 digits in groups of four.
    pub leaf: String,
    /// Checks made, each a word and whether it held.
    pub steps: Vec<(String, Seal)>,
    /// Witnesses whose signature covers it.
    pub witnesses: Vec<String>,
    /// Lines in the checkpoint it was checked against.
    pub size: i64,
    /// Neighbouring lines, when they exist.
    pub before: Option<i64>,
    /// The next line.
    pub after: Option<i64>,
    /// Command to check it at home.
    pub command: String,
}

impl RecordLine {
    fn at(&self, seq: &i64) -> String {
        way::record(self.f.code(), *seq)
    }

    fn proof(&self) -> String {
        way::proof(self.f.code(), self.mark.seq)
    }

    fn chip(seal: &Seal) -> Chip {
        let tone = match seal {
            Seal::Whole => Tone::Done,
            Seal::Cut | Seal::Gone => Tone::Late,
            Seal::Pending | Seal::Erased | Seal::Unknown => Tone::Off,
        };
        Chip::new(tone, seal.word())
    }

    /// What the answer means, in a sentence.
    fn meaning(&self) -> &'static str {
        match self.mark.seal {
            Seal::Whole => "和当初记下的一字不差。",
            Seal::Pending => "已经收录，还在等封存，一般几秒钟。封存以后才能核验。",
            Seal::Cut => "现在的内容和当初记下的不一样。",
            Seal::Gone => "应该有这一条，却找不到。",
            Seal::Erased => "内容依法删除了。记录号、时间和指纹都在，前后连得上，没有人另外改动。",
            Seal::Unknown => "这里缺材料，没法核。这不等于有问题。",
        }
    }

    fn advice(&self) -> &'static str {
        match self.mark.seal {
            Seal::Whole | Seal::Erased => "",
            Seal::Pending => "过一会儿刷新这一页。",
            Seal::Cut | Seal::Gone => "请把这一页拍下来，问居（村）委会，或者找镇里的见证方。",
            Seal::Unknown => "换个有网的地方再点一次，或者下载核验包在电脑上核。",
        }
    }
}
