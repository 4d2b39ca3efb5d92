//! 职务 Posts: who held which post on any day, and as the record knew it on any other.

use crate::ask::{Ask, Reply};
use crate::look::page;
use crate::look::people::{Body as BodyRow, Post as PostRow, Posts};
use crate::open::board::{reader, unit};
use crate::open::find::broken;
use crate::open::suggestion::mark;
use crate::problem::Problem;
use crate::router::{Route, show as page_at};
use crate::site::Site;
use crate::{frame, words};
use app::read::people::{Seat, seats};
use jiff::civil::Date;
use law::PostKind;
use law::lead::body::{Body, BodyKind};
use law::unit::Unit;

/// The routes of this file.
pub const ROUTES: &[Route] = &[page_at("/u/{unit}/posts", show)];

/// `/u/{unit}/posts`: `?on=` another day, `?known=` as the record knew it by the end of that day.
fn show(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let day = |name: &str| ask.query(name).parse::<Date>().ok();
    let (on, known) = (day("on").unwrap_or_else(|| site.today()), day("known"));
    let bodies = seats(&site.house, unit.code, on, known.unwrap_or(Date::MAX))?;
    let may = reader(site, ask, unit)?.offices.iter().any(|office| match office.kind {
        PostKind::Clerk => office.unit == unit.code,
        PostKind::TownOfficer => office.unit.is_ancestor_of(unit.code),
        _ => false,
    });
    let shown = Posts {
        f: frame::of(site, ask, unit, "谁管什么"),
        bodies: bodies.iter().map(|(body, seats)| body_row(site, unit, body, seats)).collect(),
        on,
        known,
        may,
    };
    Ok(Reply::html(page(&shown).map_err(broken)?))
}

fn body_row(site: &Site, unit: &Unit, body: &Body, seats: &[Seat]) -> BodyRow {
    let today = site.today();
    let row = |seat: &Seat| PostRow {
        name: words::post::kind(seat.post.kind).to_owned(),
        holder: Some(seat.post.name.clone()),
        since: Some(seat.post.from),
        until: seat.post.to.filter(|to| *to < today),
        basis: seat.basis.clone(),
        mark: Some(mark(unit, seat.seq, seat.sealed)),
    };
    let needed = body.kind.head().into_iter().chain((body.kind == BodyKind::Party).then_some(PostKind::Discipline));
    let vacant = needed.filter(|kind| !seats.iter().any(|seat| seat.post.kind == *kind));
    let empty = |kind| PostRow {
        name: words::post::kind(kind).to_owned(),
        holder: None,
        since: None,
        until: None,
        basis: String::new(),
        mark: None,
    };
    let posts = vacant.map(empty).chain(seats.iter().map(row)).collect();
    BodyRow { name: body.name.clone(), charge: words::post::charge(body.kind).to_owned(), posts }
}
