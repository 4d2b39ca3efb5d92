//! 演示身份 The demo's identities, one tap each.

use askama::Template;

use super::{Frame, way};

/// Who a visitor may be. POST `/demo`: `who`.
#[derive(Clone, Debug, Template)]
#[template(path = "demo.html")]
pub struct Demo {
    /// Around.
    pub f: Frame,
    /// Units with their people: code, name, people.
    pub groups: Vec<(String, String, Vec<Person>)>,
}

/// Somebody to be.
#[derive(Clone, Debug)]
pub struct Person {
    /// Number in the list → field `who`.
    pub n: i64,
    /// 黎国樑
    pub name: String,
    /// 主任
    pub post: String,
}
