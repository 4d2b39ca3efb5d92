//! 谁来定 Who decides what, by which clause, and who carries it out; from the kinds of matter that the rules list (S5).

use crate::ask::{Ask, Reply};
use crate::frame;
use crate::look::page;
use crate::look::powers::{Group, Powers, Topic};
use crate::open::find::broken;
use crate::open::rules::firm;
use crate::open::suggestion::short_body;
use crate::problem::Problem;
use crate::router::{Route, show};
use crate::site::Site;
use crate::words::{self, decision, yuan};
use law::lead::body::{Body, BodyKind};
use law::meet::Assembly;
use law::policy::{self, Rule, Weight};
use law::unit::Unit;

/// The route of this page.
pub const ROUTES: &[Route] = &[show("/u/{unit}/powers", powers)];

fn powers(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = crate::open::board::unit(site, ask)?;
    let staffed = app::read::people::bodies(&site.house, unit.code, site.today())?;
    let bodies: Vec<&Body> = staffed.iter().map(|one| &one.body).collect();
    let policy = site.house.policy();
    let mut groups: Vec<Group> = Vec::new();
    for (rule, topic) in policy.topics(unit.profile(), site.today()) {
        let shown = shown(unit, rule, topic, &bodies);
        match groups.last_mut().filter(|group| group.title == rule.title) {
            Some(group) => group.topics.push(shown),
            None => groups.push(Group {
                title: rule.title.clone(),
                clause: decision::cite(&rule.source, &rule.article),
                quote: rule.clause.clone(),
                topics: vec![shown],
            }),
        }
    }
    let heads = staffed.iter().filter(|one| one.body.kind != BodyKind::Town).map(|one| {
        let head = one.posts.iter().find(|(post, _)| post.kind.is_head());
        let head = head.map_or_else(|| "现在没有负责人".to_owned(), |(post, _)| format!("{} {}", words::post::kind(post.kind), post.name));
        (one.body.name.clone(), head, words::post::charge(one.body.kind).to_owned())
    });
    let page_of = Powers { f: frame::of(site, ask, unit, "什么事由谁定"), groups, bodies: heads.collect() };
    Ok(Reply::html(page(&page_of).map_err(broken)?))
}

fn shown(unit: &Unit, rule: &Rule, topic: &policy::Topic, bodies: &[&Body]) -> Topic {
    let profile = unit.profile();
    let int = |name: &Option<String>| name.as_ref().and_then(|name| rule.int(name).ok());
    let lines = [
        int(&topic.amount).map(|amount| format!("{}以上", yuan(i64::from(amount) * 100))),
        int(&topic.years_over).map(|years| format!("超过{years}年")),
        int(&topic.households).map(|households| format!("{households}户以上")),
    ];
    let lines: Vec<String> = lines.into_iter().flatten().collect();
    let major = decision::assemblies(&topic.decided_by, profile);
    let team = decision::assembly(Assembly::Team, profile);
    let (weight, decides) = match topic.weight {
        Weight::Major if topic.reserved => ("都算重大".to_owned(), format!("只有{major}能定")),
        Weight::Major => ("都算重大".to_owned(), format!("{major}定")),
        Weight::Threshold => (format!("{}的算重大", lines.join("，或者")), format!("算重大的{major}定，其余{team}定")),
        Weight::Daily => ("日常工作".to_owned(), format!("{team}定")),
    };
    let does: Vec<String> = topic
        .carried_out_by
        .iter()
        .map(|kind| {
            bodies
                .iter()
                .find(|body| body.kind == *kind)
                .map_or_else(|| words::post::charge(*kind).to_owned(), |body| short_body(&body.name))
        })
        .collect();
    Topic {
        title: decision::here(&topic.title, profile),
        mark: topic.mark.clone(),
        weight,
        decides,
        does: format!("{}办", does.join("、")),
        draft: String::new(),
        standing: firm(topic.standing),
        note: topic.note.clone(),
    }
}
