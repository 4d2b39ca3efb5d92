//! 核验 The record as the web shows it: how to verify, one line with its checks, its proof as a file.

use crate::ask::{Ask, Reply};
use crate::frame;
use crate::look::check::{Former, RecordLine, Verify, Witness};
use crate::look::paper::{A4, KeyNotice};
use crate::look::{Mark, Qr, Seal, page, way};
use crate::open::board::reader;
use crate::open::find::broken;
use crate::problem::Problem;
use crate::router::{Route, show};
use crate::site::Site;
use crate::words;
use app::bundle::{BundleError, For};
use app::read::record::{Checks, OneLine};
use app::tiles::{Caching, Served, Unserved};
use jiff::Timestamp;
use law::UnitCode;
use law::lead::body::BodyKind;
use law::unit::Unit;

fn clock(at: Timestamp, today: jiff::civil::Date) -> String {
    if law::moment::civil_day(at) == today { format!("今天{}", words::time(at)) } else { words::moment(at) }
}

/// The unit that the address names: whichever has a record, towns too.
fn unit<'a>(site: &'a Site, ask: &Ask) -> Result<&'a Unit, Problem> {
    site.unit(ask.param("unit")).ok_or_else(|| Problem::NoUnit(ask.param("unit").to_owned()))
}

/// `/u/{unit}/verify`: the three ways to check, and this unit's key to note down.
pub fn verify(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let standing = site.house.read(|tx| app::read::record::standing(&site.house, tx, unit.code))?;
    let keys = app::read::record::keys(&site.house, unit.code)?;
    let checked = standing.sealed_at.map_or_else(String::new, |at| clock(at, site.today()));
    let witness = |title: &String| Witness { name: title.clone(), lines: standing.sealed, when: checked.clone() };
    let url = site.url(&way::board(&unit.code.to_string()));
    let verify = Verify {
        f: frame::of(site, ask, unit, "怎样自己核验"),
        lines: standing.lines,
        origin: keys.origin,
        print: print_of(&keys.key),
        key: keys.key,
        since: keys.since.unwrap_or_else(|| site.today()),
        former: keys.former.into_iter().map(|(key, until)| Former { print: print_of(&key), key, until }).collect(),
        witnesses: standing.witnesses.iter().map(witness).collect(),
        state: if standing.halted { Seal::Cut } else { Seal::Whole },
        checked: checked.clone(),
        bundle: if standing.sealed > 0 { "一个文件".into() } else { String::new() },
        qr: Qr::of(&url, "二维码：公开栏网址").map_err(broken)?,
        url,
    };
    Ok(Reply::html(page(&verify).map_err(broken)?))
}

/// A key's fingerprint in groups of four, to compare by eye.
fn print_of(key: &str) -> String {
    let print = law::Digest::of(&[key.as_bytes()]).to_string();
    print.as_bytes()[..32].chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ")
}

/// `/u/{unit}/verify/print`: the key on a sheet for the wall, so that a stranger can compare it with what the telephone shows.
pub fn key_sheet(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let keys = app::read::record::keys(&site.house, unit.code)?;
    let names = site.house.read(|tx| app::read::Names::read(tx, unit.code))?;
    let issuer = names.bodies.values().find(|body| matches!(body.kind, BodyKind::Committee | BodyKind::Town));
    let issuer = issuer.map_or(unit.name.as_str(), |body| body.name.as_str());
    let to = way::verify(&unit.code.to_string());
    let qr = Qr::of(&site.url(&to), "二维码：怎样自己核验").map_err(broken)?;
    let sheet = A4::blank(frame::of(site, ask, unit, "打印公钥告示"), to, &format!("{}公钥告示", unit.short_name()), qr, None);
    let notice = KeyNotice {
        print: print_of(&keys.key),
        key: keys.key,
        origin: keys.origin,
        since: keys.since.unwrap_or_else(|| site.today()),
        former: keys.former.into_iter().map(|(key, until)| Former { print: print_of(&key), key, until }).collect(),
    };
    Ok(Reply::html(page(&sheet.key(&notice, issuer)).map_err(broken)?))
}

fn seq(ask: &Ask) -> Result<i64, Problem> {
    ask.param("seq").parse().ok().filter(|seq: &i64| *seq >= 0).ok_or(Problem::NotFound)
}

fn seal_of(checks: Checks) -> Seal {
    match checks {
        Checks { content: false, .. } | Checks { included: Some(false), .. } => Seal::Cut,
        Checks { included: None, .. } => Seal::Pending,
        Checks { signed: Some(false), .. } => Seal::Unknown,
        _ => Seal::Whole,
    }
}

/// `/u/{unit}/r/{seq}`: one line, checked here and now.
pub fn line(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let seq = seq(ask)?;
    let read = app::read::record::line(&site.house, unit.code, seq, &reader(site, ask, unit)?)?.ok_or(Problem::NotFound)?;
    let standing = site.house.read(|tx| app::read::record::standing(&site.house, tx, unit.code))?;
    let text = String::from_utf8_lossy(&read.stored.line).into_owned();
    let leaf = law::Digest(record::leaf(&read.stored.line)).to_string();
    let seal = seal_of(read.checks);
    let held = |ok: Option<bool>, yes: Seal| ok.map_or(Seal::Pending, |ok| if ok { yes } else { Seal::Cut });
    let steps = vec![
        ("内容重新算一遍，和记录里的指纹比对".to_owned(), held(Some(read.checks.content), Seal::Whole)),
        ("这一条在封存过的总记录里".to_owned(), held(read.checks.included, Seal::Whole)),
        (format!("总记录有{}的签名", unit.short_name()), held(read.checks.signed, Seal::Whole)),
    ];
    let code = unit.code.to_string();
    let shown = RecordLine {
        f: frame::of(site, ask, unit, format!("记录 №{seq}")),
        mark: Mark { unit: code.clone(), seq, seal },
        about: about(&code, &read),
        on: law::moment::civil_day(Timestamp::from_microsecond(read.stored.at).map_err(broken)?),
        detail: String::new(),
        line: text,
        leaf: leaf.as_bytes()[..16].chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" "),
        steps,
        witnesses: standing.witnesses.clone(),
        size: standing.sealed,
        before: (seq > 0).then(|| seq - 1),
        after: (seq + 1 < standing.lines).then(|| seq + 1),
        command: format!("cunwu verify {}", site.url(&way::board(&code))),
    };
    Ok(Reply::html(page(&shown).map_err(broken)?))
}

/// What the line is about, unless it is sealed.
fn about(unit: &str, read: &OneLine) -> Option<(String, String)> {
    let stored = &read.stored;
    let word = words::kinds::kind(&stored.kind).filter(|_| stored.audience != "sealed")?;
    let page = matches!(stored.kind.as_str(), "suggestion" | "notice" | "cadence");
    let href = if page { way::matter(unit, &stored.matter.to_string()) } else { way::verify(unit) };
    Some((word.to_owned(), href))
}

/// `/u/{unit}/r/{seq}/proof`: a C2SP tlog-proof; the line itself rides along as extra data.
pub fn proof(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let seq = seq(ask)?;
    let read = app::read::record::line(&site.house, unit.code, seq, &app::read::Reader::public())?.ok_or(Problem::NotFound)?;
    let mut receipt = read.receipt.ok_or(Problem::NotFound)?;
    receipt.extra.clone_from(&read.stored.line);
    let name = format!("attachment; filename=\"{}-{seq}.tlog-proof\"", unit.code);
    Ok(Reply::of(200, "text/plain; charset=utf-8", receipt.to_text()).with("content-disposition", name))
}

/// The routes of the record itself, in the form that stock clients of C2SP tlog-tiles read.
pub const ROUTES: &[Route] =
    &[show("/record/{unit}/checkpoint", checkpoint), show("/record/{unit}/tile/{*path}", tile), show("/u/{unit}/bundle", bundle)];

/// The unit of a record: any that has one, towns too.
fn of_record(ask: &Ask) -> Result<UnitCode, Problem> {
    UnitCode::parse(ask.param("unit")).map_err(|_| Problem::NotFound)
}

fn served(served: Result<Served, Unserved>) -> Result<Reply, Problem> {
    let served = served.map_err(|why| match why {
        Unserved::NotFound => Problem::NotFound,
        Unserved::Failure(failure) => failure.into(),
    })?;
    let seconds = match served.caching {
        Caching::Forever => 31_536_000,
        Caching::Seconds => 2,
    };
    Ok(Reply::of(200, served.content_type, served.bytes).cached(seconds))
}

fn checkpoint(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    served(app::tiles::checkpoint(&site.house, of_record(ask)?))
}

fn tile(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    served(app::tiles::tile(&site.house, of_record(ask)?, ask.param("path")))
}

/// `/u/{unit}/bundle`: lines and public contents in one file, to be checked at home.
fn bundle(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let mut out = Vec::new();
    app::bundle::export(&site.house, of_record(ask)?, For::Public, &mut out).map_err(|error| match error {
        BundleError::NothingSealed => Problem::NotFound,
        BundleError::Failure(failure) => failure.into(),
        error => broken(error),
    })?;
    let name = format!("attachment; filename=\"{}.cunwu-bundle\"", ask.param("unit"));
    Ok(Reply::of(200, "application/jsonl", out).with("content-disposition", name).cached(2))
}
