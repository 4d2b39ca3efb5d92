//! 适用规则 Which rules apply here today, each with its clause and how firm it stands (S2).

use super::board::unit;
use super::find::broken;
use crate::ask::{Ask, Reply};
use crate::frame;
use crate::look::page;
use crate::look::rules::{Firm, Rule, Rules};
use crate::problem::Problem;
use crate::site::Site;
use law::policy::{Rule as Law, Standing};

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
        let rules: Vec<Rule> = all.iter().filter(|rule| rule.id.starts_with(&prefix)).map(|rule| shown(rule)).collect();
        (title.to_owned(), rules)
    };
    let groups = GROUPS.into_iter().map(group).filter(|(_, rules)| !rules.is_empty()).collect();
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

/// The weakest standing among a rule's numbers is the rule's: a default is never shown as law.
fn firm(rule: &Law) -> Firm {
    let weakest = rule.params.values().map(|param| param.standing).max();
    match weakest {
        Some(Standing::Default) => Firm::Default,
        Some(Standing::Seed) => Firm::Seed,
        Some(Standing::Law) => Firm::Law,
        None if rule.pack == "dongguan-2015" => Firm::Seed,
        None => Firm::Law,
    }
}

fn shown(rule: &Law) -> Rule {
    let notes: Vec<&str> = rule.params.values().map(|param| param.note.as_str()).filter(|note| !note.is_empty()).collect();
    Rule {
        id: rule.id.clone(),
        sentence: rule.plain.clone(),
        clause: format!("{}：{}", rule.article, rule.clause),
        source: rule.source.clone(),
        standing: firm(rule),
        since: rule.from,
        until: rule.to,
        note: notes.join("；"),
    }
}
