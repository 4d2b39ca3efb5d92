//! 议题现状 State of a motion, as its facts make it; 东组通〔2015〕33号 二（二）“党群联席会议”.

use super::act::{Fact, Passage, Source, Wording};
use super::class::{Class, Fixed};
use super::{ANSWER, JUDGE, RATIFY, RELEASE};
use crate::meet::resolution::{self, Resolution};
use crate::meet::{Assembly, Outcome, Stage};
use crate::open::suggestion::Shown;
use crate::{Duties, MatterId, Owner, PersonalRef, PostKind, Term};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One version of the text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// The words.
    pub wording: Wording,
    /// What was changed and why; empty for the first.
    pub why: String,
    /// Since this day.
    pub since: Date,
}

/// A draft that is up for opinions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Since this day.
    pub since: Date,
    /// Its last day.
    pub until: Date,
}

/// What a resident speaks to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// How the motion is classed.
    Class,
    /// The draft.
    Draft,
}

/// What became of a resident's words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    /// Taken into account (采纳), or the class found to be 重大.
    pub taken: bool,
    /// How, or why not.
    pub text: String,
    /// On this day.
    pub on: Date,
}

/// A resident's words on a motion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Voice {
    /// Its number in the motion.
    pub n: u32,
    /// What it speaks to.
    pub about: About,
    /// The version that it speaks to.
    pub version: u32,
    /// Reference to the words.
    pub text: PersonalRef,
    /// Reference to the person.
    pub author: Option<PersonalRef>,
    /// On this day.
    pub on: Date,
    /// What the public reads of it.
    pub shown: Option<Shown>,
    /// What became of it.
    pub reply: Option<Reply>,
    /// When it was erased.
    pub erased: Option<Date>,
}

/// How the present version ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "end", rename_all = "snake_case")]
pub enum End {
    /// It was resolved.
    Resolved {
        /// On this day.
        on: Date,
        /// By the teams as daily work.
        daily: bool,
    },
    /// It was voted down.
    Rejected {
        /// Where.
        stage: Stage,
        /// On this day.
        on: Date,
    },
    /// It was taken back.
    Withdrawn {
        /// Why.
        reason: String,
        /// On this day.
        on: Date,
    },
}

/// What was done before a sitting could decide.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Emergency {
    /// Who answers for it with the secretary.
    pub leaders: Vec<MatterId>,
    /// On this day.
    pub on: Date,
    /// When it was ratified.
    pub ratified: Option<Date>,
}

/// A motion as the record shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Motion {
    /// Its id.
    pub id: MatterId,
    /// The kind of matter.
    pub matter_type: String,
    /// A few words.
    pub title: String,
    /// Who asked for it; none for an emergency.
    pub source: Source,
    /// The day it was put forward.
    pub proposed_on: Date,
    /// The day it was entered.
    pub entered: Date,
    /// All versions of the text, the present one last.
    pub versions: Vec<Version>,
    /// How the rules class it.
    pub class: Class,
    /// What fixes the class of this version whatever its figures say.
    pub fixed: Option<Fixed>,
    /// When the teams discussed what is now before them.
    pub consulted: Option<Date>,
    /// Its draft.
    pub draft: Option<Draft>,
    /// When this version was deliberated.
    pub deliberated: Option<Date>,
    /// Whether the party organisation sat there.
    pub party_heard: bool,
    /// What assemblies resolved on this version, each for itself.
    pub votes: Vec<Outcome>,
    /// How this version ended.
    pub end: Option<End>,
    /// The version whose resolution holds.
    pub in_force: Option<u32>,
    /// What was done before a sitting could decide.
    pub emergency: Option<Emergency>,
    /// Residents' words.
    pub voices: Vec<Voice>,
    /// Every passage through a sitting or an assembly.
    pub passages: Vec<Passage>,
    /// What it owes.
    pub duties: Duties,
}

/// Where a motion stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// 已提议.
    Proposed,
    /// 已商议.
    Consulted,
    /// 方案公示.
    Posted,
    /// 已审议.
    Deliberated,
    /// 待法定会议, or an assembly that has to pass it as well.
    Awaiting,
    /// 已决议.
    Resolved,
    /// 未通过.
    Rejected,
    /// 已撤回.
    Withdrawn,
    /// 紧急先办, to be ratified.
    Emergency,
}

impl Phase {
    /// Every phase, in the order of lists.
    pub const ALL: [Self; 9] = [
        Self::Proposed,
        Self::Consulted,
        Self::Posted,
        Self::Deliberated,
        Self::Awaiting,
        Self::Resolved,
        Self::Rejected,
        Self::Withdrawn,
        Self::Emergency,
    ];

    /// The stable word in tables and addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Consulted => "consulted",
            Self::Posted => "posted",
            Self::Deliberated => "deliberated",
            Self::Awaiting => "awaiting",
            Self::Resolved => "resolved",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
            Self::Emergency => "emergency",
        }
    }
}

impl Motion {
    /// Where it stands.
    pub fn phase(&self) -> Phase {
        match &self.end {
            Some(End::Withdrawn { .. }) => return Phase::Withdrawn,
            Some(End::Rejected { .. }) => return Phase::Rejected,
            Some(End::Resolved { .. }) => return Phase::Resolved,
            None => {}
        }
        match (self.deliberated, self.draft, self.consulted) {
            _ if self.is_emergency() => Phase::Emergency,
            (Some(_), ..) if self.class.reserved.is_some() || !self.votes.is_empty() => Phase::Awaiting,
            (Some(_), ..) => Phase::Deliberated,
            (None, Some(_), _) => Phase::Posted,
            (None, None, Some(_)) => Phase::Consulted,
            (None, None, None) => Phase::Proposed,
        }
    }

    /// Opinions on the draft that is up, or was the last to be up.
    pub fn heard(&self) -> impl Iterator<Item = &Voice> {
        let since = self.draft.map_or(Date::MAX, |draft| draft.since);
        self.voices.iter().filter(move |voice| voice.about == About::Draft && voice.on >= since)
    }

    /// Whether it was done before a sitting could decide and waits to be ratified.
    pub fn is_emergency(&self) -> bool {
        self.end.is_none() && self.emergency.as_ref().is_some_and(|emergency| emergency.ratified.is_none())
    }

    /// Number of the present version, from 1.
    pub fn version(&self) -> u32 {
        u32::try_from(self.versions.len()).expect("a motion has few versions")
    }

    /// The present words.
    pub fn wording(&self) -> &Wording {
        &self.versions.last().expect("a motion begins with a wording").wording
    }

    /// The id of its resolution in this version.
    pub fn resolution(&self, version: u32) -> MatterId {
        Resolution::id_of(self.id, version)
    }

    /// The challenge that waits for the supervision committee.
    pub fn challenge(&self) -> Option<&Voice> {
        self.voices.iter().find(|voice| voice.about == About::Class && voice.reply.is_none())
    }

    /// Opinions that wait for an answer.
    pub fn unanswered(&self) -> usize {
        self.voices.iter().filter(|voice| voice.about == About::Draft && voice.reply.is_none()).count()
    }

    /// What every assembly said to the present version where it was decided, those that only advise too.
    pub fn outcomes(&self) -> Vec<Outcome> {
        let decided =
            |passage: &&Passage| !matches!(passage.stage, Stage::Consult | Stage::Deliberate) && passage.version == self.version();
        self.passages.iter().filter(decided).flat_map(|passage| passage.outcomes.clone()).collect()
    }

    /// The resolution that the present version becomes.
    pub(super) fn issue(&self, emergency: bool) -> resolution::Act {
        let wording = self.wording();
        resolution::Act::Issue(Box::new(resolution::Issue {
            motion: self.id,
            version: self.version(),
            matter_type: self.matter_type.clone(),
            title: self.title.clone(),
            text: wording.text.clone(),
            basis: wording.basis.clone(),
            major: self.class.major,
            rule: self.class.rule.clone(),
            body: wording.body,
            carried_out_by: self.class.carried_out_by.clone(),
            amount: wording.figures.amount,
            deadline: wording.deadline,
            outcomes: self.outcomes(),
            decided_on: self.passages.last().filter(|_| !emergency).map_or(self.proposed_on, |passage| passage.on),
            emergency,
        }))
    }

    pub(super) fn begin(id: MatterId, fact: Fact) -> Self {
        let (matter_type, title, wording, source, class, on, entered, emergency) = match fact {
            Fact::Proposed { matter_type, title, wording, source, class, on, entered } => {
                (matter_type, title, wording, source, class, on, entered, None)
            }
            Fact::Declared { matter_type, title, wording, class, leaders, on, ratify } => {
                let emergency = Some((Emergency { leaders, on, ratified: None }, ratify));
                (matter_type, title, wording, Source::Secretary, class, on, on, emergency)
            }
            fact => unreachable!("the record holds {fact:?} before its matter"),
        };
        let mut duties = Duties::default();
        let (emergency, ratify) = emergency.unzip();
        if let Some(ratify) = ratify {
            duties.owe(ratify, Owner { body: None, post: PostKind::Secretary });
        }
        Self {
            id,
            matter_type,
            title,
            source,
            proposed_on: on,
            entered,
            versions: vec![Version { wording: *wording, why: String::new(), since: on }],
            class: *class,
            fixed: None,
            consulted: None,
            draft: None,
            deliberated: None,
            party_heard: false,
            votes: Vec::new(),
            end: None,
            in_force: emergency.as_ref().map(|_| 1),
            emergency,
            voices: Vec::new(),
            passages: Vec::new(),
            duties,
        }
    }

    pub(super) fn happen(&mut self, fact: Fact) {
        match fact {
            Fact::Proposed { .. } | Fact::Declared { .. } => unreachable!("a motion is put forward once"),
            Fact::Challenged { text, author, on, judge, release } => {
                self.speak(About::Class, text, author, on);
                self.duties.owe(judge, Owner { body: None, post: PostKind::SupervisionHead });
                self.owe_look(release);
            }
            Fact::Judged { major, reason, class, falls, on } => {
                let challenge: Vec<u32> = self.challenge().map(|voice| voice.n).into_iter().collect();
                self.reply(&challenge, &Reply { taken: major, text: reason.clone(), on });
                self.duties.meet(JUDGE, on);
                self.reclass(*class, reason, falls.is_some(), on);
                self.fixed = Some(Fixed::Judged(major));
            }
            Fact::Revised { wording, why, class, anew, until, on } => {
                self.reword(*wording, why, *class, on);
                if anew {
                    self.restart();
                }
                if let (Some(draft), Some(until)) = (&mut self.draft, until) {
                    draft.until = until;
                }
            }
            Fact::DraftPosted { since, until, .. } => self.draft = Some(Draft { since, until }),
            Fact::Opined { text, author, on, answer, release } => {
                self.speak(About::Draft, text, author, on);
                if let Some(answer) = answer {
                    self.duties.owe(answer, Owner { body: None, post: PostKind::Secretary });
                }
                self.owe_look(release);
            }
            Fact::Answered { opinions, taken, text, on } => {
                self.reply(&opinions, &Reply { taken, text, on });
                if self.unanswered() == 0 {
                    self.duties.meet(ANSWER, on);
                }
            }
            Fact::Released { voices, shown, on, .. } => {
                for voice in self.voices.iter_mut().filter(|voice| voices.contains(&voice.n)) {
                    voice.shown = Some(shown.clone());
                }
                self.looked(on);
            }
            Fact::Consulted { passage, class } => self.pass(*passage, *class, Passed::Consulted),
            Fact::Deliberated { passage, class } => self.pass(*passage, *class, Passed::Deliberated),
            Fact::Awaiting { passage, class, .. } => self.pass(*passage, *class, Passed::Awaiting),
            Fact::Resolved { passage, class, .. } => self.pass(*passage, *class, Passed::Resolved),
            Fact::Ratified { passage, class } => self.pass(*passage, *class, Passed::Ratified),
            Fact::Rejected { passage, class } => self.pass(*passage, *class, Passed::Rejected),
            Fact::Withdrawn { reason, on } => {
                self.end = Some(End::Withdrawn { reason, on });
                self.duties.waive(JUDGE, on);
                self.duties.waive(ANSWER, on);
            }
            Fact::Adjusted { wording, why, class, on } => {
                self.fixed = self.class.major.then_some(Fixed::Changes);
                self.reword(*wording, why, *class, on);
                self.restart();
            }
            Fact::Erased { voice, on, .. } => {
                if let Some(voice) = self.voices.get_mut(voice as usize) {
                    voice.erased = Some(on);
                }
                self.looked(on);
            }
            Fact::Lapsed { n, on } => self.duties.lapse(n, on),
            Fact::Rescheduled { n, new, .. } => self.duties.prolong(n, new),
        }
    }

    /// The class was found to be another: what was deliberated as something else was not deliberated, and what others
    /// decided falls and is put forward again.
    fn reclass(&mut self, class: Class, reason: String, falls: bool, on: Date) {
        if class.major != self.class.major {
            (self.deliberated, self.party_heard) = (None, false);
            self.votes.clear();
        }
        if falls {
            self.reword(self.wording().clone(), reason, class.clone(), on);
            self.restart();
            self.in_force = None;
        }
        self.class = class;
    }

    fn owe_look(&mut self, release: Option<Term>) {
        if let Some(release) = release {
            self.duties.owe(release, Owner { body: None, post: PostKind::Clerk });
        }
    }

    /// Whether every word was looked through: then nothing is owed.
    fn looked(&mut self, on: Date) {
        if self.voices.iter().all(|voice| voice.shown.is_some() || voice.erased.is_some()) {
            self.duties.meet(RELEASE, on);
        }
    }

    /// A new version of the words: what was deliberated and voted on is void.
    fn reword(&mut self, wording: Wording, why: String, class: Class, since: Date) {
        self.versions.push(Version { wording, why, since });
        self.class = class;
        (self.deliberated, self.party_heard, self.end) = (None, false, None);
        self.votes.clear();
    }

    /// It begins anew, with the teams' discussion.
    fn restart(&mut self) {
        (self.consulted, self.draft, self.deliberated, self.party_heard, self.end) = (None, None, None, false, None);
        self.fixed = self.fixed.filter(|fixed| *fixed == Fixed::Changes);
        self.votes.clear();
    }

    fn speak(&mut self, about: About, text: PersonalRef, author: Option<PersonalRef>, on: Date) {
        let n = u32::try_from(self.voices.len()).expect("a motion has few voices");
        let version = self.version();
        self.voices.push(Voice { n, about, version, text, author, on, shown: None, reply: None, erased: None });
    }

    fn reply(&mut self, voices: &[u32], reply: &Reply) {
        for voice in self.voices.iter_mut().filter(|voice| voices.contains(&voice.n)) {
            voice.reply = Some(reply.clone());
        }
    }

    /// Goes through a sitting or an assembly.
    fn pass(&mut self, passage: Passage, class: Class, how: Passed) {
        let (on, stage) = (passage.on, passage.stage);
        self.class = class;
        if how != Passed::Consulted && how != Passed::Deliberated {
            let decides = passage.outcomes.iter().filter(|outcome| outcome.binding && self.class.binds(outcome.assembly));
            self.votes.extend(decides.cloned());
        }
        match how {
            Passed::Consulted => self.consulted = Some(on),
            Passed::Deliberated => {
                self.deliberated = Some(on);
                self.party_heard = passage.seated.contains(&Assembly::Party);
            }
            Passed::Awaiting => {}
            Passed::Rejected => {
                self.end = Some(End::Rejected { stage, on });
                if self.emergency.as_ref().is_some_and(|emergency| emergency.ratified.is_none()) {
                    self.in_force = None;
                    self.duties.meet(RATIFY, on);
                }
            }
            Passed::Resolved => {
                self.end = Some(End::Resolved { on, daily: stage == Stage::Daily });
                self.in_force = Some(self.version());
            }
            Passed::Ratified => {
                self.end = Some(End::Resolved { on, daily: false });
                self.duties.meet(RATIFY, on);
                if let Some(emergency) = &mut self.emergency {
                    emergency.ratified = Some(on);
                }
            }
        }
        self.passages.push(passage);
    }
}

/// How a passage ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Passed {
    Consulted,
    Deliberated,
    Awaiting,
    Rejected,
    Resolved,
    Ratified,
}
