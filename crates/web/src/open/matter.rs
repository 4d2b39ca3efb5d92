//! 事项 One matter, one chain: the page behind every address `/u/{unit}/m/{id}`.

use super::board::{reader, unit};
use super::find::broken;
use super::suggestion::{self, Chain};
use crate::ask::{Ask, Reply};
use crate::frame;
use crate::look::suggestion::{Glance, Matter, May};
use crate::look::{Qr, page, way};
use crate::problem::Problem;
use crate::site::Site;
use crate::words;
use app::read::Reader;
use app::read::matter::{Page, SuggestionPage};
use law::open::suggestion::{Stage, Suggestion};
use law::unit::Unit;
use law::{MatterId, PostKind};

/// `/u/{unit}/m/{id}`.
pub fn show(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let reader = reader(site, ask, unit)?;
    let html = match read(site, ask, unit, &reader)? {
        Page::Suggestion(read) => page(&suggestion_page(site, ask, unit, &read, &reader)?).map_err(broken)?,
        Page::Notice(read) => page(&super::notice::page_of(site, ask, unit, &read, &reader)?).map_err(broken)?,
        Page::Cadence(read) => page(&crate::steer::period::page_of(site, ask, unit, &read, &reader)?).map_err(broken)?,
        Page::Sitting(read) => page(&crate::meet::room::page_of(site, ask, unit, &read, &reader, None)?).map_err(broken)?,
        Page::Ballot(read) => page(&crate::meet::vote::page_of(site, ask, unit, &read, &reader, None)?).map_err(broken)?,
        Page::Motion(read) => page(&crate::meet::motion::page_of(site, ask, unit, &read, &reader)?).map_err(broken)?,
        Page::Resolution(read) => page(&crate::meet::resolution::page_of(site, ask, unit, &read, &reader)?).map_err(broken)?,
        Page::Task(read) => page(&crate::steer::task::page_of(site, ask, unit, &read, &reader)?).map_err(broken)?,
    };
    Ok(Reply::html(html))
}

/// The matter of this address, as far as this reader may know of it.
pub fn read(site: &Site, ask: &Ask, unit: &Unit, reader: &Reader) -> Result<Page, Problem> {
    let id = MatterId::parse(ask.param("id")).ok_or(Problem::NotFound)?;
    app::read::matter::page(&site.house, unit.code, id, reader)?.ok_or(Problem::NotFound)
}

/// The page of a suggestion.
pub fn suggestion_page(site: &Site, ask: &Ask, unit: &Unit, read: &SuggestionPage, reader: &Reader) -> Result<Matter, Problem> {
    let s = &read.state;
    let chain = Chain { site, unit, state: s, words: &read.words, names: &read.names, reader };
    let steps = chain.steps(&read.steps);
    let title = suggestion::title(&read.words);
    let heading = title.clone().unwrap_or_else(|| format!("{}收到的一条意见", words::in_year(s.received)));
    let standing = suggestion::standing(site, s);
    let url = site.url(&way::matter(&unit.code.to_string(), &s.id.to_string()));
    let sealed = read.steps.iter().all(|step| step.sealed);
    let checked = match read.record.witnesses.len() {
        0 => "签名和内容都对得上".to_owned(),
        n => format!("签名和内容都对得上，{n}个见证方"),
    };
    Ok(Matter {
        f: frame::of(site, ask, unit, heading.clone()),
        id: s.id.to_string(),
        title,
        // The page itself says 负责.
        owner: suggestion::owner(site, s, &read.names).map(|owner| owner.trim_end_matches("负责").to_owned()),
        came: came(site, unit, s, &read.names)?,
        glance: Glance {
            received: s.received,
            due: s.answer_duty().term.due,
            answered: s.answers.last().map(|answer| answer.on),
            lines: read.steps.len() as i64,
            lagging: steps.iter().filter(|step| step.lag.is_some()).count() as i64,
            check: if sealed { "完整".into() } else { "已收录，待封存".into() },
            checked: if sealed { checked } else { "一般几秒钟就封存好".into() },
        },
        may: may(site, s, read.words.mine, reader),
        qr: Qr::of(&url, "二维码：本事项网址").map_err(broken)?,
        forward: words::forward(unit.short_name(), &heading, &standing.sentence(), &url),
        standing,
        steps,
        phone: None,
    })
}

/// What was put forward because of an accepted suggestion, and how far that is.
fn came(site: &Site, unit: &Unit, s: &Suggestion, names: &app::read::Names) -> Result<Vec<(String, String, String)>, Problem> {
    let t = crate::meet::told::Teller { site, unit, names };
    let traced = app::read::decisions::trace(&site.house, unit.code, s.id)?;
    let told = |(motion, carried): &(law::meet::motion::Motion, Vec<app::read::decisions::Carried>)| {
        let tasks: Vec<String> = carried.iter().flat_map(|one| one.tasks.iter().map(|task| crate::steer::task::now(&t, task))).collect();
        let said = format!("{}。{}", words::decision::phase(motion.phase()), tasks.join(""));
        (format!("议题：{}", motion.title), said, t.matter(motion.id))
    };
    Ok(traced.iter().map(told).collect())
}

/// What this reader may do now.
pub fn may(site: &Site, s: &Suggestion, mine: bool, reader: &Reader) -> May {
    let holds = |kinds: &[PostKind]| reader.offices.iter().any(|office| kinds.contains(&office.kind));
    let waiting = s.stage() == Stage::Waiting;
    let answer = s.answers.last().filter(|answer| !waiting && s.withdrawn.is_none() && site.today() <= answer.verdict_until);
    let staff = holds(&[PostKind::Clerk, PostKind::Secretary, PostKind::Director, PostKind::SupervisionHead]);
    May {
        judge: mine && answer.is_some() && s.verdict.is_none(),
        reopen: mine && answer.is_some() && s.reopened.is_none() && !s.verdict.as_ref().is_some_and(|verdict| verdict.content),
        withdraw: mine && s.answers.is_empty() && s.withdrawn.is_none(),
        // A clerk is led to the form that prepares.
        answer: waiting
            && s.responsible.is_some_and(|r| {
                reader.offices.iter().any(|office| office.kind == PostKind::Clerk || office.body == r.body && office.kind.is_head())
            }),
        release: staff && s.shown.is_none() && s.erased.is_none() && s.withdrawn.is_none(),
        route: staff && waiting,
    }
}
