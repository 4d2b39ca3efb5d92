//! 监督举报 Report: misconduct of a cadre, read by the town's discipline officer alone; 东组通〔2015〕33号 二（五）.
//!
//! It enters the town's record in daily batches of one size, filled up with blanks, so that nobody can count reports.

use crate::{
    AnyAct, Audience, Digest, Holder, Matter, MatterId, Moment, Personal, PersonalRef, PostKind, Refusal, Right, Term, UnitCode, limit,
};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The rule that says how soon a report is accepted or not.
pub const ACCEPT: &str = "watch.report.accept";

/// What may be asked.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    /// Put one line of the day's batch on record: a report that was lodged, or a blank.
    File {
        /// The report, if this line carries one.
        lodged: Option<Lodged>,
    },
    /// Say what becomes of it.
    Accept {
        /// The report.
        report: MatterId,
        /// Whether it is taken up.
        taken: bool,
        /// What the sender is told.
        answer: String,
    },
}

/// A report as it was lodged.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lodged {
    /// The text.
    pub text: Personal,
    /// The village or community it concerns.
    pub about: UnitCode,
    /// The day it was lodged.
    pub on: Date,
    /// SHA-256 of the code by which the sender comes back.
    pub code: Digest,
}

/// What happened. Nobody but the discipline officer reads any of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// A report was put on record.
    Filed {
        /// Reference to the text.
        text: PersonalRef,
        /// The unit it concerns.
        about: UnitCode,
        /// The day it was lodged.
        on: Date,
        /// SHA-256 of the sender's code.
        code: Digest,
        /// The term to accept it.
        accept: Term,
    },
    /// A line that carries nothing, so that batches are of one size.
    Blank,
    /// The officer answered.
    Accepted {
        /// Whether it is taken up.
        taken: bool,
        /// What the sender is told.
        answer: String,
        /// On this day.
        on: Date,
    },
}

/// A report as the record shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Its id.
    pub id: MatterId,
    /// The report, unless this is a blank.
    pub filed: Option<Filed>,
}

/// What a report holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Filed {
    /// Reference to the text.
    pub text: PersonalRef,
    /// The unit it concerns.
    pub about: UnitCode,
    /// The day it was lodged.
    pub on: Date,
    /// SHA-256 of the sender's code.
    pub code: Digest,
    /// The term to accept it.
    pub accept: Term,
    /// The answer, once given: taken up or not, what the sender is told, and when.
    pub answer: Option<(bool, String, Date)>,
}

impl Matter for Report {
    const KIND: &'static str = "report";
    const SHAPE: i64 = 1;
    const RULES: &'static [&'static str] = &[ACCEPT];
    type Act = Act;
    type Given = ();
    type Fact = Fact;

    fn any(act: Act) -> AnyAct {
        AnyAct::Report(act)
    }

    fn of(act: &Act, at: &Moment<'_>) -> MatterId {
        match act {
            Act::File { .. } => at.fresh,
            Act::Accept { report, .. } => *report,
        }
    }

    fn right(act: &Act) -> Right {
        match act {
            Act::File { .. } => Right::new("report.file", &[Holder::Clock]),
            Act::Accept { .. } => Right::new("report.accept", &[Holder::Here(PostKind::TownDiscipline)]),
        }
    }

    fn audience(&self, _: &Fact) -> Audience {
        Audience::Sealed
    }

    fn personal(act: &Act) -> Vec<(&'static str, String)> {
        match act {
            Act::File { lodged: Some(lodged) } => vec![("text", lodged.text.text().to_owned())],
            _ => Vec::new(),
        }
    }

    fn decide(before: Option<&Self>, act: Act, (): (), at: &Moment<'_>) -> Result<Fact, Refusal> {
        match (before, act) {
            (None, Act::File { lodged: None }) => Ok(Fact::Blank),
            (None, Act::File { lodged: Some(Lodged { text, about, on, code }) }) => {
                limit::text("text", text.text(), limit::TEXT)?;
                let accept = at.term(ACCEPT, on)?;
                Ok(Fact::Filed { text: at.refer("text", text.text()), about, on, code, accept })
            }
            (Some(_), Act::File { .. }) => Err(Refusal::AlreadyExists),
            (Some(Self { filed: Some(filed), .. }), Act::Accept { taken, answer, .. }) => {
                limit::text("answer", &answer, limit::TEXT)?;
                match filed.answer {
                    Some(_) => Err(Refusal::AlreadyAnswered),
                    None => Ok(Fact::Accepted { taken, answer, on: at.day }),
                }
            }
            (_, Act::Accept { .. }) => Err(Refusal::NoSuchMatter),
        }
    }

    fn evolve(before: Option<Self>, fact: Fact, id: MatterId) -> Self {
        match (before, fact) {
            (_, Fact::Blank) => Self { id, filed: None },
            (_, Fact::Filed { text, about, on, code, accept }) => {
                Self { id, filed: Some(Filed { text, about, on, code, accept, answer: None }) }
            }
            (Some(mut report), Fact::Accepted { taken, answer, on }) => {
                if let Some(filed) = &mut report.filed {
                    filed.answer = Some((taken, answer, on));
                }
                report
            }
            (None, fact) => unreachable!("the record holds {fact:?} before its matter"),
        }
    }
}
