//! 日常 What happens on ordinary days: residents speak, clerks route, heads answer or do not, the box is opened or forgotten.

use super::play::{Deed, Doing};
use super::{Living, chance, name, pick};
use crate::names::{ANSWERED, POSTED, SAID};
use crate::world::World;
use app::Failure;
use jiff::{Span, civil::Date};
use law::open::suggestion::{self, Act, AnswerKind, Channel, Intake, Plan, Shown};
use law::open::{notice, suggestion::Suggestion};
use law::steer::cadence::{self, Cadence};
use law::{Actor, AnyAct, MatterId, Personal, PostKind, Who};
use rand_chacha::rand_core::Rng;

/// A deed that is one act.
fn deed(minute: i64, by: Actor, act: AnyAct) -> Deed {
    Deed { minute, doing: Doing::Act(by, Box::new(act)) }
}

impl Living {
    fn official(&self, world: &World, kind: PostKind) -> Result<Actor, Failure> {
        world.official(self.village.code, self.village.person(kind))
    }

    /// What happens here on a day, seen from the morning.
    pub(super) fn plan(&mut self, world: &World, day: Date) -> Result<Vec<Deed>, Failure> {
        let mut deeds = Vec::new();
        if chance(&mut self.dice, self.manner.speaks) {
            deeds.push(self.speak());
        }
        let works = world.house.policy().calendar().is_workday(day).unwrap_or(false);
        if !works {
            return Ok(deeds);
        }
        let clerk = self.official(world, PostKind::Clerk)?;
        if chance(&mut self.dice, 3) {
            deeds.push(self.slip(day, clerk.clone()));
        }
        self.office_hours(world, day, &clerk, &mut deeds)?;
        self.open_box(world, day, &clerk, &mut deeds)?;
        if chance(&mut self.dice, 4) {
            deeds.push(self.post_notice(world)?);
        }
        self.paper(world, day, &clerk, &mut deeds)?;
        Ok(deeds)
    }

    fn speak(&mut self) -> Deed {
        let (text, body) = *pick(&mut self.dice, SAID);
        let person = *pick(&mut self.dice, &self.residents);
        let known = chance(&mut self.dice, 60);
        let act = Act::Submit {
            text: Personal(text.into()),
            channel: Channel::Web,
            intake: None,
            name: chance(&mut self.dice, 70).then(|| Personal(name(&mut self.dice))),
            contact: None,
            body: known.then(|| self.body(body)),
            about_work: true,
        };
        let by = Actor::new(Who::Resident { person, on_roll: true });
        deed(60 + i64::from(self.dice.next_u32() % 600), by, AnyAct::Suggestion(act))
    }

    fn body(&self, which: usize) -> MatterId {
        [self.village.committee, self.village.collective, self.village.party][which]
    }

    fn slip(&mut self, day: Date, clerk: Actor) -> Deed {
        let (text, body) = *pick(&mut self.dice, SAID);
        let back = i64::from(self.dice.next_u32() % 5).saturating_sub(2).max(0);
        let intake = Intake {
            received: day.checked_sub(Span::new().days(back)).unwrap_or(day),
            taken_by: self.village.cadres.last().expect("a clerk").2.clone(),
            slip: Some(format!("{:04}", self.dice.next_u32() % 2000)),
            code: None,
            late_reason: None,
        };
        let channel = *pick(&mut self.dice, &[Channel::Box, Channel::Hotline, Channel::Visit, Channel::Stationed]);
        let act = Act::Submit {
            text: Personal(text.into()),
            channel,
            intake: Some(intake),
            name: None,
            contact: None,
            body: Some(self.body(body)),
            about_work: true,
        };
        deed(30, clerk, AnyAct::Suggestion(act))
    }

    /// Routes, releases, answers, extends; and senders speak of their answers.
    fn office_hours(&mut self, world: &World, day: Date, clerk: &Actor, deeds: &mut Vec<Deed>) -> Result<(), Failure> {
        let unit = self.village.code;
        let filter = store::open::suggestion::Filter::default();
        let recent = world.house.read(|tx| store::open::suggestion::page(tx, unit, filter, 0, 40))?;
        for s in recent {
            if s.withdrawn.is_some() {
                continue;
            }
            if s.shown.is_none() && chance(&mut self.dice, self.manner.answers + 25) {
                let act = Act::Release { suggestion: s.id, shown: Shown::Whole };
                deeds.push(deed(90, clerk.clone(), AnyAct::Suggestion(act)));
            }
            match s.responsible {
                None if chance(&mut self.dice, self.manner.answers + 30) => {
                    let act = Act::Route { suggestion: s.id, body: self.village.committee };
                    deeds.push(deed(95, clerk.clone(), AnyAct::Suggestion(act)));
                }
                Some(responsible) if s.duties.pending(suggestion::ANSWER).is_some() => {
                    let head = self.official(world, responsible.head)?;
                    deeds.extend(self.reply(&s, day, head));
                }
                _ => deeds.extend(self.verdict(&s, day)),
            }
        }
        Ok(())
    }

    fn reply(&mut self, s: &Suggestion, day: Date, head: Actor) -> Option<Deed> {
        let due = s.answer_duty().term.due;
        if due == day && s.extended.is_none() && chance(&mut self.dice, 20) {
            let reply = "已到现场看过，要等配件到货，到货当天就装，先拉警示带。".to_owned();
            let act = Act::Extend { suggestion: s.id, days: 3, reply, reason: "配件缺货".to_owned() };
            return Some(deed(480, head, AnyAct::Suggestion(act)));
        }
        if !chance(&mut self.dice, self.manner.answers) {
            return None;
        }
        let (kind, text) = *pick(&mut self.dice, ANSWERED);
        let kind = [AnswerKind::Adopt, AnswerKind::Decline, AnswerKind::Explain, AnswerKind::Refer][kind];
        let by = day.checked_add(Span::new().days(14)).unwrap_or(day);
        let plan = (kind == AnswerKind::Adopt).then(|| Plan { who: "治保主任".into(), by });
        let act = Act::Answer { suggestion: s.id, kind, text: text.into(), reason: None, plan };
        Some(deed(120 + i64::from(self.dice.next_u32() % 360), head, AnyAct::Suggestion(act)))
    }

    fn verdict(&mut self, s: &Suggestion, day: Date) -> Option<Deed> {
        let answer = s.answers.last()?;
        if s.channel != Channel::Web || s.verdict.is_some() || day > answer.verdict_until || !chance(&mut self.dice, 9) {
            return None;
        }
        let person = self.residents[(s.id.as_i64() % 6).unsigned_abs() as usize];
        let act = match self.dice.next_u32() % 10 {
            0..=5 => Act::Confirm { suggestion: s.id },
            6..=8 => Act::Dispute { suggestion: s.id, remark: Some(Personal("说是办了，现场还是老样子。".into())) },
            _ => Act::Reopen { suggestion: s.id, reason: Personal("只办了一半，另一半什么时候办？".into()) },
        };
        let by = Actor::new(Who::Resident { person, on_roll: true });
        Some(deed(700, by, AnyAct::Suggestion(act)))
    }

    fn open_box(&mut self, world: &World, day: Date, clerk: &Actor, deeds: &mut Vec<Deed>) -> Result<(), Failure> {
        let unit = self.village.code;
        let latest = world.house.read(|tx| store::steer::cadence::latest(tx, unit, cadence::BOX))?;
        let Some(period) = latest.filter(|period| period.done.is_empty() && period.first == Cadence::monday(day)) else { return Ok(()) };
        // Opened on some working day of the week, if at all: the chance of a day gives the chance of a week.
        if chance(&mut self.dice, self.manner.opens * 2 / 5) {
            let witnesses = [PostKind::Clerk, PostKind::SupervisionHead];
            let witnesses = witnesses.map(|kind| self.village.cadres.iter().find(|(held, ..)| *held == kind).expect("a post").2.clone());
            let act = cadence::Act::Done { cadence: period.id, on: day, count: self.dice.next_u32() % 4, witnesses: witnesses.to_vec() };
            deeds.push(deed(60, clerk.clone(), AnyAct::Cadence(act)));
        }
        Ok(())
    }

    fn post_notice(&mut self, world: &World) -> Result<Deed, Failure> {
        let (title, text) = *pick(&mut self.dice, POSTED);
        let act = notice::Act::Publish {
            title: title.into(),
            text: text.into(),
            body: self.village.committee,
            under: None,
            masked: Vec::new(),
            number: None,
        };
        Ok(deed(200, self.official(world, PostKind::Director)?, AnyAct::Notice(act)))
    }

    fn paper(&mut self, world: &World, day: Date, clerk: &Actor, deeds: &mut Vec<Deed>) -> Result<(), Failure> {
        let unit = self.village.code;
        for posted in world.house.read(|tx| store::open::notice::page(tx, unit, 0, 3))? {
            if posted.papers.is_empty() && posted.archived.is_none() && chance(&mut self.dice, self.manner.opens * 3 / 4) {
                let by = self.village.cadres.last().expect("a clerk").2.clone();
                let act = notice::Act::PaperPosted { notice: posted.id, by, day, place: "门口公开栏".into() };
                deeds.push(deed(240, clerk.clone(), AnyAct::Notice(act)));
            }
        }
        Ok(())
    }
}
