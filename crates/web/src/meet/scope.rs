//! 花多少钱 What an item without a motion costs: daily work up to the sum of the rule, beyond it the long way; 东组通〔2015〕33号 二（二）.

use super::deed::fen;
use crate::look::{Refused, way};
use crate::problem::{Problem, encode};
use crate::staff::Staff;
use crate::words;
use law::Refusal;
use law::meet::motion::Figures;
use law::meet::sitting::Scope;

/// The kind of matter that the rules list for what is only spent: 开支、采购.
const SPENDING: &str = "spending";
/// The rule that says from which sum on a matter is 重大.
const MAJOR: &str = "meet.motion.major";

/// An item as it was typed: a few words, what is to be done, and the sum.
pub struct Typed {
    /// A few words.
    pub title: String,
    /// What is to be done.
    pub text: String,
    /// 元; empty for none.
    pub amount: String,
}

fn figures(fen: i64) -> Figures {
    Figures { amount: Some(fen), ..Figures::default() }
}

/// How large an item is; none when no sum was typed.
///
/// # Errors
/// [`Refusal::Missing`] when what was typed is no sum.
pub fn of(amount: &str) -> Result<Option<Scope>, Refusal> {
    if amount.is_empty() {
        return Ok(None);
    }
    let fen = fen(amount).ok_or(Refusal::Missing { field: "amount" })?;
    Ok(Some(Scope { matter_type: SPENDING.into(), figures: figures(fen) }))
}

/// 达到¥50,000.00的是重大事项: the line under the field.
///
/// # Errors
/// When there is no such rule.
pub fn hint(staff: &Staff<'_>) -> Result<String, Problem> {
    let from = staff.number(MAJOR, "amount")?;
    Ok(format!("不花钱的不填。达到{}的是重大事项，不能在这里定。", words::yuan(i64::from(from) * 100)))
}

/// A refusal that leads on: who typed an item that is 重大 finds the form of a motion, filled in with what he typed.
pub fn led(staff: &Staff<'_>, refusal: &Refusal, no: Refused, mut items: impl Iterator<Item = Typed>) -> Refused {
    let day = staff.site.today();
    let class = |fen| app::read::decisions::class(&staff.site.house, staff.unit.code, SPENDING, &figures(fen), day);
    let major = |item: &Typed| fen(&item.amount).is_some_and(|fen| class(fen).is_ok_and(|class| class.major));
    let Some(item) = items.find(major).filter(|_| *refusal == Refusal::MajorMatter) else { return no };
    let query = [("title", &item.title), ("text", &item.text), ("amount", &item.amount)];
    let query: Vec<String> = query.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    let to = format!("{}?matter_type={SPENDING}&{}", way::propose(&staff.code()), query.join("&"));
    let now = format!("“{}”要先提议，再由班子商议、公示、党群联席会议审议和表决。", words::cut(&item.title, 20));
    Refused { now, way: Some(("把这件事提议为议题（已经填好）".into(), to)), ..no }
}
