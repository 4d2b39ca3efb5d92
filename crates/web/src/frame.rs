//! 页框 Frame: what every page has around its own content.

use crate::ask::Ask;
use crate::look::{Frame, Me, Place, PlaceKind};
use crate::site::Site;
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
    Frame { place: Some(place(site, unit)), ..bare(site, ask, title) }
}

/// The frame of a page about no unit.
pub fn bare(site: &Site, ask: &Ask, title: impl Into<String>) -> Frame {
    let me = ask.visitor.signed.as_ref().map(|signed| Me {
        name: if signed.kind == app::door::Kind::Official { signed.name.clone() } else { law::code::mask_name(&signed.name) },
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
