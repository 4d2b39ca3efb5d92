//! 公开决议 The forms of a resolution: publish it, note where it hangs as paper.

use super::{Sheet, buttons as all_buttons, holds};
use crate::look::Choice;
use crate::look::chain::Button;
use crate::look::deed::{Field, Kind};
use crate::problem::Problem;
use crate::staff::Staff;
use crate::words::decision;
use app::read::Reader;
use law::meet::resolution::{Act, PUBLISH, Resolution};
use law::open::notice::PAPER;
use law::unit::Unit;
use law::{MatterId, Refusal, limit, steer::task};

/// An act like the one that the word means.
pub fn sample(word: &str, resolution: MatterId) -> Option<Act> {
    let day = jiff::civil::Date::ZERO;
    Some(match word {
        "publish" => Act::Publish { resolution },
        "hang" => Act::PostPaper { resolution, by: String::new(), day, place: String::new(), photo: None },
        _ => return None,
    })
}

/// What this office-holder may do about it now.
pub fn buttons(unit: &Unit, resolution: &Resolution, reader: &Reader) -> Vec<Button> {
    let holds_it = |word: &str| sample(word, resolution.id).is_some_and(|act| holds::<Resolution>(unit, reader, &act));
    let may = |word: &str| match word {
        "publish" => resolution.published.is_none() && holds_it(word),
        "hang" => resolution.published.is_some() && holds_it(word),
        _ => {
            let ready = resolution.may_be_carried_out().is_ok();
            ready && holds::<task::Task>(unit, reader, &super::task::any_assignment(resolution.id))
        }
    };
    all_buttons(unit, resolution.id, &[("publish", "公开决议"), ("assign", "派任务"), ("hang", "记下已张贴")], may)
}

/// The act that was asked.
///
/// # Errors
/// What is missing in the form.
pub fn act(staff: &Staff<'_>, word: &str, resolution: &Resolution) -> Result<Act, Refusal> {
    let id = resolution.id;
    match word {
        "publish" => Ok(Act::Publish { resolution: id }),
        _ => {
            let place = staff.ask.maybe("elsewhere").unwrap_or_else(|| staff.ask.field("place"));
            Ok(Act::PostPaper { resolution: id, by: staff.signed.name.clone(), day: staff.day("day")?, place, photo: None })
        }
    }
}

/// The form.
///
/// # Errors
/// Not found when there is no such form; what broke in reading.
pub fn sheet(staff: &Staff<'_>, word: &str, resolution: &Resolution) -> Result<Sheet, Problem> {
    let number = super::super::resolution::number(staff.unit, resolution);
    match word {
        "publish" => {
            let rule = if resolution.issue.major { PUBLISH } else { law::meet::resolution::PUBLISH_DAILY };
            Ok(Sheet {
                verb: "公开决议".into(),
                lines: vec![
                    format!("编号{number}，公开以后全体村（居）民都看得到，票数、反对了几票都写在上面。"),
                    "先公开，后实施：公开了，才能派任务、签合同、付款。".into(),
                ],
                go: "公开并存证",
                rule,
                ..Sheet::default()
            })
        }
        "hang" => {
            let all: Vec<String> = resolution.papers.iter().map(|paper| paper.place.clone()).collect();
            let typed = staff.typed("place", "公开栏");
            let door = decision::here("村（居）委会门口", staff.unit.profile());
            let known = ["公开栏", door.as_str(), "祠堂口"];
            let places: Vec<Choice> = known
                .into_iter()
                .filter(|known| !all.iter().any(|place| place == known))
                .map(|known| Choice::new(known, known, typed == known))
                .collect();
            let mut sheet = Sheet {
                verb: "记下已张贴".into(),
                lines: all.iter().map(|place| format!("已经贴在{place}。")).collect(),
                go: "记下已张贴",
                note: "A4在这份决议的页面上打印，贴之前盖章。".into(),
                rule: PAPER,
                ..Sheet::default()
            };
            if !places.is_empty() {
                sheet.fields.push(Field::may("place", "贴在哪里", Kind::Pick(places), ""));
            }
            sheet.fields.push(Field::may("elsewhere", "上面没有的，写地方", Kind::Line(limit::TITLE), staff.typed("elsewhere", "")));
            sheet.fields.push(Field::must("day", "哪天贴的", Kind::Day, staff.typed("day", staff.site.today().to_string())));
            Ok(sheet)
        }
        _ => Err(Problem::NotFound),
    }
}
