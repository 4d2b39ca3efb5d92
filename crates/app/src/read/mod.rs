//! 读取之门 Reading: the one door for pages. Everything that leaves here is permitted to its reader.

pub mod board;
pub mod decisions;
pub mod desk;
pub mod matter;
pub mod meet;
pub mod people;
pub mod record;
pub mod reports;
pub mod town;

use crate::{Failure, House};
use law::{Actor, Audience, MatterId, Office, UnitCode, Who};
use std::collections::BTreeMap;
use store::Tx;

/// Who reads, in one unit.
#[derive(Clone, Debug)]
pub struct Reader {
    /// The widest audience whose facts this reader may see.
    pub audience: Audience,
    /// The person, when signed in.
    pub person: Option<MatterId>,
    /// Posts held today in the unit or above it.
    pub offices: Vec<Office>,
    /// SHA-256 of the code of an anonymous slip, when the reader has shown it.
    pub code: Option<law::Digest>,
}

impl Reader {
    /// Somebody who is not signed in.
    pub fn public() -> Self {
        Self { audience: Audience::Public, person: None, offices: Vec::new(), code: None }
    }

    /// What an actor may read in the unit where it acts.
    pub fn of(actor: &Actor) -> Self {
        match &actor.who {
            Who::Official { person, offices } if !offices.is_empty() => {
                Self { audience: Audience::Officials, person: Some(*person), offices: offices.clone(), code: None }
            }
            Who::Official { person, .. } => Self { person: Some(*person), ..Self::public() },
            Who::Resident { person, on_roll } => {
                let audience = if *on_roll { Audience::Members } else { Audience::Public };
                Self { audience, person: Some(*person), offices: Vec::new(), code: None }
            }
            Who::Bearer { code } => Self { code: Some(*code), ..Self::public() },
            _ => Self::public(),
        }
    }

    /// Whether facts meant for officials may be read.
    pub fn is_official(&self) -> bool {
        self.audience >= Audience::Officials
    }
}

/// Names of a unit's bodies and office-holders on a day. Office-holders are named in full.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Bodies by id.
    pub bodies: BTreeMap<MatterId, law::lead::body::Body>,
    /// Posts by id, also those that ended.
    pub posts: BTreeMap<MatterId, law::lead::post::Post>,
}

impl Names {
    /// Reads them for one unit.
    pub fn read(tx: &mut dyn Tx, unit: UnitCode) -> Result<Self, Failure> {
        let bodies: Vec<law::lead::body::Body> = store::kept::pick(tx, unit, "ORDER BY id", &[])?;
        let posts: Vec<law::lead::post::Post> = store::kept::pick(tx, unit, "ORDER BY id", &[])?;
        Ok(Self { bodies: bodies.into_iter().map(|b| (b.id, b)).collect(), posts: posts.into_iter().map(|p| (p.id, p)).collect() })
    }

    /// The name of a body.
    pub fn body(&self, id: MatterId) -> &str {
        self.bodies.get(&id).map_or("", |body| body.name.as_str())
    }

    /// Who heads a body on a day.
    pub fn head(&self, body: MatterId, day: jiff::civil::Date) -> Option<&law::lead::post::Post> {
        self.posts.values().find(|post| post.body == body && post.kind.is_head() && post.held(day))
    }
}

/// The day it is.
pub fn today(house: &House) -> jiff::civil::Date {
    law::moment::civil_day(house.clock.now())
}
