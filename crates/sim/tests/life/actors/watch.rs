//! 监督的人 Who reports, and who answers a report.

use super::{Often, said, written};
use crate::town::Life;
use law::watch::report::{Lodged, Report};
use law::{Digest, PostKind};

/// Their doings.
pub const PEOPLE: &[Often] = &[(3, somebody_reports), (3, discipline_answers_a_report)];

/// A report has no key: its sender holds a code, and asks with it whether the report is there.
fn somebody_reports(life: &mut Life) {
    let code = Digest::of(&[b"report", &life.lodged.len().to_be_bytes()]);
    let lodged = Lodged { text: said(life), about: life.village.code, on: life.today(), code };
    let kept = app::watch::report::lodge(&life.world.house, life.town, &lodged);
    let told = life.attempt(kept).is_some();
    life.lodged.insert(code, told);
}

fn discipline_answers_a_report(life: &mut Life) {
    let Some(report) = life.some_like(life.town, |report: &Report| report.filed.is_some()) else { return };
    let Some(by) = life.holder(life.town, &[PostKind::TownDiscipline], life.town) else { return };
    let (taken, text) = (life.chance(50), written(life));
    let kept = app::watch::report::answer(&life.world.house, life.town, &by, report.id, taken, &text);
    life.attempt(kept);
}
