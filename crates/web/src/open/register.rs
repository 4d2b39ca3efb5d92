//! 登记 Registering by staff: a slip from the box, a call, a visit, the town's contact day; 东组通〔2015〕33号 二（四）.

use super::find::broken;
use super::suggestion::short_body;
use crate::ask::{Ask, Reply};
use crate::look::tasks::Register;
use crate::look::{Choice, Done as Said, page};
use crate::problem::Problem;
use crate::router::{Route, show, take};
use crate::site::Site;
use crate::staff::Staff;
use crate::words::{self, Channel};
use app::read::matter::Page;
use app::{Done, Failure, slip};
use jiff::civil::Date;
use law::open::suggestion::{self as law_of, ANSWER, Act, BACKDATE, Intake, Suggestion};
use law::{AnyAct, Digest, MatterId, Personal, PostKind, Refusal, limit};

/// The routes of this file.
pub const ROUTES: &[Route] = &[show("/u/{unit}/register", form), take("/u/{unit}/register", register)];

const CHANNELS: [(Channel, law_of::Channel); 4] = [
    (Channel::Box, law_of::Channel::Box),
    (Channel::Hotline, law_of::Channel::Hotline),
    (Channel::Visit, law_of::Channel::Visit),
    (Channel::Station, law_of::Channel::Stationed),
];

fn channel(code: &str) -> Option<(Channel, law_of::Channel)> {
    CHANNELS.into_iter().find(|(shown, _)| shown.code() == code)
}

/// Members of the teams visit, the town's officers keep contact days, clerks empty the box.
fn first_channel(staff: &Staff<'_>) -> Channel {
    let kinds: Vec<PostKind> = staff.reader.offices.iter().map(|office| office.kind).collect();
    match () {
        () if kinds.contains(&PostKind::Clerk) => Channel::Box,
        () if kinds.contains(&PostKind::TownOfficer) => Channel::Station,
        () => Channel::Visit,
    }
}

/// Who may register here at all.
fn staff<'a>(site: &'a Site, ask: &'a Ask) -> Result<Staff<'a>, Problem> {
    let staff = Staff::at(site, ask)?;
    let any = Act::Submit {
        text: Personal(String::new()),
        channel: law_of::Channel::Box,
        intake: None,
        name: None,
        contact: None,
        body: None,
        about_work: false,
    };
    staff.must::<Suggestion>(&any)?;
    Ok(staff)
}

/// How the form stands besides what was typed.
#[derive(Default)]
struct Standing {
    cadres: Vec<String>,
    wrongdoing: bool,
    said: Option<Said>,
    /// Nothing that was typed comes back.
    fresh: bool,
}

fn filled(staff: &Staff<'_>, refused: Option<&Refusal>, standing: Standing) -> Result<Register, Problem> {
    let slips = app::read::desk::slips(&staff.site.house, staff.unit.code)?;
    let typed = |field: &str, first: String| if standing.fresh { first } else { staff.typed(field, first) };
    let today = staff.site.today();
    let chosen = channel(&typed("channel", String::new())).map_or_else(|| first_channel(staff), |(shown, _)| shown);
    let asked = staff.ask.query("day").parse().unwrap_or(today);
    let day = typed("day", asked.to_string());
    let number = if chosen == Channel::Box { format!("{:04}", slips.next) } else { String::new() };
    let text = if standing.wrongdoing { String::new() } else { typed("text", String::new()) };
    let left = slips.left.filter(|(_, left)| *left > 0);
    let f = staff.frame("登记一条意见", refused.is_some() || !standing.cadres.is_empty());
    Ok(Register {
        f: crate::look::Frame { done: standing.said, ..f },
        channel: chosen,
        slip: typed("slip", number),
        name: typed("name", String::new()),
        hide: typed("show", String::new()) == "hide",
        contact: typed("contact", String::new()),
        about: bodies(staff, &typed("about", String::new()))?,
        text,
        most: limit::TEXT as i64,
        lag: day.parse().ok().and_then(|day| lag(staff, day, today)),
        late_reason: typed("late_reason", String::new()),
        free: staff.number(BACKDATE, "days")?,
        day,
        refused: refused.map(|no| staff.refused(no, &[])),
        cadres: standing.cadres,
        wrongdoing: standing.wrongdoing,
        left: left.map_or_else(String::new, |(on, left)| format!("{}开箱，还有{left}张没登记", words::in_year(on))),
    })
}

fn bodies(staff: &Staff<'_>, picked: &str) -> Result<Vec<Choice>, Problem> {
    let mut all = vec![Choice::new("", "不清楚，先不分", picked.is_empty())];
    for staffed in app::read::people::bodies(&staff.site.house, staff.unit.code, staff.site.today())? {
        if staffed.posts.iter().any(|(post, _)| post.kind.is_head()) {
            let id = staffed.body.id.to_string();
            all.push(Choice::new(&id, &short_body(&staffed.body.name), picked == id));
        }
    }
    Ok(all)
}

/// How late it is entered, and when the answer is due all the same.
fn lag(staff: &Staff<'_>, received: Date, today: Date) -> Option<(i64, Date)> {
    let days = staff.number(ANSWER, "days").ok()?;
    let due = staff.site.house.policy().calendar().due(received, days).ok()?.due;
    (received < today).then(|| (i64::from((today - received).get_days()), due))
}

fn form(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let staff = staff(site, ask)?;
    let said = crate::frame::done(site, ask, staff.unit);
    staff.shown(&filled(&staff, None, Standing { said, ..Standing::default() })?, None)
}

/// What is registered, and the code for its stub.
fn act(staff: &Staff<'_>, code: &str) -> Result<Act, Refusal> {
    let ask = staff.ask;
    let (_, channel) = channel(&ask.field("channel")).ok_or(Refusal::Missing { field: "channel" })?;
    let hidden = ask.field("show") == "hide";
    // A name that must not appear goes where only those who answer can read it.
    let (name, contact) = match (ask.maybe("name"), ask.maybe("contact")) {
        (Some(name), Some(contact)) if hidden => (None, Some(format!("{name} {contact}"))),
        (Some(name), None) if hidden => (None, Some(name)),
        both => both,
    };
    let intake = Intake {
        received: staff.day("day")?,
        taken_by: staff.signed.name.clone(),
        slip: ask.maybe("slip").filter(|_| channel == law_of::Channel::Box),
        code: Some(Digest::of(&[code.as_bytes()])),
        late_reason: ask.maybe("late_reason"),
    };
    Ok(Act::Submit {
        text: Personal(ask.field("text")),
        channel,
        intake: Some(intake),
        name: name.map(Personal),
        contact: contact.map(Personal),
        body: MatterId::parse(&ask.field("about")),
        about_work: ask.field("about_work") == "yes",
    })
}

fn register(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let staff = staff(site, ask)?;
    if ask.field("about_work") == "no" {
        let cadres = app::read::matter::cadres_named(&site.house, staff.unit.code, &ask.field("text"))?;
        let page = filled(&staff, None, Standing { cadres, wrongdoing: true, ..Standing::default() })?;
        return Ok(staff.shown(&page, None)?.status(422));
    }
    let taker = staff.actor.person().ok_or(Problem::NotFound)?;
    let code = slip::code(&site.house, staff.unit.code, taker, ask.key().as_deref());
    let asked = act(&staff, &code).map(|act| app::Asked { seen: None, ..staff.asked(AnyAct::Suggestion(act)) });
    match asked.map_err(Failure::from).and_then(|asked| site.house.enact(staff.unit.code, asked)) {
        Ok(done) => registered(&staff, done, code),
        Err(Failure::Refused(refusal @ Refusal::AskDiscipline { .. })) => {
            let Refusal::AskDiscipline { names } = &refusal else { unreachable!("just matched") };
            let page = filled(&staff, None, Standing { cadres: names.clone(), ..Standing::default() })?;
            staff.shown(&page, Some(&refusal))
        }
        Err(Failure::Refused(refusal)) => staff.shown(&filled(&staff, Some(&refusal), Standing::default())?, Some(&refusal)),
        Err(failure) => Err(failure.into()),
    }
}

/// The code is shown this once: on the receipt, or above the form for the next one.
fn registered(staff: &Staff<'_>, done: Done, code: String) -> Result<Reply, Problem> {
    let Some(Page::Suggestion(read)) = app::read::matter::page(&staff.site.house, staff.unit.code, done.matter, &staff.reader)? else {
        return Err(Problem::NotFound);
    };
    let receipt = super::say::receipt_page(staff.site, staff.ask, staff.unit, &read, done.seq, Some(code.clone()))?;
    if staff.ask.field("again") == "yes" {
        let said = format!("已登记，回执号{}，查询码{code}。查询码只显示这一次，抄到存根上，再录下一条。", receipt.number);
        let said = Some(Said { said, mark: Some(receipt.mark) });
        return staff.shown(&filled(staff, None, Standing { said, fresh: true, ..Standing::default() })?, None);
    }
    let f = crate::look::Frame { title: "登记好了".into(), done: None, ..receipt.f };
    Ok(Reply::html(page(&crate::look::say::Receipt { f, ..receipt }).map_err(broken)?))
}
