//! 公告公示 Pages of notices.

use super::find::broken;
use super::suggestion::mark;
use crate::ask::Ask;
use crate::frame;
use crate::look::notice::{Correction, Masked, Notice, Paper};
use crate::look::{Qr, way};
use crate::problem::Problem;
use crate::site::Site;
use crate::words;
use app::read::matter::Step;
use app::read::{Names, Reader};
use jiff::civil::Date;
use law::PostKind;
use law::open::notice::{Fact, KEEP, Notice as State};
use law::unit::Unit;

fn paragraphs(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn days(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}

/// The page of a notice.
pub fn page_of(site: &Site, ask: &Ask, unit: &Unit, read: &(State, Vec<Step<Fact>>, Names), reader: &Reader) -> Result<Notice, Problem> {
    let (notice, steps, names) = read;
    let policy = site.house.policy();
    let rule = policy.rule(notice.under.as_deref().unwrap_or(KEEP), unit.profile(), site.today());
    let url = site.url(&way::matter(&unit.code.to_string(), &notice.id.to_string()));
    let kept = days(notice.now().since, notice.until);
    let newest = steps.last().map_or_else(|| mark(unit, 0, false), |step| mark(unit, step.seq, step.sealed));
    let may = reader.offices.iter().any(|office| office.unit == unit.code && (office.kind.is_head() || office.kind == PostKind::Clerk));
    Ok(Notice {
        f: frame::of(site, ask, unit, notice.now().title.clone()),
        id: notice.id.to_string(),
        number: notice.number.clone().unwrap_or_default(),
        kind: rule.map_or_else(|| "公告".to_owned(), |rule| rule.title.clone()),
        rule: rule.map_or_else(String::new, |rule| rule.plain.clone()),
        clause: rule.map_or_else(String::new, |rule| format!("{} {}", words::source(&rule.source), rule.article)),
        issuer: names.body(notice.body).to_owned(),
        text: paragraphs(&notice.now().text),
        table: None,
        posted: notice.since(),
        until: notice.until,
        days_up: days(notice.now().since, site.today()).min(kept),
        days_due: kept,
        due: None,
        late: 0,
        mark: newest,
        papers: papers(unit, notice, steps),
        masked: notice.masked.iter().map(|what| Masked { what: what.clone(), why: "个人信息，公开时不写".into() }).collect(),
        corrections: corrections(unit, notice, steps, names),
        lag: None,
        qr: Qr::of(&url, "二维码：本公告网址").map_err(broken)?,
        forward: words::forward(unit.short_name(), &notice.now().title, "公告", &url),
        aloud: notice.now().text.clone(),
        may,
        phone: None,
    })
}

fn papers(unit: &Unit, notice: &State, steps: &[Step<Fact>]) -> Vec<Paper> {
    let marks = steps.iter().filter(|step| matches!(step.fact, Fact::PaperPosted { .. })).map(|step| mark(unit, step.seq, step.sealed));
    let paper =
        |(paper, mark): (&law::open::notice::Paper, _)| Paper { place: paper.place.clone(), on: paper.day, by: paper.by.clone(), mark };
    notice.papers.iter().zip(marks).map(paper).collect()
}

fn corrections(unit: &Unit, notice: &State, steps: &[Step<Fact>], names: &Names) -> Vec<Correction> {
    let corrected: Vec<&Step<Fact>> = steps.iter().filter(|step| matches!(step.fact, Fact::Corrected { .. })).collect();
    let pairs = notice.versions.windows(2).zip(&notice.whys).zip(corrected);
    let mut all: Vec<Correction> = pairs
        .map(|((versions, why), step)| Correction {
            on: versions[1].since,
            by: match &step.by {
                law::By::Post { post, .. } => names.posts.get(post).map_or_else(String::new, |post| post.name.clone()),
                _ => String::new(),
            },
            why: why.clone(),
            old: paragraphs(&versions[0].text),
            new: paragraphs(&versions[1].text),
            mark: mark(unit, step.seq, step.sealed),
        })
        .collect();
    all.reverse();
    all
}
