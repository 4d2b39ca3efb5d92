//! 读人员 Reading who holds which post, and who is on file.

use super::Names;
use crate::{Failure, House};
use jiff::civil::Date;
use law::UnitCode;
use law::lead::body::Body;
use law::lead::post::Post;

/// A body with its posts on a day.
#[derive(Clone, Debug)]
pub struct Staffed {
    /// The body.
    pub body: Body,
    /// Its posts held that day, each with the record number of its newest line.
    pub posts: Vec<(Post, i64)>,
}

/// The bodies of a unit on a day, in the mechanism's order.
pub fn bodies(house: &House, unit: UnitCode, day: Date) -> Result<Vec<Staffed>, Failure> {
    house.read(|tx| {
        let held = store::lead::post::held(tx, unit, day)?;
        let mut all = Vec::new();
        for body in store::lead::body::standing(tx, unit, day)? {
            let mut posts = Vec::new();
            for post in held.iter().filter(|post| post.body == body.id) {
                posts.push((post.clone(), super::board::newest(tx, unit, post.id)?));
            }
            posts.sort_by_key(|(post, seq)| (post.kind, *seq));
            all.push(Staffed { body, posts });
        }
        Ok(all)
    })
}

/// Names of a unit's bodies and posts.
pub fn names(house: &House, unit: UnitCode) -> Result<Names, Failure> {
    house.read(|tx| Names::read(tx, unit))
}
