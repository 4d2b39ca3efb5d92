//! 模拟的镇 A town that lives: residents speak, clerks route, heads answer or do not, the box is opened or forgotten.
//! Everything goes through `enact`; one seed and one last day give one life.

use crate::names::{ANSWERED, FAMILY, GIVEN, POSTED, SAID};
use crate::world::{Village, World, instant};
use app::{Asked, Failure, Hand};
use jiff::{Span, civil::Date};
use law::lead::body::BodyKind;
use law::open::suggestion::{self, Act, AnswerKind, Channel, Intake, Plan, Shown};
use law::open::{notice, suggestion::Suggestion};
use law::steer::cadence::{self, Cadence};
use law::{Actor, AnyAct, MatterId, Personal, PostKind, UnitCode, Who};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use std::sync::Arc;

/// How a village behaves, in chances out of a hundred.
#[derive(Clone, Copy, Debug)]
struct Manner {
    /// A resident speaks on a day.
    speaks: u32,
    /// A waiting suggestion is answered on a working day.
    answers: u32,
    /// The box is opened in its week.
    opens: u32,
}

/// A village that lives.
struct Living {
    village: Village,
    residents: Vec<MatterId>,
    phone: String,
    manner: Manner,
    dice: ChaCha8Rng,
}

/// A town with its villages.
pub struct Town {
    /// The world.
    pub world: Arc<World>,
    villages: Vec<Living>,
    officers: Vec<(PostKind, MatterId, UnitCode, String)>,
}

/// Who can be signed in as, in a demo.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Identity {
    /// The unit of the post.
    pub unit: UnitCode,
    /// The person, for an office-holder.
    pub person: Option<MatterId>,
    /// The telephone, for a resident.
    pub phone: Option<String>,
    /// The name.
    pub name: String,
    /// The post; none for a resident.
    pub post: Option<PostKind>,
}

fn chance(dice: &mut ChaCha8Rng, of_a_hundred: u32) -> bool {
    dice.next_u32() % 100 < of_a_hundred
}

fn pick<'a, T>(dice: &mut ChaCha8Rng, from: &'a [T]) -> &'a T {
    &from[dice.next_u32() as usize % from.len()]
}

fn name(dice: &mut ChaCha8Rng) -> String {
    format!("{}{}", pick(dice, FAMILY), pick(dice, GIVEN))
}

impl Town {
    /// Sets up all villages and communities of these towns, their mechanism starting on `start`.
    pub fn found(world: Arc<World>, towns: &[UnitCode], start: Date, seed: u64) -> Result<Self, Failure> {
        let mut dice = ChaCha8Rng::seed_from_u64(seed);
        let mut town = Self { world, villages: Vec::new(), officers: Vec::new() };
        for code in towns {
            town.office(*code, &mut dice)?;
            let units: Vec<UnitCode> =
                town.world.house.units.children(*code).filter(|unit| unit.profile().is_some()).map(|unit| unit.code).collect();
            for unit in units {
                let living = Living::found(&town.world, unit, start, &mut dice)?;
                town.villages.push(living);
            }
        }
        Ok(town)
    }

    fn office(&mut self, code: UnitCode, dice: &mut ChaCha8Rng) -> Result<(), Failure> {
        let unit = self.world.house.units.get(code).expect("a town of the list").name.clone();
        let bodies =
            [(BodyKind::Town, "党建工作办公室", PostKind::TownOfficer), (BodyKind::TownDiscipline, "纪检监察组", PostKind::TownDiscipline)];
        for (kind, suffix, post) in bodies {
            let body = self.world.body(code, kind, &format!("{unit}{suffix}"))?;
            let name = name(dice);
            let person = self.world.person(code, &name, None, None)?;
            self.world.appoint(code, person, &name, body, post)?;
            self.officers.push((post, person, code, name));
        }
        Ok(())
    }

    /// Lives from `first` to `last`, one day after the other; `told` hears of every month.
    pub fn live(&mut self, first: Date, last: Date, mut told: impl FnMut(Date)) -> Result<(), Failure> {
        let mut day = first;
        while day <= last {
            if day.day() == 1 {
                told(day);
            }
            self.world.turn(day, 0, 30);
            app::clock::round(&self.world.house)?;
            self.world.turn(day, 8, 0);
            let mut tickets = Vec::new();
            for living in &mut self.villages {
                let plan = living.plan(&self.world, day)?;
                tickets.push(self.world.house.submit(living.village.code, move |hand| carry_out(hand, day, plan))?);
            }
            for ticket in tickets {
                ticket.wait()?;
            }
            day = day.tomorrow().expect("the calendar goes on");
        }
        Ok(())
    }

    /// Who a visitor of the demo may sign in as: the offices of the first village of each town, a resident, the town.
    pub fn identities(&self) -> Vec<Identity> {
        let mut all = Vec::new();
        let mut towns = Vec::new();
        for living in &self.villages {
            let town = living.village.code.parent();
            if towns.contains(&town) {
                continue;
            }
            towns.push(town);
            let unit = living.village.code;
            for (post, person, name) in &living.village.cadres {
                all.push(Identity { unit, person: Some(*person), phone: None, name: name.clone(), post: Some(*post) });
            }
            all.push(Identity { unit, person: None, phone: Some(living.phone.clone()), name: "居民".into(), post: None });
        }
        let officer = |(post, person, unit, name): &(PostKind, MatterId, UnitCode, String)| Identity {
            unit: *unit,
            person: Some(*person),
            phone: None,
            name: name.clone(),
            post: Some(*post),
        };
        all.extend(self.officers.iter().map(officer));
        all
    }
}

/// Something to be done on a day: at this minute of the day, by this actor.
struct Deed {
    minute: i64,
    by: Actor,
    act: AnyAct,
}

/// Does the day's deeds. What the law refuses is left undone, as in life.
fn carry_out(hand: &mut Hand<'_, '_>, day: Date, mut deeds: Vec<Deed>) -> Result<(), Failure> {
    deeds.sort_by_key(|deed| deed.minute);
    for deed in deeds {
        let now = instant(day, 8, 0).checked_add(Span::new().minutes(deed.minute)).map_err(Failure::unreadable)?;
        let hall = hand.hall;
        let done = hand.pen.within(|pen| app::enact::enact(&mut Hand { pen, hall, now }, Asked::new(deed.act, deed.by)));
        match done {
            Ok(_) | Err(Failure::Refused(_)) => {}
            Err(failure) => return Err(failure),
        }
    }
    Ok(())
}

impl Living {
    fn found(world: &World, unit: UnitCode, start: Date, dice: &mut ChaCha8Rng) -> Result<Self, Failure> {
        let names: Vec<String> = (0..5).map(|_| name(dice)).collect();
        let five = [&names[0][..], &names[1], &names[2], &names[3], &names[4]];
        let village = world.village(&unit.to_string(), five, start)?;
        let (mut residents, mut first) = (Vec::new(), None);
        for n in 0..6 {
            // Numbers that no operator assigns: the fourth digit group is all zeros.
            let phone = format!("1990000{:04}", unit.number() % 1000 * 6 % 9994 + n);
            first = first.or_else(|| Some(phone.clone()));
            residents.push(world.person(unit, &name(dice), Some(&phone), Some("第一村民小组"))?);
        }
        world.enrol(unit, "第一村民小组", residents.clone(), jiff::civil::date(2021, 3, 1))?;
        let care = dice.next_u32() % 10;
        let manner = match care {
            0 => Manner { speaks: 9, answers: 6, opens: 55 },
            1..=2 => Manner { speaks: 9, answers: 22, opens: 80 },
            _ => Manner { speaks: 9, answers: 48, opens: 97 },
        };
        let phone = first.unwrap_or_default();
        Ok(Self { village, residents, phone, manner, dice: ChaCha8Rng::seed_from_u64(unit.number() ^ u64::from(dice.next_u32())) })
    }

    fn official(&self, world: &World, kind: PostKind) -> Result<Actor, Failure> {
        world.official(self.village.code, self.village.person(kind))
    }

    /// What happens here on a day, seen from the morning.
    fn plan(&mut self, world: &World, day: Date) -> Result<Vec<Deed>, Failure> {
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
        Deed { minute: 60 + i64::from(self.dice.next_u32() % 600), by, act: AnyAct::Suggestion(act) }
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
        Deed { minute: 30, by: clerk, act: AnyAct::Suggestion(act) }
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
                deeds.push(Deed { minute: 90, by: clerk.clone(), act: AnyAct::Suggestion(act) });
            }
            match s.responsible {
                None if chance(&mut self.dice, self.manner.answers + 30) => {
                    let act = Act::Route { suggestion: s.id, body: self.village.committee };
                    deeds.push(Deed { minute: 95, by: clerk.clone(), act: AnyAct::Suggestion(act) });
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
            return Some(Deed { minute: 480, by: head, act: AnyAct::Suggestion(act) });
        }
        if !chance(&mut self.dice, self.manner.answers) {
            return None;
        }
        let (kind, text) = *pick(&mut self.dice, ANSWERED);
        let kind = [AnswerKind::Adopt, AnswerKind::Decline, AnswerKind::Explain, AnswerKind::Refer][kind];
        let by = day.checked_add(Span::new().days(14)).unwrap_or(day);
        let plan = (kind == AnswerKind::Adopt).then(|| Plan { who: "治保主任".into(), by });
        let act = Act::Answer { suggestion: s.id, kind, text: text.into(), reason: None, plan };
        Some(Deed { minute: 120 + i64::from(self.dice.next_u32() % 360), by: head, act: AnyAct::Suggestion(act) })
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
        Some(Deed { minute: 700, by, act: AnyAct::Suggestion(act) })
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
            deeds.push(Deed { minute: 60, by: clerk.clone(), act: AnyAct::Cadence(act) });
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
        Ok(Deed { minute: 200, by: self.official(world, PostKind::Director)?, act: AnyAct::Notice(act) })
    }

    fn paper(&mut self, world: &World, day: Date, clerk: &Actor, deeds: &mut Vec<Deed>) -> Result<(), Failure> {
        let unit = self.village.code;
        for posted in world.house.read(|tx| store::open::notice::page(tx, unit, 0, 3))? {
            if posted.papers.is_empty() && posted.archived.is_none() && chance(&mut self.dice, self.manner.opens * 3 / 4) {
                let by = self.village.cadres.last().expect("a clerk").2.clone();
                let act = notice::Act::PaperPosted { notice: posted.id, by, day, place: "门口公开栏".into() };
                deeds.push(Deed { minute: 240, by: clerk.clone(), act: AnyAct::Notice(act) });
            }
        }
        Ok(())
    }
}
