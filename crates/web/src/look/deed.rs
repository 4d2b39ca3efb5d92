//! 办一步 Deed: the form of one act on a motion, a resolution or a task; plain fields from a list, so that all look alike.

use askama::Template;
use jiff::civil::Date;

use super::{Chip, Choice, Keep, Mark, Refused, Text, parts};
use crate::words::{self, When};

/// A form of one act; stands open on the desk or on its own page.
#[derive(Clone, Debug, Template)]
#[template(path = "task/deed.html")]
pub struct Deed {
    /// Hidden fields.
    pub keep: Keep,
    /// Where it posts.
    pub path: String,
    /// 回应意见：东坊巷加装路灯
    pub title: String,
    /// Days left or gone; none when nothing is owed.
    pub chip: Option<Chip>,
    /// Due on.
    pub due: Option<Date>,
    /// Newest record of the matter; none before it exists.
    pub mark: Option<Mark>,
    /// Today.
    pub today: Date,
    /// Link to the matter; may be empty.
    pub about: String,
    /// What is to be known before: sentences.
    pub lines: Vec<String>,
    /// A resident's words that the form is about, and the masked name.
    pub voice: Option<(Text, String)>,
    /// What will come of it, once it was looked over: heading and sentences.
    pub preview: Option<(String, Vec<String>)>,
    /// The fields.
    pub fields: Vec<Field>,
    /// The buttons: value of `go`, word. The first is the main one.
    pub go: Vec<(&'static str, &'static str)>,
    /// Other ways: label and link.
    pub ways: Vec<(String, String)>,
    /// One small line under the buttons.
    pub note: String,
    /// What was refused.
    pub refused: Option<Refused>,
}

/// One field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name as it is sent.
    pub name: &'static str,
    /// Its label.
    pub label: String,
    /// A small line under it; may be empty.
    pub hint: String,
    /// What stands in it.
    pub value: String,
    /// It must be filled.
    pub must: bool,
    /// How it is filled.
    pub kind: Kind,
}

/// How a field is filled.
#[derive(Clone, Debug)]
pub enum Kind {
    /// One line of at most so many characters.
    Line(usize),
    /// Several lines: rows, most characters.
    Area(usize, usize),
    /// A day.
    Day,
    /// A whole number.
    Number,
    /// An amount in 元, two decimals at most.
    Money,
    /// One of a list.
    Select(Vec<Choice>),
    /// One of a list in groups.
    Groups(Vec<(String, Vec<Choice>)>),
    /// One of a few, as large buttons.
    Pick(Vec<Choice>),
    /// Some of a few.
    Check(Vec<Choice>),
    /// A photograph or a scan: its mark is recorded, the file is not kept.
    File,
}

impl Field {
    /// A field that must be filled.
    #[must_use]
    pub fn must(name: &'static str, label: &str, kind: Kind, value: impl Into<String>) -> Self {
        Self { name, label: label.to_owned(), hint: String::new(), value: value.into(), must: true, kind }
    }

    /// A field that may be left out.
    #[must_use]
    pub fn may(name: &'static str, label: &str, kind: Kind, value: impl Into<String>) -> Self {
        Self { must: false, ..Self::must(name, label, kind, value) }
    }

    /// With a small line under it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    fn described(&self, refused: &Option<Refused>) -> String {
        let hint = if self.hint.is_empty() { String::new() } else { format!("h-{}", self.name) };
        let no = if refused.as_ref().is_some_and(|no| no.field.as_deref() == Some(self.name)) { "refused" } else { "" };
        [hint.as_str(), no].into_iter().filter(|id| !id.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

impl Deed {
    fn day(&self, date: &Date) -> When {
        When::near(*date, self.today)
    }

    fn takes_file(&self) -> bool {
        self.fields.iter().any(|field| matches!(field.kind, Kind::File))
    }
}
