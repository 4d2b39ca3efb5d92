//! 公告公示 Notice: what was posted, by which rule, since when, and for how long; 村民委员会组织法 第35条, 城市居民委员会组织法 第34条.

use crate::{AnyAct, Audience, Duties, Duty, Holder, Matter, MatterId, Moment, Owner, PostKind, Refusal, Right, Term, limit};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The rule that says how long a posting stays up.
pub const KEEP: &str = "open.notice.keep";
/// The rule that says how soon it hangs on the board as paper.
pub const PAPER: &str = "open.notice.paper";

/// What may be asked.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    /// Post on the public board.
    Publish {
        /// The title.
        title: String,
        /// The text, as everybody will read it.
        text: String,
        /// The body that posts it.
        body: MatterId,
        /// The rule that wants it posted, if one does.
        under: Option<String>,
        /// What was left out before publishing and why, in words.
        masked: Vec<String>,
        /// Number of the paper (公告文号).
        number: Option<String>,
    },
    /// It hangs on the board as paper.
    PaperPosted {
        /// The notice.
        notice: MatterId,
        /// By whom.
        by: String,
        /// Since this day.
        day: Date,
        /// Where.
        place: String,
    },
    /// Correct it; both versions stay readable.
    Correct {
        /// The notice.
        notice: MatterId,
        /// The new title.
        title: String,
        /// The new text.
        text: String,
        /// Why.
        why: String,
    },
    /// Move it to the archive once it was up long enough.
    Archive {
        /// The notice.
        notice: MatterId,
    },
    /// Note that the paper was not put up in time.
    Lapse {
        /// The notice.
        notice: MatterId,
        /// Which duty.
        n: u32,
    },
    /// Count an open duty again by the calendar in force.
    Reschedule {
        /// The notice.
        notice: MatterId,
        /// Which duty.
        n: u32,
    },
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// It was posted on the web.
    Published {
        /// The version: title and text.
        version: Version,
        /// The body.
        body: MatterId,
        /// The rule that wants it.
        under: Option<String>,
        /// What was left out and why.
        masked: Vec<String>,
        /// Number of the paper.
        number: Option<String>,
        /// Up until this day at least.
        until: Date,
        /// The term for the paper.
        paper: Term,
    },
    /// It hangs as paper.
    PaperPosted {
        /// By whom.
        by: String,
        /// Since this day.
        day: Date,
        /// Where.
        place: String,
        /// Entered on this day.
        entered: Date,
    },
    /// It was corrected.
    Corrected {
        /// The new version.
        version: Version,
        /// Why.
        why: String,
        /// Up until this day at least, counted anew.
        until: Date,
    },
    /// It moved to the archive.
    Archived {
        /// On this day.
        on: Date,
    },
    /// The paper is late.
    Lapsed {
        /// Which duty.
        n: u32,
        /// Noted on this day.
        on: Date,
    },
    /// An open duty was counted again.
    Rescheduled {
        /// Which duty.
        n: u32,
        /// As it was.
        old: Term,
        /// As it is.
        new: Term,
    },
}

/// One wording of a notice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Version {
    /// The title.
    pub title: String,
    /// The text.
    pub text: String,
    /// Since this day.
    pub since: Date,
}

/// Where it hangs as paper.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Paper {
    /// By whom.
    pub by: String,
    /// Since this day.
    pub day: Date,
    /// Where.
    pub place: String,
    /// Entered on this day.
    pub entered: Date,
}

/// A notice as the record shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Notice {
    /// Its id.
    pub id: MatterId,
    /// All wordings, the valid one last.
    pub versions: Vec<Version>,
    /// Why each correction was made.
    pub whys: Vec<String>,
    /// The body that posted it.
    pub body: MatterId,
    /// The rule that wants it.
    pub under: Option<String>,
    /// What was left out and why.
    pub masked: Vec<String>,
    /// Number of the paper.
    pub number: Option<String>,
    /// Up until this day at least.
    pub until: Date,
    /// Where it hangs.
    pub papers: Vec<Paper>,
    /// Since when it is in the archive.
    pub archived: Option<Date>,
    /// What it owes.
    pub duties: Duties,
}

impl Notice {
    /// The valid wording.
    pub fn now(&self) -> &Version {
        self.versions.last().expect("a notice begins with a version")
    }

    /// The day it was first posted.
    pub fn since(&self) -> Date {
        self.versions[0].since
    }
}

/// What the law looks at besides the notice: whether the body exists today.
#[derive(Clone, Copy, Debug, Default)]
pub struct Given {
    /// Whether it does.
    pub body_exists: bool,
}

const HEADS: &[Holder] = &[
    Holder::Here(PostKind::Secretary),
    Holder::Here(PostKind::Director),
    Holder::Here(PostKind::CollectiveHead),
    Holder::Here(PostKind::SupervisionHead),
];
const STAFF: &[Holder] = &[Holder::Here(PostKind::Clerk), Holder::Here(PostKind::Director), Holder::Here(PostKind::Secretary)];

impl Matter for Notice {
    const KIND: &'static str = "notice";
    const SHAPE: i64 = 1;
    const RULES: &'static [&'static str] = &[KEEP, PAPER];
    type Act = Act;
    type Given = Given;
    type Fact = Fact;

    fn any(act: Act) -> AnyAct {
        AnyAct::Notice(act)
    }

    fn of(act: &Act, at: &Moment<'_>) -> MatterId {
        match act {
            Act::Publish { .. } => at.fresh,
            Act::PaperPosted { notice, .. }
            | Act::Correct { notice, .. }
            | Act::Archive { notice }
            | Act::Lapse { notice, .. }
            | Act::Reschedule { notice, .. } => *notice,
        }
    }

    fn right(act: &Act) -> Right {
        match act {
            Act::Publish { .. } => Right::new("notice.publish", HEADS),
            Act::PaperPosted { .. } => Right::new("notice.paper_posted", STAFF),
            Act::Correct { .. } => Right::new("notice.correct", HEADS),
            Act::Archive { .. } => Right::new("notice.archive", &[Holder::Clock]),
            Act::Lapse { .. } => Right::new("notice.lapse", &[Holder::Clock]),
            Act::Reschedule { .. } => Right::new("notice.reschedule", &[Holder::Clock]),
        }
    }

    fn audience(&self, _: &Fact) -> Audience {
        Audience::Public
    }

    fn decide(before: Option<&Self>, act: Act, given: Given, at: &Moment<'_>) -> Result<Fact, Refusal> {
        match (before, act) {
            (None, Act::Publish { title, text, body, under, masked, number }) => {
                publish(Version { title, text, since: at.day }, body, under, masked, number, given, at)
            }
            (Some(_), Act::Publish { .. }) => Err(Refusal::AlreadyExists),
            (None, _) => Err(Refusal::NoSuchMatter),
            (Some(notice), act) => notice.next(act, at),
        }
    }

    fn evolve(before: Option<Self>, fact: Fact, id: MatterId) -> Self {
        match (before, fact) {
            (_, Fact::Published { version, body, under, masked, number, until, paper }) => {
                let mut duties = Duties::default();
                duties.owe(paper, Owner { body: Some(body), post: PostKind::Clerk });
                let (versions, whys, papers) = (vec![version], Vec::new(), Vec::new());
                Self { id, versions, whys, body, under, masked, number, until, papers, archived: None, duties }
            }
            (Some(mut notice), fact) => {
                match fact {
                    Fact::PaperPosted { by, day, place, entered } => {
                        notice.duties.meet(PAPER, day);
                        notice.papers.push(Paper { by, day, place, entered });
                    }
                    Fact::Corrected { version, why, until } => {
                        notice.versions.push(version);
                        notice.whys.push(why);
                        notice.until = until;
                    }
                    Fact::Archived { on } => notice.archived = Some(on),
                    Fact::Lapsed { n, on } => notice.duties.lapse(n, on),
                    Fact::Rescheduled { n, new, .. } => notice.duties.prolong(n, new),
                    Fact::Published { .. } => unreachable!("a notice is published once"),
                }
                notice
            }
            (None, fact) => unreachable!("the record holds {fact:?} before its matter"),
        }
    }

    fn duties(&self) -> Vec<Duty> {
        self.duties.all().to_vec()
    }

    fn overdue(&self, id: MatterId, at: &Moment<'_>) -> Option<Act> {
        self.duties.silent(at.day).map(|duty| Act::Lapse { notice: id, n: duty.n })
    }

    fn reckoned(&self, id: MatterId, at: &Moment<'_>) -> Option<Act> {
        self.duties.outdated(at).map(|(n, _)| Act::Reschedule { notice: id, n })
    }
}

fn publish(
    version: Version,
    body: MatterId,
    under: Option<String>,
    masked: Vec<String>,
    number: Option<String>,
    given: Given,
    at: &Moment<'_>,
) -> Result<Fact, Refusal> {
    at.must_run(at.day)?;
    wording(&version)?;
    if !given.body_exists {
        return Err(Refusal::NoSuchBody);
    }
    limit::maybe("number", number.as_deref(), limit::MARK)?;
    if masked.len() > limit::PERSONS {
        return Err(Refusal::TooMany { field: "masked", limit: limit::PERSONS });
    }
    masked.iter().try_for_each(|reason| limit::public_text("masked", reason, limit::TITLE))?;
    let until = keep_until(at)?;
    Ok(Fact::Published { version, body, under, masked, number, until, paper: at.term(PAPER, at.day)? })
}

/// The last day of the time a posting must stay up; the day of posting is not counted (民法典 第201条).
fn keep_until(at: &Moment<'_>) -> Result<Date, Refusal> {
    at.days_after(KEEP, "days", at.day)
}

fn wording(version: &Version) -> Result<(), Refusal> {
    limit::public_text("title", &version.title, limit::TITLE)?;
    limit::public_text("text", &version.text, limit::NOTICE)
}

impl Notice {
    fn next(&self, act: Act, at: &Moment<'_>) -> Result<Fact, Refusal> {
        match act {
            Act::PaperPosted { by, day, place, .. } => self.paper(by, day, place, at),
            Act::Correct { title, text, why, .. } => {
                let version = Version { title, text, since: at.day };
                wording(&version)?;
                limit::public_text("why", &why, limit::TEXT)?;
                if self.archived.is_some() {
                    return Err(Refusal::Closed);
                }
                Ok(Fact::Corrected { version, why, until: keep_until(at)? })
            }
            Act::Archive { .. } => match self.archived {
                Some(_) => Err(Refusal::Closed),
                None if at.day <= self.until => Err(Refusal::KeepUp { until: self.until }),
                None => Ok(Fact::Archived { on: at.day }),
            },
            Act::Lapse { n, .. } => match self.duties.get(n).is_some_and(|duty| duty.is_silent(at.day)) {
                true => Ok(Fact::Lapsed { n, on: at.day }),
                false => Err(Refusal::NotYetDue),
            },
            Act::Reschedule { n, .. } => self.duties.reschedule(n, at, |old, new| Fact::Rescheduled { n, old, new }),
            Act::Publish { .. } => Err(Refusal::AlreadyExists),
        }
    }

    fn paper(&self, by: String, day: Date, place: String, at: &Moment<'_>) -> Result<Fact, Refusal> {
        limit::public_text("by", &by, limit::NAME)?;
        limit::public_text("place", &place, limit::TITLE)?;
        if day > at.day {
            return Err(Refusal::DayAhead { day });
        }
        if day < self.since() {
            return Err(Refusal::DaysOutOfOrder { first: self.since(), then: day });
        }
        match self.papers.iter().any(|paper| paper.place == place) {
            true => Err(Refusal::AlreadyPosted),
            false => Ok(Fact::PaperPosted { by, day, place, entered: at.day }),
        }
    }
}
