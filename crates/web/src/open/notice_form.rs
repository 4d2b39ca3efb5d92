//! 发公告 Posting a notice: written, seen as the public will see it, posted by a head or prepared for one; corrected; put up as paper.

use super::handling::{chip, id};
use super::suggestion::{mark, short_body};
use crate::ask::{Ask, Reply};
use crate::look::notice::{Masked, NoticeForm, Preview};
use crate::look::tasks::{About, PaperTask, Task};
use crate::look::{Choice, Text, way};
use crate::problem::Problem;
use crate::router::{Route, show, take};
use crate::site::Site;
use crate::staff::Staff;
use crate::words::{Channel, masks};
use app::Failure;
use app::prepare::{self, Confirmed};
use app::read::Names;
use app::read::matter::Page;
use law::open::notice::{Act, KEEP, Notice, PAPER};
use law::{AnyAct, Digest, MatterId, PostKind, Refusal, limit};
use store::draft::Draft;

/// The routes of this file.
pub const ROUTES: &[Route] = &[
    show("/u/{unit}/notices/new", new_form),
    take("/u/{unit}/notices/new", post),
    show("/u/{unit}/m/{id}/correct", correct_form),
    take("/u/{unit}/m/{id}/correct", post),
    show("/u/{unit}/m/{id}/paper", paper_form),
    take("/u/{unit}/m/{id}/paper", paper),
];

/// The choice for a notice that no rule asks for.
const OTHER: &str = "other";

/// What stands in the form.
#[derive(Clone, Debug, Default, PartialEq)]
struct Typed {
    kind: String,
    body: String,
    number: String,
    title: String,
    text: String,
    why: String,
}

impl Typed {
    fn of(ask: &Ask) -> Self {
        Self {
            kind: ask.field("kind"),
            body: ask.field("body"),
            number: ask.field("number"),
            title: ask.field("title"),
            text: ask.field("text"),
            why: ask.field("why"),
        }
    }

    /// What a clerk prepared, put back into the form.
    fn prepared(act: &AnyAct) -> Self {
        match act {
            AnyAct::Notice(Act::Publish { title, text, body, under, number, .. }) => Self {
                kind: under.clone().unwrap_or_else(|| OTHER.into()),
                body: body.to_string(),
                number: number.clone().unwrap_or_default(),
                title: title.clone(),
                text: text.clone(),
                why: String::new(),
            },
            AnyAct::Notice(Act::Correct { title, text, why, .. }) => {
                Self { title: title.clone(), text: text.clone(), why: why.clone(), ..Self::default() }
            }
            _ => Self::default(),
        }
    }

    /// The act as the law takes it, numbers left out of the text; `before` says what was left out when it was prepared.
    fn act(&self, corrects: Option<MatterId>, before: Vec<String>) -> Result<Act, Refusal> {
        let (text, now) = masks::mask(&self.text);
        let masked = before.into_iter().chain(now).collect();
        if let Some(notice) = corrects {
            return Ok(Act::Correct { notice, title: self.title.clone(), text, why: self.why.clone() });
        }
        let under = match self.kind.as_str() {
            "" => return Err(Refusal::Missing { field: "kind" }),
            OTHER => None,
            rule => Some(rule.to_owned()),
        };
        let body = MatterId::parse(&self.body).ok_or(Refusal::NoSuchBody)?;
        let number = Some(self.number.clone()).filter(|number| !number.is_empty());
        Ok(Act::Publish { title: self.title.clone(), text, body, under, masked, number })
    }
}

/// A form under way: which notice it corrects, what a clerk prepared, whether a clerk prepares now.
struct Writing<'a> {
    staff: Staff<'a>,
    corrects: Option<(Notice, i64)>,
    preparing: bool,
}

impl<'a> Writing<'a> {
    fn begin(site: &'a Site, ask: &'a Ask, corrects: bool) -> Result<Self, Problem> {
        let staff = Staff::at(site, ask)?;
        let corrects = if corrects { Some(notice(&staff)?) } else { None };
        let any = Act::Correct { notice: MatterId::named("any"), title: String::new(), text: String::new(), why: String::new() };
        let preparing = !staff.may::<Notice>(&any);
        match preparing && !staff.is_clerk() {
            true => Err(Problem::NotFound),
            false => Ok(Self { staff, corrects, preparing }),
        }
    }

    fn id(&self) -> Option<MatterId> {
        self.corrects.as_ref().map(|(notice, _)| notice.id)
    }

    fn shown(&self, typed: &Typed, preview: Option<Preview>, draft: Option<&Draft>, no: Option<&Refusal>) -> Result<Reply, Problem> {
        let staff = &self.staff;
        let names = app::read::people::names(&staff.site.house, staff.unit.code)?;
        let title = match (&self.corrects, self.preparing) {
            (Some(_), _) => "更正公告",
            (None, true) => "拟一份公告",
            (None, false) => "发一份公告",
        };
        let form = NoticeForm {
            f: staff.frame(title, no.is_some()),
            corrects: self.corrects.as_ref().map(|(notice, step)| (notice.id.to_string(), *step)),
            kinds: kinds(staff, &typed.kind),
            bodies: bodies(staff, &names, &typed.body)?,
            number: typed.number.clone(),
            heading: typed.title.clone(),
            text: typed.text.clone(),
            why: typed.why.clone(),
            most: limit::NOTICE as i64,
            preview,
            preparing: self.preparing,
            prepared: draft.map(|draft| (prepare::digest(draft).to_string(), prepared_by(&names, draft))),
            refused: no.map(|no| staff.refused(no, &[])),
        };
        staff.shown(&form, no)
    }

    /// The public's view, and what the law still has against it.
    fn preview(&self, act: &Act) -> Result<Preview, Problem> {
        let staff = &self.staff;
        let any = AnyAct::Notice(act.clone());
        let tried = match self.preparing {
            true => prepare::attempt_for_heads(&staff.site.house, staff.unit.code, any),
            false => prepare::attempt(&staff.site.house, staff.unit.code, any, staff.actor.clone()),
        };
        let stops = match tried {
            Ok(()) => Vec::new(),
            Err(Failure::Refused(refusal)) => {
                let no = staff.refused(&refusal, &[]);
                vec![format!("{}{}", no.what, no.now)]
            }
            Err(failure) => return Err(failure.into()),
        };
        let text = wording(act);
        let days = i64::from(staff.number(KEEP, "days")?);
        let until = staff.site.today().checked_add(jiff::Span::new().days(days)).unwrap_or(staff.site.today());
        let masked = self.left_out(act).into_iter().map(|what| Masked { what, why: "个人信息，公开时不写".into() }).collect();
        Ok(Preview { text: paragraphs(text), masked, stops, until, days })
    }

    /// What was left out of the text. A correction keeps no list of it, so it is read off what was typed.
    fn left_out(&self, act: &Act) -> Vec<String> {
        match act {
            Act::Publish { masked, .. } => masked.clone(),
            _ => masks::mask(&self.staff.ask.field("text")).1,
        }
    }
}

fn wording(act: &Act) -> &str {
    match act {
        Act::Publish { text, .. } | Act::Correct { text, .. } => text,
        _ => "",
    }
}

fn paragraphs(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn prepared_by(names: &Names, draft: &Draft) -> String {
    names.posts.get(&draft.prepared_by).map_or_else(|| "经办人".to_owned(), |post| post.name.clone())
}

/// The rules of today that ask for something to be posted.
fn kinds(staff: &Staff<'_>, picked: &str) -> Vec<Choice> {
    let policy = staff.site.house.policy();
    let posts = |id: &str| ["open.affairs.", "open.decision.", "open.result.", "open.promise."].iter().any(|group| id.starts_with(group));
    let rules = policy.all(staff.unit.profile(), staff.site.today()).into_iter().filter(|rule| posts(&rule.id));
    let rules = rules.map(|rule| Choice::new(&rule.id, &rule.title, rule.id == picked));
    rules.chain([Choice::new(OTHER, "其他公告（没有专门的规则）", picked == OTHER)]).collect()
}

/// Bodies that may post: first those of whoever writes.
fn bodies(staff: &Staff<'_>, names: &Names, picked: &str) -> Result<Vec<Choice>, Problem> {
    let mut own: Vec<MatterId> = Vec::new();
    for kind in [PostKind::Director, PostKind::Clerk, PostKind::Secretary, PostKind::CollectiveHead, PostKind::SupervisionHead] {
        own.extend(
            staff.reader.offices.iter().filter(|office| office.unit == staff.unit.code && office.kind == kind).map(|office| office.body),
        );
    }
    let all = app::read::people::bodies(&staff.site.house, staff.unit.code, staff.site.today())?;
    own.dedup();
    let wanted = |id: &MatterId| !own.contains(id) && (staff.is_clerk() || id.to_string() == picked);
    let others: Vec<MatterId> = all.iter().map(|staffed| staffed.body.id).filter(wanted).collect();
    let choice = |id: MatterId| Choice::new(&id.to_string(), &short_body(names.body(id)), id.to_string() == picked);
    Ok(own.into_iter().chain(others).map(choice).collect())
}

/// The notice of the address with the number of its last step.
fn notice(staff: &Staff<'_>) -> Result<(Notice, i64), Problem> {
    match app::read::matter::page(&staff.site.house, staff.unit.code, id(staff)?, &staff.reader)? {
        Some(Page::Notice(read)) => Ok((read.0, read.1.len() as i64 - 1)),
        _ => Err(Problem::NotFound),
    }
}

/// What waits under `?draft=` for a head, or for the clerk who prepared it.
fn draft(staff: &Staff<'_>) -> Result<Option<Draft>, Problem> {
    let Some(id) = MatterId::parse(staff.ask.query("draft")) else { return Ok(None) };
    let found = app::read::desk::draft(&staff.site.house, staff.unit.code, id)?;
    found.filter(|draft| draft.kind == "notice").map(Some).ok_or(Problem::NotFound)
}

/// GET `notices/new`; `?draft=` shows what a clerk prepared.
fn new_form(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    first(&Writing::begin(site, ask, false)?)
}

/// GET `correct`.
fn correct_form(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    first(&Writing::begin(site, ask, true)?)
}

fn first(writing: &Writing<'_>) -> Result<Reply, Problem> {
    if let Some(draft) = draft(&writing.staff)? {
        let act = prepare::act(&draft)?;
        let AnyAct::Notice(asked) = &act else { return Err(Problem::NotFound) };
        return writing.shown(&Typed::prepared(&act), Some(writing.preview(asked)?), Some(&draft), None);
    }
    let typed = match &writing.corrects {
        Some((notice, _)) => Typed { title: notice.now().title.clone(), text: notice.now().text.clone(), ..Typed::default() },
        None => Typed::default(),
    };
    writing.shown(&typed, None, None, None)
}

/// POST `notices/new`, `correct`: shows it first; then posts it, or hands it to a head.
fn post(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let corrects = !ask.param("id").is_empty();
    let writing = Writing::begin(site, ask, corrects)?;
    let prepared = Digest::parse(&ask.field("prepared"));
    if let ("back", Some(prepared)) = (ask.field("go").as_str(), prepared) {
        prepare::send_back(&site.house, writing.staff.unit.code, prepared, &writing.staff.actor)?;
        return Ok(writing.staff.back(None, "back"));
    }
    let typed = Typed::of(ask);
    let waiting = waiting(&writing.staff, prepared)?;
    let known = waiting.as_ref().map(prepare::act).transpose()?;
    let before = match &known {
        Some(AnyAct::Notice(Act::Publish { masked, .. })) => masked.clone(),
        _ => Vec::new(),
    };
    let unchanged = known.is_some_and(|act| Typed::prepared(&act) == typed);
    let outcome = typed.act(writing.id(), before).map_err(Failure::from).and_then(|act| match ask.field("go").as_str() {
        "post" => carry_out(&writing, act, prepared, unchanged).map(Ok),
        _ => Ok(Err(act)),
    });
    match outcome {
        Ok(Ok(reply)) => Ok(reply),
        Ok(Err(act)) => writing.shown(&typed, Some(writing.preview(&act)?), waiting.as_ref(), None),
        Err(Failure::Refused(refusal)) => writing.shown(&typed, None, waiting.as_ref(), Some(&refusal)),
        Err(failure) => Err(failure.into()),
    }
}

/// The draft that the form came from, while it still waits.
fn waiting(staff: &Staff<'_>, prepared: Option<Digest>) -> Result<Option<Draft>, Problem> {
    let Some(prepared) = prepared else { return Ok(None) };
    let drafts = app::read::desk::drafts(&staff.site.house, staff.unit.code)?;
    Ok(drafts.into_iter().find(|draft| prepare::digest(draft) == prepared))
}

/// A clerk's is kept for a head; a head confirms what was prepared if nothing was changed, else posts it as their own.
fn carry_out(writing: &Writing<'_>, act: Act, prepared: Option<Digest>, unchanged: bool) -> Result<Reply, Failure> {
    let (staff, house) = (&writing.staff, &writing.staff.site.house);
    let said = if writing.corrects.is_some() { "correct" } else { "notice" };
    let act = AnyAct::Notice(act);
    if writing.preparing {
        prepare::prepare(house, staff.unit.code, act, &staff.actor)?;
        return Ok(staff.back(None, "prepare"));
    }
    let done = match prepared {
        Some(prepared) if unchanged => {
            let confirmed = Confirmed { by: staff.actor.clone(), key: staff.ask.key(), seen: staff.ask.seen() };
            prepare::confirm(house, staff.unit.code, prepared, confirmed)?
        }
        prepared => prepare::instead(house, staff.unit.code, staff.asked(act), prepared)?,
    };
    Ok(staff.done(said, done))
}

/// Places where a notice may hang: the usual one and those used before, except where it hangs already.
fn places(staff: &Staff<'_>, notice: &Notice) -> Result<Vec<String>, Problem> {
    let (recent, ..) = app::read::board::notices(&staff.site.house, staff.unit.code, 0, 20)?;
    let mut all = vec![format!("{}门口公开栏", crate::frame::place(staff.site, staff.unit).committee())];
    for paper in recent.iter().flat_map(|posted| &posted.state.papers) {
        if !all.contains(&paper.place) {
            all.push(paper.place.clone());
        }
    }
    all.retain(|place| notice.papers.iter().all(|paper| paper.place != *place));
    all.truncate(6);
    Ok(all)
}

/// The form that records a paper posting.
pub fn paper_task(staff: &Staff<'_>, notice: &Notice, step: i64, seq: i64, refused: Option<&Refusal>) -> Result<Task, Problem> {
    let due = notice.duties.pending(PAPER).map(|duty| duty.term.due);
    let sealed = app::read::record::sealed(&staff.site.house, staff.unit.code)?;
    let (place, places) = (staff.typed("place", ""), places(staff, notice)?);
    let mut keep = crate::frame::of(staff.site, staff.ask, staff.unit, "").keep_at("paper", &step);
    keep.desk = staff.desk;
    let a = About {
        keep,
        unit: staff.code(),
        place: String::new(),
        id: notice.id.to_string(),
        title: format!("张贴：{}", notice.now().title),
        text: Text::Shown(String::new()),
        from: String::new(),
        channel: Channel::Web,
        received: notice.since(),
        chip: due.map_or_else(|| crate::look::Chip::new(crate::look::Tone::Off, "已经贴过，再贴一处"), |due| chip(staff.site, due)),
        due,
        mark: mark(staff.unit, seq, seq < sealed),
        today: staff.site.today(),
        refused: refused.map(|no| staff.refused(no, &[])),
    };
    Ok(Task::Paper(PaperTask {
        print: way::matter_print(&a.unit, &a.id),
        a,
        places: places.iter().map(|known| Choice::new(known, known, place == *known || places.len() == 1)).collect(),
        elsewhere: staff.typed("elsewhere", ""),
        day: staff.typed("day", staff.site.today().to_string()),
    }))
}

fn papering(staff: &Staff<'_>, refused: Option<&Refusal>) -> Result<Reply, Problem> {
    let Some(Page::Notice(read)) = app::read::matter::page(&staff.site.house, staff.unit.code, id(staff)?, &staff.reader)? else {
        return Err(Problem::NotFound);
    };
    let (notice, steps, _) = *read;
    let seq = steps.last().map_or(0, |step| step.seq);
    staff.task("记下已张贴", paper_task(staff, &notice, steps.len() as i64 - 1, seq, refused)?, refused)
}

fn any_paper(notice: MatterId, day: jiff::civil::Date) -> Act {
    Act::PaperPosted { notice, by: String::new(), day, place: String::new() }
}

/// GET `paper`.
fn paper_form(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let staff = Staff::at(site, ask)?;
    staff.must::<Notice>(&any_paper(id(&staff)?, site.today()))?;
    papering(&staff, None)
}

/// POST `paper`.
fn paper(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let staff = Staff::at(site, ask)?;
    let notice = id(&staff)?;
    let place = ask.maybe("elsewhere").unwrap_or_else(|| ask.field("place"));
    let act = staff.day("day").map(|day| Act::PaperPosted { notice, by: staff.signed.name.clone(), day, place });
    let enact = |act| site.house.enact(staff.unit.code, staff.asked(AnyAct::Notice(act)));
    match act.map_err(Failure::from).and_then(enact) {
        Ok(done) => Ok(staff.done("paper", done)),
        Err(Failure::Refused(refusal)) => papering(&staff, Some(&refusal)),
        Err(failure) => Err(failure.into()),
    }
}
