//! 提议 Putting a motion forward: the form, what class it falls into and who decides, then the record; 东组通〔2015〕33号 二（二）“书记提议”.

use super::deed::{at_field, motion as forms, number, ticked};
use crate::ask::{Ask, Reply};
use crate::look::deed::{Deed, Field, Kind};
use crate::look::tasks::Task;
use crate::look::{Choice, way};
use crate::problem::Problem;
use crate::router::{Route, show, take};
use crate::site::Site;
use crate::staff::Staff;
use crate::words::{self, decision};
use app::read::matter::Text;
use app::{Failure, prepare};
use law::meet::motion::{Act, Figures, Motion, Source};
use law::{AnyAct, MatterId, Refusal, limit};

/// The routes of these forms.
pub const ROUTES: &[Route] = &[
    show("/u/{unit}/motions/new", form),
    take("/u/{unit}/motions/new", send),
    show("/u/{unit}/motions/emergency", form),
    take("/u/{unit}/motions/emergency", send),
];

/// How many suggestions are looked through for accepted ones.
const LOOK_BACK: i64 = 200;

fn is_emergency(ask: &Ask) -> bool {
    ask.path.split('?').next().is_some_and(|path| path.ends_with("/emergency"))
}

/// The secretary; an act with nothing in it asks who may.
fn secretary<'a>(site: &'a Site, ask: &'a Ask) -> Result<Staff<'a>, Problem> {
    let staff = Staff::at(site, ask)?;
    staff.must::<Motion>(&forms::sample("drop", MatterId::named("any")).ok_or(Problem::NotFound)?)?;
    Ok(staff)
}

fn form(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    shown(&secretary(site, ask)?, None, None)
}

/// First what class it falls into, then the record.
fn send(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let staff = secretary(site, ask)?;
    let act = act(&staff).map_err(Failure::from);
    let outcome = act.and_then(|act| match ask.field("go").as_str() {
        "send" => site.house.enact(staff.unit.code, staff.asked(AnyAct::Motion(act))).map(|done| Some(staff.done("propose", done))),
        _ => prepare::attempt(&site.house, staff.unit.code, AnyAct::Motion(act), staff.actor.clone()).map(|()| None),
    });
    match outcome {
        Ok(Some(reply)) => Ok(reply),
        Ok(None) => shown(&staff, Some(preview(&staff)?), None),
        Err(Failure::Refused(refusal)) => shown(&staff, None, Some(&refusal)),
        Err(failure) => Err(failure.into()),
    }
}

fn act(staff: &Staff<'_>) -> Result<Act, Refusal> {
    let ask = staff.ask;
    let (matter_type, title, wording) = (ask.field("matter_type"), ask.field("title"), Box::new(forms::wording(staff)?));
    if is_emergency(ask) {
        return Ok(Act::Emergency { matter_type, title, wording, leaders: ticked(staff, "leaders").filter_map(MatterId::parse).collect() });
    }
    let source = match ask.field("source").as_str() {
        "petition" => Source::Petition { names: number(staff, "names")?.unwrap_or_default(), note: ask.field("note") },
        "suggestion" => {
            Source::Suggestion { matter: MatterId::parse(&ask.field("suggestion")).ok_or(Refusal::Missing { field: "suggestion" })? }
        }
        _ => Source::Secretary,
    };
    let occurred_on = staff.day("on").ok().filter(|day| *day != staff.site.today());
    Ok(Act::Propose { matter_type, title, wording, source, occurred_on })
}

/// What class it falls into, and what comes next.
fn preview(staff: &Staff<'_>) -> Result<(String, Vec<String>), Problem> {
    let (ask, profile) = (staff.ask, staff.unit.profile());
    let figures: Figures = forms::wording(staff)?.figures;
    let day = staff.day("on").unwrap_or_else(|_| staff.site.today());
    let class = app::read::decisions::class(&staff.site.house, staff.unit.code, &ask.field("matter_type"), &figures, day)?;
    let who = decision::assemblies(&class.competent, profile);
    let mut said = vec![format!("{}由{who}决定。", decision::reason(class.reason, &class.mark, &figures))];
    match (class.major, class.reserved.is_some()) {
        (true, true) => said.push("这是法定会议才能定的事：商议、公示、审议以后，等法定会议开完，把票数登记进来。".into()),
        (true, false) => {
            said.push(format!("要走四步：班子商议，方案公示至少{}天、意见条条回应，党群联席会议审议，有权的机构表决。", class.draft_days))
        }
        (false, _) => said.push("班子联席会议报告、讨论、决议就能定。".into()),
    }
    if class.party_first {
        said.push("依法要先经党组织研究讨论。".into());
    }
    said.push("决议公开以后才能派任务、签合同、付款。谁觉得归类不对，都可以提异议。".into());
    Ok((format!("归类：{}", decision::weight(class.major)), said))
}

/// Kinds of matter by the rule that lists them, each with who decides.
fn topics(staff: &Staff<'_>, picked: &str) -> Vec<(String, Vec<Choice>)> {
    let policy = staff.site.house.policy();
    let mut groups: Vec<(String, Vec<Choice>)> = Vec::new();
    for (rule, topic) in policy.topics(staff.unit.profile(), staff.site.today()) {
        let choice = Choice::new(&topic.kind, &format!("{}{}", topic.mark, topic.title), topic.kind == picked);
        match groups.last_mut().filter(|(title, _)| *title == rule.title) {
            Some((_, choices)) => choices.push(choice),
            None => groups.push((rule.title.clone(), vec![choice])),
        }
    }
    groups
}

fn shown(staff: &Staff<'_>, preview: Option<(String, Vec<String>)>, refused: Option<&Refusal>) -> Result<Reply, Problem> {
    let emergency = is_emergency(staff.ask);
    let title = if emergency { "紧急先办" } else { "提议" };
    let mut fields = vec![
        Field::must(
            "matter_type",
            "是哪一类事",
            Kind::Groups(topics(staff, &staff.typed("matter_type", staff.ask.query("matter_type")))),
            "",
        )
        .hint("由谁来定、算不算重大，按类别和数目定，下一步给您看。"),
        Field::must("title", "标题", Kind::Line(limit::TITLE), staff.typed("title", staff.ask.query("title"))),
    ];
    fields.extend(forms::wording_fields(staff, None)?);
    fields.extend(if emergency { leaders(staff)? } else { sources(staff)? });
    let ready = preview.is_some();
    let known: Vec<&str> = fields.iter().map(|field| field.name).collect();
    let code = staff.code();
    let deed = Deed {
        keep: crate::frame::of(staff.site, staff.ask, staff.unit, "").keep("propose"),
        path: if emergency { way::emergency(&code) } else { way::propose(&code) },
        title: title.into(),
        chip: None,
        due: None,
        mark: None,
        today: staff.site.today(),
        about: String::new(),
        lines: if emergency {
            vec!["来不及开会的，先办后补：过几天要提交会议追认，公开的义务照旧。".into()]
        } else {
            Vec::new()
        },
        voice: None,
        preview,
        go: match (ready, emergency) {
            (true, true) => vec![("send", "先办，担责并存证"), ("check", "改了，再看归类")],
            (true, false) => vec![("send", "提议并存证"), ("check", "改了，再看归类")],
            (false, _) => vec![("check", "先看归哪一类、谁来定")],
        },
        ways: vec![("什么事由谁定".into(), way::powers(&code))],
        note: String::new(),
        refused: refused.map(|no| at_field(staff.refused(no, &[]), &known)),
        fields: fields.into_iter().map(|field| Field { hint: decision::here(&field.hint, staff.unit.profile()), ..field }).collect(),
    };
    staff.task(title, Task::Deed(deed), refused)
}

/// Who asked for it.
fn sources(staff: &Staff<'_>) -> Result<Vec<Field>, Problem> {
    let asked = staff.ask.query("suggestion").to_owned();
    let picked = staff.typed("source", if asked.is_empty() { "secretary" } else { "suggestion" });
    let suggestion = staff.typed("suggestion", asked);
    let pick = |value: &str, label: &str| Choice::new(value, label, picked == value);
    let mut list = vec![Choice::new("", "不适用", suggestion.is_empty())];
    for listed in app::read::decisions::accepted(&staff.site.house, staff.unit.code, &staff.reader, LOOK_BACK)? {
        let id = listed.state.id.to_string();
        let words = match &listed.words.text {
            Text::Whole(text) | Text::Edited(text) => words::cut(text, 30),
            _ => format!("{}收到的一条意见", words::in_year(listed.state.received)),
        };
        list.push(Choice::new(&id, &words, id == suggestion));
    }
    Ok(vec![
        Field::must(
            "source",
            "谁要求的",
            Kind::Pick(vec![pick("secretary", "书记提"), pick("petition", "群众联名"), pick("suggestion", "采纳的意见")]),
            "",
        ),
        Field::may("names", "联名的有几人", Kind::Number, staff.typed("names", "")),
        Field::may("note", "联名的名单放在哪里", Kind::Line(limit::TEXT), staff.typed("note", "")),
        Field::may("suggestion", "哪条采纳了的意见", Kind::Select(list), ""),
        Field::must("on", "哪天提的", Kind::Day, staff.typed("on", staff.site.today().to_string()))
            .hint("以前提的、现在补录的，写当时的日子，页面上注明补录。"),
    ])
}

/// Members of the teams who answer for an emergency.
fn leaders(staff: &Staff<'_>) -> Result<Vec<Field>, Problem> {
    let chosen: Vec<&str> = ticked(staff, "leaders").collect();
    let mut choices: Vec<Choice> = Vec::new();
    for staffed in app::read::people::bodies(&staff.site.house, staff.unit.code, staff.site.today())? {
        for (post, _) in &staffed.posts {
            let id = post.person.to_string();
            let other = Some(post.person) != staff.actor.person() && !choices.iter().any(|choice| choice.value == id);
            if other && (post.kind.is_head() || matches!(post.kind, law::PostKind::Member | law::PostKind::Discipline)) {
                let label = format!("{}{}", words::post::kind(post.kind), post.name);
                choices.push(Choice::new(&id, &label, chosen.contains(&id.as_str())));
            }
        }
    }
    Ok(vec![Field::must("leaders", "一起担责的班子成员", Kind::Check(choices), "").hint("名字会公开。")])
}
