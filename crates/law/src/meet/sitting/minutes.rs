//! 会议记录 Minutes: drafted by the program from what happened, and by nobody's hand; 农村集体经济组织法 第33条.

use super::act::{Fact, Listed, Presence, Weekly};
use super::kind::SittingKind;
use crate::meet::{Outcome, Stage};
use crate::{MatterId, PersonalRef};
use jiff::Timestamp;
use jiff::civil::Date;

/// What was noted of one item, in the order in which it happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Noted {
    /// It was reported on.
    Report {
        /// By whom; empty when the quick path leaves it out.
        by: String,
        /// What was reported.
        text: String,
    },
    /// It was discussed.
    Discussion {
        /// How many spoke; 0 when the quick path leaves it out.
        spoke: u32,
        /// Reference to who they were.
        speakers: Option<PersonalRef>,
        /// What was said.
        text: String,
    },
    /// All present agreed.
    Agreed {
        /// What is resolved.
        text: String,
        /// How many agreed.
        present: u32,
    },
    /// A ballot was counted.
    Ballot {
        /// The ballot.
        ballot: MatterId,
        /// What it came to.
        outcomes: Vec<Outcome>,
    },
    /// The minutes of it were set right.
    Amended {
        /// What should be read instead.
        text: String,
        /// On this day.
        on: Date,
    },
}

/// The minutes of a sitting.
#[derive(Clone, Debug, PartialEq)]
pub struct Minutes {
    /// Its kind.
    pub kind: SittingKind,
    /// The day.
    pub day: Date,
    /// The time.
    pub time: String,
    /// The place.
    pub place: String,
    /// When it was opened.
    pub opened: Option<Timestamp>,
    /// When it ended.
    pub ended: Option<Timestamp>,
    /// Why it was broken off.
    pub broken_off: Option<String>,
    /// Who was there, by assembly: the most at once.
    pub present: Vec<Presence>,
    /// The items with what was noted of each.
    pub items: Vec<(Listed, Vec<Noted>)>,
    /// What was set right in the whole.
    pub amended: Vec<(String, Date)>,
    /// When they were confirmed.
    pub confirmed: Option<Date>,
}

impl Minutes {
    /// The minutes that facts make, as far as they may be read by whom they are shown to; none without the first.
    pub fn of<'a>(facts: impl IntoIterator<Item = &'a Fact>) -> Option<Self> {
        let mut minutes: Option<Self> = None;
        for fact in facts {
            match &mut minutes {
                None => minutes = Self::first(fact),
                Some(minutes) => minutes.take(fact),
            }
        }
        minutes
    }

    fn first(fact: &Fact) -> Option<Self> {
        let (kind, day, time, place) = match fact {
            Fact::Convened { kind, day, time, place, .. } => (*kind, *day, time, place),
            Fact::Held { day, from, place, .. } => (SittingKind::Team, *day, from, place),
            _ => return None,
        };
        let mut minutes = Self {
            kind,
            day,
            time: time.clone(),
            place: place.clone(),
            opened: None,
            ended: None,
            broken_off: None,
            present: Vec::new(),
            items: Vec::new(),
            amended: Vec::new(),
            confirmed: None,
        };
        match fact {
            Fact::Convened { agenda, .. } => minutes.items = agenda.iter().map(|listed| (listed.clone(), Vec::new())).collect(),
            Fact::Held { called, present, items, entered, .. } => {
                let present = u32::try_from(present.len()).expect("teams are small");
                minutes.present = vec![Presence { assembly: called.assembly, due: called.due, present }];
                minutes.items = items.iter().map(|item| quick(item, present)).collect();
                minutes.confirmed = Some(*entered);
            }
            _ => {}
        }
        Some(minutes)
    }

    fn take(&mut self, fact: &Fact) {
        match fact {
            Fact::Added { item, .. } => self.items.push((item.clone(), Vec::new())),
            Fact::Opened { at, present } => (self.opened, self.present) = (Some(*at), present.clone()),
            Fact::Reported { item, by, text } => self.note(*item, Noted::Report { by: by.clone(), text: text.clone() }),
            Fact::Discussed { item, spoke, speakers, text } => {
                self.note(*item, Noted::Discussion { spoke: *spoke, speakers: Some(*speakers), text: text.clone() });
            }
            Fact::Agreed { item, text, present, .. } => {
                self.note(*item, Noted::Agreed { text: text.clone(), present: present.present });
            }
            Fact::Settled { item, ballot, outcomes } => {
                self.note(*item, Noted::Ballot { ballot: *ballot, outcomes: outcomes.clone() });
            }
            Fact::Adjourned { reason, at, present, .. } => {
                (self.ended, self.broken_off, self.present) = (Some(*at), Some(reason.clone()), present.clone());
            }
            Fact::Closed { at, present, .. } => (self.ended, self.present) = (Some(*at), present.clone()),
            Fact::MinutesAmended { item: Some(item), text, on } => self.note(*item, Noted::Amended { text: text.clone(), on: *on }),
            Fact::MinutesAmended { item: None, text, on } => self.amended.push((text.clone(), *on)),
            Fact::MinutesConfirmed { on } => self.confirmed = Some(*on),
            Fact::Convened { .. }
            | Fact::Held { .. }
            | Fact::Notified { .. }
            | Fact::Cancelled { .. }
            | Fact::Reconvened { .. }
            | Fact::Attended { .. }
            | Fact::Put { .. }
            | Fact::Lapsed { .. }
            | Fact::Rescheduled { .. } => {}
        }
    }

    fn note(&mut self, item: u32, noted: Noted) {
        if let Some((_, all)) = self.items.get_mut(item as usize) {
            all.push(noted);
        }
    }
}

fn quick(item: &Weekly, present: u32) -> (Listed, Vec<Noted>) {
    let Weekly { title, report, discussion, resolution, motion, version, scope } = item.clone();
    let listed = Listed { title: Some(title), stage: Stage::Daily, motion, version, scope, closed: None, papers: None };
    let noted = vec![
        Noted::Report { by: String::new(), text: report },
        Noted::Discussion { spoke: 0, speakers: None, text: discussion },
        Noted::Agreed { text: resolution, present },
    ];
    (listed, noted)
}
