//! 演示身份 The demo's identities: who a visitor may be, one tap each. A house that is no demo has no such page.

use crate::ask::{Ask, Reply};
use crate::look::demo::{Demo, Person};
use crate::look::page;
use crate::open::find::broken;
use crate::problem::Problem;
use crate::router::{Route, show, take};
use crate::site::Site;
use crate::{frame, visitor, words};
use app::door::demo::{As, enter};
use law::{MatterId, PostKind, UnitCode};

/// The routes of this file.
pub const ROUTES: &[Route] = &[show("/demo", list), take("/demo", sign_in)];

/// Whom a visitor may be.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The unit.
    pub unit: UnitCode,
    /// An office-holder or a resident.
    pub who: As,
    /// The name.
    pub name: String,
    /// The post; none for a resident.
    pub post: Option<PostKind>,
}

fn list(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    if !site.house.demo {
        return Err(Problem::NotFound);
    }
    let mut groups: Vec<(String, String, Vec<Person>)> = Vec::new();
    for (n, identity) in site.identities.iter().enumerate() {
        let Some(unit) = site.house.units.get(identity.unit) else { continue };
        let person =
            Person { n: n as i64, name: identity.name.clone(), post: identity.post.map_or("居民", words::post::alone).to_owned() };
        let code = unit.code.to_string();
        match groups.iter_mut().find(|(known, ..)| *known == code) {
            Some((.., people)) => people.push(person),
            None => groups.push((code, unit.short_name().to_owned(), vec![person])),
        }
    }
    let shown = Demo { f: frame::bare(site, ask, "演示：您想是谁"), groups };
    Ok(Reply::html(page(&shown).map_err(broken)?))
}

fn sign_in(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let n: usize = ask.field("who").parse().map_err(|_| Problem::NotFound)?;
    let identity = site.identities.get(n).ok_or(Problem::NotFound)?;
    let session = enter(&site.house, identity.unit, identity.who.clone(), &visitor::visit(ask))?;
    let to = match identity.post {
        None => crate::look::way::board(&identity.unit.to_string()),
        Some(PostKind::TownOfficer | PostKind::CityOfficer) => crate::look::way::town(&identity.unit.to_string()),
        Some(PostKind::TownDiscipline) => crate::look::way::reports(&identity.unit.to_string(), ""),
        Some(_) => crate::look::way::DESK.to_owned(),
    };
    Ok(visitor::sign_in(site, Reply::see(&to), session.token.reveal(), None))
}

/// An identity of a person by id or of a resident by telephone.
pub fn identity(unit: UnitCode, person: Option<MatterId>, phone: Option<String>, name: String, post: Option<PostKind>) -> Option<Identity> {
    let who = person.map(As::Official).or_else(|| phone.map(As::Resident))?;
    Some(Identity { unit, who, name, post })
}
