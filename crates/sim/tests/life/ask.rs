//! 请求与答复 Asking and being answered, or not: each act is asked under a key, and asked again until there is an answer.

use crate::town::Life;
use app::writer::Ticket;
use app::{Asked, Done, Failure, House, enact, prepare};
use law::lead::mechanism;
use law::{Actor, AnyAct, Digest, MatterId, Refusal, UnitCode};
use std::collections::BTreeMap;
use std::sync::mpsc;
use store::{Kept, kinds};

/// An act as somebody asks for it, and asks for it again when no answer came.
#[derive(Clone, Debug)]
pub struct Ask {
    /// In whose record.
    pub unit: UnitCode,
    /// The act.
    pub act: AnyAct,
    /// Who asks.
    pub by: Actor,
    /// The key that makes it one request, however often it is asked.
    pub key: String,
    /// The step that the page showed.
    pub seen: Option<u64>,
    /// What a clerk prepared, when this confirms it.
    pub prepared: Option<Digest>,
}

impl Ask {
    fn asked(&self) -> Asked {
        Asked { act: self.act.clone(), by: self.by.clone(), key: Some(self.key.clone()), seen: self.seen }
    }

    fn put(&self, house: &House) -> Result<Done, Failure> {
        let Some(prepared) = self.prepared else { return house.enact(self.unit, self.asked()) };
        let confirmed = prepare::Confirmed { by: self.by.clone(), key: Some(self.key.clone()), seen: self.seen };
        prepare::confirm(house, self.unit, prepared, confirmed)
    }

    /// The personal words it gives, each with its label.
    pub fn words(&self) -> Vec<(&'static str, String)> {
        kinds::act(self.act.clone(), Words)
    }

    /// The act's name in the table of rights.
    pub fn name(&self) -> &'static str {
        kinds::act(self.act.clone(), Name)
    }
}

struct Words;

impl kinds::VisitAct for Words {
    type Out = Vec<(&'static str, String)>;

    fn visit<M: Kept>(self, act: M::Act) -> Self::Out {
        M::personal(&act).into_iter().map(|(label, text)| (label, text.to_owned())).collect()
    }
}

struct Name;

impl kinds::VisitAct for Name {
    type Out = &'static str;

    fn visit<M: Kept>(self, act: M::Act) -> &'static str {
        M::right(&act).name
    }
}

/// What strangers were told, whatever befalls the house, and what they still wait for.
#[derive(Default)]
pub struct Asks {
    /// What was acknowledged, by its record number.
    pub told: BTreeMap<(UnitCode, i64), Ask>,
    /// What got no answer: whoever asked will ask again.
    pub unanswered: Vec<Ask>,
    /// How often somebody asked for an act, rightly or not.
    pub asked: BTreeMap<String, u32>,
    /// How often the law said no, by its code.
    pub refused: BTreeMap<String, u32>,
    /// Whether the clock stands behind the record.
    pub behind: bool,
    /// While several ask at once: what they ask.
    gathered: Option<Vec<Ask>>,
    keys: u64,
    struck: usize,
}

impl Life {
    /// Failures from here on need a reason from here on.
    pub fn begin_turn(&mut self) {
        self.asks.struck = self.faults.struck().len();
    }

    /// Everybody without an answer asks again.
    pub fn ask_again(&mut self) {
        for ask in std::mem::take(&mut self.asks.unanswered) {
            self.put(ask);
        }
    }

    /// Asks for an act: mostly as it should be asked for, sometimes not.
    pub fn ask(&mut self, unit: UnitCode, by: Actor, act: AnyAct) {
        let by = if self.chance(5) { self.anybody(unit) } else { by };
        let seen = self.page(unit, &act);
        let ask = Ask { unit, act, by, key: self.key(), seen, prepared: None };
        *self.asks.asked.entry(ask.name().to_owned()).or_default() += 1;
        match &mut self.asks.gathered {
            Some(gathered) if unit == self.village.code => gathered.push(ask),
            _ => self.put(ask),
        }
    }

    /// An office-holder confirms what a clerk prepared.
    pub fn confirm(&mut self, by: Actor, act: AnyAct, prepared: Digest) {
        let ask = Ask { unit: self.village.code, act, by, key: self.key(), seen: None, prepared: Some(prepared) };
        self.put(ask);
    }

    fn key(&mut self) -> String {
        self.asks.keys += 1;
        format!("key-{}", self.asks.keys)
    }

    /// The step that the asker's page shows, now and then one that is gone. Every act names its matter in the field called
    /// after its kind, unless it begins one.
    fn page(&mut self, unit: UnitCode, act: &AnyAct) -> Option<u64> {
        let shown = self.below(16);
        if shown > 8 {
            return None;
        }
        let value = serde_json::to_value(act).expect("acts are plain data");
        let matter = value["act"].as_object()?.values().next()?[act.kind()].as_str().and_then(MatterId::parse)?;
        let (_, step) = self.look(|tx| store::record::newest_of(tx, unit, matter))??;
        Some(step.cast_unsigned() + u64::from(shown == 0))
    }

    fn put(&mut self, ask: Ask) {
        let outcome = ask.put(&self.world.house);
        let Some(done) = self.hear(&ask, outcome) else { return };
        match self.below(20) {
            0..=1 => self.tap_twice(&ask, done),
            2 => self.use_the_key_otherwise(&ask),
            _ => {}
        }
    }

    /// Takes an answer in.
    fn hear(&mut self, ask: &Ask, outcome: Result<Done, Failure>) -> Option<Done> {
        match outcome {
            Ok(done) => {
                let before = self.asks.told.insert((ask.unit, done.seq), ask.clone());
                assert!(before.is_none_or(|before| before.key == ask.key), "№{} of {} answers two requests", done.seq, ask.unit);
                Some(done)
            }
            Err(failure) => {
                if !matches!(failure, Failure::Refused(_)) {
                    self.asks.unanswered.push(ask.clone());
                }
                self.attempt(Err(failure))
            }
        }
    }

    fn tap_twice(&mut self, ask: &Ask, done: Done) {
        match ask.put(&self.world.house) {
            Ok(again) => assert_eq!(again, done, "the same key gets the same answer"),
            Err(failure) => self.excuse(&failure),
        }
    }

    fn use_the_key_otherwise(&mut self, ask: &Ask) {
        let other = Ask { act: AnyAct::Mechanism(mechanism::Act::Adopt), prepared: None, ..ask.clone() };
        match other.put(&self.world.house) {
            Err(Failure::Refused(refusal)) => assert_eq!(refusal, Refusal::KeyReused),
            Err(failure) => self.excuse(&failure),
            Ok(done) => panic!("a key that was used before is answered with {done:?}"),
        }
    }

    /// Several ask at the same moment: the writer is held up until all of them wait, and commits them together.
    pub fn at_once(&mut self, several: impl FnOnce(&mut Self)) {
        self.asks.gathered = Some(Vec::new());
        several(self);
        let mut asks = self.asks.gathered.take().unwrap_or_default();
        if self.chance(30) {
            // Somebody taps twice.
            asks.extend(asks.first().cloned());
        }
        let (unit, house) = (self.village.code, self.world.house.clone());
        let (tell, begun) = mpsc::channel();
        let (open, gate) = mpsc::channel::<()>();
        let held = house.submit(unit, move |_| {
            let _waiting = (tell.send(()), gate.recv());
            Ok(())
        });
        if begun.recv().is_err() {
            // The writer never began: whoever gathered asks one after the other.
            self.attempt(held.and_then(Ticket::wait));
            return asks.into_iter().for_each(|ask| self.put(ask));
        }
        let submit = |ask: &Ask| {
            let asked = ask.asked();
            house.submit(unit, move |hand| enact::enact(hand, asked))
        };
        let tickets: Vec<_> = asks.iter().map(submit).collect();
        if self.chance(30) {
            // While they wait it becomes another day.
            self.midnight();
        }
        drop(open);
        self.attempt(held.and_then(Ticket::wait));
        for (ask, ticket) in asks.iter().zip(tickets) {
            self.hear(ask, ticket.and_then(Ticket::wait));
        }
    }

    /// What came of an attempt at something else than an act; none if it was refused or failed for a reason.
    pub fn attempt<T>(&mut self, outcome: Result<T, Failure>) -> Option<T> {
        match outcome {
            Ok(done) => Some(done),
            Err(Failure::Refused(refusal)) => {
                *self.asks.refused.entry(refusal.code()).or_default() += 1;
                None
            }
            Err(failure) => {
                self.excuse(&failure);
                None
            }
        }
    }

    /// A failure has its reason in this very turn: a fault that struck, or a clock behind the record.
    pub fn excuse(&self, failure: &Failure) {
        let behind = self.asks.behind && matches!(failure, Failure::ClockBehind { .. });
        assert!(behind || self.faults.is_dead() || self.faults.struck().len() > self.asks.struck, "failed with nothing amiss: {failure}");
    }
}
