//! 签到 Roll call by ticking: who comes, who goes, who comes for whom; 东组通〔2015〕33号 二（二）.

use askama::Template;
use jiff::civil::Date;

use super::Bench;
use crate::look::{Choice, Frame, Keep, Paging, Refused, parts, way};
use crate::words;

/// POST `arrive` (`person` …), `leave` (`person` …), `proxy` (`principal`, `holder`, file `paper`) on the sitting.
#[derive(Clone, Debug, Template)]
#[template(path = "meet/roll.html")]
pub struct Roll {
    /// Around.
    pub f: Frame,
    /// Matter id.
    pub id: String,
    /// 党群联席会议, of which day.
    pub sitting: (String, Date),
    /// Hidden fields.
    pub keep: Keep,
    /// The assemblies.
    pub benches: Vec<Bench>,
    /// Links to the rolls: word, name, chosen.
    pub rolls: Vec<Choice>,
    /// Who of the chosen roll is not there.
    pub absent: Vec<Choice>,
    /// Who of it is there: label says since when.
    pub here: Vec<Choice>,
    /// Paging of the absent.
    pub paging: Paging,
    /// Written mandates are allowed here: who may be stood in for, and who may stand in.
    pub proxies: Option<(Vec<Choice>, Vec<Choice>)>,
    /// Mandates shown: 王*强委托李*芬.
    pub shown: Vec<String>,
    /// What was refused.
    pub refused: Option<Refused>,
}

/// One small form of a sitting: 取消, 改日再开, 补议题, 更正记录. POST the same address: `text`, and `item`, `amount`.
#[derive(Clone, Debug, Template)]
#[template(path = "meet/say.html")]
pub struct Say {
    /// Around; `title` names the act.
    pub f: Frame,
    /// Where it goes.
    pub action: String,
    /// The sitting's page.
    pub back: String,
    /// Hidden fields.
    pub keep: Keep,
    /// What will follow from it.
    pub note: String,
    /// Label of the text.
    pub label: String,
    /// Typed text.
    pub text: String,
    /// Longest text.
    pub most: i64,
    /// A choice before the text (which item, which motion); empty for none.
    pub pick: Vec<Choice>,
    /// Label of that choice.
    pub pick_label: String,
    /// What it costs, as it was typed, and from which sum on it goes another way; none where nothing is asked.
    pub sum: Option<(String, String)>,
    /// The button.
    pub button: String,
    /// What was refused.
    pub refused: Option<Refused>,
}

impl Roll {
    /// The roll that the page shows.
    fn chosen(&self) -> &str {
        self.rolls.iter().find(|roll| roll.picked).map_or("", |roll| roll.value.as_str())
    }
}
