//! 办事之门 Enact: the one door for writing. Hold → now → right on that day → recall → given → decide → append → evolve →
//! save row and duties → what follows. Nothing else writes.

use crate::Dice;
use jiff::{Timestamp, civil::Date};
use law::personal::salt_of;
use law::{Actor, AnyAct, By, Digest, Entry, Matter, MatterId, Moment, Office, PersonalRef, Policy, Refusal, Relied, Who};
use store::kept::{self, Step};
use store::record::Draft;
use store::{Failure, Kept, Pen, Recorded, key, kinds, lead, personal};

/// What an act needs of the house: rules, dice.
#[derive(Clone, Copy)]
pub struct Hall<'a> {
    /// Rules and calendar in force.
    pub policy: &'a Policy,
    /// Randomness.
    pub dice: &'a dyn Dice,
}

/// The hand that acts in one unit at one instant.
pub struct Hand<'a, 'tx> {
    /// The pen on the unit's record.
    pub pen: &'a mut Pen<'tx>,
    /// Rules and dice.
    pub hall: Hall<'a>,
    /// The instant, taken after the unit was held.
    pub now: Timestamp,
}

/// An act as it is asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The act.
    pub act: AnyAct,
    /// Who asks.
    pub by: Actor,
    /// The key under which a repeated request gets the same answer.
    pub key: Option<String>,
    /// The step that the asker's page showed; refused if somebody acted since.
    pub seen: Option<u64>,
}

impl Asked {
    /// An act with nothing around it.
    pub fn new(act: AnyAct, by: Actor) -> Self {
        Self { act, by, key: None, seen: None }
    }
}

/// What came of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Done {
    /// The record number of its line.
    pub seq: i64,
    /// The matter.
    pub matter: MatterId,
}

/// Does what is asked. The writer sees to it that all of it happens or nothing.
pub fn enact(hand: &mut Hand<'_, '_>, asked: Asked) -> Result<Done, Failure> {
    let Asked { act, by, key, seen } = asked;
    let digest = Digest::of(&[&serde_json::to_vec(&act).expect("acts are plain data")]);
    let actor = by.person().map_or_else(|| "-".to_owned(), |person| person.to_string());
    let unit = hand.pen.unit();
    if let Some(key) = &key {
        match key::seen(hand.pen.tx, unit, &actor, key)? {
            Some(before) if before.digest == digest => return Ok(Done { seq: before.seq, matter: before.matter }),
            Some(_) => return Err(Refusal::KeyReused.into()),
            None => {}
        }
    }
    let by = as_of_now(hand, by)?;
    let line = hand.run(act, &by, seen, None, 0)?;
    if let Some(key) = key {
        key::remember(hand.pen.tx, unit, &actor, &key, digest, &line, hand.now.as_microsecond())?;
    }
    Ok(Done { seq: line.seq(), matter: line.matter() })
}

/// Who asks, by the posts and rolls of this very instant: since the door looked somebody may have left, or midnight passed.
fn as_of_now(hand: &mut Hand<'_, '_>, by: Actor) -> Result<Actor, Failure> {
    let (unit, day) = (hand.pen.unit(), law::moment::civil_day(hand.now));
    let who = match by.who {
        Who::Official { person, offices } => {
            let held = offices.into_iter().map(|office| lead::post::office(hand.pen.tx, office.unit, office.post, day));
            Who::Official { person, offices: held.filter_map(Result::transpose).collect::<Result<_, _>>()? }
        }
        Who::Resident { person, on_roll } => {
            Who::Resident { person, on_roll: on_roll && lead::roll::holds(hand.pen.tx, unit, person, day)? }
        }
        who => who,
    };
    Ok(Actor { who, ..by })
}

/// One act of any kind on its way through the door.
struct Passing<'h, 'a, 'tx> {
    hand: &'h mut Hand<'a, 'tx>,
    by: &'h Actor,
    seen: Option<u64>,
    cause: Option<u64>,
    depth: usize,
}

impl kinds::VisitAct for Passing<'_, '_, '_> {
    type Out = Result<Recorded, Failure>;

    fn visit<M: Kept>(self, act: M::Act) -> Self::Out {
        self.hand.pass::<M>(act, self.by, self.seen, self.cause, self.depth)
    }
}

impl Hand<'_, '_> {
    /// An act of any kind, with what follows from it.
    fn run(&mut self, act: AnyAct, by: &Actor, seen: Option<u64>, cause: Option<u64>, depth: usize) -> Result<Recorded, Failure> {
        if depth > law::limit::DEPTH {
            return Err(Refusal::TooDeep.into());
        }
        kinds::act(act, Passing { hand: self, by, seen, cause, depth })
    }

    fn pass<M: Kept>(&mut self, act: M::Act, by: &Actor, seen: Option<u64>, cause: Option<u64>, depth: usize) -> Result<Recorded, Failure> {
        let unit = self.pen.unit();
        let started = lead::mechanism::started(self.pen.tx, unit)?;
        let at = self.moment(by, started);
        let id = M::of(&act, &at);
        // What has just been given its id has no past to look for.
        let mut step = if id == at.fresh { Step { state: None, next: 0 } } else { kept::recall::<M>(self.pen.tx, unit, id)? };
        if seen.is_some_and(|seen| step.next != seen.cast_signed() + 1) {
            return Err(Refusal::StalePage.into());
        }
        if !matches!(by.who, Who::Clock) {
            step = self.catch_up(id, step, started)?;
        }
        if step.next >= M::STEPS.cast_signed() {
            return Err(Refusal::TooManySteps.into());
        }
        let texts = M::personal(&act);
        let decided = self.decide::<M>(step.state.as_ref(), act, &at)?;
        let at = Moment { office: decided.office.as_ref(), ..at };
        let (line, state) = self.set_down::<M>(&at, id, step, &decided.fact, decided.relies, cause)?;
        self.keep_texts(&at, id, &texts)?;
        let cause = line.seq().cast_unsigned();
        let law = Actor::new(Who::Law { cause });
        for next in state.follows(&decided.fact) {
            self.run(next, &law, None, Some(cause), depth + 1)?;
        }
        Ok(line)
    }

    /// The moment as the law sees it, with fresh dice.
    pub(crate) fn moment<'m>(&self, by: &'m Actor, started: Option<Date>) -> Moment<'m>
    where
        Self: 'm,
    {
        let mut salt = [0; 16];
        self.hall.dice.fill(&mut salt);
        Moment {
            unit: self.pen.unit(),
            profile: self.pen.unit().profile(),
            started,
            now: self.now,
            day: law::moment::civil_day(self.now),
            by,
            office: None,
            fresh: MatterId::fresh(self.pen.head().frontier.size(), self.hall.dice.bits()),
            salt,
            policy: self.hall.policy,
        }
    }

    /// First records what passed in silence, so that the record never depends on when the clock job ran.
    fn catch_up<M: Kept>(&mut self, id: MatterId, mut step: Step<M>, started: Option<Date>) -> Result<Step<M>, Failure> {
        let clock = Actor::new(Who::Clock);
        loop {
            let at = self.moment(&clock, started);
            let Some(act) = step.state.as_ref().and_then(|state| state.overdue(id, &at)) else { return Ok(step) };
            let decided = self.decide::<M>(step.state.as_ref(), act, &at)?;
            let next = step.next + 1;
            let (_, state) = self.set_down::<M>(&at, id, step, &decided.fact, decided.relies, None)?;
            step = Step { state: Some(state), next };
        }
    }

    /// The right of that day, then the law. Of several posts the first that carries the act is used.
    fn decide<M: Kept>(&mut self, before: Option<&M>, act: M::Act, at: &Moment<'_>) -> Result<Decided<M>, Failure> {
        let right = M::right(&act);
        let offices: Vec<Option<Office>> = match &at.by.who {
            who if right.held_without_post(who) => vec![None],
            Who::Official { offices, .. } => {
                offices.iter().filter(|office| right.held_by_post(office, at.unit)).cloned().map(Some).collect()
            }
            _ => Vec::new(),
        };
        let mut refusal = Refusal::NoRight { act: right.name };
        for office in offices {
            let at = Moment { office: office.as_ref(), ..at.clone() };
            let given = M::given(self.pen.tx, before, &act, &at)?;
            let mut relies = M::relies(&given);
            relies.extend(office.as_ref().map(|office| Relied { unit: office.unit, matter: office.post, step: office.step }));
            match M::decide(before, act.clone(), given, &at) {
                Ok(fact) => return Ok(Decided { fact, relies, office }),
                Err(no @ (Refusal::NotYourBody | Refusal::NotTheOwner | Refusal::WrongConvener { .. } | Refusal::NoRight { .. })) => {
                    refusal = no
                }
                Err(no) => return Err(no.into()),
            }
        }
        Err(refusal.into())
    }

    /// Appends the line, then writes what `evolve` makes of it.
    fn set_down<M: Kept>(
        &mut self,
        at: &Moment<'_>,
        id: MatterId,
        step: Step<M>,
        fact: &M::Fact,
        relies: Vec<Relied>,
        cause: Option<u64>,
    ) -> Result<(Recorded, M), Failure> {
        let entry = Entry {
            v: 1,
            unit: at.unit,
            kind: M::KIND.to_owned(),
            matter: id,
            step: step.next.cast_unsigned(),
            at: at.now,
            by: by(at),
            policy: at.policy.digest().to_owned(),
            cause,
            relies,
            fact: fact.clone(),
            // Not the act's own salt: that one gives away the salts of its personal texts, and is kept nowhere.
            salt: law::entry::HexSalt(salt_of(&at.salt, "entry")),
        };
        let (body, digest) = entry.to_bytes();
        let state = M::evolve(step.state, fact.clone(), id);
        let audience = state.audience(fact);
        let draft = Draft { kind: M::KIND, matter: id, step: step.next, at: at.now, audience, body: &body, digest };
        let line = self.pen.append(&draft)?;
        kept::save(self.pen.tx, &state, &line)?;
        personal::erase(self.pen.tx, at.unit, id, M::forgets(fact), line.seq())?;
        Ok((line, state))
    }

    /// Keeps the act's personal texts beside the record, and who a resident is.
    fn keep_texts(&mut self, at: &Moment<'_>, id: MatterId, texts: &[(&str, String)]) -> Result<(), Failure> {
        let by = at.unnamed().map(|person| ("by", person.to_string()));
        let texts = texts.iter().map(|(label, text)| (*label, text.clone())).chain(by);
        let kept = texts.map(|(label, text)| {
            let salt = salt_of(&at.salt, label);
            (label, PersonalRef::of(&salt, &text), personal::Kept { text, salt })
        });
        personal::keep(self.pen.tx, at.unit, id, &kept.collect::<Vec<_>>())
    }
}

struct Decided<M: Matter> {
    fact: M::Fact,
    relies: Vec<Relied>,
    office: Option<Office>,
}

/// Who acted, as the record keeps it.
fn by(at: &Moment<'_>) -> By {
    match (&at.by.who, at.office) {
        (Who::Official { person, .. }, Some(office)) => {
            By::Post { unit: office.unit, post: office.post, kind: office.kind, person: *person, prepared_by: at.by.prepared_by }
        }
        (Who::Resident { on_roll, .. }, _) => By::Resident { person: at.person_ref().expect("a resident is a person"), on_roll: *on_roll },
        (Who::Bearer { .. }, _) => By::Bearer,
        (Who::Clock, _) => By::Clock,
        (Who::Law { .. }, _) => By::Law,
        (Who::Keeper, _) => By::Keeper,
        (Who::Official { .. }, None) => By::Voter { person: at.person_ref().expect("acts by no post") },
        (Who::Anyone, _) => By::Anyone,
    }
}
