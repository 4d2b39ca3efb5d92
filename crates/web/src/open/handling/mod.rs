//! 办意见 Tasks about a suggestion: answer, prepare, confirm, extend, route, release; on the desk or each on its own page.

pub mod answer;
pub mod office;

use crate::look::tasks::About;
use crate::look::{Chip, Tone, way};
use crate::open::suggestion::{self, mark};
use crate::problem::Problem;
use crate::router::{Route, show, take};
use crate::site::Site;
use crate::staff::Staff;
use crate::words;
use app::read::matter::{Page, SuggestionPage, Words};
use jiff::civil::Date;
use law::open::suggestion::Suggestion;
use law::{MatterId, Refusal};

/// The routes of these files.
pub const ROUTES: &[Route] = &[
    show("/u/{unit}/m/{id}/answer", answer::form),
    take("/u/{unit}/m/{id}/answer", answer::answer),
    show("/u/{unit}/m/{id}/prepare", answer::form),
    take("/u/{unit}/m/{id}/prepare", answer::prepare),
    show("/u/{unit}/m/{id}/confirm-answer", answer::confirm_form),
    take("/u/{unit}/m/{id}/confirm-answer", answer::confirm),
    show("/u/{unit}/m/{id}/extend", answer::extend_form),
    take("/u/{unit}/m/{id}/extend", answer::extend),
    show("/u/{unit}/m/{id}/route", office::route_form),
    take("/u/{unit}/m/{id}/route", office::route),
    show("/u/{unit}/m/{id}/release", office::release_form),
    take("/u/{unit}/m/{id}/release", office::release),
];

/// The matter that the address names.
pub fn id(staff: &Staff<'_>) -> Result<MatterId, Problem> {
    MatterId::parse(staff.ask.param("id")).ok_or(Problem::NotFound)
}

/// The suggestion of this id, with all its forms need.
pub fn read(staff: &Staff<'_>, id: MatterId) -> Result<SuggestionPage, Problem> {
    match app::read::matter::page(&staff.site.house, staff.unit.code, id, &staff.reader)? {
        Some(Page::Suggestion(read)) => Ok(*read),
        _ => Err(Problem::NotFound),
    }
}

/// Days left or gone, as a chip.
pub fn chip(site: &Site, due: Date) -> Chip {
    let (today, working) = (site.today(), site.working(due));
    let tone = match (today > due, working) {
        (true, _) => Tone::Late,
        (false, ..=2) => Tone::Soon,
        _ => Tone::Doing,
    };
    Chip::new(tone, words::left(due, today, working))
}

/// The sender as everybody sees them: 刘*珍, 匿名.
pub fn sender(words: &Words) -> String {
    words.name.as_deref().map_or_else(|| "匿名".to_owned(), law::code::mask_name)
}

/// 答复刘*珍：北栅路口下雨就积水 · 分派：北栅路口下雨就积水. Only what is said is said to somebody.
pub fn title(verb: &str, s: &Suggestion, words: &Words) -> String {
    let what = suggestion::title(words).unwrap_or_else(|| format!("{}收到的一条意见", words::in_year(s.received)));
    let to = if verb.ends_with("答复") { sender(words) } else { String::new() };
    format!("{verb}{to}：{}", words::cut(&what, 24))
}

/// What stands above a form about a suggestion. `rule` is the duty that the form meets.
pub fn about(
    staff: &Staff<'_>,
    read: &SuggestionPage,
    verb: &str,
    rule: &str,
    refused: Option<&Refusal>,
    called: &[(&str, &str)],
) -> About {
    let s = &read.state;
    let due = s.duties.pending(rule).unwrap_or_else(|| s.answer_duty()).term.due;
    let last = read.steps.last();
    let step = read.steps.len() as i64 - 1;
    let mut keep = crate::frame::of(staff.site, staff.ask, staff.unit, "").keep_at("task", &step);
    keep.desk = staff.desk;
    About {
        keep,
        unit: staff.code(),
        place: String::new(),
        id: s.id.to_string(),
        title: title(verb, s, &read.words),
        text: suggestion::text(&read.words),
        from: sender(&read.words),
        channel: suggestion::channel(s.channel),
        received: s.received,
        chip: chip(staff.site, due),
        due: Some(due),
        mark: last.map_or_else(|| mark(staff.unit, 0, false), |step| mark(staff.unit, step.seq, step.sealed)),
        today: staff.site.today(),
        refused: refused.map(|no| staff.refused(no, called)),
    }
}

/// The page of the matter.
pub fn page_of(staff: &Staff<'_>, id: MatterId) -> String {
    way::matter(&staff.code(), &id.to_string())
}
