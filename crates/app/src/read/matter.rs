//! 读事项 Reading one matter: its state, its steps, and as much of a resident's words as the reader may see.

use super::{Names, Reader};
use crate::{Failure, House};
use jiff::{Timestamp, civil::Date};
use law::open::notice::Notice;
use law::open::suggestion::{Shown, Suggestion};
use law::{By, Matter, MatterId, PersonalRef, UnitCode};
use store::{Kept, Tx, kept, personal};

/// What a reader may see of a resident's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Text {
    /// As written.
    Whole(String),
    /// With parts left out.
    Edited(String),
    /// A person has yet to look at it (先审后发).
    Waiting,
    /// Not shown, for this reason.
    Withheld(String),
    /// Erased by law: on this day.
    Erased(Option<Date>),
}

/// The words of a suggestion as its reader may see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// What was written.
    pub text: Text,
    /// The sender's name: in full for officials and the sender, masked for all others, none when not given.
    pub name: Option<String>,
    /// How to reach the sender: officials only.
    pub contact: Option<String>,
    /// Why the sender is not content: officials and the sender.
    pub remark: Option<String>,
    /// Why the sender asked again: officials and the sender.
    pub reason: Option<String>,
    /// The reader is the sender.
    pub mine: bool,
}

/// Reads the words of a suggestion.
pub fn words(tx: &mut dyn Tx, unit: UnitCode, s: &Suggestion, reader: &Reader) -> Result<Words, Failure> {
    let mut text_of = |at: Option<PersonalRef>| -> Result<Option<String>, Failure> {
        let Some(at) = at else { return Ok(None) };
        Ok(personal::text(tx, unit, s.id, at)?.map(|kept| kept.text))
    };
    let author = text_of(s.author)?.and_then(|id| MatterId::parse(&id));
    let mine = author.is_some() && author == reader.person || s.code.is_some() && s.code == reader.code;
    let inside = mine || reader.is_official();
    let text = match (&s.shown, s.erased) {
        (_, Some(on)) => Text::Erased(Some(on)),
        (Some(Shown::Edited { text }), _) if !inside => Text::Edited(text.clone()),
        (Some(Shown::Withheld { reason }), _) if !inside => Text::Withheld(reason.clone()),
        (None, _) if !inside => Text::Waiting,
        _ => text_of(Some(s.text))?.map_or(Text::Erased(None), Text::Whole),
    };
    let name = text_of(s.name)?.map(|name| if inside { name } else { law::code::mask_name(&name) });
    let remark = s.verdict.as_ref().and_then(|verdict| verdict.remark).filter(|_| inside);
    let reason = s.reopened.map(|(_, reason)| reason).filter(|_| inside);
    let contact = s.contact.filter(|_| reader.is_official());
    Ok(Words { text, name, contact: text_of(contact)?, remark: text_of(remark)?, reason: text_of(reason)?, mine })
}

/// One step of a matter.
#[derive(Clone, Debug)]
pub struct Step<F> {
    /// Record number.
    pub seq: i64,
    /// The instant.
    pub at: Timestamp,
    /// The civil day.
    pub day: Date,
    /// Who acted.
    pub by: By,
    /// What happened.
    pub fact: F,
    /// Whether a signed checkpoint covers it.
    pub sealed: bool,
}

/// The steps of a matter that this reader may see.
pub fn steps<M: Kept>(tx: &mut dyn Tx, unit: UnitCode, id: MatterId, reader: &Reader) -> Result<Vec<Step<M::Fact>>, Failure> {
    let sealed = store::record::latest_checkpoint(tx, unit)?.map_or(0, |sealed| sealed.size);
    let mut steps = Vec::new();
    let mut state = None;
    for stored in store::record::of_matter(tx, unit, id)?.into_iter().filter(|stored| stored.kind == M::KIND) {
        let entry = kept::read::<M>(&stored.body)?;
        let next = M::evolve(state, entry.fact.clone(), id);
        if reader.audience.may_read(next.audience(&entry.fact)) {
            let (at, by, fact) = (entry.at, entry.by, entry.fact);
            steps.push(Step { seq: stored.seq, at, day: law::moment::civil_day(at), by, fact, sealed: stored.seq < sealed });
        }
        state = Some(next);
    }
    Ok(steps)
}

/// A suggestion with all its page needs.
#[derive(Clone, Debug)]
pub struct SuggestionPage {
    /// The state.
    pub state: Suggestion,
    /// The words.
    pub words: Words,
    /// The steps.
    pub steps: Vec<Step<<Suggestion as Matter>::Fact>>,
    /// Names of bodies and office-holders.
    pub names: Names,
    /// How the record stands.
    pub record: super::record::Standing,
}

/// A period of something recurring with all its page needs: state, steps, names.
pub type CadencePage = (law::steer::cadence::Cadence, Vec<Step<law::steer::cadence::Fact>>, Names);

/// A notice with all its page needs: state, steps, names.
pub type NoticePage = (Notice, Vec<Step<<Notice as Matter>::Fact>>, Names);

/// What stands behind a matter's address.
#[derive(Clone, Debug)]
pub enum Page {
    /// A suggestion.
    Suggestion(Box<SuggestionPage>),
    /// A notice with its steps and names.
    Notice(Box<NoticePage>),
    /// A period of something recurring, with its steps.
    Cadence(Box<CadencePage>),
    /// A sitting.
    Sitting(Box<super::meet::Room>),
    /// A ballot.
    Ballot(Box<super::meet::Vote>),
    /// A motion with all that comes of it.
    Motion(Box<super::decisions::MotionPage>),
    /// A resolution.
    Resolution(Box<super::decisions::ResolutionPage>),
    /// A task.
    Task(Box<super::decisions::TaskPage>),
}

/// Reads the matter of this id, whichever kind it is; none if there is none that this reader may know of.
pub fn page(house: &House, unit: UnitCode, id: MatterId, reader: &Reader) -> Result<Option<Page>, Failure> {
    house.read(|tx| {
        if let Some(state) = kept::get::<Suggestion>(tx, unit, id)? {
            let words = words(tx, unit, &state, reader)?;
            let steps = steps::<Suggestion>(tx, unit, id, reader)?;
            let (names, record) = (Names::read(tx, unit)?, super::record::standing(house, tx, unit)?);
            return Ok(Some(Page::Suggestion(Box::new(SuggestionPage { state, words, steps, names, record }))));
        }
        if let Some(state) = kept::get::<Notice>(tx, unit, id)? {
            let steps = steps::<Notice>(tx, unit, id, reader)?;
            return Ok(Some(Page::Notice(Box::new((state, steps, Names::read(tx, unit)?)))));
        }
        if let Some(state) = kept::get::<law::steer::cadence::Cadence>(tx, unit, id)? {
            let steps = steps::<law::steer::cadence::Cadence>(tx, unit, id, reader)?;
            return Ok(Some(Page::Cadence(Box::new((state, steps, Names::read(tx, unit)?)))));
        }
        if let Some(room) = super::meet::room_in(house, tx, unit, id, reader)? {
            return Ok(Some(Page::Sitting(Box::new(room))));
        }
        if let Some(vote) = super::meet::vote_in(house, tx, unit, id, reader)? {
            return Ok(Some(Page::Ballot(Box::new(vote))));
        }
        decision(house, tx, unit, id, reader)
    })
}

/// A motion, a resolution or a task of this id.
fn decision(house: &House, tx: &mut dyn Tx, unit: UnitCode, id: MatterId, reader: &Reader) -> Result<Option<Page>, Failure> {
    use super::decisions;
    if let Some(state) = kept::get::<law::meet::motion::Motion>(tx, unit, id)? {
        return Ok(Some(Page::Motion(Box::new(decisions::motion(house, tx, unit, state, reader)?))));
    }
    if let Some(state) = kept::get::<law::meet::resolution::Resolution>(tx, unit, id)? {
        return Ok(Some(Page::Resolution(Box::new(decisions::resolution(tx, unit, state, reader)?))));
    }
    if let Some(state) = kept::get::<law::steer::task::Task>(tx, unit, id)? {
        let resolution = kept::get(tx, unit, state.resolution)?.ok_or(law::Refusal::NoSuchMatter)?;
        let (work, names) = (decisions::work(tx, unit, state, reader)?, Names::read(tx, unit)?);
        return Ok(Some(Page::Task(Box::new(decisions::TaskPage { work, resolution, names }))));
    }
    Ok(None)
}

/// The suggestions that this reader sent in a unit, newest first.
pub fn mine(house: &House, unit: UnitCode, reader: &Reader) -> Result<Vec<super::board::Listed>, Failure> {
    let Some(person) = reader.person else { return Ok(Vec::new()) };
    house.read(|tx| {
        let states = store::open::suggestion::by_author(tx, unit, person)?;
        super::board::list(tx, unit, states, reader)
    })
}

/// The suggestion whose stub bears this code.
pub fn by_code(house: &House, unit: UnitCode, code: law::Digest) -> Result<Option<MatterId>, Failure> {
    house.read(|tx| Ok(store::open::suggestion::by_code(tx, unit, code)?.map(|s| s.id)))
}

/// Sitting cadres whose names stand in a text: the form then asks whether it reports misconduct.
pub fn cadres_named(house: &House, unit: UnitCode, text: &str) -> Result<Vec<String>, Failure> {
    let today = super::today(house);
    house.read(|tx| store::open::suggestion::cadres_named_on(tx, unit, today, text))
}
