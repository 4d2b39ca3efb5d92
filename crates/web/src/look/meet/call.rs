//! 召集会议 Calling a sitting: kind, day, agenda; who must call which assembly by when; 东组通〔2015〕33号 二（二）.

use askama::Template;
use jiff::civil::Date;

use crate::look::rules::Firm;
use crate::look::{Choice, Frame, Keep, Refused, parts, way};

/// POST `/u/{code}/meetings/new`: `kind`, `again`, `day`, `time`, `place`, `take` (one per motion and stage, as `id.version.stage`),
/// and for other items `title1` `amount1` (元, may be empty) `closed1` ….
#[derive(Clone, Debug, Template)]
#[template(path = "meet/call.html")]
pub struct Call {
    /// Around.
    pub f: Frame,
    /// Hidden fields.
    pub keep: Keep,
    /// Kinds that this reader calls; picked: the one of this form.
    pub kinds: Vec<Choice>,
    /// The adjourned sitting that is taken up again: id and words; empty for none.
    pub again: Option<(String, String)>,
    /// Who must call which assembly, and how early.
    pub notices: Vec<Early>,
    /// The day: `2026-12-08`.
    pub day: String,
    /// `15:00`.
    pub time: String,
    /// Place.
    pub place: String,
    /// Motions that such a sitting may take up: label says what is done with them.
    pub motions: Vec<Choice>,
    /// Motions that cannot be taken up yet, and why.
    pub waiting: Vec<(String, String)>,
    /// Other items.
    pub others: Vec<Other>,
    /// Whether such a sitting takes items without a motion.
    pub takes_others: bool,
    /// Whether items may still be added between the call and the opening.
    pub adds: bool,
    /// From which sum on an item goes another way.
    pub hint: String,
    /// Grounds on which an item may be closed.
    pub grounds: Vec<(String, String)>,
    /// What was refused.
    pub refused: Option<Refused>,
}

/// Notice of one assembly.
#[derive(Clone, Debug)]
pub struct Early {
    /// 居民代表会议
    pub name: String,
    /// 居委会主任; empty for who is only invited.
    pub convener: String,
    /// Days of notice.
    pub days: u32,
    /// How firm the number is.
    pub firm: Option<Firm>,
    /// Called today, it can sit on this day at the earliest.
    pub earliest: Date,
    /// The reader calls it with this very form.
    pub mine: bool,
}

/// An item without a motion as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Other {
    /// A few words.
    pub title: String,
    /// Ground of closing, or nothing.
    pub closed: String,
    /// 元, as it was typed; empty for none.
    pub amount: String,
}

impl Call {
    fn kind(&self) -> &str {
        self.kinds.iter().find(|kind| kind.picked).map_or("", |kind| kind.value.as_str())
    }

    /// The earliest day on which every assembly can sit whose votes are to count.
    fn earliest(&self) -> Option<Date> {
        self.notices.iter().map(|notice| notice.earliest).max()
    }

    fn several(&self) -> bool {
        self.notices.len() > 1
    }
}
