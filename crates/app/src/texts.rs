//! 个人文字 Personal texts in entries: which references an entry brings in, which it opens to the public, which die with
//! it. Bundles, audit and verification read it here and nowhere else; 个人信息保护法 第25条、第47条.

use jiff::Timestamp;
use law::lead::person::{self, Person};
use law::meet::motion::{self, Motion};
use law::open::suggestion::{self, Shown, Suggestion};
use law::personal::Forgets;
use law::steer::task::{self, Task};
use law::watch::report::{self, Report};
use law::{By, Entry, Matter, MatterId, PersonalRef, UnitCode};
use serde::de::{DeserializeOwned, IgnoredAny};

/// Kinds whose facts refer to personal texts. A test holds this list against the facts' schemas.
pub const KINDS: [&str; 5] = [Suggestion::KIND, Person::KIND, Report::KIND, Motion::KIND, Task::KIND];

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

impl Tells for IgnoredAny {
    fn effect(&self) -> Effect {
        Effect::default()
    }
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
        Motion::KIND => said::<motion::Fact>(body),
        Task::KIND => said::<task::Fact>(body),
        _ => said::<IgnoredAny>(body),
    }
}

fn said<F: DeserializeOwned + Tells>(body: &[u8]) -> Result<Said, serde_json::Error> {
    let entry: Entry<F> = serde_json::from_slice(body)?;
    let mut effect = entry.fact.effect();
    if let By::Resident { person, .. } = entry.by
        && !effect.refs.iter().any(|(_, at)| *at == person)
    {
        effect.refs.push((BY, person));
    }
    Ok(Said { unit: entry.unit, kind: entry.kind, matter: entry.matter, step: entry.step, at: entry.at, effect })
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
        for held in &mut self.0 {
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
