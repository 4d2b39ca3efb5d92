//! 个人文字 Personal texts in entries: which references an entry brings in, which it opens to the public, which die with
//! it. Bundles, audit and verification read it here and nowhere else; 个人信息保护法 第25条、第47条.

use jiff::Timestamp;
use law::lead::person::{self, Person};
use law::meet::ballot::{self, Ballot};
use law::meet::motion::{self, Motion};
use law::meet::sitting::{self, Sitting};
use law::open::suggestion::{self, Shown, Suggestion};
use law::personal::Forgets;
use law::steer::task::{self, Task};
use law::watch::report::{self, Report};
use law::{By, Entry, Matter, MatterId, PersonalRef, Relied, UnitCode};
use serde::de::{DeserializeOwned, IgnoredAny};
use std::any::Any;

/// Kinds whose facts refer to personal texts. A test holds this list against the facts' schemas.
pub const KINDS: [&str; 7] = [Suggestion::KIND, Person::KIND, Report::KIND, Sitting::KIND, Ballot::KIND, Motion::KIND, Task::KIND];

/// The label of who acted, in every kind.
const BY: &str = "by";

/// What a fact does with the personal texts of its matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// References it brings in, each with the label of its text.
    pub refs: Vec<(&'static str, PersonalRef)>,
    /// The earlier texts that everybody may read from now on, as they were written.
    pub opens: Opens,
    /// What it lawfully deletes.
    pub forgets: Forgets,
}

/// Which earlier texts of its matter a fact opens to everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Opens {
    /// None.
    #[default]
    Nothing,
    /// Those with this label.
    Label(&'static str),
    /// These.
    Refs(Vec<PersonalRef>),
}

/// What an entry says about itself, and what it does with personal texts.
#[derive(Clone, Debug)]
pub struct Said {
    /// The unit.
    pub unit: UnitCode,
    /// The kind of matter.
    pub kind: String,
    /// The matter.
    pub matter: MatterId,
    /// Its step.
    pub step: u64,
    /// The instant.
    pub at: Timestamp,
    /// What it rests on.
    pub relies: Vec<Relied>,
    /// What it does.
    pub effect: Effect,
}

/// A fact that tells what it does with personal texts.
trait Tells {
    fn effect(&self) -> Effect;
}

impl Tells for suggestion::Fact {
    fn effect(&self) -> Effect {
        let mut effect = Effect::default();
        match self {
            Self::Submitted { text, author, name, contact, .. } => {
                effect.refs.push(("text", *text));
                let named = [(BY, *author), ("name", *name), ("contact", *contact)];
                effect.refs.extend(named.into_iter().filter_map(|(label, at)| Some((label, at?))));
            }
            Self::Disputed { remark, .. } => effect.refs.extend(remark.map(|at| ("remark", at))),
            Self::Reopened { reason, .. } => effect.refs.push(("reason", *reason)),
            Self::Released { shown: Shown::Whole, .. } => effect.opens = Opens::Label("text"),
            Self::Erased { .. } => effect.forgets = Forgets::All,
            _ => {}
        }
        effect
    }
}

impl Tells for motion::Fact {
    fn effect(&self) -> Effect {
        match self {
            Self::Challenged { text, author, .. } | Self::Opined { text, author, .. } => spoken("voice", *text, *author),
            Self::Released { texts, shown: Shown::Whole, .. } => opened(texts),
            Self::Erased { gone, .. } => gone_for_good(gone),
            _ => Effect::default(),
        }
    }
}

impl Tells for task::Fact {
    fn effect(&self) -> Effect {
        match self {
            Self::Asked { text, author, .. } => spoken("question", *text, *author),
            Self::Released { texts, shown: Shown::Whole, .. } => opened(texts),
            Self::Erased { gone, .. } => gone_for_good(gone),
            _ => Effect::default(),
        }
    }
}

/// Somebody's words came in, with who spoke.
fn spoken(label: &'static str, text: PersonalRef, author: Option<PersonalRef>) -> Effect {
    let refs = std::iter::once((label, text)).chain(author.map(|author| (BY, author))).collect();
    Effect { refs, ..Effect::default() }
}

fn opened(texts: &[PersonalRef]) -> Effect {
    Effect { opens: Opens::Refs(texts.to_vec()), ..Effect::default() }
}

fn gone_for_good(texts: &[PersonalRef]) -> Effect {
    Effect { forgets: Forgets::Refs(texts.to_vec()), ..Effect::default() }
}

impl Tells for person::Fact {
    fn effect(&self) -> Effect {
        match self {
            Self::Entered { name, id_number, phone, .. } => {
                let given = [("name", Some(*name)), ("id_number", *id_number), ("phone", *phone)];
                Effect { refs: given.into_iter().filter_map(|(label, at)| Some((label, at?))).collect(), ..Effect::default() }
            }
            // The old number goes when a new one comes.
            Self::Changed { phone: Some(phone), .. } => {
                Effect { refs: vec![("phone", *phone)], forgets: Forgets::Label("phone"), ..Effect::default() }
            }
            Self::Changed { phone: None, .. } => Effect::default(),
            Self::Erased { .. } => Effect { forgets: Forgets::All, ..Effect::default() },
        }
    }
}

impl Tells for report::Fact {
    fn effect(&self) -> Effect {
        match self {
            Self::Filed { text, .. } => Effect { refs: vec![("text", *text)], ..Effect::default() },
            Self::Blank | Self::Accepted { .. } => Effect::default(),
        }
    }
}

impl Tells for sitting::Fact {
    fn effect(&self) -> Effect {
        let refs = match self {
            Self::Convened { titles, .. } | Self::Added { titles, .. } => titles.iter().map(|at| ("titles", *at)).collect(),
            Self::Discussed { speakers, .. } => vec![("speakers", *speakers)],
            _ => Vec::new(),
        };
        Effect { refs, ..Effect::default() }
    }
}

impl Tells for ballot::Fact {
    fn effect(&self) -> Effect {
        let refs = match self {
            Self::Cast { voter, .. } => vec![("voter", *voter)],
            Self::Handed { papers, tellers, .. } => vec![("papers", *papers), ("tellers", *tellers)],
            Self::Sheeted { teller, papers, .. } => vec![("teller", *teller), ("papers", *papers)],
            Self::Opened { .. } | Self::Counted { .. } => Vec::new(),
        };
        Effect { refs, ..Effect::default() }
    }
}

/// What a fact of any kind does; those of other kinds refer to no personal text.
fn effect_of(fact: &dyn Any) -> Effect {
    fn of<F: Tells + 'static>(fact: &dyn Any) -> Option<Effect> {
        fact.downcast_ref::<F>().map(Tells::effect)
    }
    let told = of::<suggestion::Fact>(fact)
        .or_else(|| of::<person::Fact>(fact))
        .or_else(|| of::<report::Fact>(fact))
        .or_else(|| of::<sitting::Fact>(fact))
        .or_else(|| of::<ballot::Fact>(fact))
        .or_else(|| of::<motion::Fact>(fact))
        .or_else(|| of::<task::Fact>(fact));
    told.unwrap_or_default()
}

/// Reads an entry's bytes.
///
/// # Errors
/// What the entry lacks, e.g. because a newer cunwu wrote it.
pub fn read(body: &[u8]) -> Result<Said, serde_json::Error> {
    #[derive(serde::Deserialize)]
    struct Kind<'a> {
        #[serde(borrow)]
        kind: std::borrow::Cow<'a, str>,
    }
    match &*serde_json::from_slice::<Kind<'_>>(body)?.kind {
        Suggestion::KIND => said::<suggestion::Fact>(body),
        Person::KIND => said::<person::Fact>(body),
        Report::KIND => said::<report::Fact>(body),
        Sitting::KIND => said::<sitting::Fact>(body),
        Ballot::KIND => said::<ballot::Fact>(body),
        Motion::KIND => said::<motion::Fact>(body),
        Task::KIND => said::<task::Fact>(body),
        _ => said::<IgnoredAny>(body),
    }
}

fn said<F: DeserializeOwned + 'static>(body: &[u8]) -> Result<Said, serde_json::Error> {
    serde_json::from_slice::<Entry<F>>(body).map(|entry| of(entry).0)
}

/// What an entry that was read says, and its fact.
pub fn of<F: 'static>(entry: Entry<F>) -> (Said, F) {
    let mut effect = effect_of(&entry.fact);
    if let By::Resident { person, .. } | By::Voter { person } = entry.by
        && !effect.refs.iter().any(|(_, at)| *at == person)
    {
        effect.refs.push((BY, person));
    }
    let Entry { unit, kind, matter, step, at, relies, fact, .. } = entry;
    (Said { unit, kind, matter, step, at, relies, effect }, fact)
}

/// One text that a matter's entries refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its label.
    pub label: &'static str,
    /// The reference.
    pub at: PersonalRef,
    /// The record number that brought it in.
    pub seq: u64,
    /// Whether everybody may read it.
    pub open: bool,
    /// The record number that lawfully deleted it.
    pub forgotten: Option<u64>,
}

/// The personal texts of one matter, as its entries tell them one after the other.
#[derive(Clone, Debug, Default)]
pub struct Texts(Vec<Held>);

impl Texts {
    /// Takes the next entry in.
    pub fn take(&mut self, seq: u64, effect: &Effect) {
        // Most entries only bring texts in; they need not look at all that are there.
        let touches = effect.opens != Opens::Nothing || effect.forgets != Forgets::Nothing;
        for held in self.0.iter_mut().filter(|_| touches) {
            held.open |= match &effect.opens {
                Opens::Nothing => false,
                Opens::Label(label) => held.label == *label,
                Opens::Refs(all) => all.contains(&held.at),
            };
            let dies = match &effect.forgets {
                Forgets::Nothing => false,
                Forgets::Label(label) => held.label == *label,
                Forgets::Refs(all) => all.contains(&held.at),
                Forgets::All => true,
            };
            if dies && held.forgotten.is_none() {
                held.forgotten = Some(seq);
            }
        }
        self.0.extend(effect.refs.iter().map(|(label, at)| Held { label, at: *at, seq, open: false, forgotten: None }));
    }

    /// All of them.
    pub fn all(&self) -> &[Held] {
        &self.0
    }

    /// Those that everybody may read: released as they were written, and not deleted since.
    pub fn public(&self) -> impl Iterator<Item = &Held> {
        self.0.iter().filter(|held| held.open && held.forgotten.is_none())
    }
}
