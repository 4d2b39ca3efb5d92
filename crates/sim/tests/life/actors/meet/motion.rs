//! 议题的人 Who puts a motion forward, speaks to it, judges it and answers.

use super::super::{ANYBODYS, OFFICE, Often, body_of, name, said, written};
use super::team;
use crate::town::Life;
use law::lead::body::BodyKind;
use law::meet::Assembly;
use law::meet::motion::{About, Act, Count, End, Figures, Held, Minute, Motion, Phase, Source, Voice, Wording};
use law::open::suggestion::{AnswerKind, Shown, Suggestion};
use law::{AnyAct, Digest, MatterId, PostKind};

/// Their doings.
pub const PEOPLE: &[Often] = &[
    (10, secretary_proposes),
    (3, secretary_acts_first),
    (3, resident_challenges),
    (8, supervision_judges),
    (2, secretary_revises),
    (14, clerk_posts_the_draft),
    (10, resident_opines),
    (8, head_answers_opinions),
    (4, clerk_looks_the_voices_through),
    (7, clerk_records_an_assembly),
    (1, secretary_withdraws),
    (3, secretary_adjusts),
    (1, officer_erases_a_voice),
];

use BodyKind::{Collective, Committee, Party};

type Kind = (&'static str, Option<i64>, &'static [BodyKind]);

/// Kinds of matter with what they cost in 分: the first ones are daily work.
const KINDS: &[Kind] = &[
    ("routine", None, &[Party, Committee, Collective]),
    ("spending", Some(800_000), &[Committee, Collective]),
    ("service", Some(100_000), &[Committee]),
    ("spending", Some(9_000_000), &[Committee, Collective]),
    ("engineering", Some(30_000_000), &[Committee, Collective]),
    ("public_works", Some(20_000_000), &[Committee, Collective]),
    ("charter", None, &[Committee]),
    ("collective_rules", None, &[Collective]),
    ("distribution", Some(50_000_000), &[Collective]),
    ("collective_charter", None, &[Collective]),
    ("outsider_benefit", None, &[Collective]),
    ("party_affairs", None, &[Party]),
];

const SECRETARY: &[PostKind] = &[PostKind::Secretary];

fn wording(life: &mut Life, amount: Option<i64>, body: MatterId) -> Box<Wording> {
    let deadline = life.chance(50).then(|| life.day(-1..=60));
    let discussed = life.chance(30).then(|| Minute { on: life.day(-9..=0), number: "党委会议2026-3".into() });
    let figures = Figures { amount, years: life.chance(10).then_some(1), households: life.chance(30).then_some(20) };
    let (text, reasons) = (written(life), "群众多次反映".to_owned());
    Box::new(Wording { text, reasons, basis: "城市居民委员会组织法第三十条".into(), figures, body, deadline, discussed })
}

/// Something new: its kind, and what is to be decided.
fn matter(life: &mut Life, kinds: &[Kind]) -> Option<(String, Box<Wording>)> {
    let (kind, amount, bodies) = life.pick(kinds);
    let body = body_of(life, bodies)?;
    let kind = if life.chance(3) { "made_up" } else { kind };
    Some((kind.to_owned(), wording(life, amount, body)))
}

fn secretary_proposes(life: &mut Life) {
    let unit = life.village.code;
    let Some(by) = life.holder(unit, SECRETARY, unit) else { return };
    let Some((matter_type, wording)) = matter(life, KINDS) else { return };
    let source = match life.below(4) {
        0 => Source::Petition { names: life.below(90), note: "名单存居委会".into() },
        1 => {
            let adopted = |suggestion: &Suggestion| suggestion.answers.last().is_some_and(|answer| answer.kind == AnswerKind::Adopt);
            life.some_like(unit, adopted).map_or(Source::Secretary, |suggestion| Source::Suggestion { matter: suggestion.id })
        }
        _ => Source::Secretary,
    };
    let occurred_on = life.chance(15).then(|| life.day(-5..=1));
    let act = Act::Propose { matter_type, title: "路灯和排水沟".into(), wording, source, occurred_on };
    life.ask(unit, by, AnyAct::Motion(act));
}

/// 先办后补, with two others of the teams who answer for it.
fn secretary_acts_first(life: &mut Life) {
    let (unit, today) = (life.village.code, life.today());
    let Some(by) = life.holder(unit, SECRETARY, unit) else { return };
    let Some((matter_type, wording)) = matter(life, &KINDS[..6]) else { return };
    let mut team = team(life, today);
    team.retain(|person| by.person() != Some(*person));
    let mut leaders = Vec::new();
    while leaders.len() < 2 && !team.is_empty() {
        let which = life.below(few(team.len()));
        leaders.push(team.remove(which as usize));
    }
    let act = Act::Emergency { matter_type, title: "抢修塌方".into(), wording, leaders };
    life.ask(unit, by, AnyAct::Motion(act));
}

fn few(count: usize) -> u32 {
    u32::try_from(count).expect("few").max(1)
}

/// Daily work above all, before and after it is decided.
fn resident_challenges(life: &mut Life) {
    let unit = life.village.code;
    let open = |motion: &Motion| {
        let decided = matches!(motion.end, None | Some(End::Resolved { daily: true, .. }));
        decided && motion.challenge().is_none() && motion.fixed.is_none() && !motion.class.major
    };
    let decided = |motion: &Motion| open(motion) && motion.end.is_some();
    let some = if life.chance(50) { life.some_like(unit, decided) } else { life.some_like(unit, open) };
    let Some(motion) = some else { return };
    let (by, reason) = (life.resident(), said(life));
    life.ask(unit, by, AnyAct::Motion(Act::Challenge { motion: motion.id, reason }));
}

fn supervision_judges(life: &mut Life) {
    let unit = life.village.code;
    let Some(motion) = life.some_like(unit, |motion: &Motion| motion.challenge().is_some()) else { return };
    let Some(by) = life.holder(unit, &[PostKind::SupervisionHead], unit) else { return };
    let act = Act::Judge { motion: motion.id, major: life.chance(60), reason: written(life) };
    life.ask(unit, by, AnyAct::Motion(act));
}

/// Other words for what stands there now; sometimes more than the words is another.
fn reworded(life: &mut Life, motion: &Motion) -> Box<Wording> {
    let mut wording = motion.wording().clone();
    wording.text = written(life);
    if life.chance(30) {
        wording.figures.amount = Some(i64::from(life.below(9)) * 1_000_000);
        wording.deadline = Some(life.day(0..=60));
    }
    if let Some(body) = body_of(life, &motion.class.carried_out_by).filter(|_| life.chance(20)) {
        wording.body = body;
    }
    Box::new(wording)
}

fn secretary_revises(life: &mut Life) {
    let unit = life.village.code;
    let Some(motion) = life.some_like(unit, |motion: &Motion| motion.end.is_none() && !motion.is_emergency()) else { return };
    let Some(by) = life.holder(unit, SECRETARY, unit) else { return };
    let act = Act::Revise { motion: motion.id, wording: reworded(life, &motion), why: "按意见修改".into() };
    life.ask(unit, by, AnyAct::Motion(act));
}

fn clerk_posts_the_draft(life: &mut Life) {
    let unit = life.village.code;
    let Some(motion) = life.some_like(unit, |motion: &Motion| motion.phase() == Phase::Consulted) else { return };
    let Some(by) = life.holder(unit, &OFFICE, unit) else { return };
    let until = life.chance(20).then(|| life.day(3..=12));
    life.ask(unit, by, AnyAct::Motion(Act::PostDraft { motion: motion.id, until }));
}

fn resident_opines(life: &mut Life) {
    let unit = life.village.code;
    let Some(motion) = life.some_like(unit, |motion: &Motion| motion.phase() == Phase::Posted) else { return };
    let (by, text) = (life.resident(), said(life));
    life.ask(unit, by, AnyAct::Motion(Act::Opine { motion: motion.id, text }));
}

fn head_answers_opinions(life: &mut Life) {
    let unit = life.village.code;
    let Some(motion) = life.some_like(unit, |motion: &Motion| motion.unanswered() > 0) else { return };
    let Some(by) = life.holder(unit, &[PostKind::Secretary, PostKind::Director, PostKind::CollectiveHead], unit) else { return };
    let waits = |voice: &&Voice| voice.about == About::Draft && voice.reply.is_none();
    let mut opinions: Vec<u32> = motion.voices.iter().filter(waits).map(|voice| voice.n).collect();
    if life.chance(10) {
        opinions.push(life.below(4));
    }
    let act = Act::AnswerOpinion { motion: motion.id, opinions, taken: life.chance(50), text: written(life) };
    life.ask(unit, by, AnyAct::Motion(act));
}

fn clerk_looks_the_voices_through(life: &mut Life) {
    let unit = life.village.code;
    let unseen = |voice: &&Voice| voice.shown.is_none() && voice.erased.is_none();
    let Some(motion) = life.some_like(unit, |motion: &Motion| motion.voices.iter().any(|voice| unseen(&voice))) else { return };
    let Some(by) = life.holder(unit, &[PostKind::Clerk, PostKind::SupervisionHead], unit) else { return };
    let voices: Vec<u32> = motion.voices.iter().filter(unseen).map(|voice| voice.n).take(2).collect();
    let text = written(life);
    let shown = life.pick(&[Shown::Whole, Shown::Edited { text: text.clone() }, Shown::Withheld { reason: text }]);
    life.ask(unit, by, AnyAct::Motion(Act::Release { motion: motion.id, voices, shown }));
}

/// What the whole village or all members decided elsewhere, as two tellers wrote it down.
fn clerk_records_an_assembly(life: &mut Life) {
    let unit = life.village.code;
    let ready = |motion: &Motion| matches!(motion.phase(), Phase::Awaiting | Phase::Deliberated);
    let Some(motion) = life.some_like(unit, ready) else { return };
    let Some(by) = life.holder(unit, &[PostKind::Clerk, PostKind::CollectiveHead], unit) else { return };
    let assembly = match (motion.class.competent.first(), life.chance(10)) {
        (Some(assembly), false) => match assembly {
            Assembly::Representatives => Assembly::Villagers,
            Assembly::Delegates => Assembly::Members,
            other => *other,
        },
        _ => life.pick(&Assembly::ALL),
    };
    let present = 240 + life.below(80);
    let in_favour = if life.chance(75) { 225 } else { life.below(present) };
    let held = Held {
        assembly,
        on: life.day(-2..=0),
        count: life.pick(&[Count::Adults, Count::Households]),
        due: 300,
        present,
        in_favour,
        against: life.below(20),
        abstained: life.below(4),
        spoilt: life.below(2),
        tellers: [name(life), name(life)],
        document: "大会2026-1".into(),
        scan: life.chance(50).then_some(Digest([9; 32])),
    };
    let version = if life.chance(10) { motion.version() + 1 } else { motion.version() };
    life.ask(unit, by, AnyAct::Motion(Act::RecordAssembly { motion: motion.id, version, held: Box::new(held) }));
}

fn secretary_withdraws(life: &mut Life) {
    let unit = life.village.code;
    let Some(motion) = life.some_like(unit, |motion: &Motion| motion.end.is_none()) else { return };
    let Some(by) = life.holder(unit, SECRETARY, unit) else { return };
    life.ask(unit, by, AnyAct::Motion(Act::Withdraw { motion: motion.id, reason: "镇里已经立项".into() }));
}

/// A decision goes to a new vote, because of what people say of it.
fn secretary_adjusts(life: &mut Life) {
    let unit = life.village.code;
    let holds = |motion: &Motion| motion.in_force.is_some() && motion.end.is_some();
    let Some(motion) = life.some_like(unit, holds) else { return };
    let Some(by) = life.holder(unit, SECRETARY, unit) else { return };
    let mut wording = reworded(life, &motion);
    wording.deadline = wording.deadline.filter(|deadline| *deadline >= life.today());
    let act = Act::Adjust { motion: motion.id, wording, why: "群众要求加盖板".into() };
    life.ask(unit, by, AnyAct::Motion(act));
}

fn officer_erases_a_voice(life: &mut Life) {
    let Some(motion) = life.some_like(life.village.code, |motion: &Motion| !motion.voices.is_empty()) else { return };
    let Some(by) = life.holder(life.town, &[PostKind::TownOfficer], life.village.code) else { return };
    let beyond = u32::from(life.chance(ANYBODYS));
    let voice = life.below(few(motion.voices.len()) + beyond);
    life.ask(life.village.code, by, AnyAct::Motion(Act::Erase { motion: motion.id, voice, basis: "本人申请".into() }));
}
