//! 四公开的人 Who speaks, answers, releases and posts.

use super::lead::officer;
use super::{OFFICE, Often, a_body, name, said, written};
use crate::town::Life;
use app::prepare;
use law::open::notice::{self, Notice};
use law::open::suggestion::{self, Act, AnswerKind, Channel, Intake, Plan, Shown, Suggestion};
use law::{Actor, AnyAct, Digest, MatterId, Personal, PostKind, Who};
use sim::names::POSTED;

/// Their doings.
pub const PEOPLE: &[Often] = &[
    (9, resident_speaks),
    (6, resident_judges_the_answer),
    (3, resident_takes_it_back),
    (3, bearer_comes_back),
    (4, clerk_takes_down_a_slip),
    (5, clerk_routes),
    (5, clerk_releases),
    (4, clerk_hangs_up_paper),
    (3, clerk_prepares_an_answer),
    (3, head_confirms_or_sends_back),
    (9, head_answers),
    (4, head_takes_more_time),
    (3, head_posts_a_notice),
    (2, head_corrects_a_notice),
    (3, officer_erases_a_suggestion),
];

fn resident_speaks(life: &mut Life) {
    let (by, text, name) = (life.resident(), said(life), name(life));
    let named = life.chance(50).then_some(Personal(name));
    let body = if life.chance(60) { a_body(life) } else { None };
    let about_work = life.chance(50);
    let act = Act::Submit { text, channel: Channel::Web, intake: None, contact: named.clone(), name: named, body, about_work };
    life.ask(life.village.code, by, AnyAct::Suggestion(act));
}

fn resident_judges_the_answer(life: &mut Life) {
    let Some(suggestion) = answered(life) else { return };
    let by = sender(life, &suggestion);
    judge(life, suggestion.id, by);
}

fn resident_takes_it_back(life: &mut Life) {
    let own = |suggestion: &Suggestion| suggestion.author.is_some() && suggestion.answers.is_empty();
    let Some(suggestion) = life.some_like(life.village.code, own) else { return };
    let by = sender(life, &suggestion);
    life.ask(life.village.code, by, AnyAct::Suggestion(Act::Withdraw { suggestion: suggestion.id }));
}

/// Who made a suggestion, or some resident.
fn sender(life: &mut Life, suggestion: &Suggestion) -> Actor {
    let unit = life.village.code;
    let kept = suggestion.author.and_then(|author| life.look(|tx| store::personal::text(tx, unit, suggestion.id, author)).flatten());
    match kept.and_then(|kept| MatterId::parse(&kept.text)) {
        Some(person) => Actor::new(Who::Resident { person, on_roll: false }),
        None => life.resident(),
    }
}

fn bearer_comes_back(life: &mut Life) {
    let Some(suggestion) = answered(life) else { return };
    let by = match suggestion.code {
        Some(code) => Actor::new(Who::Bearer { code }),
        None => life.bearer(),
    };
    judge(life, suggestion.id, by);
}

fn answered(life: &mut Life) -> Option<Suggestion> {
    life.some_like(life.village.code, |suggestion: &Suggestion| !suggestion.answers.is_empty() && suggestion.verdict.is_none())
}

fn to_answer(life: &mut Life) -> Option<Suggestion> {
    let waits = |suggestion: &Suggestion| suggestion.responsible.is_some() && suggestion.duties.pending(suggestion::ANSWER).is_some();
    life.some_like(life.village.code, waits)
}

fn judge(life: &mut Life, suggestion: MatterId, by: Actor) {
    let act = match life.below(3) {
        0 => Act::Confirm { suggestion },
        1 => Act::Dispute { suggestion, remark: life.chance(50).then(|| Personal("还是老样子。".into())) },
        _ => Act::Reopen { suggestion, reason: said(life) },
    };
    life.ask(life.village.code, by, AnyAct::Suggestion(act));
}

fn clerk_takes_down_a_slip(life: &mut Life) {
    let officer = life.chance(25);
    let (home, posts) = if officer { (life.town, [PostKind::TownOfficer; 3]) } else { (life.village.code, OFFICE) };
    let Some(by) = life.holder(home, &posts, life.village.code) else { return };
    let code = Digest::of(&[&life.codes.len().to_be_bytes()]);
    let late_reason = life.chance(70).then(|| written(life));
    let intake = Intake { received: life.day(-11..=1), taken_by: name(life), slip: Some("0001".into()), code: Some(code), late_reason };
    life.codes.push(code);
    let channel = life.pick(&Channel::ALL);
    let (text, body, given) = (said(life), a_body(life), life.chance(90));
    let act = Act::Submit { text, channel, intake: given.then_some(intake), name: None, contact: None, body, about_work: true };
    life.ask(life.village.code, by, AnyAct::Suggestion(act));
}

fn clerk_routes(life: &mut Life) {
    let new = |suggestion: &Suggestion| suggestion.responsible.is_none();
    let Some(suggestion) = life.some_like(life.village.code, new) else { return };
    let (Some(body), Some(by)) = (a_body(life), life.holder(life.village.code, &OFFICE, life.village.code)) else { return };
    life.ask(life.village.code, by, AnyAct::Suggestion(Act::Route { suggestion: suggestion.id, body }));
}

fn clerk_releases(life: &mut Life) {
    let hidden = |suggestion: &Suggestion| suggestion.shown.is_none();
    let Some(suggestion) = life.some_like(life.village.code, hidden) else { return };
    let Some(by) = life.holder(life.village.code, &OFFICE, life.village.code) else { return };
    let text = written(life);
    let shown = life.pick(&[Shown::Whole, Shown::Edited { text: text.clone() }, Shown::Withheld { reason: text }]);
    life.ask(life.village.code, by, AnyAct::Suggestion(Act::Release { suggestion: suggestion.id, shown }));
}

fn clerk_hangs_up_paper(life: &mut Life) {
    let Some(notice) = life.some_like(life.village.code, |notice: &Notice| notice.papers.is_empty()) else { return };
    let Some(by) = life.holder(life.village.code, &OFFICE, life.village.code) else { return };
    let (day, place) = (life.day(-2..=0), life.pick(&["门口公开栏", "文化楼"]));
    let act = notice::Act::PaperPosted { notice: notice.id, by: name(life), day, place: place.into() };
    life.ask(life.village.code, by, AnyAct::Notice(act));
}

fn answer(life: &mut Life, suggestion: MatterId) -> AnyAct {
    let kind = life.pick(&[AnswerKind::Adopt, AnswerKind::Decline, AnswerKind::Explain, AnswerKind::Refer]);
    let by = life.day(-1..=8);
    let plan = (kind == AnswerKind::Adopt && life.chance(90)).then(|| Plan { who: "治保主任".into(), by });
    let reason = life.chance(30).then(|| "不在职权范围".to_owned());
    AnyAct::Suggestion(Act::Answer { suggestion, kind, text: written(life), reason, plan })
}

/// The head of the body that answers for a suggestion, or some head.
fn head(life: &mut Life, suggestion: &Suggestion) -> Option<Actor> {
    let posts = suggestion.responsible.map_or(PostKind::HEADS.to_vec(), |responsible| vec![responsible.head]);
    life.holder(life.village.code, &posts, life.village.code)
}

fn head_answers(life: &mut Life) {
    let Some(suggestion) = to_answer(life) else { return };
    let Some(by) = head(life, &suggestion) else { return };
    let act = answer(life, suggestion.id);
    life.ask(life.village.code, by, act);
}

fn head_takes_more_time(life: &mut Life) {
    let Some(suggestion) = to_answer(life) else { return };
    let Some(by) = head(life, &suggestion) else { return };
    let act = Act::Extend { suggestion: suggestion.id, days: 1 + life.below(4), reply: written(life), reason: written(life) };
    life.ask(life.village.code, by, AnyAct::Suggestion(act));
}

fn clerk_prepares_an_answer(life: &mut Life) {
    let Some(suggestion) = to_answer(life) else { return };
    let Some(by) = life.holder(life.village.code, &[PostKind::Clerk], life.village.code) else { return };
    let act = answer(life, suggestion.id);
    let prepared = prepare::prepare(&life.world.house, life.village.code, act, &by);
    life.attempt(prepared);
}

fn head_confirms_or_sends_back(life: &mut Life) {
    let unit = life.village.code;
    let Some(drafts) = life.look(|tx| store::draft::all(tx, unit)).filter(|drafts| !drafts.is_empty()) else { return };
    let draft = life.pick(&drafts);
    let Some(by) = life.holder(unit, &PostKind::HEADS, unit) else { return };
    if life.chance(80) {
        let act = prepare::act(&draft).expect("a draft that was kept");
        life.confirm(by, act, prepare::digest(&draft));
    } else {
        let back = prepare::send_back(&life.world.house, unit, prepare::digest(&draft), &by);
        life.attempt(back);
    }
}

fn head_posts_a_notice(life: &mut Life) {
    let (Some(body), Some(by)) = (a_body(life), life.holder(life.village.code, &PostKind::HEADS, life.village.code)) else { return };
    let (title, text) = life.pick(POSTED);
    let act = notice::Act::Publish { title: title.into(), text: text.into(), body, under: None, masked: Vec::new(), number: None };
    life.ask(life.village.code, by, AnyAct::Notice(act));
}

fn head_corrects_a_notice(life: &mut Life) {
    let Some(notice) = life.some::<Notice>(life.village.code) else { return };
    let Some(by) = life.holder(life.village.code, &PostKind::HEADS, life.village.code) else { return };
    let act = notice::Act::Correct { notice: notice.id, title: "更正".into(), text: written(life), why: "日期写错了".into() };
    life.ask(life.village.code, by, AnyAct::Notice(act));
}

fn officer_erases_a_suggestion(life: &mut Life) {
    let (Some(by), Some(suggestion)) = (officer(life), life.some::<Suggestion>(life.village.code)) else { return };
    let act = suggestion::Act::Erase { suggestion: suggestion.id, basis: "本人申请".into() };
    life.ask(life.village.code, by, AnyAct::Suggestion(act));
}
