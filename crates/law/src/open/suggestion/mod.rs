//! 群众意见 Suggestion: asked by a resident, answered by the head of the body concerned; 东组通〔2015〕33号 二（四）.
//!
//! Within five working days, or the record says that nobody did.

mod act;
mod decide;
#[cfg(test)]
mod tests;

pub use act::{Act, AnswerKind, Channel, Fact, Intake, Plan, Responsible, Shown};
pub use decide::Given;
pub(crate) use decide::substantive;

use crate::personal::Forgets;
use crate::{
    AnyAct, Audience, Digest, Duties, Duty, Holder, Matter, MatterId, Moment, Owner, PersonalRef, PostKind, Refusal, Relied, Right,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The rule of the five working days.
pub const ANSWER: &str = "open.suggestion.answer";
/// The rule that says how soon it is named who answers.
pub const ROUTE: &str = "open.suggestion.route";
/// The rule that says how soon a person looks through the sender's text before the public reads it.
pub const RELEASE: &str = "open.suggestion.release";

/// An answer that was given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// What kind.
    pub kind: AnswerKind,
    /// The words.
    pub text: String,
    /// Who does what by when.
    pub plan: Option<Plan>,
    /// The body that gave it.
    pub body: MatterId,
    /// On this day.
    pub on: Date,
    /// The last day for the sender to agree or not.
    pub verdict_until: Date,
}

/// What the sender says of the latest answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// Content or not.
    pub content: bool,
    /// Reference to the remark.
    pub remark: Option<PersonalRef>,
    /// On this day.
    pub on: Date,
}

/// More time that was taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Extension {
    /// How things stand.
    pub reply: String,
    /// On this day.
    pub on: Date,
    /// The new last day.
    pub due: Date,
}

/// A suggestion as the record shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Suggestion {
    /// Its id.
    pub id: MatterId,
    /// Reference to the text.
    pub text: PersonalRef,
    /// How it came in.
    pub channel: Channel,
    /// Day 0.
    pub received: Date,
    /// The day it was entered.
    pub entered: Date,
    /// Who took it down.
    pub taken_by: Option<String>,
    /// Number of the slip.
    pub slip: Option<String>,
    /// SHA-256 of the code on the stub.
    pub code: Option<Digest>,
    /// Reference to the signed-in sender.
    pub author: Option<PersonalRef>,
    /// Reference to the name.
    pub name: Option<PersonalRef>,
    /// Reference to how to reach the sender.
    pub contact: Option<PersonalRef>,
    /// Who answers.
    pub responsible: Option<Responsible>,
    /// All answers.
    pub answers: Vec<Answer>,
    /// More time that was taken.
    pub extended: Option<Extension>,
    /// What the sender says of the latest answer.
    pub verdict: Option<Verdict>,
    /// When the sender asked again, and the reference to why.
    pub reopened: Option<(Date, PersonalRef)>,
    /// What the public reads of the text.
    pub shown: Option<Shown>,
    /// When it was taken back.
    pub withdrawn: Option<Date>,
    /// When what the sender wrote was erased.
    pub erased: Option<Date>,
    /// What it owes.
    pub duties: Duties,
}

/// Where a suggestion stands. Closed is never called solved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Waits for an answer.
    Waiting,
    /// Answered; the sender has not spoken.
    Answered,
    /// Answered, and the sender is content.
    Confirmed,
    /// Answered, and the sender is not content.
    Disputed,
    /// Taken back.
    Withdrawn,
}

impl Stage {
    /// The stable word in tables and addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Answered => "answered",
            Self::Confirmed => "confirmed",
            Self::Disputed => "disputed",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl Suggestion {
    /// Where it stands.
    pub fn stage(&self) -> Stage {
        match (&self.verdict, self.duties.pending(ANSWER)) {
            _ if self.withdrawn.is_some() => Stage::Withdrawn,
            (_, Some(_)) => Stage::Waiting,
            (Some(verdict), None) if verdict.content => Stage::Confirmed,
            (Some(_), None) => Stage::Disputed,
            (None, None) => Stage::Answered,
        }
    }

    /// The duty to answer that counts now: the pending one, else the latest.
    pub fn answer_duty(&self) -> &Duty {
        self.duties.pending(ANSWER).or_else(|| self.duties.last(ANSWER)).expect("a suggestion begins with the duty to answer it")
    }

    fn begin(id: MatterId, fact: Fact) -> Self {
        let Fact::Submitted {
            text,
            channel,
            received,
            entered,
            taken_by,
            slip,
            code,
            author,
            name,
            contact,
            responsible,
            route,
            answer,
            release,
        } = fact
        else {
            unreachable!("the record holds {fact:?} before its matter")
        };
        let mut duties = Duties::default();
        duties.owe(answer, owner(responsible));
        duties.owe(release, Owner { body: None, post: PostKind::Clerk });
        if let Some(route) = route {
            duties.owe(route, Owner { body: None, post: PostKind::Clerk });
        }
        Self {
            id,
            text,
            channel,
            received,
            entered,
            taken_by,
            slip,
            code,
            author,
            name,
            contact,
            responsible,
            answers: Vec::new(),
            extended: None,
            verdict: None,
            reopened: None,
            shown: None,
            withdrawn: None,
            erased: None,
            duties,
        }
    }
}

/// Until somebody is named, the secretary answers for the whole.
fn owner(responsible: Option<Responsible>) -> Owner {
    responsible.map_or(Owner { body: None, post: PostKind::Secretary }, |r| Owner { body: Some(r.body), post: r.head })
}

const SUBMIT: &[Holder] = &[
    Holder::Phone,
    Holder::Here(PostKind::Clerk),
    Holder::Here(PostKind::Member),
    Holder::Here(PostKind::Secretary),
    Holder::Here(PostKind::Director),
    Holder::Here(PostKind::CollectiveHead),
    Holder::Here(PostKind::SupervisionHead),
    Holder::Above(PostKind::TownOfficer),
];
const OFFICE: &[Holder] = &[
    Holder::Here(PostKind::Clerk),
    Holder::Here(PostKind::Secretary),
    Holder::Here(PostKind::Director),
    Holder::Here(PostKind::SupervisionHead),
];
const HEADS: &[Holder] = &[
    Holder::Here(PostKind::Secretary),
    Holder::Here(PostKind::Director),
    Holder::Here(PostKind::CollectiveHead),
    Holder::Here(PostKind::SupervisionHead),
];
const SENDER: &[Holder] = &[Holder::Phone, Holder::Bearer];
const CLOCK: &[Holder] = &[Holder::Clock];

impl Matter for Suggestion {
    const KIND: &'static str = "suggestion";
    const SHAPE: i64 = 1;
    const RULES: &'static [&'static str] =
        &[ANSWER, ROUTE, RELEASE, "open.suggestion.register", "open.suggestion.extend", "open.suggestion.dispute"];
    type Act = Act;
    type Given = Given;
    type Fact = Fact;

    fn any(act: Act) -> AnyAct {
        AnyAct::Suggestion(act)
    }

    fn of(act: &Act, at: &Moment<'_>) -> MatterId {
        act.suggestion().unwrap_or(at.fresh)
    }

    fn right(act: &Act) -> Right {
        match act {
            Act::Submit { .. } => Right::new("suggestion.submit", SUBMIT),
            Act::Route { .. } => Right::new("suggestion.route", OFFICE),
            Act::Answer { .. } => Right::new("suggestion.answer", HEADS),
            Act::Extend { .. } => Right::new("suggestion.extend", HEADS),
            Act::Lapse { .. } => Right::new("suggestion.lapse", CLOCK),
            Act::Reschedule { .. } => Right::new("suggestion.reschedule", CLOCK),
            Act::Confirm { .. } => Right::new("suggestion.confirm", SENDER),
            Act::Dispute { .. } => Right::new("suggestion.dispute", SENDER),
            Act::Reopen { .. } => Right::new("suggestion.reopen", SENDER),
            Act::Release { .. } => Right::new("suggestion.release", OFFICE),
            Act::Withdraw { .. } => Right::new("suggestion.withdraw", SENDER),
            Act::Erase { .. } => Right::new("suggestion.erase", &[Holder::Above(PostKind::TownOfficer)]),
        }
    }

    /// Facts hold no personal text, so everybody may read them; the text itself follows `shown`.
    fn audience(&self, _: &Fact) -> Audience {
        Audience::Public
    }

    fn personal(act: &Act) -> Vec<(&'static str, String)> {
        match act {
            Act::Submit { text, name, contact, .. } => {
                let labelled = [("text", Some(text)), ("name", name.as_ref()), ("contact", contact.as_ref())];
                labelled.into_iter().filter_map(|(label, text)| Some((label, text?.text().to_owned()))).collect()
            }
            Act::Dispute { remark: Some(remark), .. } => vec![("remark", remark.text().to_owned())],
            Act::Reopen { reason, .. } => vec![("reason", reason.text().to_owned())],
            _ => Vec::new(),
        }
    }

    fn relies(given: &Given) -> Vec<Relied> {
        given.relies.clone()
    }

    fn decide(before: Option<&Self>, act: Act, given: Given, at: &Moment<'_>) -> Result<Fact, Refusal> {
        decide::decide(before, act, given, at)
    }

    fn evolve(before: Option<Self>, fact: Fact, id: MatterId) -> Self {
        let Some(mut s) = before else { return Self::begin(id, fact) };
        match fact {
            Fact::Submitted { .. } => unreachable!("a suggestion is submitted once"),
            Fact::Routed { responsible, on } => {
                s.responsible = Some(responsible);
                s.duties.meet(ROUTE, on);
                s.duties.reassign(ANSWER, owner(Some(responsible)));
            }
            Fact::Answered { kind, text, plan, body, on, verdict_until } => {
                s.answers.push(Answer { kind, text, plan, body, on, verdict_until });
                s.verdict = None;
                s.duties.meet(ANSWER, on);
            }
            Fact::Extended { reply, term, on } => {
                s.extended = Some(Extension { reply, on, due: term.due });
                let n = s.answer_duty().n;
                s.duties.prolong(n, term);
            }
            Fact::Lapsed { n, on, .. } => s.duties.lapse(n, on),
            Fact::Rescheduled { n, new, .. } => s.duties.prolong(n, new),
            Fact::Confirmed { on } => s.verdict = Some(Verdict { content: true, remark: None, on }),
            Fact::Disputed { remark, on } => s.verdict = Some(Verdict { content: false, remark, on }),
            Fact::Reopened { reason, on, answer } => {
                s.reopened = Some((on, reason));
                s.duties.owe(answer, owner(s.responsible));
            }
            Fact::Released { shown, on } => {
                s.shown = Some(shown);
                s.duties.meet(RELEASE, on);
            }
            Fact::Withdrawn { on } => {
                s.withdrawn = Some(on);
                s.duties.waive_all(on);
            }
            Fact::Erased { on, .. } => {
                s.erased = Some(on);
                s.duties.waive(RELEASE, on);
            }
        }
        s
    }

    fn forgets(fact: &Fact) -> Forgets {
        match fact {
            Fact::Erased { .. } => Forgets::All,
            _ => Forgets::Nothing,
        }
    }

    fn duties(&self) -> Vec<Duty> {
        self.duties.all().to_vec()
    }

    fn overdue(&self, id: MatterId, at: &Moment<'_>) -> Option<Act> {
        self.duties.silent(at.day).map(|duty| Act::Lapse { suggestion: id, n: duty.n })
    }

    fn reckoned(&self, id: MatterId, at: &Moment<'_>) -> Option<Act> {
        self.duties.outdated(at).map(|(n, _)| Act::Reschedule { suggestion: id, n })
    }
}
