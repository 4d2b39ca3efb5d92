//! 定期要做的事 The page of one week of the box: kept, waived or missed; the gap stays visible.

use crate::ask::Ask;
use crate::frame;
use crate::look::period::{Period, PeriodEvent, PeriodStep};
use crate::look::{Lag, Qr, way};
use crate::open::board::week_state;
use crate::open::find::broken;
use crate::open::suggestion::mark;
use crate::problem::Problem;
use crate::site::Site;
use crate::words;
use app::read::matter::{CadencePage, Step};
use app::read::{Names, Reader};
use law::steer::cadence::{BOX, Fact};
use law::unit::Unit;
use law::{By, PostKind};

/// The page.
pub fn page_of(site: &Site, ask: &Ask, unit: &Unit, read: &CadencePage, reader: &Reader) -> Result<Period, Problem> {
    let (period, steps, names) = read;
    let policy = site.house.policy();
    let rule = policy.rule(BOX, unit.profile(), site.today());
    let heading = format!("第{}周开意见箱", period.first.iso_week_date().week());
    let url = site.url(&way::matter(&unit.code.to_string(), &period.id.to_string()));
    let staff = [PostKind::Clerk, PostKind::Director, PostKind::Secretary, PostKind::SupervisionHead];
    let here = reader.offices.iter().any(|office| office.unit == unit.code && staff.contains(&office.kind));
    let clerk = names.posts.values().find(|post| post.kind == PostKind::Clerk && post.held(period.last.min(site.today())));
    Ok(Period {
        f: frame::of(site, ask, unit, heading.clone()),
        id: period.id.to_string(),
        from: period.first,
        to: period.last,
        state: week_state(period, site.today()),
        owner: clerk.map_or_else(String::new, |post| format!("{} {}", words::post::kind(post.kind), post.name)),
        rule: rule.map_or_else(String::new, |rule| rule.plain.clone()),
        clause: rule.map_or_else(String::new, |rule| format!("{} {}", words::source(&rule.source), rule.article)),
        steps: steps.iter().filter_map(|read| step(unit, names, read)).collect(),
        may_explain: here && period.reason.is_none() && period.duty().is_pending() && site.today() > period.last,
        qr: Qr::of(&url, "二维码：本页网址").map_err(broken)?,
        forward: words::forward(unit.short_name(), &heading, "意见箱", &url),
    })
}

fn step(unit: &Unit, names: &Names, read: &Step<Fact>) -> Option<PeriodStep> {
    let (on, lag, what) = match &read.fact {
        Fact::Opened { waived: false, .. } => return None,
        Fact::Opened { .. } => (read.day, None, PeriodEvent::Waived { why: "整周放假".into() }),
        Fact::Done { on, entered, count, witnesses, .. } => {
            let days = i64::from((*entered - *on).get_days());
            let lag = (days > 0).then(|| Lag { happened: *on, entered: *entered, days, reason: String::new() });
            (*on, lag, PeriodEvent::Opened { witnesses: witnesses.clone(), slips: i64::from(*count) })
        }
        Fact::Explained { reason, on } => (*on, None, PeriodEvent::Explained { reason: reason.clone() }),
        Fact::Lapsed { on } => (*on, None, PeriodEvent::Lapsed),
    };
    let who = match &read.by {
        By::Post { post, .. } => names.posts.get(post).map_or_else(String::new, |post| post.name.clone()),
        _ => String::new(),
    };
    Some(PeriodStep { on, who, mark: mark(unit, read.seq, read.sealed), lag, what })
}
