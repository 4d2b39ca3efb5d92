//! 镇上的人 Who does what in the town, one small function each, rightly or not. A new kind of matter brings its people into
//! [`PEOPLE`]: an act in the table of rights that nobody comes to do fails the test.

use crate::town::Life;
use app::{Clock, clock, prepare};
use jiff::Span;
use law::lead::body::{self, Body, BodyKind};
use law::lead::person::{self, Person};
use law::lead::post::{self, Post};
use law::lead::roll;
use law::open::notice::{self, Notice};
use law::open::suggestion::{self, Act, AnswerKind, Channel, Intake, Plan, Shown, Suggestion};
use law::steer::cadence::{self, Cadence};
use law::watch::report::{Lodged, Report};
use law::{Actor, AnyAct, Digest, MatterId, Personal, PostKind, Who};
use sim::names::{ANSWERED, FAMILY, GIVEN, POSTED, SAID};

/// How often somebody does something, and what.
type Often = (u32, fn(&mut Life));

/// Those who ask for acts.
const PEOPLE: &[Often] = &[
    (12, resident_speaks),
    (8, resident_judges_the_answer),
    (3, resident_takes_it_back),
    (3, bearer_comes_back),
    (4, clerk_takes_down_a_slip),
    (7, clerk_routes),
    (5, clerk_releases),
    (4, clerk_opens_the_box),
    (3, clerk_keeps_persons),
    (2, clerk_keeps_the_roll),
    (4, clerk_hangs_up_paper),
    (3, clerk_prepares_an_answer),
    (3, head_confirms_or_sends_back),
    (12, head_answers),
    (4, head_takes_more_time),
    (5, head_posts_a_notice),
    (2, head_corrects_a_notice),
    (3, officer_appoints),
    (2, officer_ends_a_post),
    (3, officer_founds_or_dissolves),
    (2, officer_erases_a_person),
    (3, officer_erases_a_suggestion),
    (3, somebody_reports),
    (3, discipline_answers_a_report),
];

/// What the house does by itself, and what befalls it.
const HOUSE: &[Often] = &[
    (10, midnight_passes),
    (4, the_clock_makes_its_round),
    (8, lines_are_sealed),
    (2, the_record_is_audited),
    (1, the_tables_are_rebuilt),
    (1, the_night_forgets),
    (4, a_new_calendar_comes),
    (3, the_clock_goes_back),
    (6, several_ask_at_once),
    (3, somebody_asks_again),
];

/// The villager group that has a roll.
pub const GROUP: &str = "第一村民小组";

const OFFICE: [PostKind; 3] = [PostKind::Clerk, PostKind::Director, PostKind::Secretary];

/// Somebody does something.
pub fn turn(life: &mut Life) {
    one_of(life, &[PEOPLE, HOUSE].concat());
}

fn one_of(life: &mut Life, all: &[Often]) {
    let mut turn = life.below(all.iter().map(|(often, _)| often).sum());
    for (often, act) in all {
        match turn.checked_sub(*often) {
            Some(rest) => turn = rest,
            None => return act(life),
        }
    }
}

fn said(life: &mut Life) -> Personal {
    let text = match life.below(12) {
        0 => String::new(),
        1 => "长".repeat(law::limit::TEXT + 1),
        2 => "林伟棠的亲戚包了工程".to_owned(),
        3 => "请打13800138000找我".to_owned(),
        _ => life.pick(SAID).0.to_owned(),
    };
    Personal(text)
}

fn written(life: &mut Life) -> String {
    match life.below(8) {
        0 => "收到，已阅。".to_owned(),
        1 => "请打13800138000找王志强".to_owned(),
        _ => life.pick(ANSWERED).1.to_owned(),
    }
}

fn name(life: &mut Life) -> String {
    format!("{}{}", life.pick(FAMILY), life.pick(GIVEN))
}

fn a_body(life: &mut Life) -> Option<MatterId> {
    life.some::<Body>(life.village.code).map(|body| body.id)
}

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

fn clerk_opens_the_box(life: &mut Life) {
    let Some(period) = life.some::<Cadence>(life.village.code) else { return };
    let Some(by) = life.holder(life.village.code, &OFFICE, life.village.code) else { return };
    let (on, count, two) = (life.day(-3..=0), life.below(5), life.chance(90));
    let witnesses = vec![name(life), if two { "梁玉燕".to_owned() } else { String::new() }];
    let act = match life.chance(80) {
        true => cadence::Act::Done { cadence: period.id, on, count, witnesses },
        false => cadence::Act::Explain { cadence: period.id, reason: written(life) },
    };
    life.ask(life.village.code, by, AnyAct::Cadence(act));
}

fn clerk_keeps_persons(life: &mut Life) {
    let Some(by) = life.holder(life.village.code, &[PostKind::Clerk], life.village.code) else { return };
    let phone = Personal(format!("1990000{:04}", life.below(10_000)));
    let act = match life.some::<Person>(life.village.code) {
        Some(person) if life.chance(60) => {
            person::Act::Change { person: person.id, phone: life.chance(80).then_some(phone), group: Some(GROUP.into()) }
        }
        _ => person::Act::Enter { name: Personal(name(life)), id_number: None, phone: Some(phone), group: Some(GROUP.into()) },
    };
    life.ask(life.village.code, by, AnyAct::Person(act));
}

fn clerk_keeps_the_roll(life: &mut Life) {
    let Some(by) = life.holder(life.village.code, &[PostKind::Clerk], life.village.code) else { return };
    let person = life.pick(&life.residents.clone());
    let (join, leave) = if life.chance(50) { (vec![person], Vec::new()) } else { (Vec::new(), vec![person]) };
    let from = life.day(-2..=1);
    let act = roll::Act::Change { group: GROUP.into(), from, join, leave, basis: "户籍变动".into() };
    life.ask(life.village.code, by, AnyAct::Roll(act));
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

/// A town officer for a matter of the village, or whoever sets the house up from the command line.
fn officer(life: &mut Life) -> Option<Actor> {
    match life.chance(30) {
        true => Some(Actor::new(Who::Keeper)),
        false => life.holder(life.town, &[PostKind::TownOfficer], life.village.code),
    }
}

fn officer_appoints(life: &mut Life) {
    let (Some(by), Some(body)) = (officer(life), life.some::<Body>(life.village.code)) else { return };
    let other = life.pick(&PostKind::ALL);
    let kind = body.kind.head().filter(|_| life.chance(50)).unwrap_or(other);
    let person = life.pick(&life.residents.clone());
    let from = life.day(-2..=1);
    let to = life.chance(30).then(|| life.day(-1..=10));
    let act = post::Act::Appoint { person, name: name(life), body: body.id, kind, from, to, basis: "党委任命".into() };
    life.ask(life.village.code, by, AnyAct::Post(act));
}

fn officer_ends_a_post(life: &mut Life) {
    let (Some(by), Some(post)) = (officer(life), life.some::<Post>(life.village.code)) else { return };
    let on = life.day(-2..=1);
    life.ask(life.village.code, by, AnyAct::Post(post::Act::End { post: post.id, on, basis: "调任".into() }));
}

fn officer_founds_or_dissolves(life: &mut Life) {
    let Some(by) = officer(life) else { return };
    let kind = life.pick(&BodyKind::ALL[..4]);
    let old = life.some::<Body>(life.village.code).filter(|_| life.chance(25));
    let act = match old {
        Some(body) => body::Act::Dissolve { body: body.id, on: life.today(), basis: "换届".into() },
        None => body::Act::Found { kind, name: "新的委员会".into(), since: life.day(-1..=0) },
    };
    life.ask(life.village.code, by, AnyAct::Body(act));
}

fn officer_erases_a_person(life: &mut Life) {
    let (Some(by), Some(person)) = (officer(life), life.some::<Person>(life.village.code)) else { return };
    let act = person::Act::Erase { person: person.id, basis: "本人申请".into() };
    life.ask(life.village.code, by, AnyAct::Person(act));
}

fn officer_erases_a_suggestion(life: &mut Life) {
    let (Some(by), Some(suggestion)) = (officer(life), life.some::<Suggestion>(life.village.code)) else { return };
    let act = suggestion::Act::Erase { suggestion: suggestion.id, basis: "本人申请".into() };
    life.ask(life.village.code, by, AnyAct::Suggestion(act));
}

/// A report has no key: its sender holds a code, and asks with it whether the report is there.
fn somebody_reports(life: &mut Life) {
    let code = Digest::of(&[b"report", &life.lodged.len().to_be_bytes()]);
    let lodged = Lodged { text: said(life), about: life.village.code, on: life.today(), code };
    let kept = app::watch::report::lodge(&life.world.house, life.town, &lodged);
    let told = life.attempt(kept).is_some();
    life.lodged.insert(code, told);
}

fn discipline_answers_a_report(life: &mut Life) {
    let Some(report) = life.some_like(life.town, |report: &Report| report.filed.is_some()) else { return };
    let Some(by) = life.holder(life.town, &[PostKind::TownDiscipline], life.town) else { return };
    let (taken, text) = (life.chance(50), written(life));
    let kept = app::watch::report::answer(&life.world.house, life.town, &by, report.id, taken, &text);
    life.attempt(kept);
}

fn midnight_passes(life: &mut Life) {
    life.midnight();
    the_clock_makes_its_round(life);
}

fn the_clock_makes_its_round(life: &mut Life) {
    let round = clock::round(&life.world.house);
    if let Some(round) = life.attempt(round)
        && round.failed > 0
    {
        life.excuse(&app::Failure::Busy);
    }
}

fn lines_are_sealed(life: &mut Life) {
    let outcomes = app::seal::all(&life.world.house);
    let Some(outcomes) = life.attempt(outcomes) else { return };
    let sealed: Vec<_> = outcomes.into_iter().map(|(_, outcome)| life.attempt(outcome)).collect();
    assert!(!sealed.contains(&Some(app::seal::Outcome::Halted)), "sealing stands still though nobody touched the tables");
    for unit in [life.village.code, life.town] {
        life.publish(unit);
        let extent = life.look(|tx| store::record::extent(tx, unit));
        if let Some((size, signed, _)) = extent.filter(|_| !sealed.contains(&None)) {
            assert_eq!(size, signed, "lines of {unit} wait for a seal that does not come");
        }
    }
}

fn the_record_is_audited(life: &mut Life) {
    for unit in [life.village.code, life.town] {
        let found = app::audit::unit(&life.world.house, unit);
        if let Some(found) = life.attempt(found) {
            assert!(found.is_clean(), "{unit}: {found:?}");
        }
    }
}

fn the_tables_are_rebuilt(life: &mut Life) {
    let rebuilt = app::audit::rebuild(&life.world.house, life.village.code);
    life.attempt(rebuilt);
}

/// Whoever still waits for an answer has asked again before the key is forgotten.
fn the_night_forgets(life: &mut Life) {
    life.ask_again();
    if life.asks.unanswered.is_empty() {
        let forgotten = app::tend::forget(&life.world.house);
        life.attempt(forgotten);
    }
}

/// One of the coming days becomes a holiday, or a working day instead of one.
fn a_new_calendar_comes(life: &mut Life) {
    let day = life.day(1..=3);
    let works = life.world.house.policy().calendar().is_workday(day).expect("a day of the calendar");
    let notice = format!("date,is_workday,name,source\n{day},{},调休,notice\n", u8::from(!works));
    let round = clock::import_notice(&life.world.house, &notice).map_err(|error| match error {
        clock::NoticeError::Failure(failure) => failure,
        clock::NoticeError::Calendar(error) => panic!("a calendar of the town's own: {error:?}"),
    });
    life.attempt(round);
}

/// Nobody's clock may put a line before the last one.
fn the_clock_goes_back(life: &mut Life) {
    let now = life.world.clock.now();
    life.clock(Span::new().hours(-1));
    life.asks.behind = true;
    one_of(life, PEOPLE);
    life.asks.behind = false;
    life.world.clock.set(now);
}

fn several_ask_at_once(life: &mut Life) {
    let several = 2 + life.below(5);
    life.at_once(|life| (0..several).for_each(|_| one_of(life, PEOPLE)));
}

fn somebody_asks_again(life: &mut Life) {
    life.ask_again();
}
