//! 人员导入 Import of people: a table with one person a row is judged row by row, and only then entered, through the same door
//! as everything else. Told again, it changes nothing; 个人信息保护法 第6条.

mod bodies;
mod columns;
mod commit;
mod judge;
mod known;
mod nearest;
mod sheet;

pub use bodies::{Entered, NotEntered, enter_bodies};
pub use columns::Column;
pub use commit::{Done, Entering, commit};

use crate::{Failure, House};
use law::code::CodeFault;
use law::{Refusal, UnitCode};
use std::collections::BTreeMap;

/// Largest file.
pub const MOST_BYTES: usize = 10 * 1024 * 1024;
/// Most rows of a file.
pub const MOST_ROWS: usize = 50_000;

/// Whose people a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// One village's; rows of others are not taken.
    One(UnitCode),
    /// Each row says which village it belongs to.
    Each,
}

impl From<UnitCode> for Scope {
    fn from(unit: UnitCode) -> Self {
        Self::One(unit)
    }
}

impl From<Option<UnitCode>> for Scope {
    fn from(unit: Option<UnitCode>) -> Self {
        unit.map_or(Self::Each, Self::One)
    }
}

/// Why a whole file was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadFile {
    /// More than [`MOST_BYTES`].
    TooLarge,
    /// More than [`MOST_ROWS`].
    TooManyRows,
    /// A workbook, not a table as text.
    Workbook,
    /// Neither UTF-8 nor GBK, or no table.
    Unreadable,
    /// No rows.
    Empty,
    /// A column that is needed is not there.
    NoColumn(Column),
    /// Two headings mean the same column.
    ColumnTwice(Column),
}

impl BadFile {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "FILE_TOO_LARGE",
            Self::TooManyRows => "FILE_TOO_MANY_ROWS",
            Self::Workbook => "FILE_WORKBOOK",
            Self::Unreadable => "FILE_UNREADABLE",
            Self::Empty => "FILE_EMPTY",
            Self::NoColumn(_) => "FILE_NO_COLUMN",
            Self::ColumnTwice(_) => "FILE_COLUMN_TWICE",
        }
    }
}

/// What stopped an import.
#[derive(Debug)]
pub enum Stopped {
    /// The file.
    File(BadFile),
    /// The law's no, or something broken.
    Failure(Failure),
}

impl From<BadFile> for Stopped {
    fn from(bad: BadFile) -> Self {
        Self::File(bad)
    }
}

impl From<Failure> for Stopped {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

/// What is odd or wrong about a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// No name.
    MissingName,
    /// The name is too long.
    NameTooLong {
        /// Characters allowed.
        limit: usize,
    },
    /// Control characters, or a private number where none belongs.
    BadText {
        /// In which column.
        column: Column,
    },
    /// The identity number is not right.
    BadId {
        /// In what.
        why: CodeFault,
    },
    /// A spreadsheet made a rounded figure of the identity number.
    SpoiledId,
    /// Neither identity number nor telephone: nobody could tell who it is next time.
    NoNumber,
    /// The telephone is no mobile number.
    BadPhone,
    /// The same person stands in an earlier row.
    TwiceInFile {
        /// The earlier line.
        line: usize,
    },
    /// The identity number is on file under another name.
    OtherName,
    /// There is no such village in this town.
    UnknownUnit {
        /// As written, unless it holds numbers.
        said: String,
        /// The nearest name.
        nearest: Option<String>,
    },
    /// The unit has no mechanism of its own: nobody is imported there.
    NoMechanism {
        /// Its name.
        name: String,
    },
    /// The row belongs to another village.
    OtherUnit {
        /// Its name.
        name: String,
    },
    /// The unit has no such body.
    UnknownBody {
        /// As written, unless it holds numbers.
        said: String,
        /// The nearest name.
        nearest: Option<String>,
    },
    /// That body has no such post.
    UnknownPost {
        /// As written, unless it holds numbers.
        said: String,
    },
    /// A post is named, but not all that belongs to it.
    MissingForPost {
        /// What is missing.
        column: Column,
    },
    /// This is no day, or one that lies ahead.
    BadDay,
    /// Dongguan's area code is younger than its bearer: worth a second look.
    AreaYoungerThanBirth,
    /// A cell that a spreadsheet would take for a formula; taken as text.
    Formula {
        /// In which column.
        column: Column,
    },
    /// Somebody else on file has this telephone.
    PhoneOnFile,
    /// Somebody else in the file has this telephone.
    PhoneInFile {
        /// The earlier line.
        line: usize,
    },
    /// Without a group nobody is put on a roll.
    NoGroup,
}

impl Problem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::MissingName => "MISSING_NAME",
            Self::NameTooLong { .. } => "NAME_TOO_LONG",
            Self::BadText { .. } => "BAD_TEXT",
            Self::BadId { .. } => "BAD_ID",
            Self::SpoiledId => "SPOILED_ID",
            Self::NoNumber => "NO_NUMBER",
            Self::BadPhone => "BAD_PHONE",
            Self::TwiceInFile { .. } => "TWICE_IN_FILE",
            Self::OtherName => "OTHER_NAME",
            Self::UnknownUnit { .. } => "UNKNOWN_UNIT",
            Self::NoMechanism { .. } => "NO_MECHANISM",
            Self::OtherUnit { .. } => "OTHER_UNIT",
            Self::UnknownBody { .. } => "UNKNOWN_BODY",
            Self::UnknownPost { .. } => "UNKNOWN_POST",
            Self::MissingForPost { .. } => "MISSING_FOR_POST",
            Self::BadDay => "BAD_DAY",
            Self::AreaYoungerThanBirth => "AREA_YOUNGER_THAN_BIRTH",
            Self::Formula { .. } => "FORMULA",
            Self::PhoneOnFile => "PHONE_ON_FILE",
            Self::PhoneInFile { .. } => "PHONE_IN_FILE",
            Self::NoGroup => "NO_GROUP",
        }
    }

    /// Whether the row is taken all the same.
    pub fn is_warning(&self) -> bool {
        matches!(self, Self::AreaYoungerThanBirth | Self::Formula { .. } | Self::PhoneOnFile | Self::PhoneInFile { .. } | Self::NoGroup)
    }
}

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// The person is entered.
    New,
    /// Something about a known person changes.
    Change,
    /// As it is already.
    Same,
    /// Not taken.
    Bad,
}

impl Fate {
    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Change => "change",
            Self::Same => "same",
            Self::Bad => "bad",
        }
    }
}

/// What changes about a known person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The telephone.
    Phone,
    /// The villager group.
    Group {
        /// The group until now.
        from: Option<String>,
        /// The group from now on.
        to: String,
    },
    /// The person is put on the roll of the group.
    Roll,
    /// The person is put in a post.
    Post,
}

/// The verdict on one row. It holds no number of anybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The line of the file, counted from 1.
    pub row: usize,
    /// The masked name.
    pub name: String,
    /// The unit in whose record the row would go.
    pub unit: Option<UnitCode>,
    /// What becomes of it.
    pub fate: Fate,
    /// What changes, for somebody known.
    pub changes: Vec<Change>,
    /// What is odd or wrong.
    pub problems: Vec<Problem>,
}

/// How many rows meet which fate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// New persons.
    pub new: usize,
    /// Changed persons.
    pub change: usize,
    /// Persons as they were.
    pub same: usize,
    /// Rows not taken.
    pub bad: usize,
    /// Rows taken with something odd.
    pub warned: usize,
    /// Rows that name a post.
    pub posts: usize,
}

/// What an import would do: nothing of it is done yet.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// One verdict per row, in the order of the file.
    pub rows: Vec<Verdict>,
    /// How many of each.
    pub counts: Counts,
    /// Headings that mean nothing here; their columns are left aside.
    pub unused: Vec<String>,
}

/// How far a file has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Rows are being entered; before that they are judged.
    pub entering: bool,
    /// Rows done.
    pub done: usize,
    /// Rows in all.
    pub of: usize,
}

/// Hears how far a file has come, time and again.
pub type Telling<'a> = &'a dyn Fn(Progress);

/// Whether a file is a table that can be judged.
///
/// # Errors
/// What is wrong with it.
pub fn look(bytes: &[u8]) -> Result<(), BadFile> {
    sheet::read(bytes).map(|_| ())
}

/// Judges a file without entering anything.
///
/// # Errors
/// What is wrong with the whole file, or something broken.
pub fn check(house: &House, scope: impl Into<Scope>, bytes: &[u8], told: Telling<'_>) -> Result<Sheet, Stopped> {
    let table = sheet::read(bytes)?;
    let judged = judge::all(house, scope.into(), &table.rows, told)?;
    Ok(sheet_of(judged, table.unused).0)
}

/// The verdicts and their counts, and what the good rows want.
fn sheet_of(judged: Vec<(Verdict, Option<Wanted>)>, unused: Vec<String>) -> (Sheet, Vec<Wanted>) {
    let mut counts = Counts::default();
    for (verdict, wanted) in &judged {
        match verdict.fate {
            Fate::New => counts.new += 1,
            Fate::Change => counts.change += 1,
            Fate::Same => counts.same += 1,
            Fate::Bad => counts.bad += 1,
        }
        counts.warned += usize::from(verdict.fate != Fate::Bad && !verdict.problems.is_empty());
        counts.posts += usize::from(wanted.as_ref().is_some_and(|wanted| wanted.post.is_some()));
    }
    let (rows, wanted): (Vec<Verdict>, Vec<Option<Wanted>>) = judged.into_iter().unzip();
    (Sheet { rows, counts, unused }, wanted.into_iter().flatten().collect())
}

/// A person as a good row wants it.
#[derive(Clone)]
struct Wanted {
    line: usize,
    unit: UnitCode,
    name: String,
    id_number: Option<String>,
    phone: Option<String>,
    group: Option<String>,
    post: Option<Seat>,
}

/// A post as a row wants it.
#[derive(Clone, Debug)]
struct Seat {
    body: law::MatterId,
    kind: law::PostKind,
    from: jiff::civil::Date,
    basis: String,
}

/// Rows that the law refused when it came to it, by line.
pub type Refused = BTreeMap<usize, Refusal>;
