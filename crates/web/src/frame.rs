//! 页框 Frame: what every page has around its own content.

use crate::ask::Ask;
use crate::look::{Done, Frame, Me, Place, PlaceKind};
use crate::open::suggestion::mark;
use crate::site::Site;
use crate::words;
use law::unit::{Level, Profile, Unit};

/// A unit as pages name it.
pub fn place(site: &Site, unit: &Unit) -> Place {
    let kind = match (unit.profile(), unit.level) {
        (Some(Profile::Village), _) => PlaceKind::Village,
        (_, Level::Town) => PlaceKind::Town,
        (_, Level::City | Level::Province) => PlaceKind::City,
        _ => PlaceKind::Community,
    };
    let town = unit.code.parent().and_then(|code| site.house.units.get(code));
    let town = town.map(|town| (town.code.to_string(), town.name.clone()));
    Place { code: unit.code.to_string(), name: unit.short_name().to_owned(), kind, town }
}

/// The frame of a page about a unit.
pub fn of(site: &Site, ask: &Ask, unit: &Unit, title: impl Into<String>) -> Frame {
    Frame { place: Some(place(site, unit)), done: done(site, ask, unit), ..bare(site, ask, title) }
}

/// What a form of the desk has just done, as `?done=answer.1204` says it: a word, and the record number of its line. Only
/// office-holders are told, so that nobody can be shown a made-up one.
pub fn done(site: &Site, ask: &Ask, unit: &Unit) -> Option<Done> {
    let asked = ask.query("done");
    let (word, seq) = asked.split_once('.').unwrap_or((asked, ""));
    let said = words::done::said(word).filter(|_| ask.visitor.official().is_ok())?;
    let sealed = || app::read::record::sealed(&site.house, unit.code).unwrap_or_default();
    let mark = seq.parse().ok().map(|seq: i64| mark(unit, seq, seq < sealed()));
    Some(Done { said: said.to_owned(), mark })
}

/// The frame of a page about no unit.
pub fn bare(site: &Site, ask: &Ask, title: impl Into<String>) -> Frame {
    let me = ask.visitor.signed.as_ref().map(|signed| Me {
        name: shown_name(signed),
        post: None,
        desk: signed.kind == app::door::Kind::Official,
    });
    Frame {
        title: title.into(),
        place: None,
        today: site.today(),
        me,
        csrf: ask.visitor.csrf.clone(),
        key: law::MatterId::from_bits(site.house.dice.bits()).to_string(),
        large: ask.visitor.large,
        demo: site.house.demo,
        path: ask.path.clone(),
        done: None,
    }
}

/// Office-holders in full, residents masked; a resident who is on no file is greeted by a telephone that is masked already.
fn shown_name(signed: &app::door::SignedIn) -> String {
    let on_file = signed.person.is_some() && signed.kind == app::door::Kind::Resident;
    if on_file { law::code::mask_name(&signed.name) } else { signed.name.clone() }
}
