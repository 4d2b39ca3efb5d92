//! 四步 Gate: what must have happened before a sitting takes a motion up, and who must sit there; 东组通〔2015〕33号 二（二）.

use super::class::Class;
use super::{Motion, Phase};
use crate::meet::{Assembly, Stage};
use crate::workday::calendar_days_after;
use crate::{Moment, Refusal};
use jiff::civil::Date;

impl Motion {
    /// Whether it may stand on the agenda of a sitting of these assemblies on this day: is it alive, and may they?
    pub fn fits(&self, stage: Stage, seated: &[Assembly], day: Date, at: &Moment<'_>) -> Result<(), Refusal> {
        self.alive(stage)?;
        competent(&self.class_on(day, at)?, stage, seated)
    }

    /// Whether a sitting of these assemblies may take it up now: it fits, nobody challenges its class, and every step
    /// before has been taken.
    pub fn ready(&self, stage: Stage, seated: &[Assembly], day: Date, at: &Moment<'_>) -> Result<(), Refusal> {
        self.fits(stage, seated, day, at)?;
        if self.challenge().is_some() {
            return Err(Refusal::ChallengeOpen);
        }
        self.steps_taken(stage, &self.class_on(day, at)?, day)
    }

    /// Whether it is still to be decided; or, for [`Stage::Ratify`], was done in an emergency.
    pub(super) fn alive(&self, stage: Stage) -> Result<(), Refusal> {
        match (self.phase(), stage) {
            (Phase::Resolved, _) => Err(Refusal::Decided),
            (Phase::Withdrawn | Phase::Rejected, _) => Err(Refusal::Closed),
            (Phase::Emergency, Stage::Ratify) => Ok(()),
            (Phase::Emergency, _) => Err(Refusal::Decided),
            (_, Stage::Ratify) => Err(Refusal::NoEmergency),
            _ => Ok(()),
        }
    }

    /// Whether every step before this one was taken, on or before the day.
    pub(super) fn steps_taken(&self, stage: Stage, class: &Class, day: Date) -> Result<(), Refusal> {
        let after = |step: Option<Date>| match step {
            Some(step) if day < step => Err(Refusal::DaysOutOfOrder { first: step, then: day }),
            _ => Ok(()),
        };
        after(Some(self.proposed_on))?;
        match stage {
            Stage::Daily | Stage::Ratify => Ok(()),
            Stage::Consult => match self.consulted {
                Some(_) => Err(Refusal::AlreadyExists),
                None => Ok(()),
            },
            Stage::Deliberate => {
                self.consulted.ok_or(Refusal::NotConsulted)?;
                after(self.consulted)?;
                if self.deliberated.is_some() {
                    return Err(Refusal::AlreadyExists);
                }
                self.draft_heard(class, day)
            }
            Stage::Resolve => {
                self.consulted.ok_or(Refusal::NotConsulted)?;
                let deliberated = self.deliberated.ok_or(Refusal::NotDeliberated)?;
                after(self.deliberated)?;
                self.draft_heard(class, deliberated)?;
                match class.party_first && !self.party_heard && self.wording().discussed.is_none() {
                    true => Err(Refusal::PartyFirst),
                    false => Ok(()),
                }
            }
        }
    }

    /// A major matter's draft was up for its days, and every opinion has its answer.
    fn draft_heard(&self, class: &Class, day: Date) -> Result<(), Refusal> {
        if class.major {
            let draft = self.draft.ok_or(Refusal::DraftNotPosted)?;
            let least = calendar_days_after(draft.since, class.draft_days).map_err(|_| Refusal::CalendarEnds { day })?;
            let until = draft.until.max(least);
            if day <= until {
                return Err(Refusal::DraftTooShort { until });
            }
        }
        match self.unanswered() {
            0 => Ok(()),
            count => Err(Refusal::OpinionsUnanswered { count }),
        }
    }
}

/// Whether one of those who sit there may do this.
pub(super) fn competent(class: &Class, stage: Stage, seated: &[Assembly]) -> Result<(), Refusal> {
    const PEOPLE: [Assembly; 4] = [Assembly::Party, Assembly::Representatives, Assembly::Delegates, Assembly::Members];
    let sits = |those: &[Assembly]| those.iter().any(|one| seated.contains(one));
    match stage {
        Stage::Daily if class.major => Err(Refusal::MajorMatter),
        Stage::Daily | Stage::Consult if !sits(&[Assembly::Team]) => Err(Refusal::NotCompetent { need: vec![Assembly::Team] }),
        Stage::Daily | Stage::Consult => Ok(()),
        Stage::Deliberate if class.major && !sits(&PEOPLE) => Err(Refusal::MajorMatter),
        Stage::Deliberate => Ok(()),
        Stage::Resolve | Stage::Ratify if seated.iter().any(|assembly| class.binds(*assembly)) => Ok(()),
        Stage::Resolve | Stage::Ratify => Err(match class.reserved {
            Some(assembly) => Refusal::AssemblyOnly { assembly },
            None if seated == [Assembly::Team] => Refusal::MajorMatter,
            None => Refusal::NotCompetent { need: class.competent.clone() },
        }),
    }
}
