//! 决议 The page of a resolution and its paper in the layout of official documents; 东组通〔2015〕33号 二（二）“书面公开”.

use super::deed;
use super::told::{self, Teller};
use crate::ask::Ask;
use crate::frame;
use crate::look::decree::{Decree, DecreeA4, Paper};
use crate::look::{Place, Qr, way};
use crate::open::find::broken;
use crate::open::suggestion::mark;
use crate::problem::Problem;
use crate::site::Site;
use crate::steer::task as work;
use crate::words::{self, capitals, decision, yuan};
use app::read::Reader;
use app::read::decisions::{ResolutionPage, Resolved};
use law::meet::resolution::{Resolution, Standing};
use law::meet::{Assembly, Outcome};
use law::steer::task::Phase;
use law::unit::Unit;

/// 北栅决〔2026〕14号
pub fn number(unit: &Unit, resolution: &Resolution) -> String {
    format!("{}决〔{}〕{}号", stem(unit), resolution.year, resolution.number)
}

/// 北栅 for 北栅社区.
fn stem(unit: &Unit) -> &str {
    let name = unit.short_name();
    name.strip_suffix("社区").or_else(|| name.strip_suffix('村')).filter(|stem| !stem.is_empty()).unwrap_or(name)
}

/// What the paper says.
pub fn paper(t: &Teller<'_>, place: Option<&Place>, read: &Resolved) -> Paper {
    let resolution = &read.state;
    let issue = &resolution.issue;
    let profile = t.unit.profile();
    let people = place.map_or("居民", Place::people);
    let binding = |outcome: &&Outcome| outcome.binding;
    let decided: Vec<Assembly> = issue.outcomes.iter().filter(binding).map(|outcome| outcome.assembly).collect();
    let by = match (decided.is_empty(), issue.emergency && resolution.ratified.is_none()) {
        (_, true) => "紧急情况下先办，待会议追认".to_owned(),
        (true, false) => "班子联席会议一致同意".to_owned(),
        (false, false) => format!("{}表决通过", decision::assemblies(&decided, profile)),
    };
    let abstained: u32 = issue.outcomes.iter().filter(binding).map(|outcome| outcome.abstained).sum();
    let dissent = match (resolution.dissent(), abstained) {
        _ if issue.outcomes.is_empty() => String::new(),
        (0, 0) => "有权表决的机构里，没有反对票和弃权票。".to_owned(),
        (no, abstained) => format!("有权表决的机构里，反对{no}票、弃权{abstained}票，都记在上面。"),
    };
    let doer = match issue.deadline {
        Some(day) => format!("由{}办，{}前办好。", t.names.body(issue.body), words::day(day)),
        None => format!("由{}办。", t.names.body(issue.body)),
    };
    let money = issue.amount.map(|fen| format!("金额不超过{}（{}）。", yuan(fen), capitals(fen)));
    let orders = [doer].into_iter().chain(money).zip(["一、", "二、"]).map(|(said, head)| format!("{head}{said}")).collect();
    let head = if issue.major { "党群联席会议文件" } else { "班子联席会议文件" };
    Paper {
        head: format!("{}{head}", t.unit.short_name()),
        number: number(t.unit, resolution),
        title: format!("关于{}的决议", issue.title),
        to: format!("全体{people}、集体经济组织成员："),
        opening: format!("{}，{by}，作出以下决议，现予公开。", words::day(issue.decided_on)),
        text: issue.text.lines().map(str::to_owned).filter(|line| !line.trim().is_empty()).collect(),
        votes: t.bars(&read.votes),
        dissent,
        orders,
        signed: vec![format!("{}{}", t.unit.short_name(), head.trim_end_matches("文件"))],
        on: issue.decided_on,
        ended: resolution.ended.map_or_else(String::new, |(why, on)| format!("{}起不再执行：{}", words::day(on), told::ended(why))),
    }
}

fn now(read: &Resolved) -> String {
    let resolution = &read.state;
    let owed = |rules: &[&str]| {
        let duty = rules.iter().find_map(|rule| resolution.duties.pending(rule))?;
        Some(format!("{}要在{}前", words::post::kind(duty.owner.post), words::day(duty.term.due)))
    };
    let public =
        resolution.published.map_or_else(String::new, |(on, until)| format!("{}公开，贴到{}。", words::day(on), words::day(until)));
    match resolution.standing() {
        Standing::Unpublished => {
            let owed = owed(&[law::meet::resolution::PUBLISH, law::meet::resolution::PUBLISH_DAILY]);
            format!("这份决议还没公开{}。", owed.map_or_else(String::new, |owed| format!("，{owed}公开")))
        }
        Standing::Published => {
            let owed = owed(&[law::meet::resolution::ASSIGN]).map_or_else(String::new, |owed| format!("，{owed}定下谁办"));
            format!("{public}还没有分工{owed}。")
        }
        Standing::Entrusted => {
            let over = read.tasks.iter().filter(|work| work.state.phase() == Phase::Accepted).count();
            let said = match (read.tasks.len(), over) {
                (all, 0) => format!("分给{all}项任务在办。"),
                (all, over) if over == all => format!("{all}项任务都办成了。"),
                (all, over) => format!("分给{all}项任务，办成{over}项。"),
            };
            public + &said
        }
        Standing::Ended => told::ended(resolution.ended.map_or(law::meet::resolution::End::NotCompetent, |(why, _)| why)),
    }
}

/// The page.
pub fn page_of(site: &Site, ask: &Ask, unit: &Unit, read: &ResolutionPage, reader: &Reader) -> Result<Decree, Problem> {
    let state = &read.resolved.state;
    let t = Teller { site, unit, names: &read.names };
    let (code, id) = (unit.code.to_string(), state.id.to_string());
    let f = frame::of(site, ask, unit, format!("关于{}的决议", state.issue.title));
    let paper = paper(&t, f.place.as_ref(), &read.resolved);
    let url = site.url(&way::matter(&code, &id));
    let newest = read.resolved.steps.last();
    let tasks = read.resolved.tasks.iter().map(|one| {
        let task = &one.state;
        (task.title.clone(), format!("{}{}。", work::now(&t, task), work::chip(&t, task).text), t.matter(task.id))
    });
    let said = now(&read.resolved);
    Ok(Decree {
        id,
        motion: t.matter(state.issue.motion),
        closed: state.published.is_none() && state.ended.is_none(),
        steps: told::resolution(&t, &read.resolved, true).into_iter().map(|(_, step)| step).collect(),
        tasks: tasks.collect(),
        acts: deed::resolution::buttons(unit, state, reader),
        mark: newest.map_or_else(|| mark(unit, 0, false), |step| mark(unit, step.seq, step.sealed)),
        qr: Qr::of(&url, "二维码：本决议网址").map_err(broken)?,
        forward: words::forward(unit.short_name(), &paper.title, &said, &url),
        now: said,
        paper,
        f,
    })
}

/// The paper on A4.
pub fn sheet(site: &Site, ask: &Ask, unit: &Unit, read: &ResolutionPage) -> Result<DecreeA4, Problem> {
    let state = &read.resolved.state;
    let t = Teller { site, unit, names: &read.names };
    let f = frame::of(site, ask, unit, "打印决议");
    let base =
        crate::open::print::base(site, ask, unit, &state.id.to_string(), read.resolved.steps.last().map(|step| (step.seq, step.sealed)))?;
    let warning = if state.published.is_none() { "还没公开，先不要张贴" } else { "" };
    Ok(DecreeA4 {
        back: base.back,
        paper: paper(&t, f.place.as_ref(), &read.resolved),
        warning: warning.into(),
        up: state.published,
        mark: base.mark,
        digest: base.digest,
        qr: base.qr,
        f,
    })
}
