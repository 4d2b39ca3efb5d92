//! 纸质 Paper: notice, reply and key notice on A4, the board on A4 and A3; QR, places for signature and seal.

use askama::Template;
use jiff::civil::Date;

use super::board::{Board, NoticeRow, SuggestionRow};
use super::check::Former;
use super::notice::Table;
use super::{Frame, Mark, Place, Qr, way};
use crate::words;

/// One document on A4: a notice, a reply, the key notice.
#[derive(Clone, Debug, Template)]
#[template(path = "a4.html")]
pub struct A4 {
    /// Around.
    pub f: Frame,
    /// Where the strip's link goes back.
    pub back: String,
    /// 北栅公告〔2026〕14号; may be empty.
    pub number: String,
    /// Title; `\n` breaks the line.
    pub heading: String,
    /// 全体居民： may be empty.
    pub to: String,
    /// Paragraphs.
    pub text: Vec<String>,
    /// A figure in large type after the first paragraph: the key; may be empty.
    pub figure: String,
    /// One long line in small type after the paragraphs, to be copied exactly; may be empty.
    pub code: String,
    /// What the sheet says beside its QR code.
    pub how: How,
    /// Quoted words of a resident with the masked name, above the paragraphs; may be empty.
    pub quote: String,
    /// A table.
    pub table: Option<Table>,
    /// Signing bodies.
    pub signed: Vec<String>,
    /// Day of the document.
    pub on: Date,
    /// Places to sign by hand: 负责人, 经办人; empty for none.
    pub hands: Vec<String>,
    /// Leave a place for the stamp.
    pub stamp: bool,
    /// Its record; `None` when it has none of its own.
    pub mark: Option<Mark>,
    /// First 16 digits of the content digest in groups of four; may be empty.
    pub digest: String,
    /// Its address.
    pub qr: Qr,
}

/// What a sheet says beside its QR code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Scan and compare the words on paper with those on the telephone.
    Compare,
    /// Scan and compare the key.
    Key,
}

/// The board on one sheet: A4 or A3.
#[derive(Clone, Debug, Template)]
#[template(path = "sheet.html")]
pub struct Sheet {
    /// The board as on screen.
    pub f: Frame,
    /// A3 instead of A4.
    pub a3: bool,
    /// The board's content.
    pub board: Board,
    /// Suggestions on the sheet.
    pub voices: Vec<SuggestionRow>,
    /// Notices on the sheet.
    pub notices: Vec<NoticeRow>,
    /// From which day the sheet counts: the last printing, or the month.
    pub from: Date,
}

/// What a key notice says.
#[derive(Clone, Debug)]
pub struct KeyNotice {
    /// The key's fingerprint in groups of four.
    pub print: String,
    /// The key as it stands in a signed note.
    pub key: String,
    /// The record's name.
    pub origin: String,
    /// Since when it signs.
    pub since: Date,
    /// Keys that it replaced, while they still sign.
    pub former: Vec<Former>,
}

impl A4 {
    /// A sheet with nothing on it but its frame, QR and record.
    #[must_use]
    pub fn blank(f: Frame, back: String, heading: &str, qr: Qr, mark: Option<Mark>) -> Self {
        let on = f.today;
        Self {
            f,
            back,
            number: String::new(),
            heading: heading.into(),
            to: String::new(),
            text: vec![],
            figure: String::new(),
            code: String::new(),
            how: How::Compare,
            quote: String::new(),
            table: None,
            signed: vec![],
            on,
            hands: vec![],
            stamp: false,
            mark,
            digest: String::new(),
            qr,
        }
    }

    /// 公钥告示: pinned to the wall, so that a stranger can compare the key; the former key too while both sign.
    #[must_use]
    pub fn key(mut self, keys: &KeyNotice, issuer: &str) -> Self {
        self.text = vec![format!("{}的公开记录，从{}起用下面这把公钥封存：", self.f.unit(), words::day::day(keys.since))];
        for old in &keys.former {
            self.text.push(format!(
                "公钥换过。旧公钥“{}”到{}为止还一起签：在那以前，对上哪一把都算数；以后只认新的。",
                old.print,
                words::day::day(old.until)
            ));
        }
        self.text
            .push("手机上“怎样自己核验”那一页显示的公钥，应当和这张纸上的一模一样。不一样，就不要相信那一页，请告诉镇里的见证方。".into());
        self.text.push(format!("记录的名字：{}。会用电脑的，可以拿下面的公钥原文去核：", keys.origin));
        let former = keys.former.iter().map(|old| format!("旧公钥，到{}为止：\n{}", words::day::day(old.until), old.key));
        self.code = std::iter::once(keys.key.clone()).chain(former).collect::<Vec<_>>().join("\n");
        self.how = How::Key;
        self.figure.clone_from(&keys.print);
        self.signed = vec![issuer.to_owned()];
        self.hands = vec!["负责人".into(), "监督人".into()];
        self.stamp = true;
        self
    }
}

impl Sheet {
    fn affairs(&self) -> &'static str {
        self.f.place.as_ref().map_or("村务", Place::affairs)
    }
}
