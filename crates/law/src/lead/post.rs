//! 职务 Post: who holds which post in which body, from when to when; all rights come from here; 东组通〔2015〕33号 二（一）、（五）.

use super::body::Body;
use crate::{AnyAct, Audience, Holder, Matter, MatterId, Moment, PostKind, Refusal, Right, limit};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What may be asked.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    /// Enter that a person holds a post.
    Appoint {
        /// The person.
        person: MatterId,
        /// The person's name; office-holders are named in full.
        name: String,
        /// The body.
        body: MatterId,
        /// The kind of post.
        kind: PostKind,
        /// First day.
        from: Date,
        /// Last day, if it is fixed already.
        to: Option<Date>,
        /// Election, decision or document number.
        basis: String,
    },
    /// Enter that the holder left.
    End {
        /// The post.
        post: MatterId,
        /// Last day.
        on: Date,
        /// By what.
        basis: String,
    },
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// A person holds a post.
    Appointed {
        /// The person.
        person: MatterId,
        /// The name.
        name: String,
        /// The body.
        body: MatterId,
        /// The kind of post.
        kind: PostKind,
        /// First day.
        from: Date,
        /// Last day, if fixed.
        to: Option<Date>,
        /// By what.
        basis: String,
    },
    /// The holder left.
    Ended {
        /// Last day.
        on: Date,
        /// By what.
        basis: String,
    },
}

/// A post as the record shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Post {
    /// Its id.
    pub id: MatterId,
    /// The holder.
    pub person: MatterId,
    /// The holder's name.
    pub name: String,
    /// The body.
    pub body: MatterId,
    /// The kind.
    pub kind: PostKind,
    /// First day.
    pub from: Date,
    /// Last day, if known.
    pub to: Option<Date>,
}

impl Post {
    /// Whether it is held on this day.
    pub fn held(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// What the law looks at besides the post.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The body.
    pub body: Option<Body>,
    /// Whether the person is on file in this unit.
    pub person: bool,
    /// Posts of the body or the person that are held on or after the first day.
    pub others: Vec<Post>,
}

const RIGHT: &[Holder] =
    &[Holder::Above(PostKind::TownOfficer), Holder::Here(PostKind::TownOfficer), Holder::Here(PostKind::CityOfficer), Holder::Keeper];

impl Matter for Post {
    const KIND: &'static str = "post";
    const SHAPE: i64 = 1;
    type Act = Act;
    type Given = Given;
    type Fact = Fact;

    fn any(act: Act) -> AnyAct {
        AnyAct::Post(act)
    }

    fn of(act: &Act, at: &Moment<'_>) -> MatterId {
        match act {
            Act::Appoint { .. } => at.fresh,
            Act::End { post, .. } => *post,
        }
    }

    fn right(act: &Act) -> Right {
        match act {
            Act::Appoint { .. } => Right::new("post.appoint", RIGHT),
            Act::End { .. } => Right::new("post.end", RIGHT),
        }
    }

    fn audience(&self, _: &Fact) -> Audience {
        Audience::Public
    }

    fn decide(before: Option<&Self>, act: Act, given: Given, at: &Moment<'_>) -> Result<Fact, Refusal> {
        match (before, act) {
            (None, Act::Appoint { person, name, body, kind, from, to, basis }) => {
                limit::public_text("name", &name, limit::NAME)?;
                limit::public_text("basis", &basis, limit::TEXT)?;
                may_hold(&given, kind, person, from, to, at)?;
                Ok(Fact::Appointed { person, name, body, kind, from, to, basis })
            }
            (Some(_), Act::Appoint { .. }) => Err(Refusal::AlreadyExists),
            (None, Act::End { .. }) => Err(Refusal::NoSuchMatter),
            (Some(post), Act::End { on, basis, .. }) => {
                limit::public_text("basis", &basis, limit::TEXT)?;
                if !post.held(at.day) {
                    return Err(Refusal::PostNotHeld);
                }
                if on < post.from {
                    return Err(Refusal::DaysOutOfOrder { first: post.from, then: on });
                }
                Ok(Fact::Ended { on, basis })
            }
        }
    }

    fn evolve(before: Option<Self>, fact: Fact, id: MatterId) -> Self {
        match (before, fact) {
            (_, Fact::Appointed { person, name, body, kind, from, to, .. }) => Self { id, person, name, body, kind, from, to },
            (Some(post), Fact::Ended { on, .. }) => Self { to: Some(on), ..post },
            (None, fact) => unreachable!("the record holds {fact:?} before its matter"),
        }
    }
}

/// One head per body; and whoever supervises does not sit on the committee (村民委员会组织法 第37条).
fn may_hold(given: &Given, kind: PostKind, person: MatterId, from: Date, to: Option<Date>, at: &Moment<'_>) -> Result<(), Refusal> {
    let body = given.body.as_ref().filter(|body| body.exists(at.day)).ok_or(Refusal::NoSuchBody)?;
    if !given.person {
        return Err(Refusal::NoSuchPerson);
    }
    if let Some(to) = to.filter(|to| *to < from) {
        return Err(Refusal::DaysOutOfOrder { first: from, then: to });
    }
    if kind.is_head() && body.kind.head() != Some(kind) {
        return Err(Refusal::PostsIncompatible);
    }
    let meanwhile = |post: &&Post| post.to.is_none_or(|end| from <= end) && to.is_none_or(|to| post.from <= to);
    let mut others = given.others.iter().filter(meanwhile);
    if kind.is_head() && others.clone().any(|post| post.body == body.id && post.kind == kind) {
        return Err(Refusal::PostTaken);
    }
    let barred = |post: &Post| {
        post.person == person && post.body != body.id && supervises(kind) != supervises(post.kind) && governs(kind, post.kind)
    };
    match others.any(barred) {
        true => Err(Refusal::PostsIncompatible),
        false => Ok(()),
    }
}

fn supervises(kind: PostKind) -> bool {
    kind == PostKind::SupervisionHead
}

fn governs(a: PostKind, b: PostKind) -> bool {
    let office = |kind| matches!(kind, PostKind::Director | PostKind::CollectiveHead | PostKind::Clerk);
    office(a) || office(b)
}
