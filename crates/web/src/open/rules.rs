//! 适用规则 Which rules apply here today, each with its clause and how firm it stands (S2).

use super::board::unit;
use super::find::broken;
use crate::ask::{Ask, Reply};
use crate::frame;
use crate::look::page;
use crate::look::rules::{Firm, Group, Rule, Rules};
use crate::problem::Problem;
use crate::site::Site;
use law::policy::{Param, Rule as Law, Standing, Value};
use law::unit::Unit;

/// The six words of the mechanism, in its order.
const GROUPS: [(&str, &str); 6] =
    [("lead", "一核心"), ("meet", "两联席"), ("steer", "三统筹"), ("open", "四公开"), ("watch", "五监督"), ("own", "三资")];

/// `/u/{unit}/rules`.
pub fn show(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let policy = site.house.policy();
    let all = policy.all(unit.profile(), site.today());
    let group = |(word, title): (&str, &str)| {
        let prefix = format!("{word}.");
        let here = all.iter().filter(|rule| rule.id.starts_with(&prefix));
        let (applied, kept): (Vec<&&Law>, Vec<&&Law>) = here.partition(|rule| law::applied(&rule.id));
        let rules = |of: Vec<&&Law>| of.into_iter().map(|rule| shown(rule)).collect();
        Group { title: title.to_owned(), applied: rules(applied), kept: rules(kept) }
    };
    let groups = GROUPS.into_iter().map(group).filter(|group| !group.applied.is_empty() || !group.kept.is_empty()).collect();
    let calendar = policy.calendar();
    let calendars = vec![format!(
        "工作日历 {}：{}年到{}年；没有国务院放假通知的年份，算出的日子都标“暂定”",
        calendar.version(),
        calendar.first().year(),
        calendar.last().year()
    )];
    let rules = Rules { f: frame::of(site, ask, unit, "今天适用的规则"), groups, calendars, adopted: None };
    Ok(Reply::html(page(&rules).map_err(broken)?))
}

/// How many rules the program applies in a unit today.
pub fn applied(site: &Site, unit: &Unit) -> i64 {
    site.house.policy().all(unit.profile(), site.today()).iter().filter(|rule| law::applied(&rule.id)).count() as i64
}

/// How firm a rule stands, as pages show it.
pub fn firm(standing: Standing) -> Firm {
    match standing {
        Standing::Default => Firm::Default,
        Standing::Seed => Firm::Seed,
        Standing::Law => Firm::Law,
    }
}

/// A rule whose numbers stand alike has one standing; else each number shows its own, so that no default is shown as law.
fn shown(rule: &Law) -> Rule {
    let mut standings: Vec<Standing> = rule.params.values().map(|param| param.standing).collect();
    standings.sort_unstable();
    standings.dedup();
    let (standing, numbers) = match standings[..] {
        [one] => (Some(firm(one)), Vec::new()),
        [] if rule.pack == "dongguan-2015" => (Some(Firm::Seed), Vec::new()),
        [] => (Some(Firm::Law), Vec::new()),
        _ => (None, rule.params.values().map(|param| (firm(param.standing), number(param))).collect()),
    };
    let notes = rule.params.values().map(|param| param.note.as_str()).filter(|note| !note.is_empty() && numbers.is_empty());
    Rule {
        id: rule.id.clone(),
        sentence: rule.plain.clone(),
        clause: format!("{}：{}", rule.article, rule.clause),
        source: rule.source.clone(),
        standing,
        note: notes.collect::<Vec<_>>().join("；"),
        numbers,
        since: rule.from,
        until: rule.to,
    }
}

/// 10字：去掉套话以后，至少还有这么多字. A list of words is too long to stand there itself.
fn number(param: &Param) -> String {
    let value = match &param.value {
        Value::Int(n) => n.to_string(),
        Value::List(all) => all.iter().map(ToString::to_string).collect::<Vec<_>>().join("、"),
        Value::Text(_) => String::new(),
    };
    let note = if param.note.is_empty() { String::new() } else { format!("：{}", param.note) };
    format!("{value}{}{note}", param.unit)
}
