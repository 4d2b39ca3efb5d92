//! 召集会议 Calling a sitting: who calls which assembly by when, and what goes on the agenda; 东组通〔2015〕33号 二（二）.

use super::calendar::calls;
use super::convener;
use super::scope::{self, Typed};
use crate::ask::{Ask, Reply};
use crate::look::meet::call::{Call, Early, Other};
use crate::look::{Choice, Place, way};
use crate::problem::{self, Problem};
use crate::site::Site;
use crate::staff::Staff;
use crate::{frame, multipart, words};
use app::read::meet::Open;
use app::{Asked, Failure};
use jiff::civil::Date;
use law::meet::sitting::{Act, Ground, Item};
use law::meet::{SittingKind, Stage};
use law::{AnyAct, Digest, MatterId, PostKind, Refusal};

/// Items without a motion that a form has room for.
const OTHERS: usize = 5;

/// GET `new`: `?kind=`, `?again=`, `?motion=` of which `?steps=` are ticked.
pub fn form(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    shown(&Staff::at(site, ask)?, None)
}

fn shown(staff: &Staff<'_>, refused: Option<&Refusal>) -> Result<Reply, Problem> {
    let (site, unit) = (staff.site, staff.unit);
    let place = frame::place(site, unit);
    let kinds = calls(site, unit, &staff.reader);
    let again = again(staff, &place)?;
    let asked = staff.typed("kind", staff.ask.query("kind"));
    let kind = again
        .as_ref()
        .map(|(kind, ..)| *kind)
        .or_else(|| SittingKind::parse(&asked))
        .filter(|kind| kinds.contains(kind))
        .or_else(|| kinds.first().copied());
    let kind = kind.ok_or(Problem::NotFound)?;
    let notices = notices(staff, kind, &place)?;
    let earliest = notices.iter().map(|notice| notice.earliest).max().unwrap_or(site.today());
    let day = staff.typed("day", "");
    let on = day.parse().unwrap_or(earliest);
    let tabled = app::read::meet::tabled(&site.house, unit.code, kind, on)?;
    let slot = app::read::meet::slot(&site.house, unit.code, kind)?;
    let fixed = slot.as_ref().and_then(|slot| slot.on(site.today()));
    let adds = rule_text(staff, kind.rule(), "add").is_some_and(|word| word == "until_open");
    let f = staff.frame(&format!("召集{}", words::room::kind(kind, &place)), refused.is_some());
    let call = Call {
        keep: f.keep("call"),
        f,
        kinds: kinds.iter().map(|one| Choice::new(one.word(), &words::room::kind(*one, &place), *one == kind)).collect(),
        again: again.map(|(_, id, said)| (id, said)),
        notices,
        day,
        time: staff.typed("time", fixed.map_or("15:00", |fixed| fixed.time.as_str())),
        place: staff.typed("place", fixed.map_or("", |fixed| fixed.place.as_str())),
        motions: tabled.iter().flat_map(|open| choices(staff, open)).collect(),
        waiting: tabled.iter().filter_map(|open| waits(site, open)).collect(),
        others: (1..=OTHERS).map(|n| other(staff, n)).collect(),
        hint: scope::hint(staff)?,
        takes_others: kind.takes(Stage::Daily),
        adds,
        grounds: Ground::ALL.into_iter().map(|ground| (ground.word().to_owned(), words::room::ground(ground).to_owned())).collect(),
        refused: refused.map(|no| scope::led(staff, no, staff.refused(no, &[]), (1..=OTHERS).map(|n| typed(staff, n)))),
    };
    staff.shown(&call, refused)
}

fn other(staff: &Staff<'_>, n: usize) -> Other {
    let typed = |field: &str| staff.typed(&format!("{field}{n}"), "");
    Other { title: typed("title"), closed: typed("closed"), amount: typed("amount") }
}

fn typed(staff: &Staff<'_>, n: usize) -> Typed {
    let Other { title, amount, .. } = other(staff, n);
    Typed { text: title.clone(), title, amount }
}

fn again(staff: &Staff<'_>, place: &Place) -> Result<Option<(SittingKind, String, String)>, Problem> {
    let asked = staff.typed("again", staff.ask.query("again"));
    let Some(id) = MatterId::parse(&asked) else { return Ok(None) };
    let read = app::read::meet::room(&staff.site.house, staff.unit.code, id, &staff.reader)?.ok_or(Problem::NotFound)?;
    let said = format!("{}没开完的{}", words::in_year(read.state.day), words::room::kind(read.state.kind, place));
    Ok(Some((read.state.kind, id.to_string(), said)))
}

fn rule_text(staff: &Staff<'_>, rule: &'static str, name: &str) -> Option<String> {
    let policy = staff.site.house.policy();
    policy.rule(rule, staff.unit.profile(), staff.site.today())?.text(name).ok().map(str::to_owned)
}

/// Who must call which assembly, and how early: the sitting itself first, then each that has a convener of its own.
fn notices(staff: &Staff<'_>, kind: SittingKind, place: &Place) -> Result<Vec<Early>, Problem> {
    let mut all = vec![early(staff, words::room::kind(kind, place), kind.rule(), place)?];
    for assembly in kind.assemblies() {
        let name = words::room::assembly(*assembly, place);
        match assembly.convening() {
            Some(rule) if rule == kind.rule() => {}
            Some(rule) => all.push(early(staff, name, rule, place)?),
            None => all.push(Early { name, convener: String::new(), days: 0, firm: None, earliest: staff.site.today(), mine: false }),
        }
    }
    Ok(all)
}

fn early(staff: &Staff<'_>, name: String, rule: &'static str, place: &Place) -> Result<Early, Problem> {
    let (site, unit, today) = (staff.site, staff.unit, staff.site.today());
    let post = convener(site, unit, rule).ok_or(Refusal::NoRule { rule })?;
    let counted = if rule == "meet.members.convene" { "meet.members.notice" } else { rule };
    let days = staff.number(counted, "days")?;
    let policy = site.house.policy();
    let param = policy.rule(counted, unit.profile(), today).and_then(|rule| rule.params.get("days").cloned());
    let earliest = law::workday::calendar_days_after(today, days).map_err(|_| Refusal::CalendarEnds { day: today })?;
    Ok(Early {
        name,
        convener: words::room::convener(post, place),
        days,
        firm: param.map(|param| crate::open::rules::firm(param.standing)),
        earliest,
        mine: holds(staff, post),
    })
}

fn holds(staff: &Staff<'_>, post: PostKind) -> bool {
    staff.reader.offices.iter().any(|office| office.unit == staff.unit.code && office.kind == post)
}

/// What the form offers of a motion: every step for which it could be called.
fn choices(staff: &Staff<'_>, open: &Open) -> Vec<Choice> {
    let version = open.motion.version();
    let steps = open.steps.iter().filter(|(_, fits, _)| fits.is_ok());
    let steps = steps.map(|(stage, ..)| {
        let value = format!("{}.{version}.{}", open.motion.id, stage_word(*stage));
        let ticked = staff.ask.form.iter().any(|(name, typed)| name == "take" && *typed == value);
        let led = !staff.ask.post && staff.ask.query("motion") == open.motion.id.to_string();
        let picked = ticked || led && staff.ask.query("steps").split('.').any(|step| step == stage_word(*stage));
        Choice::new(&value, &format!("{}：{}（第{version}版）", words::room::stage(*stage), open.motion.title), picked)
    });
    steps.collect()
}

/// Why a motion cannot be called at all.
fn waits(site: &Site, open: &Open) -> Option<(String, String)> {
    if open.steps.iter().any(|(_, fits, _)| fits.is_ok()) {
        return None;
    }
    let refusal = open.steps.iter().find_map(|(_, fits, _)| fits.clone().err())?;
    let no = problem::refused(site, &refusal);
    Some((open.motion.title.clone(), format!("{}{}", no.why, no.now)))
}

/// The stable word in forms.
pub fn stage_word(stage: Stage) -> &'static str {
    match stage {
        Stage::Daily => "daily",
        Stage::Consult => "consult",
        Stage::Deliberate => "deliberate",
        Stage::Resolve => "resolve",
        Stage::Ratify => "ratify",
    }
}

fn read_stage(word: &str) -> Option<Stage> {
    [Stage::Daily, Stage::Consult, Stage::Deliberate, Stage::Resolve, Stage::Ratify].into_iter().find(|stage| stage_word(*stage) == word)
}

/// The agenda as the form sends it: motions that were ticked, then other items.
fn agenda(staff: &Staff<'_>, kind: SittingKind, day: Date) -> Result<Vec<Item>, Problem> {
    let ask = staff.ask;
    let tabled = app::read::meet::tabled(&staff.site.house, staff.unit.code, kind, day)?;
    let papers = multipart::file(&ask.body, &ask.content_type, "papers").map(|file| Digest::of(&[&file.bytes]));
    let mut items = Vec::new();
    for (_, value) in ask.form.iter().filter(|(name, _)| name == "take") {
        let parts: Vec<&str> = value.split('.').collect();
        let [id, version, stage] = parts[..] else { continue };
        let (Some(id), Ok(version), Some(stage)) = (MatterId::parse(id), version.parse::<u32>(), read_stage(stage)) else { continue };
        let title = tabled.iter().find(|open| open.motion.id == id).map(|open| open.motion.title.clone()).ok_or(Refusal::NoSuchMatter)?;
        items.push(Item { title, stage, motion: Some(id), version: Some(version), scope: None, closed: None, papers });
    }
    for n in 1..=OTHERS {
        let Some(title) = ask.maybe(&format!("title{n}")) else { continue };
        let closed = Ground::ALL.into_iter().find(|ground| ground.word() == ask.field(&format!("closed{n}")));
        let scope = scope::of(&ask.field(&format!("amount{n}")))?;
        items.push(Item { title, stage: Stage::Daily, motion: None, version: None, scope, closed, papers });
    }
    Ok(items)
}

/// POST `new`.
pub fn convene(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let staff = Staff::at(site, ask)?;
    let asked = || -> Result<Act, Problem> {
        let kind = SittingKind::parse(&ask.field("kind")).ok_or(Refusal::Missing { field: "kind" })?;
        let day = staff.day("day")?;
        let agenda = agenda(&staff, kind, day)?;
        let again = MatterId::parse(&ask.field("again"));
        Ok(Act::Convene { kind, day, time: ask.field("time"), place: ask.field("place"), agenda, again })
    };
    let act = match asked() {
        Ok(act) => act,
        Err(Problem::Refused(refusal)) => return shown(&staff, Some(&refusal)),
        Err(problem) => return Err(problem),
    };
    match site.house.enact(staff.unit.code, Asked { seen: None, ..staff.asked(AnyAct::Sitting(act)) }) {
        Ok(done) => Ok(Reply::see(&format!("{}?done=convene.{}", way::matter(&staff.code(), &done.matter.to_string()), done.seq))),
        Err(Failure::Refused(refusal)) => shown(&staff, Some(&refusal)),
        Err(failure) => Err(failure.into()),
    }
}
