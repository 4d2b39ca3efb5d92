//! 开会 How sittings go: the week of the teams, the joint sitting of four constituencies, ballots; 东组通〔2015〕33号 二（二）.

use super::play::Play;
use super::script::{Talk, Weekly};
use app::Failure;
use jiff::civil::Date;
use law::meet::ballot::{self, Mark, Mode};
use law::meet::sitting::{self, Ground, Item, SittingKind};
use law::meet::slot::{self, Day};
use law::meet::{Assembly, Choice, Stage};
use law::steer::cadence::{self, Cadence};
use law::{AnyAct, Digest, MatterId, Personal, PostKind};

/// Who is against: every so-manieth paper, 0 for nobody.
#[derive(Clone, Copy, Debug)]
pub struct Sway {
    /// 反对.
    pub against: usize,
    /// 弃权.
    pub abstain: usize,
}

impl Sway {
    fn choice(self, n: usize) -> Choice {
        let turn = |every: usize, at: usize| every > 0 && n % every == at % every;
        match (turn(self.against, 3), turn(self.abstain, 5)) {
            (true, _) => Choice::Against,
            (_, true) => Choice::Abstain,
            _ => Choice::For,
        }
    }
}

/// An item as it is told.
#[derive(Clone, Debug)]
pub struct Told {
    /// A few words.
    pub title: String,
    /// What is done with it.
    pub stage: Stage,
    /// Name of the motion in the village's book.
    pub motion: Option<&'static str>,
    /// Why the public does not read it.
    pub closed: Option<Ground>,
    /// What is said.
    pub talk: Talk,
    /// How it is voted on; agreed or only heard otherwise.
    pub ballot: Option<(Mode, Sway)>,
}

impl Told {
    /// An item of daily work.
    pub fn daily(title: String, talk: Talk) -> Self {
        Self { title, stage: Stage::Daily, motion: None, closed: None, talk, ballot: None }
    }

    fn item(&self, play: &mut Play<'_, '_, '_>) -> Result<Option<Item>, Failure> {
        let motion = match self.motion {
            None => None,
            // What was withdrawn or never put forward does not come up.
            Some(name) => match play.recall(name) {
                None => return Ok(None),
                Some(motion) => Some(motion),
            },
        };
        let version = match motion {
            None => None,
            Some(id) => play.get::<law::meet::motion::Motion>(id)?.map(|motion| motion.version()),
        };
        let papers = motion.map(|_| Digest::of(&[self.title.as_bytes()]));
        let (title, stage, closed) = (self.title.clone(), self.stage, self.closed);
        Ok(Some(Item { title, stage, motion, version, scope: None, closed, papers }))
    }
}

/// A sitting as it is told.
#[derive(Clone, Debug)]
pub struct Meeting {
    /// Its name in the village's book.
    pub name: String,
    /// Its kind.
    pub kind: SittingKind,
    /// Who calls it.
    pub convener: PostKind,
    /// The day.
    pub day: Date,
    /// The time, on the hour.
    pub hour: i8,
    /// The place.
    pub place: &'static str,
    /// What is on its agenda.
    pub items: Vec<Told>,
    /// Name of the sitting that it takes up again.
    pub again: Option<String>,
    /// A number by which those who stay away and those who speak differ from sitting to sitting.
    pub turn: usize,
}

impl Meeting {
    /// Calls it, and each of its assemblies by its own convener.
    pub fn called(&self, play: &mut Play<'_, '_, '_>) -> Result<(), Failure> {
        let mut agenda = Vec::new();
        for told in &self.items {
            agenda.extend(told.item(play)?);
        }
        let again = self.again.as_ref().and_then(|name| play.recall(name));
        let (kind, day, time, place) = (self.kind, self.day, format!("{:02}:00", self.hour), self.place.to_owned());
        let by = play.cast.post(self.convener);
        let sitting = play.sits(&by, sitting::Act::Convene { kind, day, time, place, agenda, again })?;
        play.remember(&self.name, sitting);
        if kind == SittingKind::Joint {
            for (convener, assembly) in [(PostKind::Director, Assembly::Representatives), (PostKind::CollectiveHead, Assembly::Delegates)] {
                play.sits(&play.cast.post(convener), sitting::Act::Notify { sitting, assembly })?;
            }
        }
        Ok(())
    }

    /// Holds it from the first who comes to its end.
    pub fn held(&self, play: &mut Play<'_, '_, '_>) -> Result<(), Failure> {
        let Some(sitting) = play.recall(&self.name) else { return Ok(()) };
        let there = self.there(play);
        let chair = self.chair(play);
        self.come(play, sitting, &there)?;
        play.pass(600)?;
        play.sits(&chair, sitting::Act::Open { sitting })?;
        let tabled = |told: &&Told| told.motion.is_none_or(|name| play.recall(name).is_some());
        let items: Vec<&Told> = self.items.iter().filter(tabled).collect();
        for (told, item) in items.into_iter().zip(0_u32..) {
            play.pass(300)?;
            self.heard(play, sitting, item, told)?;
            match told.ballot {
                Some((mode, sway)) => self.put(play, sitting, item, mode, sway, &there)?,
                None if self.kind == SittingKind::Team => {
                    let text = told.talk.resolved.to_owned();
                    play.sits(&chair, sitting::Act::Agree { sitting, item, text })?;
                }
                None => {}
            }
        }
        play.pass(300)?;
        play.sits(&chair, sitting::Act::Close { sitting })?;
        Ok(())
    }

    /// So few come that it cannot be opened.
    pub fn broken_off(&self, play: &mut Play<'_, '_, '_>, reason: &str) -> Result<(), Failure> {
        let Some(sitting) = play.recall(&self.name) else { return Ok(()) };
        let few = play.cast.party[..play.cast.party.len() / 3].to_vec();
        self.come(play, sitting, &few)?;
        play.pass(1800)?;
        play.sits(&self.chair(play), sitting::Act::Adjourn { sitting, reason: reason.to_owned() })?;
        Ok(())
    }

    /// The convener confirms the minutes.
    pub fn confirmed(&self, play: &mut Play<'_, '_, '_>) -> Result<(), Failure> {
        let Some(sitting) = play.recall(&self.name) else { return Ok(()) };
        play.sits(&play.cast.post(self.convener), sitting::Act::ConfirmMinutes { sitting })?;
        Ok(())
    }

    /// Who runs it: the clerk for the convener.
    fn chair(&self, play: &Play<'_, '_, '_>) -> law::Actor {
        play.cast.post(PostKind::Clerk)
    }

    fn there(&self, play: &Play<'_, '_, '_>) -> Vec<MatterId> {
        let cast = play.cast;
        let all = match self.kind {
            SittingKind::Team => cast.team(),
            SittingKind::Representatives => {
                let officers = cast.committee_members.iter().map(|member| member.person);
                std::iter::once(cast.person(PostKind::Director)).chain(officers).chain(cast.representatives.iter().copied()).collect()
            }
            _ => cast.everybody.clone(),
        };
        let away = |n: usize| (n + self.turn) % 9 == 7;
        all.into_iter().enumerate().filter(|(n, person)| *n == 0 || !away(*n) || *person == cast.residents[0]).map(|(_, one)| one).collect()
    }

    fn come(&self, play: &mut Play<'_, '_, '_>, sitting: MatterId, persons: &[MatterId]) -> Result<(), Failure> {
        let clerk = self.chair(play);
        // People come in twos and threes; the clerk notes them as he sees them.
        for some in persons.chunks(persons.len().div_ceil(3).max(1)) {
            play.pass(120)?;
            let act = sitting::Act::Attend { sitting, arrive: some.to_vec(), leave: Vec::new(), proxies: Vec::new() };
            play.sits(&clerk, act)?;
        }
        Ok(())
    }

    fn heard(&self, play: &mut Play<'_, '_, '_>, sitting: MatterId, item: u32, told: &Told) -> Result<(), Failure> {
        let chair = self.chair(play);
        let by = told.talk.by;
        let by = format!("{}{}", by.title(), play.cast.name(by.post()));
        play.sits(&chair, sitting::Act::Report { sitting, item, by, text: told.talk.report.to_owned() })?;
        play.pass(420)?;
        let speakers = match self.kind {
            SittingKind::Team => play.cast.committee_members.iter().map(|member| Personal(member.name.clone())).collect(),
            _ => play.cast.speaking(self.turn + usize::try_from(item).unwrap_or_default()),
        };
        play.sits(&chair, sitting::Act::Discuss { sitting, item, speakers, text: told.talk.discussion.to_owned() })?;
        Ok(())
    }

    fn put(
        &self,
        play: &mut Play<'_, '_, '_>,
        sitting: MatterId,
        item: u32,
        mode: Mode,
        sway: Sway,
        there: &[MatterId],
    ) -> Result<(), Failure> {
        let chair = self.chair(play);
        let ballot = play.votes(&chair, ballot::Act::Open { sitting, item, mode })?;
        let choices: Vec<(MatterId, Choice)> = there.iter().enumerate().map(|(n, person)| (*person, sway.choice(n))).collect();
        match mode {
            Mode::Named => named(play, ballot, &choices)?,
            Mode::Hands => hands(play, ballot, &choices)?,
            Mode::Paper => paper(play, ballot, &choices)?,
            Mode::Secret => {
                for (person, choice) in choices {
                    play.pass(7)?;
                    play.slips(person, ballot, choice)?;
                }
            }
        }
        play.votes(&chair, ballot::Act::Close { ballot })?;
        Ok(())
    }
}

/// Most by telephone; who has none is entered by the clerk.
fn named(play: &mut Play<'_, '_, '_>, ballot: MatterId, choices: &[(MatterId, Choice)]) -> Result<(), Failure> {
    let clerk = play.cast.post(PostKind::Clerk);
    for (n, (voter, choice)) in choices.iter().copied().enumerate() {
        match n % 4 {
            3 => play.votes(&clerk, ballot::Act::CastFor { ballot, voter, choice })?,
            _ => play.votes(&play.cast.voter(voter), ballot::Act::Cast { ballot, voter, choice })?,
        };
    }
    Ok(())
}

fn tellers(play: &Play<'_, '_, '_>, choices: &[(MatterId, Choice)]) -> Vec<MatterId> {
    let present = |person: &MatterId| choices.iter().any(|(voter, _)| voter == person);
    play.cast.representatives.iter().rev().filter(|person| present(person)).take(2).copied().collect()
}

fn hands(play: &mut Play<'_, '_, '_>, ballot: MatterId, choices: &[(MatterId, Choice)]) -> Result<(), Failure> {
    let of = |wanted: Choice| choices.iter().filter(|(_, choice)| *choice == wanted).map(|(person, _)| *person).collect::<Vec<_>>();
    let (against, abstain, tellers) = (of(Choice::Against), of(Choice::Abstain), tellers(play, choices));
    let clerk = play.cast.post(PostKind::Clerk);
    play.votes(&clerk, ballot::Act::Hands { ballot, against, abstain, tellers })?;
    Ok(())
}

/// Two tellers read every paper; one of them was spoilt.
fn paper(play: &mut Play<'_, '_, '_>, ballot: MatterId, choices: &[(MatterId, Choice)]) -> Result<(), Failure> {
    let spoilt = choices.len() / 2;
    let mark =
        |(n, (person, choice)): (usize, &(MatterId, Choice))| Mark { person: *person, choice: Some(*choice).filter(|_| n != spoilt) };
    let marks: Vec<Mark> = choices.iter().enumerate().map(mark).collect();
    let clerk = play.cast.post(PostKind::Clerk);
    for (n, teller) in tellers(play, choices).into_iter().enumerate() {
        play.pass(600)?;
        let scan = Digest::of(&[ballot.to_string().as_bytes(), &[u8::try_from(n).expect("two tellers")]]);
        play.votes(&clerk, ballot::Act::Sheet { ballot, teller, marks: marks.clone(), scan })?;
    }
    Ok(())
}

/// The day, time and place on which the teams always meet.
pub fn fixed(play: &mut Play<'_, '_, '_>, weekday: Day, hour: i8, place: &str) -> Result<(), Failure> {
    let act = slot::Act::Set { kind: SittingKind::Team, weekday, time: format!("{hour:02}:00"), place: place.to_owned() };
    let by = play.cast.post(PostKind::Secretary);
    play.does(&by, AnyAct::Slot(act))?;
    Ok(())
}

/// A week of the teams in one entry; `turn` says who is away this time.
pub fn weekly(play: &mut Play<'_, '_, '_>, day: Date, hour: i8, items: &[&'static Weekly], turn: usize) -> Result<(), Failure> {
    let team = play.cast.team();
    let last = team.len() - 1;
    let away = turn % (team.len() * 2);
    let present = team.into_iter().enumerate().filter(|(n, _)| *n == 0 || *n != away.min(last + 1)).map(|(_, person)| person).collect();
    let minutes = 25 + 15 * items.len();
    let line = |item: &&'static Weekly| sitting::Weekly {
        title: item.title.into(),
        report: item.report.into(),
        discussion: item.discussion.into(),
        resolution: item.resolution.into(),
        motion: None,
        version: None,
        scope: None,
    };
    let act = sitting::Act::HoldWeekly {
        day,
        from: format!("{hour:02}:00"),
        to: format!("{:02}:{:02}", usize::from(hour.unsigned_abs()) + minutes / 60, minutes % 60),
        present,
        items: items.iter().map(line).collect(),
    };
    play.sits(&play.cast.post(PostKind::Secretary), act)?;
    Ok(())
}

/// Why a week or a quarter passed without a sitting.
pub fn explained(play: &mut Play<'_, '_, '_>, rule: &str, first: Date, reason: &str) -> Result<(), Failure> {
    let act = cadence::Act::Explain { cadence: Cadence::id_of(rule, first), reason: reason.to_owned() };
    play.keeps(&play.cast.post(PostKind::Secretary), act)?;
    Ok(())
}
