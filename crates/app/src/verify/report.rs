//! 核验报告 Report: what was checked and what came of it, in numbers and words of code; `web::words::verify` makes sentences of it.

use serde::Serialize;

/// The five answers. They must never be mixed up: what was changed, what is missing and what merely cannot be checked
/// here call for different steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// 完整: as it was recorded.
    Intact,
    /// 已依法删除: a recorded act deleted it; everything else holds.
    Erased,
    /// 此处无法核验: what is needed to check it is not here. That is no sign of anything.
    CannotCheck,
    /// 缺失: it should be there and is not.
    Missing,
    /// 被改动: it is not what was recorded.
    Changed,
}

/// What was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// The file or site itself: could it be read?
    Source,
    /// Public lines: each in its place, of this unit, and saying what its entry says.
    Line,
    /// Entries: each hashes to its line's digest.
    Content,
    /// Personal texts: each hashes, with its salt, to the reference in its entry.
    Text,
    /// The tree over all lines: its root is the one that was signed.
    Tree,
    /// The record's signature under the signed root.
    Signature,
    /// Consistency with what was seen earlier.
    History,
}

/// Why something cannot be checked here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// No key was given, and a key that comes with the record proves nothing.
    NoPinnedKey,
    /// The keys given are of other records.
    OtherKey,
    /// Another key than those given has signed, and whether the record's key was changed cannot be told here.
    OtherSigner,
    /// The record says that its key was changed, but nothing here that the former key has signed bears that out.
    KeyUnproved,
    /// The site did not answer.
    NoNetwork,
    /// The site, or this file, does not hold it.
    NotOffered,
    /// The content is not for the public.
    NotPublic,
    /// It waits to be sealed: no signature covers it yet.
    NotSealed,
    /// Other lines are missing, and without them it cannot be computed.
    LinesMissing,
    /// The file is no bundle, receipt, key or checkpoint.
    Unreadable,
    /// A newer cunwu wrote it.
    NewerFormat,
    /// The receipt does not say which line it is for.
    NoEntry,
    /// A receipt proves one line and cannot show what became of an earlier state.
    NoProof,
}

/// Record numbers from `first` to `last`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    /// The first.
    pub first: u64,
    /// The last.
    pub last: u64,
}

impl Span {
    /// One number.
    pub fn one(seq: u64) -> Self {
        Self { first: seq, last: seq }
    }

    /// How many numbers.
    pub fn count(self) -> u64 {
        self.last - self.first + 1
    }
}

/// One thing that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Finding {
    /// It is as it was recorded.
    Intact {
        /// What.
        item: Item,
        /// How many of them.
        count: u64,
    },
    /// It is not what was recorded.
    Changed {
        /// What.
        item: Item,
        /// Which record numbers; none where it is no matter of numbers, or they cannot be told.
        at: Option<Span>,
    },
    /// It should be there and is not.
    Missing {
        /// What.
        item: Item,
        /// Which record numbers.
        at: Span,
    },
    /// Lines that were published and lost before the record was reopened from a backup.
    Lost {
        /// Which record numbers they had.
        at: Span,
        /// The record number that says so.
        by: u64,
    },
    /// The record's signature is by the key that took the place of a key given: the former key has signed a tree that says so.
    Followed {
        /// The record number of the last change.
        by: u64,
    },
    /// What an entry referred to was lawfully deleted.
    Erased {
        /// The record number that referred to it.
        at: u64,
        /// The record number that deleted it.
        by: u64,
    },
    /// What is needed to check it is not here.
    CannotCheck {
        /// What.
        item: Item,
        /// Why.
        why: Why,
        /// How many of them; 0 where it is no matter of numbers.
        count: u64,
    },
}

impl Finding {
    /// Which of the five answers it is.
    pub fn answer(&self) -> Answer {
        match self {
            Self::Intact { .. } | Self::Followed { .. } => Answer::Intact,
            Self::Changed { .. } => Answer::Changed,
            Self::Missing { .. } | Self::Lost { .. } => Answer::Missing,
            Self::Erased { .. } => Answer::Erased,
            Self::CannotCheck { .. } => Answer::CannotCheck,
        }
    }

    /// What it weighs for the whole. That a record holds what is not for the public, waits to be sealed or was lawfully
    /// deleted is how it should be; it is told, and the whole is intact.
    fn weight(&self) -> Answer {
        match self {
            Self::Erased { .. } | Self::CannotCheck { why: Why::NotPublic | Why::NotSealed, .. } => Answer::Intact,
            other => other.answer(),
        }
    }
}

/// What was verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A bundle file.
    Bundle,
    /// A site.
    Site,
    /// One line's receipt.
    Receipt,
    /// Something else.
    Unknown,
}

/// A witness that was asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Witnessed {
    /// The name in its key.
    pub name: String,
    /// Intact: it saw this very tree. Changed: a signature under its name is false. CannotCheck: it has not signed.
    pub answer: Answer,
    /// When it says that it saw it, in seconds since 1970.
    pub time: Option<u64>,
}

/// What a verification found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The answer for the whole.
    pub answer: Answer,
    /// What was verified.
    pub subject: Subject,
    /// The unit's code; empty when unknown.
    pub unit: String,
    /// The unit's name as the bundle says; empty when unknown.
    pub name: String,
    /// The origin of the record; empty when unknown.
    pub origin: String,
    /// Lines that the signed checkpoint covers.
    pub sealed: u64,
    /// Lines that were read.
    pub lines: u64,
    /// The record number, for a receipt.
    pub seq: Option<u64>,
    /// What was found, item by item; what is wrong first.
    pub findings: Vec<Finding>,
    /// Findings beyond those listed.
    pub more: u64,
    /// The witnesses that were asked about.
    pub witnesses: Vec<Witnessed>,
}

/// Findings that a report lists; a file of nothing but faults makes no endless report.
const MOST: usize = 1_000;

impl Report {
    /// Nothing found yet.
    pub(super) fn new(subject: Subject) -> Self {
        Self {
            answer: Answer::Intact,
            subject,
            unit: String::new(),
            name: String::new(),
            origin: String::new(),
            sealed: 0,
            lines: 0,
            seq: None,
            findings: Vec::new(),
            more: 0,
            witnesses: Vec::new(),
        }
    }

    /// A report that only says that something could not be checked.
    pub(super) fn only(subject: Subject, item: Item, why: Why) -> Self {
        let mut report = Self::new(subject);
        report.add(Finding::CannotCheck { item, why, count: 0 });
        report.conclude();
        report
    }

    /// Adds a finding; one that goes on where the last one of its sort ended is joined to it.
    pub(super) fn add(&mut self, finding: Finding) {
        let joined = self.findings.iter_mut().rev().take(8).any(|last| join(last, finding));
        match joined {
            true => {}
            false if self.findings.len() >= MOST => self.more += 1,
            false => self.findings.push(finding),
        }
    }

    /// Whether something of this item was found not to be as recorded, or missing.
    pub(super) fn is_bad(&self, item: Item) -> bool {
        self.findings.iter().any(|finding| match finding {
            Finding::Changed { item: of, .. } | Finding::Missing { item: of, .. } => *of == item,
            _ => false,
        })
    }

    /// Puts what is wrong first and answers for the whole.
    pub(super) fn conclude(&mut self) {
        self.findings.sort_by_key(|finding| std::cmp::Reverse(finding.answer()));
        let worst = self.findings.iter().map(Finding::weight).max().unwrap_or(Answer::CannotCheck);
        let false_witness = self.witnesses.iter().any(|witness| witness.answer == Answer::Changed);
        self.answer = if false_witness { Answer::Changed } else { worst };
    }
}

/// Lets `last` take `next` in, when that merely goes on with it.
fn join(last: &mut Finding, next: Finding) -> bool {
    match (last, next) {
        (Finding::Changed { item, at: Some(span) }, Finding::Changed { item: of, at: Some(next) }) if *item == of => extend(span, next),
        (Finding::Missing { item, at }, Finding::Missing { item: of, at: next }) if *item == of => extend(at, next),
        (Finding::CannotCheck { item, why, count }, Finding::CannotCheck { item: of, why: reason, count: more })
            if *item == of && *why == reason =>
        {
            *count += more;
            true
        }
        (Finding::Intact { item, count }, Finding::Intact { item: of, count: more }) if *item == of => {
            *count += more;
            true
        }
        (last, next) => *last == next,
    }
}

fn extend(span: &mut Span, next: Span) -> bool {
    let goes_on = next.first >= span.first && next.first <= span.last.saturating_add(1);
    if goes_on {
        span.last = span.last.max(next.last);
    }
    goes_on
}
