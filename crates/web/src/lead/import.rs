//! 人员导入 Import of people: choose a file, see what would become of each row, then enter what is good.

use crate::ask::{Ask, Reply};
use crate::look::people::{Fate as Shown, Import, ImportCheck, Verdict as Row};
use crate::look::{Refused, page};
use crate::multipart;
use crate::open::board::unit;
use crate::open::find::broken;
use crate::open::suggestion::mark;
use crate::problem::Problem;
use crate::router::{Route, show, take};
use crate::site::Site;
use crate::uploads::Upload;
use crate::{frame, words};
use app::House;
use app::door::SignedIn;
use app::import::{Change, Column, Done, Entering, Fate, MOST_BYTES, Scope, Sheet, Stopped, Verdict, check, commit};
use law::lead::{person, post};
use law::unit::Unit;
use law::{Actor, Matter, MatterId, Personal, PostKind, Refusal, Right, Who};
use serde_json::{Value, json};

/// The routes of this file.
pub const ROUTES: &[Route] = &[
    show("/u/{unit}/import", form),
    take("/u/{unit}/import", dry),
    take("/u/{unit}/import/commit", enter),
    take("/api/v1/u/{unit}/import/people", api),
];

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
    let columns = Column::ALL
        .into_iter()
        .filter_map(|column| Some((words::import::column(column).to_owned(), words::import::holds(column)?.to_owned())));
    let shown = Import {
        f: frame::of(site, ask, unit, "导入人员名单"),
        columns: columns.collect(),
        most: format!("{}MB", MOST_BYTES / 1024 / 1024),
        refused,
    };
    Ok(Reply::html(page(&shown).map_err(broken)?).status(status))
}

fn dry(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let (signed, actor) = staff(site, ask, unit)?;
    let Some(file) = multipart::file(&ask.body, &ask.content_type, "file") else {
        return first(site, ask, unit, Some(Refused::of("FILE_UNREADABLE", None, Some("file"))));
    };
    let sheet = match check(&site.house, unit.code, &file.bytes) {
        Ok(sheet) => sheet,
        Err(Stopped::File(bad)) => return first(site, ask, unit, Some(words::import::bad_file(bad))),
        Err(Stopped::Failure(failure)) => return Err(failure.into()),
    };
    let id = MatterId::from_bits(site.house.dice.bits());
    let name = file.name.clone();
    let upload = Upload { unit: unit.code, account: signed.account, name: file.name, bytes: file.bytes, at: site.house.clock.now() };
    site.uploads.keep(id, upload);
    let shown = ImportCheck { upload: id.to_string(), ..checked(site, ask, unit, &sheet, name, may_appoint(&actor, unit)) };
    Ok(Reply::html(page(&shown).map_err(broken)?))
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

fn enter(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let (signed, actor) = staff(site, ask, unit)?;
    let id = MatterId::parse(&ask.field("upload"));
    let upload = id.and_then(|id| site.uploads.take(id, unit.code, signed.account, site.house.clock.now()));
    let Some(upload) = upload else {
        return first(site, ask, unit, Some(Refused::of("UPLOAD_GONE", None, Some("file"))));
    };
    let before = check(&site.house, unit.code, &upload.bytes).map_err(stopped)?;
    let done = commit(&site.house, unit.code, &upload.bytes, Entering { by: &actor, basis: words::import::BASIS }).map_err(stopped)?;
    let appoints = may_appoint(&actor, unit);
    let mut shown = checked(site, ask, unit, &before, upload.name, appoints);
    shown.f.title = "导入好了".into();
    (shown.fresh, shown.changed) = (done.entered as i64, (shown.changed + shown.fresh - done.entered as i64).max(0));
    if appoints {
        shown.notes.extend(left_out(site, &done));
    }
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

fn stopped(stopped: Stopped) -> Problem {
    match stopped {
        Stopped::File(bad) => Problem::Door { refused: Box::new(words::import::bad_file(bad)), wait: None },
        Stopped::Failure(failure) => failure.into(),
    }
}

/// The same over JSON: the body is the table itself. `dry_run=1` enters nothing.
fn api(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let (_, actor) = staff(site, ask, unit)?;
    let sheet = check(&site.house, unit.code, &ask.body).map_err(stopped)?;
    let mut answer = verdicts_json(&sheet);
    answer["dry_run"] = (ask.query("dry_run") == "1").into();
    if ask.query("dry_run") != "1" {
        let done = commit(&site.house, unit.code, &ask.body, Entering { by: &actor, basis: words::import::BASIS }).map_err(stopped)?;
        answer["done"] = done_json(&done);
    }
    Ok(Reply::json(200, &answer))
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
    commit(house, scope, bytes, Entering { by: &by, basis: words::import::BASIS })
}
