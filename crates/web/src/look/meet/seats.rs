//! 表决名册 Rolls `/u/{code}/rolls`: who belongs to which assembly; the public sees how many there are, never a name of the party's; 村民委员会组织法 第29条.

use askama::Template;
use jiff::civil::Date;

use crate::look::{Choice, Frame, Keep, Refused, parts, way};

/// All rolls of a unit.
#[derive(Clone, Debug, Template)]
#[template(path = "meet/rolls.html")]
pub struct Rolls {
    /// Around; `title` is 表决名册.
    pub f: Frame,
    /// One for each assembly.
    pub rolls: Vec<Roll>,
    /// The reader may change them.
    pub may: bool,
}

/// One assembly.
#[derive(Clone, Debug)]
pub struct Roll {
    /// Its stable word.
    pub word: String,
    /// 居民代表会议
    pub name: String,
    /// Persons in it today, by roll and by post.
    pub due: u32,
    /// Of them by post.
    pub officers: u32,
    /// Women on the roll, and how many the law asks for.
    pub women: Option<(u32, Option<u32>)>,
    /// Version of the roll and since when; none where it follows from posts.
    pub version: Option<(u32, Date)>,
    /// A roll is kept for it.
    pub kept: bool,
    /// Names, for officials only.
    pub names: Vec<String>,
}

impl Roll {
    fn women(&self) -> String {
        match self.women {
            Some((have, Some(least))) if have < least => format!("妇女{have}人，按规定要有{least}人以上，还差{}人", least - have),
            Some((have, Some(least))) => format!("妇女{have}人（要{least}人以上，够）"),
            Some((have, None)) => format!("妇女{have}人"),
            None => String::new(),
        }
    }
}

/// POST `/u/{code}/rolls/{assembly}`: `from`, `join` (one a line: 姓名，女，户号), `leave` (one per person), `basis`.
#[derive(Clone, Debug, Template)]
#[template(path = "meet/seats.html")]
pub struct Seats {
    /// Around.
    pub f: Frame,
    /// Hidden fields.
    pub keep: Keep,
    /// Stable word of the assembly.
    pub word: String,
    /// From which day.
    pub from: String,
    /// Typed persons.
    pub join: String,
    /// Households are noted (成员大会: 同一户可以委托).
    pub households: bool,
    /// Who has a seat; picked: gives it up.
    pub members: Vec<Choice>,
    /// By what.
    pub basis: String,
    /// Lines that name nobody, or several people.
    pub stops: Vec<String>,
    /// What was refused.
    pub refused: Option<Refused>,
}
