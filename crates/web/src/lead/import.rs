//! 人员导入 Import of people: choose a file, see what would become of each row, then enter what is good. However long that takes, pages
//! answer at once and say how far it has come.

use crate::ask::{Ask, Reply};
use crate::imports::{Import as Under, Stage, Work};
use crate::look::people::{Fate as Shown, Import, ImportCheck, ImportWait, Verdict as Row};
use crate::look::{Refused, page, way};
use crate::multipart;
use crate::open::board::unit;
use crate::open::find::broken;
use crate::open::suggestion::mark;
use crate::problem::Problem;
use crate::router::{Route, show, take};
use crate::site::Site;
use crate::{frame, words};
use app::door::SignedIn;
use app::import::{
    Change, Column, Done, Entering, Fate, MOST_BYTES, Progress, Scope, Sheet, Stopped, Telling, Verdict, check, commit, look,
};
use app::{Failure, House};
use law::lead::{person, post};
use law::unit::Unit;
use law::{Actor, Matter, MatterId, Personal, PostKind, Refusal, Right, Who};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

/// The routes of this file.
pub const ROUTES: &[Route] = &[
    show("/u/{unit}/import", form),
    take("/u/{unit}/import", dry),
    take("/u/{unit}/import/commit", enter),
    show("/u/{unit}/import/job/{job}", see),
    take("/api/v1/u/{unit}/import/people", api),
    show("/api/v1/u/{unit}/import/people/{job}", api_see),
];

/// How long a page, and how long the API, waits for an import to come to rest before it says how far it is. Both end well before
/// the limit of a request.
const PATIENCE: Duration = Duration::from_secs(2);
const API_PATIENCE: Duration = Duration::from_secs(20);

/// Verdicts that a page shows.
const SHOWN: usize = 200;

/// Characters of a name in the table.
const NAME: usize = 8;

/// Who is signed in and may enter people here.
fn staff<'a>(site: &Site, ask: &'a Ask, unit: &Unit) -> Result<(&'a SignedIn, Actor), Problem> {
    let signed = ask.visitor.signed()?;
    let actor = ask.visitor.actor(site, unit.code)?;
    let enter = person::Act::Enter { name: Personal(String::new()), id_number: None, phone: None, group: None };
    let right = person::Person::right(&enter);
    match may(&actor, &right, unit) {
        true => Ok((signed, actor)),
        false => Err(Refusal::NoRight { act: right.name }.into()),
    }
}

fn may(actor: &Actor, right: &Right, unit: &Unit) -> bool {
    matches!(&actor.who, Who::Official { offices, .. } if offices.iter().any(|office| right.held_by_post(office, unit.code)))
}

/// Posts are entered by the town; what a clerk's table says of them is left aside, and the page says so.
fn may_appoint(actor: &Actor, unit: &Unit) -> bool {
    let appoint = post::Act::Appoint {
        person: MatterId::from_bits(0),
        name: String::new(),
        body: MatterId::from_bits(0),
        kind: PostKind::Member,
        from: jiff::civil::Date::ZERO,
        to: None,
        basis: String::new(),
    };
    may(actor, &post::Post::right(&appoint), unit)
}

fn form(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    staff(site, ask, unit)?;
    first(site, ask, unit, None)
}

/// The first page, where the file is chosen.
fn first(site: &Site, ask: &Ask, unit: &Unit, refused: Option<Refused>) -> Result<Reply, Problem> {
    let status = if refused.is_some() { 422 } else { 200 };
    let job = |id: MatterId| way::import_job(&unit.code.to_string(), &id.to_string());
    let columns = Column::ALL
        .into_iter()
        .filter_map(|column| Some((words::import::column(column).to_owned(), words::import::holds(column)?.to_owned())));
    let shown = Import {
        f: frame::of(site, ask, unit, "导入人员名单"),
        columns: columns.collect(),
        most: format!("{}MB", MOST_BYTES / 1024 / 1024),
        under_way: ask.visitor.signed.as_ref().and_then(|signed| site.imports.under_way(unit.code, signed.account)).map(job),
        refused,
    };
    Ok(Reply::html(page(&shown).map_err(broken)?).status(status))
}

/// Takes the file; its rows are judged while the next page shows how far it has come.
fn dry(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let (signed, _) = staff(site, ask, unit)?;
    let Some(file) = multipart::file(&ask.body, &ask.content_type, "file") else {
        return first(site, ask, unit, Some(Refused::of("FILE_UNREADABLE", None, Some("file"))));
    };
    if let Err(bad) = look(&file.bytes) {
        return first(site, ask, unit, Some(words::import::bad_file(bad)));
    }
    let id = begin(site, unit, signed, (file.name, file.bytes), judge)?;
    Ok(Reply::see(&way::import_job(&unit.code.to_string(), &id.to_string())))
}

fn begin(site: &Site, unit: &Unit, signed: &SignedIn, (name, bytes): (String, Vec<u8>), work: impl Work) -> Result<MatterId, Problem> {
    let id = MatterId::from_bits(site.house.dice.bits());
    let stage = Stage::AtWork(Progress::default());
    let import = Under { unit: unit.code, account: signed.account, name, bytes: bytes.into(), at: site.house.clock.now(), stage };
    site.imports.begin(&site.house, id, import, work)?;
    Ok(id)
}

fn judge(house: &House, import: &Under, told: Telling<'_>) -> Result<Stage, Stopped> {
    check(house, import.unit, &import.bytes, told).map(|sheet| Stage::Judged(Arc::new(sheet)))
}

fn entering(by: Actor) -> impl Work {
    move |house: &House, import: &Under, told: Telling<'_>| {
        let entering = Entering { by: &by, basis: words::import::BASIS };
        commit(house, import.unit, &import.bytes, entering, told).map(|both| Stage::Entered(Arc::new(both)))
    }
}

/// How far an import has come, what would become of each row, and what was entered: one page after the other at one address.
fn see(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let (signed, actor) = staff(site, ask, unit)?;
    let Some(import) = seen(site, unit, signed, ask.param("job"), PATIENCE) else {
        let gone = Some(Refused::of("UPLOAD_GONE", None, Some("file")));
        return first(site, ask, unit, gone).map(|reply| reply.status(404));
    };
    let appoints = may_appoint(&actor, unit);
    match import.stage {
        Stage::AtWork(progress) => wait(site, ask, unit, import.name, progress, None),
        Stage::Judged(sheet) => {
            let shown = ImportCheck { upload: ask.param("job").into(), ..checked(site, ask, unit, &sheet, import.name, appoints) };
            Ok(Reply::html(page(&shown).map_err(broken)?))
        }
        Stage::Entered(both) => entered(site, ask, unit, &both, import.name, appoints),
        Stage::Stopped(why) => match &*why {
            Stopped::File(bad) => first(site, ask, unit, Some(words::import::bad_file(*bad))),
            Stopped::Failure(Failure::Refused(no)) => {
                let no = crate::problem::refused(site, no);
                wait(site, ask, unit, import.name, Progress::default(), Some(no))
            }
            Stopped::Failure(_) => wait(site, ask, unit, import.name, Progress::default(), Some(Refused::of("IMPORT_STOPPED", None, None))),
        },
    }
}

fn seen(site: &Site, unit: &Unit, signed: &SignedIn, job: &str, patience: Duration) -> Option<Under> {
    site.imports.see(MatterId::parse(job)?, unit.code, signed.account, site.house.clock.now(), patience)
}

fn wait(site: &Site, ask: &Ask, unit: &Unit, file: String, progress: Progress, stopped: Option<Refused>) -> Result<Reply, Problem> {
    let (title, status) = match (&stopped, progress.entering) {
        (Some(_), _) => ("没有全部导入", 422),
        (None, true) => ("正在导入", 200),
        (None, false) => ("正在试算", 200),
    };
    let shown = ImportWait {
        f: frame::of(site, ask, unit, title),
        file,
        entering: progress.entering,
        done: progress.done as i64,
        rows: progress.of as i64,
        stopped,
    };
    Ok(Reply::html(page(&shown).map_err(broken)?).status(status))
}

/// A row as this reader's commit will take it: who may not appoint leaves posts aside.
fn without_post(verdict: &Verdict) -> Verdict {
    let mut verdict = verdict.clone();
    verdict.changes.retain(|change| *change != Change::Post);
    if verdict.fate == Fate::Change && verdict.changes.is_empty() {
        verdict.fate = Fate::Same;
    }
    verdict
}

/// The second page: what would become of each row.
fn checked(site: &Site, ask: &Ask, unit: &Unit, sheet: &Sheet, file: String, appoints: bool) -> ImportCheck {
    let counts = sheet.counts;
    let rows: Vec<Verdict> = sheet.rows.iter().map(|verdict| if appoints { verdict.clone() } else { without_post(verdict) }).collect();
    let met = |fate: Fate| rows.iter().filter(|verdict| verdict.fate == fate).count() as i64;
    let mut verdicts: Vec<&Verdict> = rows.iter().collect();
    verdicts.sort_by_key(|verdict| (verdict.fate != Fate::Bad, verdict.problems.is_empty(), verdict.row));
    let mut notes = Vec::new();
    if counts.posts > 0 && !appoints {
        notes.push(format!("有{}行写了职务。职务由镇（街道）登记，这里只导入人和名册。", counts.posts));
    }
    if !sheet.unused.is_empty() {
        notes.push(format!("这几列没有用到：{}。", sheet.unused.join("、")));
    }
    ImportCheck {
        f: frame::of(site, ask, unit, "试算结果"),
        file,
        upload: String::new(),
        rows: rows.len() as i64,
        fresh: met(Fate::New),
        changed: met(Fate::Change),
        same: met(Fate::Same),
        bad: met(Fate::Bad),
        verdicts: verdicts.into_iter().take(SHOWN).map(row).collect(),
        notes,
        entered: false,
        recorded: None,
    }
}

fn row(verdict: &Verdict) -> Row {
    let problems = verdict.problems.iter().map(words::import::said);
    let changes = verdict.changes.iter().map(words::import::change);
    Row {
        row: verdict.row as i64,
        name: if verdict.name.is_empty() { "（没写）".into() } else { verdict.name.chars().take(NAME).collect() },
        fate: match verdict.fate {
            Fate::New => Shown::Fresh,
            Fate::Change => Shown::Changed,
            Fate::Same => Shown::Same,
            Fate::Bad => Shown::Bad,
        },
        note: changes.map(|change| format!("{change}。")).chain(problems).collect(),
    }
}

/// Goes on from the verdicts to entering. Said twice, it is done once.
fn enter(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let (signed, actor) = staff(site, ask, unit)?;
    let job = ask.field("upload");
    let id = MatterId::parse(&job).filter(|_| seen(site, unit, signed, &job, Duration::ZERO).is_some());
    let Some(id) = id else {
        return first(site, ask, unit, Some(Refused::of("UPLOAD_GONE", None, Some("file"))));
    };
    site.imports.go_on(&site.house, id, entering(actor))?;
    Ok(Reply::see(&way::import_job(&unit.code.to_string(), &job)))
}

/// What was entered.
fn entered(site: &Site, ask: &Ask, unit: &Unit, (before, done): &(Sheet, Done), file: String, appoints: bool) -> Result<Reply, Problem> {
    let mut shown = checked(site, ask, unit, before, file, appoints);
    shown.f.title = "导入好了".into();
    (shown.fresh, shown.changed) = (done.entered as i64, (shown.changed + shown.fresh - done.entered as i64).max(0));
    if appoints {
        shown.notes.extend(left_out(site, done));
    }
    shown.entered = true;
    shown.recorded = done.last.map(|(_, seq)| mark(unit, seq, false));
    Ok(Reply::html(page(&shown).map_err(broken)?))
}

/// Posts that the law refused, row by row.
fn left_out(site: &Site, done: &Done) -> Vec<String> {
    let said = |(line, refusal): (&usize, &Refusal)| {
        let no = crate::problem::refused(site, refusal);
        format!("第{line}行的职务没有登记：{}{}", no.what, no.why)
    };
    done.refused.iter().take(SHOWN).map(said).collect()
}

fn stopped(stopped: &Stopped) -> Problem {
    match stopped {
        Stopped::File(bad) => Problem::Door { refused: Box::new(words::import::bad_file(*bad)), wait: None },
        Stopped::Failure(failure) => failure.clone().into(),
    }
}

/// The same over JSON: the body is the table itself. `dry_run=1` enters nothing. What takes long is answered 202 with the
/// address at which to ask again.
fn api(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let (signed, actor) = staff(site, ask, unit)?;
    let file = (String::new(), ask.body.clone());
    let id = match ask.query("dry_run") == "1" {
        true => begin(site, unit, signed, file, judge)?,
        false => begin(site, unit, signed, file, entering(actor))?,
    };
    api_answer(site, unit, signed, &id.to_string())
}

fn api_see(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let (signed, _) = staff(site, ask, unit)?;
    api_answer(site, unit, signed, ask.param("job"))
}

fn api_answer(site: &Site, unit: &Unit, signed: &SignedIn, job: &str) -> Result<Reply, Problem> {
    let import = seen(site, unit, signed, job, API_PATIENCE).ok_or(Problem::NotFound)?;
    match import.stage {
        Stage::AtWork(progress) => {
            let at = way::api_import_job(&unit.code.to_string(), job);
            let far = json!({ "entering": progress.entering, "done": progress.done, "rows": progress.of });
            Ok(Reply::json(202, &json!({ "job": job, "at": at, "progress": far })).with("location", at))
        }
        Stage::Judged(sheet) => {
            let mut answer = verdicts_json(&sheet);
            answer["dry_run"] = true.into();
            Ok(Reply::json(200, &answer))
        }
        Stage::Entered(both) => {
            let mut answer = verdicts_json(&both.0);
            (answer["dry_run"], answer["done"]) = (false.into(), done_json(&both.1));
            Ok(Reply::json(200, &answer))
        }
        Stage::Stopped(why) => Err(stopped(&why)),
    }
}

/// Verdicts as JSON, for the API and the command line alike.
pub fn verdicts_json(sheet: &Sheet) -> Value {
    let counts = sheet.counts;
    let problem = |problem: &app::import::Problem| json!({ "code": problem.code(), "warning": problem.is_warning(), "message": words::import::said(problem) });
    let row = |verdict: &Verdict| {
        json!({
            "row": verdict.row,
            "name": verdict.name,
            "unit": verdict.unit,
            "fate": verdict.fate.word(),
            "changes": verdict.changes.iter().map(words::import::change).collect::<Vec<_>>(),
            "problems": verdict.problems.iter().map(problem).collect::<Vec<_>>(),
        })
    };
    json!({
        "counts": {
            "rows": sheet.rows.len(), "new": counts.new, "change": counts.change, "same": counts.same,
            "bad": counts.bad, "warned": counts.warned, "posts": counts.posts,
        },
        "unused_columns": sheet.unused,
        "rows": sheet.rows.iter().map(row).collect::<Vec<_>>(),
    })
}

/// What an import did, as JSON.
pub fn done_json(done: &Done) -> Value {
    let refused = |(line, refusal): (&usize, &Refusal)| json!({ "row": line, "code": refusal.code() });
    json!({
        "entered": done.entered, "changed": done.changed, "joined": done.joined, "appointed": done.appointed,
        "posts_refused": done.refused.iter().map(refused).collect::<Vec<_>>(),
        "last_record": done.last.map(|(unit, seq)| json!({ "unit": unit, "seq": seq })),
    })
}

/// Enters a table as whoever sets the house up.
///
/// # Errors
/// What is wrong with the file, or what broke.
pub fn import(house: &House, scope: Scope, bytes: &[u8]) -> Result<Done, Stopped> {
    let by = Actor::new(Who::Keeper);
    commit(house, scope, bytes, Entering { by: &by, basis: words::import::BASIS }, &|_| {}).map(|(_, done)| done)
}
