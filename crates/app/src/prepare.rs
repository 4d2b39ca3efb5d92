//! 经办 Preparing: staff prepare an act, its office-holder confirms it in one tap, and the record names both. A prepared act is
//! known by the digest of what it says, so that it cannot change underneath whoever confirms it.

use crate::enact::{self, Asked, Done, Hand};
use crate::{Failure, House};
use law::{Actor, AnyAct, Digest, Matter, MatterId, Moment, Office, PostKind, Refusal, UnitCode, Who, limit};
use store::draft::{self, Draft};
use store::{Kept, key, kinds, lead};

/// What a prepared act is known by.
pub fn digest(draft: &Draft) -> Digest {
    Digest::of(&[draft.act.as_bytes()])
}

/// The prepared act itself.
///
/// # Errors
/// When it cannot be read back.
pub fn act(draft: &Draft) -> Result<AnyAct, Failure> {
    serde_json::from_str(&draft.act).map_err(Failure::unreadable)
}

/// Whether the law would take this act now from `by`. Nothing is written.
///
/// # Errors
/// The refusal that the act would meet.
pub fn attempt(house: &House, unit: UnitCode, act: AnyAct, by: Actor) -> Result<(), Failure> {
    house.act(unit, move |hand| rehearse(hand, act, by))
}

/// As [`attempt`], for an act that staff prepare: it is tried as if those who may confirm it had asked.
///
/// # Errors
/// The refusal that the act would meet.
pub fn attempt_for_heads(house: &House, unit: UnitCode, act: AnyAct) -> Result<(), Failure> {
    house.act(unit, move |hand| {
        let heads = heads(hand)?;
        rehearse(hand, act, heads)
    })
}

/// Keeps an act that a clerk prepared; it takes the place of what was prepared for the same matter before.
///
/// # Errors
/// [`Refusal::NoRight`] for others than clerks of the unit; every refusal that the act itself would meet.
pub fn prepare(house: &House, unit: UnitCode, act: AnyAct, by: &Actor) -> Result<MatterId, Failure> {
    let by = by.clone();
    house.act(unit, move |hand| {
        let (prepared_by, person) = clerk(&by, unit)?;
        let heads = heads(hand)?;
        rehearse(hand, act.clone(), heads)?;
        let text = serde_json::to_string(&act).expect("acts are plain data");
        let at = hand.moment(&by, None);
        let kind = act.kind().to_owned();
        let matter = kinds::act(act, Concerns(&at));
        let waiting = draft::all(hand.pen.tx, unit)?;
        let (replaced, others): (Vec<_>, Vec<_>) =
            waiting.into_iter().partition(|known| known.act == text || matter.is_some() && known.matter == matter);
        if others.len() >= limit::DRAFTS {
            return Err(Refusal::TooMany { field: "draft", limit: limit::DRAFTS }.into());
        }
        let fresh = Draft { id: at.fresh, matter, kind, act: text, prepared_by, person, at: hand.now.as_microsecond() };
        replaced.iter().try_for_each(|old| draft::drop(hand.pen.tx, unit, old.id))?;
        draft::keep(hand.pen.tx, unit, &fresh)?;
        Ok(fresh.id)
    })
}

/// Does what was prepared, as the office-holder's own act; the record names the clerk's post beside it.
///
/// # Errors
/// [`Refusal::StalePage`] when nothing of this digest waits any more; every refusal that the act itself meets.
pub fn confirm(house: &House, unit: UnitCode, prepared: Digest, confirmed: Confirmed) -> Result<Done, Failure> {
    house.act(unit, move |hand| {
        let Confirmed { by, key, seen } = confirmed;
        let Some(found) = find(hand, prepared)? else { return answered(hand, &by, key.as_deref(), prepared) };
        let by = Actor { prepared_by: Some(found.prepared_by), ..by };
        let done = enact::enact(hand, Asked { act: act(&found)?, by, key, seen })?;
        draft::drop(hand.pen.tx, unit, found.id)?;
        Ok(done)
    })
}

/// How an office-holder confirms: who, under which key, having seen which step.
#[derive(Clone, Debug)]
pub struct Confirmed {
    /// The office-holder.
    pub by: Actor,
    /// The key under which a repeated tap gets the same answer.
    pub key: Option<String>,
    /// The step that the page showed.
    pub seen: Option<u64>,
}

/// Does something else than what was prepared for the same matter, and drops that; `prepared` names what has no matter yet.
///
/// # Errors
/// Every refusal that the act meets.
pub fn instead(house: &House, unit: UnitCode, asked: Asked, prepared: Option<Digest>) -> Result<Done, Failure> {
    house.act(unit, move |hand| {
        let done = enact::enact(hand, asked)?;
        for old in draft::all(hand.pen.tx, unit)? {
            if old.matter == Some(done.matter) || prepared == Some(digest(&old)) {
                draft::drop(hand.pen.tx, unit, old.id)?;
            }
        }
        Ok(done)
    })
}

/// Sends a prepared act back: a head who will not confirm it, or the clerk who takes it back.
///
/// # Errors
/// [`Refusal::StalePage`] when nothing of this digest waits; [`Refusal::NoRight`] for everybody else.
pub fn send_back(house: &House, unit: UnitCode, prepared: Digest, by: &Actor) -> Result<(), Failure> {
    let by = by.clone();
    house.act(unit, move |hand| {
        let found = find(hand, prepared)?.ok_or(Refusal::StalePage)?;
        let may = |office: &Office| office.unit == unit && (office.kind.is_head() || office.post == found.prepared_by);
        match &by.who {
            Who::Official { offices, .. } if offices.iter().any(may) => draft::drop(hand.pen.tx, unit, found.id),
            _ => Err(Refusal::NoRight { act: "draft.send_back" }.into()),
        }
    })
}

fn find(hand: &mut Hand<'_, '_>, prepared: Digest) -> Result<Option<Draft>, Failure> {
    let unit = hand.pen.unit();
    Ok(draft::all(hand.pen.tx, unit)?.into_iter().find(|draft| digest(draft) == prepared))
}

/// A second tap on the same button is answered like the first.
fn answered(hand: &mut Hand<'_, '_>, by: &Actor, key: Option<&str>, prepared: Digest) -> Result<Done, Failure> {
    let (unit, actor) = (hand.pen.unit(), by.person().map_or_else(String::new, |person| person.to_string()));
    let before = key.map(|key| key::seen(hand.pen.tx, unit, &actor, key)).transpose()?.flatten();
    match before.filter(|before| before.digest == prepared) {
        Some(before) => Ok(Done { seq: before.seq, matter: before.matter }),
        None => Err(Refusal::StalePage.into()),
    }
}

/// The clerk's post and person.
fn clerk(by: &Actor, unit: UnitCode) -> Result<(MatterId, MatterId), Failure> {
    let Who::Official { person, offices } = &by.who else { return Err(Refusal::NoRight { act: "draft.prepare" }.into()) };
    let post = offices.iter().find(|office| office.unit == unit && office.kind == PostKind::Clerk);
    post.map(|office| (office.post, *person)).ok_or_else(|| Refusal::NoRight { act: "draft.prepare" }.into())
}

/// All heads of the unit in one, who between them may confirm whatever staff prepare.
fn heads(hand: &mut Hand<'_, '_>) -> Result<Actor, Failure> {
    let (unit, day) = (hand.pen.unit(), law::moment::civil_day(hand.now));
    let mut offices = Vec::new();
    let held = lead::post::held(hand.pen.tx, unit, day)?;
    for post in held.iter().filter(|post| post.kind.is_head()) {
        let own = lead::post::offices(hand.pen.tx, unit, post.person, day)?;
        offices.extend(own.into_iter().filter(|office| office.post == post.id));
    }
    let person = held.iter().find(|post| post.kind.is_head()).ok_or(Refusal::BodyWithoutHead)?.person;
    Ok(Actor::new(Who::Official { person, offices }))
}

/// Goes through with an act and takes all of it back, so that only the law's word is left.
fn rehearse(hand: &mut Hand<'_, '_>, act: AnyAct, by: Actor) -> Result<(), Failure> {
    let (hall, now) = (hand.hall, hand.now);
    let mut outcome = Ok(());
    // Whatever `within` is told to fail with, it undoes everything; what counts is the outcome.
    let undone: Result<(), Failure> = hand.pen.within(|pen| {
        outcome = enact::enact(&mut Hand { pen, hall, now }, Asked::new(act, by)).map(|_| ());
        Err(Failure::Busy)
    });
    match (outcome, undone) {
        (Ok(()), Err(Failure::Busy)) => Ok(()),
        (Err(failure), _) | (Ok(()), Err(failure)) => Err(failure),
        (Ok(()), Ok(())) => unreachable!("a rehearsal is always undone"),
    }
}

/// Which matter an act concerns; none for one that begins with it.
struct Concerns<'m>(&'m Moment<'m>);

impl kinds::VisitAct for Concerns<'_> {
    type Out = Option<MatterId>;

    fn visit<M: Kept>(self, act: M::Act) -> Self::Out {
        let id = <M as Matter>::of(&act, self.0);
        (id != self.0.fresh).then_some(id)
    }
}
