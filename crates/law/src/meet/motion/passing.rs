//! 表决结果 Passing: what a sitting's ballot or an assembly outside this record makes of a motion; 村民委员会组织法 第26、30条.

use super::act::{Count, Fact, Held, Note, Passage};
use super::class::Class;
use super::decide::not_too_old;
use super::gate::competent;
use super::{Motion, Phase};
use crate::meet::quorum::{Base, Share};
use crate::meet::{Assembly, Bench, Outcome, Stage, Tally};
use crate::{Moment, Refusal, limit};
use jiff::civil::Date;

impl Motion {
    /// What a sitting did. The law of the sitting's day applies, however late it is entered.
    pub(super) fn note(&self, note: Note, at: &Moment<'_>) -> Result<Fact, Refusal> {
        let Note { stage, version, sitting, item, seated, ballot, outcomes, on, .. } = note;
        let class = self.open_to(stage, version, on, at)?;
        competent(&class, stage, &seated)?;
        let passage = self.passage(stage, seated, outcomes, on, at);
        self.made_of(Passage { sitting: Some((sitting, item)), ballot, ..passage }, class)
    }

    /// What an assembly outside this record decided, its numbers checked against the rule of its day.
    pub(super) fn record(&self, version: u32, held: Held, at: &Moment<'_>) -> Result<Fact, Refusal> {
        limit::public_text("document", &held.document, limit::MARK)?;
        for teller in &held.tellers {
            limit::public_text("tellers", teller, limit::NAME)?;
        }
        if held.tellers[0].trim() == held.tellers[1].trim() {
            return Err(Refusal::TwoTellers);
        }
        not_too_old(held.on, at)?;
        at.must_run(held.on)?;
        let stage = if self.phase() == Phase::Emergency { Stage::Ratify } else { Stage::Resolve };
        let class = self.open_to(stage, version, held.on, at)?;
        competent(&class, stage, &[held.assembly])?;
        let tally = held.tally(&class, &Moment { day: held.on, ..at.clone() })?;
        let passage = self.passage(stage, vec![held.assembly], vec![Outcome::from(&tally)], held.on, at);
        self.made_of(Passage { held: Some(held), ..passage }, class)
    }

    /// Refuses what is over, votes on an old text and skipped steps; gives the class by the law of that day.
    fn open_to(&self, stage: Stage, version: u32, on: Date, at: &Moment<'_>) -> Result<Class, Refusal> {
        if on > at.day {
            return Err(Refusal::DayAhead { day: on });
        }
        self.alive(stage)?;
        if version != self.version() {
            return Err(Refusal::OldVersion { now: self.version() });
        }
        let class = self.class_on(on, at)?;
        self.steps_taken(stage, &class, on)?;
        Ok(class)
    }

    fn passage(&self, stage: Stage, seated: Vec<Assembly>, outcomes: Vec<Outcome>, on: Date, at: &Moment<'_>) -> Passage {
        let (version, digest) = (self.version(), self.wording().digest());
        Passage { stage, version, digest, sitting: None, seated, ballot: None, outcomes, held: None, on, entered: at.day }
    }

    pub(super) fn made_of(&self, passage: Passage, class: Class) -> Result<Fact, Refusal> {
        let deciding = |outcome: &&Outcome| outcome.binding && class.binds(outcome.assembly);
        let all_binding_passed = passage.outcomes.iter().filter(|outcome| outcome.binding).all(|outcome| outcome.passed);
        let (boxed, stage) = (Box::new(class.clone()), passage.stage);
        match stage {
            Stage::Consult | Stage::Deliberate if !all_binding_passed => Ok(Fact::Rejected { passage: Box::new(passage), class: boxed }),
            Stage::Consult => Ok(Fact::Consulted { passage: Box::new(passage), class: boxed }),
            Stage::Deliberate => Ok(Fact::Deliberated { passage: Box::new(passage), class: boxed }),
            // Agreed without a ballot (一致同意), as only daily work may be.
            Stage::Daily if passage.outcomes.is_empty() => {
                Ok(Fact::Resolved { passage: Box::new(passage), class: boxed, replaces: self.in_force })
            }
            Stage::Daily | Stage::Resolve | Stage::Ratify => {
                let now: Vec<&Outcome> = passage.outcomes.iter().filter(deciding).collect();
                if now.is_empty() {
                    return Err(Refusal::NotCompetent { need: class.competent.clone() });
                }
                if let Some(again) = now.iter().find(|outcome| self.votes.iter().any(|vote| vote.assembly == outcome.assembly)) {
                    return Err(Refusal::AlreadyVoted { assembly: again.assembly });
                }
                if now.iter().any(|outcome| !outcome.passed) {
                    return Ok(Fact::Rejected { passage: Box::new(passage), class: boxed });
                }
                let passed = |assembly: Assembly| self.votes.iter().chain(now.iter().copied()).any(|vote| vote.assembly.acts_for(assembly));
                let missing: Vec<Assembly> = class.competent.iter().copied().filter(|assembly| !passed(*assembly)).collect();
                let passage = Box::new(passage);
                Ok(match (missing.is_empty(), stage) {
                    (false, _) => Fact::Awaiting { passage, class: boxed, missing },
                    (true, Stage::Ratify) => Fact::Ratified { passage, class: boxed },
                    (true, _) => Fact::Resolved { passage, class: boxed, replaces: self.in_force },
                })
            }
        }
    }
}

impl Held {
    /// The numbers of an assembly as the rule of its day counts them. Without a quorum it decided nothing.
    ///
    /// # Errors
    /// No quorum; numbers that do not add up; no rule for it on that day.
    pub fn tally(&self, class: &Class, at: &Moment<'_>) -> Result<Tally, Refusal> {
        let bench = match self.assembly {
            Assembly::Villagers => whole_village(self, at)?,
            assembly => class.bench(assembly, true, 0, self.due, self.present, at)?,
        };
        if !bench.is_quorate() {
            return Err(Refusal::NoQuorum { assembly: self.assembly, needed: bench.needed(), present: self.present });
        }
        let votes = [self.in_favour, self.against, self.abstained, self.spoilt];
        let cast = votes.iter().try_fold(0_u32, |sum, votes| sum.checked_add(*votes));
        match cast.is_some_and(|cast| cast <= self.present && self.present <= self.due) {
            true => Ok(Tally::counted(bench, self.in_favour, self.against, self.abstained, self.spoilt)),
            false => Err(Refusal::NumbersDoNotAddUp),
        }
    }
}

/// 村（居）民会议: a quorum of persons or of households, as it was counted.
fn whole_village(held: &Held, at: &Moment<'_>) -> Result<Bench, Refusal> {
    const RULE: &str = "meet.assembly.quorum";
    let rule = at.rule(RULE)?;
    let counted = match held.count {
        Count::Adults => "adults",
        Count::Households => "households",
        Count::Representatives => "representatives",
    };
    let broken = |_| Refusal::NoRule { rule: RULE };
    Ok(Bench {
        assembly: held.assembly,
        binding: true,
        version: 0,
        due: held.due,
        present: held.present,
        rule: Some(RULE.to_owned()),
        quorum: Some(Share::read_of(rule, counted, Base::All).map_err(broken)?),
        majority: Some(Share::read(rule, "majority").map_err(broken)?),
    })
}
