//! 一天 A day of a village: what is done in the order of its hour, each act through the one door; what the law refuses is left undone.

use super::cast::Cast;
use crate::world::instant;
use app::{Asked, Failure, Hand};
use jiff::civil::Date;
use jiff::{Span, Timestamp};
use law::meet::{Choice, ballot, motion, resolution, sitting};
use law::steer::{cadence, task};
use law::{Actor, AnyAct, MatterId};
use std::collections::BTreeMap;
use store::{Kept, kept};

/// Seconds from one act of a scene to the next.
const PACE: i64 = 20;

/// What is done at one hour, one act after the other.
pub type Scene = Box<dyn FnOnce(&mut Play<'_, '_, '_>) -> Result<(), Failure> + Send>;

/// One act, or a scene of several.
pub enum Doing {
    /// One act, by this actor.
    Act(Actor, Box<AnyAct>),
    /// A scene.
    Scene(Scene),
}

/// Something to be done on a day, at this minute after eight.
pub struct Deed {
    /// Minutes after eight in the morning.
    pub minute: i64,
    /// What is done.
    pub doing: Doing,
}

/// What a village remembers from one day to the next.
#[derive(Debug, Default)]
pub struct Book {
    ids: BTreeMap<String, MatterId>,
    /// Scenes that the law stopped, with its reason: in a life as it is written there are none.
    pub stopped: Vec<String>,
}

/// A scene as it is played.
pub struct Play<'p, 'a, 'tx> {
    hand: &'p mut Hand<'a, 'tx>,
    book: &'p mut Book,
    /// Who there is.
    pub cast: &'p Cast,
    /// The day.
    pub day: Date,
}

/// Does the day's deeds. What the law refuses is left undone, as in life.
pub fn carry_out(hand: &mut Hand<'_, '_>, day: Date, mut deeds: Vec<Deed>, cast: &Cast, book: &mut Book) -> Result<(), Failure> {
    deeds.sort_by_key(|deed| deed.minute);
    let (hall, mut now) = (hand.hall, instant(day, 8, 0));
    for Deed { minute, doing } in deeds {
        let meant = instant(day, 8, 0).checked_add(Span::new().minutes(minute)).map_err(Failure::unreadable)?;
        // A scene that took longer than it was thought to makes the next one wait.
        let mut then = Hand { pen: hand.pen, hall, now: now.max(meant) };
        let done = match doing {
            Doing::Act(by, act) => enact(&mut then, *act, by).map(|_| ()),
            Doing::Scene(scene) => {
                let done = scene(&mut Play { hand: &mut then, book, cast, day });
                if let Err(Failure::Refused(refusal)) = &done {
                    book.stopped.push(format!("{day}: {refusal:?}"));
                }
                done
            }
        };
        now = then.now;
        match done {
            Ok(()) | Err(Failure::Refused(_)) => {}
            Err(failure) => return Err(failure),
        }
    }
    Ok(())
}

fn enact(hand: &mut Hand<'_, '_>, act: AnyAct, by: Actor) -> Result<MatterId, Failure> {
    let (hall, now) = (hand.hall, hand.now);
    let done = hand.pen.within(|pen| app::enact::enact(&mut Hand { pen, hall, now }, Asked::new(act, by)))?;
    Ok(done.matter)
}

impl Play<'_, '_, '_> {
    /// Asks through the one door, a little later than what was asked before; a refusal ends the scene.
    pub fn does(&mut self, by: &Actor, act: AnyAct) -> Result<MatterId, Failure> {
        self.pass(PACE)?;
        let told = format!("{act:?}");
        enact(self.hand, act, by.clone()).inspect_err(|failure| {
            if matches!(failure, Failure::Refused(_)) {
                self.book.stopped.push(told.chars().take(200).collect());
            }
        })
    }

    /// An act of a sitting.
    pub fn sits(&mut self, by: &Actor, act: sitting::Act) -> Result<MatterId, Failure> {
        self.does(by, AnyAct::Sitting(act))
    }

    /// An act of a ballot.
    pub fn votes(&mut self, by: &Actor, act: ballot::Act) -> Result<MatterId, Failure> {
        self.does(by, AnyAct::Ballot(act))
    }

    /// An act of a motion.
    pub fn moves(&mut self, by: &Actor, act: motion::Act) -> Result<MatterId, Failure> {
        self.does(by, AnyAct::Motion(act))
    }

    /// An act of a resolution.
    pub fn resolves(&mut self, by: &Actor, act: resolution::Act) -> Result<MatterId, Failure> {
        self.does(by, AnyAct::Resolution(act))
    }

    /// An act of a task.
    pub fn works(&mut self, by: &Actor, act: task::Act) -> Result<MatterId, Failure> {
        self.does(by, AnyAct::Task(act))
    }

    /// An act of a period.
    pub fn keeps(&mut self, by: &Actor, act: cadence::Act) -> Result<MatterId, Failure> {
        self.does(by, AnyAct::Cadence(act))
    }

    /// A paper without a name.
    pub fn slips(&mut self, voter: MatterId, ballot: MatterId, choice: Choice) -> Result<(), Failure> {
        let by = self.cast.voter(voter);
        let (hall, now) = (self.hand.hall, self.hand.now);
        let cast = |pen: &mut _| app::meet::ballot::cast_by(&mut Hand { pen, hall, now }, &by, ballot, voter, choice);
        self.hand.pen.within(cast).map(|_| ())
    }

    /// Lets so many seconds pass.
    pub fn pass(&mut self, seconds: i64) -> Result<(), Failure> {
        let later: Timestamp = self.hand.now.checked_add(Span::new().seconds(seconds)).map_err(Failure::unreadable)?;
        self.hand.now = later;
        Ok(())
    }

    /// A matter as its row says.
    pub fn get<M: Kept>(&mut self, id: MatterId) -> Result<Option<M>, Failure> {
        let unit = self.hand.pen.unit();
        kept::get(self.hand.pen.tx, unit, id)
    }

    /// Remembers a matter under a name.
    pub fn remember(&mut self, name: &str, id: MatterId) {
        self.book.ids.insert(name.to_owned(), id);
    }

    /// The matter that was remembered under a name; none if it never came to that.
    pub fn recall(&self, name: &str) -> Option<MatterId> {
        self.book.ids.get(name).copied()
    }
}
