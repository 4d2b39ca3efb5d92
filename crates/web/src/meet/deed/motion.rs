//! 议题各步的表单 The forms of a motion's acts; 东组通〔2015〕33号 二（二）“提议、商议、审议、决议”.

use super::{Sheet, buttons as all_buttons, days, holds, maybe_day, money, nth, number, ticked, yuan_typed};
use crate::look::Choice;
use crate::look::chain::Button;
use crate::look::deed::{Field, Kind};
use crate::meet::told;
use crate::multipart;
use crate::open::suggestion::short_body;
use crate::problem::Problem;
use crate::staff::Staff;
use crate::words::{self, decision, task::GROUNDS};
use app::read::Reader;
use app::read::decisions::{MotionPage, Said};
use app::read::matter::Text;
use jiff::civil::Date;
use law::meet::Assembly;
use law::meet::motion::{ANSWER, About, Act, Count, Figures, Held, JUDGE, Minute, Motion, Phase, RELEASE, Wording};
use law::open::suggestion::Shown;
use law::unit::Unit;
use law::{Digest, MatterId, Personal, Refusal, limit};

/// An act like the one that the word means.
pub fn sample(word: &str, motion: MatterId) -> Option<Act> {
    let (reason, text) = (String::new(), Personal(String::new()));
    let wording = || Box::new(empty(motion));
    Some(match word {
        "challenge" => Act::Challenge { motion, reason: text },
        "judge" => Act::Judge { motion, major: true, reason },
        "revise" => Act::Revise { motion, wording: wording(), why: reason },
        "draft" => Act::PostDraft { motion, until: None },
        "opine" => Act::Opine { motion, text },
        "reply" => Act::AnswerOpinion { motion, opinions: Vec::new(), taken: true, text: reason },
        "look" => Act::Release { motion, voices: Vec::new(), shown: Shown::Whole },
        "assembly" => Act::RecordAssembly { motion, version: 0, held: Box::new(nobody()) },
        "drop" => Act::Withdraw { motion, reason },
        "adjust" => Act::Adjust { motion, wording: wording(), why: reason },
        _ => return None,
    })
}

fn empty(body: MatterId) -> Wording {
    Wording {
        text: String::new(),
        reasons: String::new(),
        basis: String::new(),
        figures: Figures::default(),
        body,
        deadline: None,
        discussed: None,
    }
}

fn nobody() -> Held {
    Held {
        assembly: Assembly::Villagers,
        on: Date::ZERO,
        count: Count::Adults,
        due: 0,
        present: 0,
        in_favour: 0,
        against: 0,
        abstained: 0,
        spoilt: 0,
        tellers: [String::new(), String::new()],
        document: String::new(),
        scan: None,
    }
}

/// The acts of office, the due ones first: word and label.
const ALL: [(&str, &str); 8] = [
    ("judge", "裁定归类"),
    ("look", "公布意见原文"),
    ("reply", "回应意见"),
    ("draft", "公示方案"),
    ("assembly", "登记法定会议"),
    ("revise", "修改方案"),
    ("adjust", "提请调整"),
    ("drop", "撤回议题"),
];

/// What this office-holder may do about it now.
pub fn buttons(unit: &Unit, motion: &Motion, reader: &Reader) -> Vec<Button> {
    let may = |word: &str| stands(word, motion) && sample(word, motion.id).is_some_and(|act| holds::<Motion>(unit, reader, &act));
    all_buttons(unit, motion.id, &ALL, may)
}

/// Whether the state has room for such an act.
fn stands(word: &str, motion: &Motion) -> bool {
    let phase = motion.phase();
    let open = !matches!(phase, Phase::Resolved | Phase::Rejected | Phase::Withdrawn | Phase::Emergency);
    match word {
        "judge" => motion.challenge().is_some(),
        "look" => motion.voices.iter().any(unseen),
        "reply" => motion.unanswered() > 0,
        "draft" => phase == Phase::Consulted && motion.class.major,
        "assembly" => matches!(phase, Phase::Deliberated | Phase::Awaiting | Phase::Emergency),
        "revise" => open || phase == Phase::Rejected,
        "adjust" => motion.in_force.is_some() && motion.end.is_some(),
        "drop" => open,
        _ => false,
    }
}

fn unseen(voice: &law::meet::motion::Voice) -> bool {
    voice.shown.is_none() && voice.erased.is_none()
}

/// The act that was asked.
///
/// # Errors
/// What is missing in the form.
pub fn act(staff: &Staff<'_>, word: &str, of: &Motion) -> Result<Act, Refusal> {
    let (motion, ask) = (of.id, staff.ask);
    Ok(match word {
        "challenge" => Act::Challenge { motion, reason: Personal(ask.field("reason")) },
        "judge" => Act::Judge { motion, major: yes(staff, "major")?, reason: ask.field("reason") },
        "revise" => Act::Revise { motion, wording: Box::new(wording(staff)?), why: ask.field("why") },
        "draft" => Act::PostDraft { motion, until: maybe_day(staff, "until")? },
        "opine" => Act::Opine { motion, text: Personal(ask.field("text")) },
        "reply" => {
            let opinions = ticked(staff, "opinions").filter_map(|n| n.parse().ok()).collect();
            Act::AnswerOpinion { motion, opinions, taken: yes(staff, "taken")?, text: ask.field("text") }
        }
        "look" => Act::Release { motion, voices: first_unseen(staff, of).into_iter().collect(), shown: shown(staff)? },
        "assembly" => Act::RecordAssembly { motion, version: of.version(), held: Box::new(held(staff, of)?) },
        "drop" => Act::Withdraw { motion, reason: ask.field("reason") },
        _ => Act::Adjust { motion, wording: Box::new(wording(staff)?), why: ask.field("why") },
    })
}

fn yes(staff: &Staff<'_>, field: &'static str) -> Result<bool, Refusal> {
    match staff.ask.field(field).as_str() {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(Refusal::Missing { field }),
    }
}

/// How the words of a resident are shown, as two forms ask it.
///
/// # Errors
/// What is missing in the form.
pub fn shown(staff: &Staff<'_>) -> Result<Shown, Refusal> {
    match staff.ask.field("how").as_str() {
        "whole" => Ok(Shown::Whole),
        "mask" => Ok(Shown::Edited { text: staff.ask.field("shown") }),
        "withhold" => {
            let why = staff.ask.field("why");
            let ground = GROUNDS.iter().find(|(code, _)| *code == why).ok_or(Refusal::Missing { field: "why" })?;
            Ok(Shown::Withheld { reason: ground.1.to_owned() })
        }
        _ => Err(Refusal::Missing { field: "how" }),
    }
}

fn first_unseen(staff: &Staff<'_>, of: &Motion) -> Option<u32> {
    nth(staff).or_else(|| of.voices.iter().find(|voice| unseen(voice)).map(|voice| voice.n))
}

/// The wording that was typed.
///
/// # Errors
/// What is missing in the form.
pub fn wording(staff: &Staff<'_>) -> Result<Wording, Refusal> {
    let ask = staff.ask;
    let discussed = match (maybe_day(staff, "discussed_on")?, ask.maybe("number")) {
        (Some(on), Some(number)) => Some(Minute { on, number }),
        (None, None) => None,
        (Some(_), None) => return Err(Refusal::Missing { field: "number" }),
        (None, Some(_)) => return Err(Refusal::Missing { field: "discussed_on" }),
    };
    Ok(Wording {
        text: ask.field("text"),
        reasons: ask.field("reasons"),
        basis: ask.field("basis"),
        figures: Figures { amount: money(staff, "amount")?, years: number(staff, "years")?, households: number(staff, "households")? },
        body: MatterId::parse(&ask.field("body")).ok_or(Refusal::NoSuchBody)?,
        deadline: maybe_day(staff, "deadline")?,
        discussed,
    })
}

/// The fields of a wording, with what stands in them at first.
///
/// # Errors
/// What broke in reading.
pub fn wording_fields(staff: &Staff<'_>, first: Option<&Wording>) -> Result<Vec<Field>, Problem> {
    let of = |said: fn(&Wording) -> String| first.map_or_else(String::new, said);
    // A form may be opened with what was typed elsewhere.
    let first_of = |name: &str, said: String| if said.is_empty() { staff.ask.query(name).to_owned() } else { said };
    let typed = |name: &'static str, said: fn(&Wording) -> String| staff.typed(name, first_of(name, of(said)));
    let body = typed("body", |wording| wording.body.to_string());
    let bodies = app::read::decisions::bodies(&staff.site.house, staff.unit.code, staff.site.today())?;
    let doers = bodies.iter().filter(|body| body.kind != law::lead::body::BodyKind::Supervision);
    let choices = doers.map(|one| Choice::new(&one.id.to_string(), &short_body(&one.name), one.id.to_string() == body)).collect();
    let number = |n: Option<u32>| n.map_or_else(String::new, |n| n.to_string());
    Ok(vec![
        Field::must("text", "方案（表决的就是这几句）", Kind::Area(6, limit::NOTICE), typed("text", |w| w.text.clone()))
            .hint("会公开。谁、做什么、在哪里、花多少，写清楚。"),
        Field::must("reasons", "为什么", Kind::Area(3, limit::TEXT), typed("reasons", |w| w.reasons.clone())),
        Field::must("basis", "依据", Kind::Line(limit::TEXT), typed("basis", |w| w.basis.clone())).hint("法律、文件的名字和条款。"),
        Field::may("amount", "花多少钱，或者收多少（元）", Kind::Money, typed("amount", |w| yuan_typed(w.figures.amount))),
        Field::may("years", "管几年", Kind::Number, staff.typed("years", first.map_or_else(String::new, |w| number(w.figures.years)))),
        Field::may(
            "households",
            "涉及几户",
            Kind::Number,
            staff.typed("households", first.map_or_else(String::new, |w| number(w.figures.households))),
        ),
        Field::must("body", "谁来办", Kind::Select(choices), "")
            .hint("按职能：自治的事归村（居）委会，集体的事归集体经济组织，党内的事归党组织。"),
        Field::may("deadline", "哪天前办好", Kind::Day, typed("deadline", |w| w.deadline.map_or_else(String::new, |day| day.to_string()))),
        Field::may(
            "discussed_on",
            "党组织哪天研究的",
            Kind::Day,
            typed("discussed_on", |w| w.discussed.as_ref().map_or_else(String::new, |minute| minute.on.to_string())),
        ),
        Field::may(
            "number",
            "党组织会议记录编号",
            Kind::Line(limit::MARK),
            typed("number", |w| w.discussed.as_ref().map_or_else(String::new, |minute| minute.number.clone())),
        )
        .hint("重要事项依法要先经党组织研究；党员一起参加审议的，不用填。"),
    ])
}

fn held(staff: &Staff<'_>, of: &Motion) -> Result<Held, Refusal> {
    let ask = staff.ask;
    let must = |field| number(staff, field).and_then(|n| n.ok_or(Refusal::Missing { field }));
    let scan = multipart::file(&ask.body, &ask.content_type, "scan").map(|file| Digest::of(&[&file.bytes]));
    Ok(Held {
        assembly: Assembly::parse(&ask.field("assembly")).or(of.class.reserved).ok_or(Refusal::Missing { field: "assembly" })?,
        on: staff.day("on")?,
        count: match ask.field("count").as_str() {
            "adults" => Count::Adults,
            "households" => Count::Households,
            "representatives" => Count::Representatives,
            _ => return Err(Refusal::Missing { field: "count" }),
        },
        due: must("due")?,
        present: must("present")?,
        in_favour: must("in_favour")?,
        against: must("against")?,
        abstained: must("abstained")?,
        spoilt: must("spoilt")?,
        tellers: [ask.field("tellers"), ask.field("second")],
        document: ask.field("document"),
        scan,
    })
}

/// The form.
///
/// # Errors
/// Not found when there is no such form; what broke in reading.
pub fn sheet(staff: &Staff<'_>, word: &str, read: &MotionPage) -> Result<Sheet, Problem> {
    let motion = &read.state;
    let area = |name, label: &str, hint: &str| vec![Field::must(name, label, Kind::Area(4, limit::TEXT), staff.typed(name, "")).hint(hint)];
    Ok(match word {
        "challenge" => Sheet {
            verb: "不同意这样归类".into(),
            lines: vec![format!(
                "现在归在：{}。{}",
                decision::weight(motion.class.major),
                decision::reason(motion.class.reason, &motion.class.mark, &motion.wording().figures)
            )],
            fields: area(
                "reason",
                "为什么您觉得分错了",
                &format!("监督委员会{}个工作日内裁定，说明理由；裁定之前，这件事先停在这一步。", days(staff, JUDGE)),
            ),
            go: "提出异议",
            ..Sheet::default()
        },
        "opine" => Sheet {
            verb: "对方案提意见".into(),
            lines: motion.wording().text.lines().map(str::to_owned).collect(),
            fields: area("text", "您的意见", "条条都会回应采纳不采纳、为什么。工作人员看过以后公开，名字遮一个字。"),
            go: "发出并存证",
            ..Sheet::default()
        },
        "judge" => judging(staff, read),
        "draft" => Sheet {
            verb: "公示方案".into(),
            lines: vec![format!(
                "方案第{}版贴出来，至少公示{}天；收到的意见条条要回应，日子满了才能审议。",
                motion.version(),
                motion.class.draft_days
            )],
            fields: vec![Field::may("until", "公示到哪天", Kind::Day, staff.typed("until", "")).hint("不填就按规定的天数算。")],
            go: "公示并存证",
            ..Sheet::default()
        },
        "reply" => replying(staff, read),
        "look" => looking(staff, "公布意见原文", first_unseen(staff, motion).and_then(|n| read.voices.get(n as usize))),
        "assembly" => assembly(staff, motion),
        "drop" => Sheet {
            verb: "撤回议题".into(),
            fields: area("reason", "为什么撤回", "会公开。已有的记录都保留。"),
            go: "撤回",
            ..Sheet::default()
        },
        "revise" | "adjust" => rewording(staff, word, motion)?,
        _ => return Err(Problem::NotFound),
    })
}

fn judging(staff: &Staff<'_>, read: &MotionPage) -> Sheet {
    let motion = &read.state;
    let challenge = motion.challenge().and_then(|voice| read.voices.get(voice.n as usize));
    let picked = staff.typed("major", "");
    let choices = vec![Choice::new("yes", "重大事项", picked == "yes"), Choice::new("no", "日常事项", picked == "no")];
    Sheet {
        verb: "裁定归类".into(),
        lines: vec![format!(
            "现在归在：{}。{}",
            decision::weight(motion.class.major),
            decision::reason(motion.class.reason, &motion.class.mark, &motion.wording().figures)
        )],
        voice: challenge.map(|said| (told::text(said), told::from(said))),
        fields: vec![
            Field::must("major", "应该归在", Kind::Pick(choices), ""),
            Field::must("reason", "理由", Kind::Area(4, limit::TEXT), staff.typed("reason", ""))
                .hint("会公开。裁定为重大事项的，要走党群联席会议的四步。"),
        ],
        go: "裁定并存证",
        rule: JUDGE,
        ..Sheet::default()
    }
}

fn replying(staff: &Staff<'_>, read: &MotionPage) -> Sheet {
    let waits = read.state.voices.iter().filter(|voice| voice.about == About::Draft && voice.reply.is_none());
    let said = |n: u32| read.voices.get(n as usize);
    let chosen: Vec<&str> = ticked(staff, "opinions").collect();
    let choices: Vec<Choice> = waits
        .map(|voice| {
            let (value, said) = (voice.n.to_string(), said(voice.n));
            let words = said.map_or_else(String::new, |said| match &said.text {
                Text::Whole(text) | Text::Edited(text) => words::cut(text, 60),
                _ => "（原文依法删除或者不公开）".into(),
            });
            let label = format!("{}：{words}", said.map_or_else(|| "匿名".to_owned(), |said| law::code::mask_name(&told::from(said))));
            let picked = chosen.contains(&value.as_str());
            Choice::new(&value, &label, picked)
        })
        .collect();
    let only = choices.len() == 1;
    let choices = choices.into_iter().map(|choice| Choice { picked: choice.picked || only, ..choice }).collect();
    let taken = staff.typed("taken", "");
    Sheet {
        verb: "回应意见".into(),
        fields: vec![
            Field::must("opinions", "回应哪几条", Kind::Check(choices), ""),
            Field::must(
                "taken",
                "采纳吗",
                Kind::Pick(vec![Choice::new("yes", "采纳", taken == "yes"), Choice::new("no", "不采纳", taken == "no")]),
                "",
            ),
            Field::must("text", "怎么采纳，或者为什么不采纳", Kind::Area(4, limit::TEXT), staff.typed("text", ""))
                .hint("会公开。采纳了要改方案的，答完再“修改方案”。"),
        ],
        go: "回应并存证",
        note: "条条回应以后才能审议。".into(),
        rule: ANSWER,
        ..Sheet::default()
    }
}

/// A resident's words before the public reads them: the same form for motions and tasks.
pub fn looking(staff: &Staff<'_>, verb: &str, said: Option<&Said>) -> Sheet {
    let whole = match said.map(|said| &said.text) {
        Some(Text::Whole(text)) => text.clone(),
        _ => String::new(),
    };
    let (masked, found) = words::masks::mask(&whole);
    let how = staff.typed("how", if found.is_empty() { "whole" } else { "mask" });
    let why = staff.typed("why", "");
    let pick = |value: &str, label: &str| Choice::new(value, label, how == value);
    let grounds = [("", "不适用")].iter().chain(GROUNDS).map(|(code, word)| Choice::new(code, word, *code == why)).collect();
    let line = if found.is_empty() {
        "没找到要遮的个人信息。照原文公开，还是要您看一遍。".to_owned()
    } else {
        format!("找到要遮的：{}。下面已经遮好，您再看一遍。", found.join("、"))
    };
    Sheet {
        verb: verb.to_owned(),
        lines: vec![line],
        voice: said.map(|said| (told::text(said), told::from(said))),
        fields: vec![
            Field::must(
                "how",
                "怎么公开",
                Kind::Pick(vec![pick("whole", "照原文"), pick("mask", "遮盖后"), pick("withhold", "不公开")]),
                "",
            ),
            Field::may("shown", "遮盖后的样子", Kind::Area(4, limit::TEXT), staff.typed("shown", masked)).hint("只能遮，不能改意思。"),
            Field::may("why", "不公开的理由", Kind::Select(grounds), ""),
        ],
        go: "公布",
        note: "批评得难听不是不公开的理由。".into(),
        rule: RELEASE,
        ..Sheet::default()
    }
}

fn assembly(staff: &Staff<'_>, motion: &Motion) -> Sheet {
    let profile = staff.unit.profile();
    let first = motion.class.competent.first().map_or("", |one| one.word());
    let (picked, count) = (staff.typed("assembly", first), staff.typed("count", "adults"));
    let assemblies =
        motion.class.competent.iter().map(|one| Choice::new(one.word(), &decision::assembly(*one, profile), one.word() == picked));
    let counts = [("adults", "按人数"), ("households", "按户数"), ("representatives", "按小组选的代表")];
    let number = |name, label: &str, first: &str| Field::must(name, label, Kind::Number, staff.typed(name, first));
    Sheet {
        verb: "登记法定会议".into(),
        lines: vec![format!("照会议记录抄：方案第{}版的表决。人数够不够、票数过没过，系统按法律算。", motion.version())],
        fields: vec![
            Field::must("assembly", "哪个会议", Kind::Select(assemblies.collect()), ""),
            Field::must("on", "哪天开的", Kind::Day, staff.typed("on", "")),
            Field::must(
                "count",
                "怎么数的",
                Kind::Pick(counts.iter().map(|(value, label)| Choice::new(value, label, *value == count)).collect()),
                "",
            ),
            number("due", "应到", ""),
            number("present", "实到", ""),
            number("in_favour", "赞成", ""),
            number("against", "反对", ""),
            number("abstained", "弃权", "0"),
            number("spoilt", "废票", "0"),
            Field::must("tellers", "计票人一", Kind::Line(limit::NAME), staff.typed("tellers", "")),
            Field::must("second", "计票人二", Kind::Line(limit::NAME), staff.typed("second", "")).hint("两个人分别数，数目一样才登记。"),
            Field::must("document", "会议文号", Kind::Line(limit::MARK), staff.typed("document", "")),
            Field::may("scan", "会议记录的照片或扫描件", Kind::File, "").hint(words::room::MARKED),
        ],
        go: "登记并存证",
        ..Sheet::default()
    }
}

fn rewording(staff: &Staff<'_>, word: &str, motion: &Motion) -> Result<Sheet, Problem> {
    let adjust = word == "adjust";
    let mut fields = wording_fields(staff, Some(motion.wording()))?;
    fields
        .push(Field::must("why", "改了什么、为什么", Kind::Area(3, limit::TEXT), staff.typed("why", "")).hint("会公开，新旧两版都留着。"));
    let line = if adjust {
        "已经定了的事要改，得重新商议、公示、审议、表决；新的决议通过以前，原来的照样有效。"
    } else {
        "只改文字的，公示延长几天，审议重来；改了钱数、期限、谁来办的，从商议重新走。票只对表决时的那一版有效。"
    };
    Ok(Sheet {
        verb: if adjust { "提请调整".into() } else { "修改方案".into() },
        lines: vec![line.to_owned()],
        fields,
        go: if adjust { "提请调整" } else { "改好并存证" },
        ..Sheet::default()
    })
}
