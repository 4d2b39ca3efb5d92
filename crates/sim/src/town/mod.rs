//! 模拟的镇 A town that lives: ordinary days, the sittings of its teams and joint meetings, matters from proposal to result.
//! Everything goes through `enact`; one seed and one last day give one life.

mod cast;
mod course;
mod daily;
mod diary;
mod play;
mod script;
mod sittings;

use crate::names::{FAMILY, GIVEN};
use crate::world::{Village, World};
use app::Failure;
use cast::{Cast, LARGE, SMALL};
use diary::{Days, Diary, Habit};
use jiff::civil::Date;
use law::lead::body::BodyKind;
use law::meet::slot::Day;
use law::unit::Profile;
use law::{MatterId, PostKind, UnitCode};
use play::Book;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use script::{SCRIPTS, Script};
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
    /// The teams sit in a week.
    meets: u32,
}

/// A village that lives.
struct Living {
    village: Village,
    residents: Vec<MatterId>,
    phone: String,
    manner: Manner,
    dice: ChaCha8Rng,
    cast: Arc<Cast>,
    script: Option<&'static Script>,
    diary: Diary,
    book: Book,
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

/// What is told of a village, if anything is.
fn told(unit: UnitCode) -> Option<&'static Script> {
    SCRIPTS.into_iter().find(|script| UnitCode::parse(script.unit).is_ok_and(|code| code == unit))
}

impl Town {
    /// Sets up all villages and communities of these towns, their mechanism starting on `start`.
    pub fn found(world: Arc<World>, towns: &[UnitCode], start: Date, seed: u64) -> Result<Self, Failure> {
        Self::found_some(world, towns, start, seed, |_| true)
    }

    /// As [`Town::found`], but only those villages whose year is told.
    pub fn found_told(world: Arc<World>, towns: &[UnitCode], start: Date, seed: u64) -> Result<Self, Failure> {
        Self::found_some(world, towns, start, seed, |unit| told(unit).is_some())
    }

    fn found_some(
        world: Arc<World>,
        towns: &[UnitCode],
        start: Date,
        seed: u64,
        wanted: impl Fn(UnitCode) -> bool,
    ) -> Result<Self, Failure> {
        let mut dice = ChaCha8Rng::seed_from_u64(seed);
        let mut town = Self { world, villages: Vec::new(), officers: Vec::new() };
        for code in towns {
            town.office(*code, &mut dice)?;
            let units: Vec<UnitCode> = town
                .world
                .house
                .units
                .children(*code)
                .map(|unit| unit.code)
                .filter(|code| code.profile().is_some() && wanted(*code))
                .collect();
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
        let policy = self.world.house.policy();
        for living in &mut self.villages {
            living.plans(Days { calendar: policy.calendar(), first, last });
        }
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
                let mut deeds = living.plan(&self.world, day)?;
                deeds.extend(living.diary.of(day));
                let (cast, mut book) = (living.cast.clone(), std::mem::take(&mut living.book));
                let work = move |hand: &mut app::Hand<'_, '_>| play::carry_out(hand, day, deeds, &cast, &mut book).map(|()| book);
                tickets.push((self.world.house.submit(living.village.code, work)?, &mut living.book));
            }
            for (ticket, book) in tickets {
                *book = ticket.wait()?;
            }
            day = day.tomorrow().expect("the calendar goes on");
        }
        Ok(())
    }

    /// What the law stopped of the lives that are told, with its reasons: nothing, as long as they are told right.
    pub fn stopped(&self) -> Vec<String> {
        let stopped = |living: &Living| {
            let unit = living.village.code;
            living.book.stopped.iter().map(|why| format!("{unit}: {why}")).collect::<Vec<_>>()
        };
        self.villages.iter().flat_map(stopped).collect()
    }

    /// Who a visitor of the demo may sign in as: the offices of the villages whose year is told, a resident, the town.
    pub fn identities(&self) -> Vec<Identity> {
        let mut all = Vec::new();
        for living in self.villages.iter().filter(|living| living.script.is_some()) {
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
            0 => Manner { speaks: 9, answers: 6, opens: 55, meets: 62 },
            1..=2 => Manner { speaks: 9, answers: 22, opens: 80, meets: 86 },
            _ => Manner { speaks: 9, answers: 48, opens: 97, meets: 98 },
        };
        let phone = first.unwrap_or_default();
        let script = told(unit);
        let dice = ChaCha8Rng::seed_from_u64(unit.number() ^ u64::from(dice.next_u32()));
        let size = if script.is_some() { LARGE } else { SMALL };
        // Who comes in besides is drawn from dice of his own, so that ordinary days stay as they are.
        let mut others = ChaCha8Rng::seed_from_u64(unit.number());
        let cast = Cast::of(world, &village, &residents)?.come(world, &village, size, &mut others)?;
        let (cast, diary, book) = (Arc::new(cast), Diary::default(), Book::default());
        Ok(Self { village, residents, phone, manner, dice, cast, script, diary, book })
    }

    /// Lays out the year.
    fn plans(&mut self, days: Days<'_>) {
        const WEEKDAYS: [Day; 4] = [Day::Tuesday, Day::Wednesday, Day::Thursday, Day::Friday];
        let number = usize::try_from(self.village.code.number() % 1000).unwrap_or_default();
        let habit = Habit {
            weekday: WEEKDAYS[number % WEEKDAYS.len()],
            hour: if number.is_multiple_of(3) { 9 } else { 15 },
            offset: self.script.map_or_else(|| 38 + i64::try_from(number * 7 % 44).unwrap_or_default(), |script| script.offset),
            meets: if self.script.is_some() { 100 } else { self.manner.meets },
            script: self.script,
            community: self.village.code.profile() == Some(Profile::Community),
        };
        let mut dice = ChaCha8Rng::seed_from_u64(self.village.code.number() + 1);
        self.diary = diary::year(days, habit, &mut dice);
    }
}
