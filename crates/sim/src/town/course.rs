//! 一件事的经过 The course of a matter: put forward, discussed, posted, decided, published, carried out, asked about; 东组通〔2015〕33号 二（二）至（四）.

use super::play::Play;
use super::script::{Asker, Course, Emergency, Next, Side, Statutory, Words};
use app::Failure;
use jiff::Span;
use jiff::civil::Date;
use law::meet::Assembly;
use law::meet::motion::{self, Count, Figures, Held, Minute, Motion, Source, Wording};
use law::meet::resolution::{self, Resolution};
use law::open::suggestion::{self, AnswerKind, Channel, Plan, Shown};
use law::steer::task::{self, Extent, Milestone, Task};
use law::{Actor, AnyAct, Digest, MatterId, Personal, PostKind};

/// 分 in one 元.
const FEN: i64 = 100;

fn later(day: Date, days: i64) -> Date {
    day.saturating_add(Span::new().days(days))
}

impl Side {
    fn body(self, play: &Play<'_, '_, '_>) -> MatterId {
        let body = match self {
            Self::Committee => play.cast.committee,
            Self::Collective => play.cast.collective,
        };
        body.expect("every village has both")
    }

    /// The post that sees to the work, and who holds it.
    fn owner(self, play: &Play<'_, '_, '_>) -> (MatterId, Actor) {
        let members = match self {
            Self::Committee => &play.cast.committee_members,
            Self::Collective => &play.cast.collective_members,
        };
        let member = members.first().expect("a village whose matters are told has members on both sides");
        (member.post, member.actor.clone())
    }
}

impl Words {
    /// The wording; `sitting` is the day on which it is to be decided.
    fn wording(&self, play: &Play<'_, '_, '_>, side: Side, sitting: Date) -> Box<Wording> {
        let figures = Figures { amount: self.yuan.map(|yuan| yuan * FEN), years: self.years, households: self.households };
        Box::new(Wording {
            text: self.text.into(),
            reasons: self.reasons.into(),
            basis: self.basis.into(),
            figures,
            body: side.body(play),
            deadline: Some(later(sitting, self.days)),
            discussed: self.minute.map(|number| Minute { on: play.day, number: format!("党工委〔{}〕{number}号", play.day.year()) }),
        })
    }
}

/// What is carried out: a motion in one of its versions.
struct Work {
    key: &'static str,
    version: u32,
}

impl Work {
    /// The name of its task in the village's book.
    fn task(&self) -> String {
        format!("task {} {}", self.key, self.version)
    }
}

impl Course {
    fn work(&self) -> Work {
        Work { key: self.key, version: if self.adjusts.is_some() { 2 } else { 1 } }
    }

    fn motion(&self, play: &Play<'_, '_, '_>) -> Option<MatterId> {
        play.recall(self.key)
    }

    /// It is put forward; or what was decided goes to a new vote in other words.
    pub fn proposed(&self, play: &mut Play<'_, '_, '_>, sitting: Date) -> Result<(), Failure> {
        let wording = self.words.wording(play, self.side, sitting);
        let secretary = play.cast.post(PostKind::Secretary);
        if let Some(why) = self.adjusts {
            let Some(motion) = self.motion(play) else { return Ok(()) };
            play.moves(&secretary, motion::Act::Adjust { motion, wording, why: why.into() })?;
            return Ok(());
        }
        let source = match self.asker {
            Asker::Secretary => Source::Secretary,
            Asker::Petition { names, note } => Source::Petition { names, note: note.into() },
            Asker::Suggestion { said, answer } => Source::Suggestion { matter: adopted(play, said, answer, sitting)? },
        };
        let occurred_on = (self.entered_late > 0).then(|| later(play.day, -self.entered_late));
        let (matter_type, title) = (self.kind.into(), self.title.into());
        let motion = play.moves(&secretary, motion::Act::Propose { matter_type, title, wording, source, occurred_on })?;
        play.remember(self.key, motion);
        Ok(())
    }

    /// A resident finds it classed wrongly.
    pub fn challenged(&self, play: &mut Play<'_, '_, '_>, reason: &str) -> Result<(), Failure> {
        let Some(motion) = self.motion(play) else { return Ok(()) };
        play.moves(&play.cast.resident(5), motion::Act::Challenge { motion, reason: Personal(reason.into()) })?;
        play.pass(3600)?;
        play.moves(&play.cast.post(PostKind::Clerk), motion::Act::Release { motion, voices: vec![0], shown: Shown::Whole })?;
        Ok(())
    }

    /// The supervision committee finds how it is to be classed.
    pub fn judged(&self, play: &mut Play<'_, '_, '_>, reason: &str) -> Result<(), Failure> {
        let Some(motion) = self.motion(play) else { return Ok(()) };
        play.moves(&play.cast.post(PostKind::SupervisionHead), motion::Act::Judge { motion, major: true, reason: reason.into() })?;
        Ok(())
    }

    /// The draft goes up.
    pub fn posted(&self, play: &mut Play<'_, '_, '_>) -> Result<(), Failure> {
        let Some(motion) = self.motion(play) else { return Ok(()) };
        play.moves(&play.cast.post(PostKind::Clerk), motion::Act::PostDraft { motion, until: None })?;
        Ok(())
    }

    /// The n-th opinion on the draft.
    pub fn opined(&self, play: &mut Play<'_, '_, '_>, n: usize) -> Result<(), Failure> {
        let Some(motion) = self.motion(play) else { return Ok(()) };
        let text = Personal(self.opinions[n].0.into());
        play.moves(&play.cast.resident(n), motion::Act::Opine { motion, text })?;
        Ok(())
    }

    /// Whatever waits to be looked at is looked at.
    pub fn looked_at(&self, play: &mut Play<'_, '_, '_>) -> Result<(), Failure> {
        let Some(motion) = self.motion(play) else { return Ok(()) };
        let Some(state) = play.get::<Motion>(motion)? else { return Ok(()) };
        let waits = state.voices.iter().zip(0..).filter(|(voice, _)| voice.shown.is_none());
        let voices: Vec<u32> = waits.map(|(_, n)| n).collect();
        if !voices.is_empty() {
            play.moves(&play.cast.post(PostKind::Clerk), motion::Act::Release { motion, voices, shown: Shown::Whole })?;
        }
        Ok(())
    }

    /// Every opinion is answered.
    pub fn answered(&self, play: &mut Play<'_, '_, '_>) -> Result<(), Failure> {
        let Some(motion) = self.motion(play) else { return Ok(()) };
        let Some(state) = play.get::<Motion>(motion)? else { return Ok(()) };
        let by = play.cast.post(PostKind::Secretary);
        let waits = state.voices.iter().zip(0..).filter(|(voice, _)| voice.about == motion::About::Draft && voice.reply.is_none());
        let waits: Vec<u32> = waits.map(|(_, n)| n).collect();
        for (n, (_, taken, reply)) in waits.into_iter().zip(self.opinions) {
            play.pass(300)?;
            let act = motion::Act::AnswerOpinion { motion, opinions: vec![n], taken: *taken, text: (*reply).into() };
            play.moves(&by, act)?;
        }
        Ok(())
    }

    /// What an assembly outside this record decided, as two tellers wrote it down.
    pub fn recorded(&self, play: &mut Play<'_, '_, '_>, statutory: &Statutory, on: Date) -> Result<(), Failure> {
        let Some(motion) = self.motion(play) else { return Ok(()) };
        let Some(version) = play.get::<Motion>(motion)?.map(|motion| motion.version()) else { return Ok(()) };
        let [due, present, in_favour, against, abstained, spoilt] = statutory.numbers;
        let held = Held {
            assembly: Assembly::Villagers,
            on,
            count: Count::Households,
            due,
            present,
            in_favour,
            against,
            abstained,
            spoilt,
            tellers: [0, 1].map(|n| play.cast.committee_members[n].name.clone()),
            document: format!("{}〔{}〕1号", statutory.document, on.year()),
            scan: Some(Digest::of(&[statutory.document.as_bytes()])),
        };
        play.moves(&play.cast.post(PostKind::Clerk), motion::Act::RecordAssembly { motion, version, held: Box::new(held) })?;
        Ok(())
    }

    /// The next step after the decision. What was not decided has none.
    pub fn goes_on(&self, play: &mut Play<'_, '_, '_>, next: &Next, sitting: Date) -> Result<(), Failure> {
        let Some(motion) = self.motion(play) else { return Ok(()) };
        carried_on(play, motion, &self.work(), self.side, next, sitting)
    }
}

/// A suggestion that a resident made and the committee accepted at once.
fn adopted(play: &mut Play<'_, '_, '_>, said: &str, answer: &str, sitting: Date) -> Result<MatterId, Failure> {
    let submit = suggestion::Act::Submit {
        text: Personal(said.into()),
        channel: Channel::Web,
        intake: None,
        name: None,
        contact: None,
        body: play.cast.committee,
        about_work: true,
    };
    let suggestion = play.does(&play.cast.resident(0), AnyAct::Suggestion(submit))?;
    play.pass(1200)?;
    let release = suggestion::Act::Release { suggestion, shown: Shown::Whole };
    play.does(&play.cast.post(PostKind::Clerk), AnyAct::Suggestion(release))?;
    play.pass(1800)?;
    let plan = Some(Plan { who: play.cast.name(PostKind::Director).to_owned(), by: later(sitting, 60) });
    let answer = suggestion::Act::Answer { suggestion, kind: AnswerKind::Adopt, text: answer.into(), plan, reason: None };
    play.does(&play.cast.post(PostKind::Director), AnyAct::Suggestion(answer))?;
    play.pass(1200)?;
    Ok(suggestion)
}

impl Emergency {
    /// It is done first, under the names of two members of the teams beside the secretary.
    pub fn declared(&self, play: &mut Play<'_, '_, '_>) -> Result<(), Failure> {
        let wording = self.words.wording(play, Side::Committee, play.day);
        let leaders = vec![play.cast.person(PostKind::CollectiveHead), play.cast.person(PostKind::Discipline)];
        let act = motion::Act::Emergency { matter_type: self.kind.into(), title: self.title.into(), wording, leaders };
        let motion = play.moves(&play.cast.post(PostKind::Secretary), act)?;
        play.remember(self.key, motion);
        Ok(())
    }

    /// The next step.
    pub fn goes_on(&self, play: &mut Play<'_, '_, '_>, next: &Next, sitting: Date) -> Result<(), Failure> {
        let Some(motion) = play.recall(self.key) else { return Ok(()) };
        let work = Work { key: self.key, version: 1 };
        carried_on(play, motion, &work, Side::Committee, next, sitting)
    }
}

fn carried_on(play: &mut Play<'_, '_, '_>, motion: MatterId, work: &Work, side: Side, next: &Next, sitting: Date) -> Result<(), Failure> {
    let resolution = Resolution::id_of(motion, work.version);
    if play.get::<Resolution>(resolution)?.is_none() {
        return Ok(());
    }
    let clerk = play.cast.post(PostKind::Clerk);
    match next {
        Next::Publish => play.resolves(&clerk, resolution::Act::Publish { resolution })?,
        Next::Paper { place } => {
            let (by, day) = (play.cast.name(PostKind::Clerk).to_owned(), play.day);
            let photo = Some(Digest::of(&[place.as_bytes(), day.to_string().as_bytes()]));
            play.resolves(&clerk, resolution::Act::PostPaper { resolution, by, day, place: (*place).into(), photo })?
        }
        Next::Assign { title, due, yuan, milestones } => {
            let (owner, _) = side.owner(play);
            let part = |(title, due): &(&str, i64)| Milestone { title: (*title).into(), due: later(sitting, *due) };
            let act = task::Act::Assign {
                resolution,
                body: side.body(play),
                owner,
                title: (*title).into(),
                due: later(sitting, *due),
                budget: yuan.map(|yuan| yuan * FEN),
                milestones: milestones.iter().map(part).collect(),
            };
            let task = play.works(&play.cast.post(PostKind::Secretary), act)?;
            play.remember(&work.task(), task);
            task
        }
        _ => return worked(play, work, side, next, sitting),
    };
    Ok(())
}

/// A step of the work itself.
fn worked(play: &mut Play<'_, '_, '_>, work: &Work, side: Side, next: &Next, sitting: Date) -> Result<(), Failure> {
    let Some(task) = play.recall(&work.task()) else { return Ok(()) };
    let (_, owner) = side.owner(play);
    let supervision = play.cast.post(PostKind::SupervisionHead);
    let clerk = play.cast.post(PostKind::Clerk);
    if matches!(next, Next::Done { extent: Extent::Whole, .. }) {
        last_parts(play, task, &owner)?;
    }
    let (by, act) = match next {
        Next::Progress { text, yuan, milestone } => {
            let spent = yuan.map(|yuan| yuan * FEN);
            (owner, task::Act::Progress { task, text: (*text).into(), spent, milestone: *milestone, occurred_on: None })
        }
        Next::Delay { reason, until } => (owner, task::Act::Delay { task, reason: (*reason).into(), until: later(sitting, *until) }),
        Next::Done { extent, text, yuan, remains } => {
            let (text, spent, remains) = ((*text).into(), yuan.map(|yuan| yuan * FEN), remains.map(Into::into));
            (owner, task::Act::Done { task, extent: *extent, text, spent, remains })
        }
        Next::Return { reason } => (supervision, task::Act::Return { task, reason: (*reason).into() }),
        Next::Accept { remark } => (supervision, task::Act::Accept { task, remark: (*remark).into() }),
        Next::Inquire { text } => (supervision, task::Act::Inquire { task, text: (*text).into() }),
        Next::Result => (clerk, task::Act::PublishResult { task }),
        Next::Ask { text } => (play.cast.resident(1), task::Act::Ask { task, text: Personal((*text).into()) }),
        Next::Look => {
            let Some(state) = play.get::<Task>(task)? else { return Ok(()) };
            let waits = state.questions.iter().zip(0..).filter(|(question, _)| question.shown.is_none());
            (clerk, task::Act::Release { task, questions: waits.map(|(_, n)| n).collect(), shown: Shown::Whole })
        }
        Next::Explain { question, text } => (owner, task::Act::Explain { task, question: *question, text: (*text).into() }),
        Next::Unsatisfied { question } => (play.cast.resident(1), task::Act::Unsatisfied { task, question: *question }),
        Next::ExplainAgain { question, text } => {
            (play.cast.post(PostKind::Secretary), task::Act::Explain { task, question: *question, text: (*text).into() })
        }
        Next::Publish | Next::Paper { .. } | Next::Assign { .. } => return Ok(()),
    };
    play.works(&by, act)?;
    Ok(())
}

/// Whoever reports that all is done has ticked off every part before.
fn last_parts(play: &mut Play<'_, '_, '_>, task: MatterId, owner: &Actor) -> Result<(), Failure> {
    let Some(state) = play.get::<Task>(task)? else { return Ok(()) };
    for (part, n) in state.parts.iter().zip(0..).filter(|(part, _)| part.reached.is_none()) {
        let text = format!("{}已经完成。", part.milestone.title);
        play.works(owner, task::Act::Progress { task, text, spent: None, milestone: Some(n), occurred_on: None })?;
    }
    Ok(())
}
