//! 决议的人 Who publishes a resolution and hangs it up.

use super::super::{OFFICE, Often, name};
use crate::town::Life;
use law::meet::resolution::{Act, Resolution};
use law::{AnyAct, Digest};

/// Their doings.
pub const PEOPLE: &[Often] = &[(9, clerk_publishes), (4, clerk_hangs_it_up)];

fn clerk_publishes(life: &mut Life) {
    let Some(resolution) = life.some_like(life.village.code, |resolution: &Resolution| resolution.published.is_none()) else { return };
    let Some(by) = life.holder(life.village.code, &OFFICE, life.village.code) else { return };
    life.ask(life.village.code, by, AnyAct::Resolution(Act::Publish { resolution: resolution.id }));
}

fn clerk_hangs_it_up(life: &mut Life) {
    let bare = |resolution: &Resolution| resolution.published.is_some() && resolution.papers.is_empty();
    let Some(resolution) = life.some_like(life.village.code, bare) else { return };
    let Some(by) = life.holder(life.village.code, &OFFICE, life.village.code) else { return };
    let (day, place, photo) = (life.day(-1..=0), life.pick(&["门口公开栏", "文化楼"]), life.chance(50).then_some(Digest([7; 32])));
    let act = Act::PostPaper { resolution: resolution.id, by: name(life), day, place: place.into(), photo };
    life.ask(life.village.code, by, AnyAct::Resolution(act));
}
