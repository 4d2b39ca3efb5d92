//! 议题 Rows of motions, and what the law looks at besides them.

use super::resolution;
use crate::steer::task::{self, Carried};
use crate::{Failure, Kept, Tx, Value, kept, lead, personal};
use law::lead::body::BodyKind;
use law::meet::motion::{Act, Given, Motion, Phase, Source, Wording};
use law::open::suggestion::Suggestion;
use law::{MatterId, Moment, PersonalRef, PostKind, UnitCode};

impl Kept for Motion {
    const TABLE: &'static str = "motion";

    fn columns(&self) -> Vec<(&'static str, Value)> {
        let suggestion = match self.source {
            Source::Suggestion { matter } => Some(matter),
            Source::Secretary | Source::Petition { .. } => None,
        };
        vec![
            ("proposed", self.proposed_on.into()),
            ("phase", self.phase().word().into()),
            ("major", self.class.major.into()),
            ("matter_type", self.matter_type.as_str().into()),
            ("suggestion", suggestion.into()),
        ]
    }

    fn given(tx: &mut dyn Tx, before: Option<&Self>, act: &Act, at: &Moment<'_>) -> Result<Given, Failure> {
        let mut given = Given::default();
        match act {
            Act::Propose { wording, source, .. } => {
                see_body(tx, wording, at, &mut given)?;
                if let Source::Suggestion { matter } = source {
                    given.suggestion = kept::relied::<Suggestion>(tx, at.unit, *matter, &mut given.relies)?;
                }
            }
            Act::Emergency { wording, .. } => {
                see_body(tx, wording, at, &mut given)?;
                given.team = team(tx, at)?;
            }
            Act::Revise { wording, .. } | Act::Adjust { wording, .. } => see_body(tx, wording, at, &mut given)?,
            Act::Opine { .. } => given.speakers = speakers(tx, before, at)?,
            Act::Release { voices, .. } => {
                if let Some(motion) = before {
                    let texts = voices.iter().filter_map(|n| motion.voices.get(*n as usize)).map(|voice| voice.text);
                    given.words = personal::words(tx, at.unit, motion.id, texts)?;
                }
            }
            _ => {}
        }
        Ok(given)
    }
}

fn see_body(tx: &mut dyn Tx, wording: &Wording, at: &Moment<'_>, given: &mut Given) -> Result<(), Failure> {
    given.body = kept::relied(tx, at.unit, wording.body, &mut given.relies)?;
    Ok(())
}

/// Persons who lead or sit in the teams today: party committee, village committee, collective.
fn team(tx: &mut dyn Tx, at: &Moment<'_>) -> Result<Vec<MatterId>, Failure> {
    let bodies = lead::body::standing(tx, at.unit, at.day)?;
    let leads = |body: MatterId| {
        let kind = bodies.iter().find(|standing| standing.id == body).map(|standing| standing.kind);
        matches!(kind, Some(BodyKind::Party | BodyKind::Committee | BodyKind::Collective))
    };
    let sits = |kind: PostKind| kind.is_head() || matches!(kind, PostKind::Member | PostKind::Discipline);
    let held = lead::post::held(tx, at.unit, at.day)?;
    Ok(held.into_iter().filter(|post| sits(post.kind) && leads(post.body)).map(|post| post.person).collect())
}

/// Who gave an opinion on the draft that is up. Looked up only if the actor ever spoke in this motion.
fn speakers(tx: &mut dyn Tx, before: Option<&Motion>, at: &Moment<'_>) -> Result<Vec<MatterId>, Failure> {
    let (Some(motion), Some(person)) = (before, at.by.person()) else { return Ok(Vec::new()) };
    if !personal::find(tx, at.unit, "by", &person.to_string())?.contains(&motion.id) {
        return Ok(Vec::new());
    }
    let authors: Vec<PersonalRef> = motion.heard().filter_map(|voice| voice.author).collect();
    let found = personal::words(tx, at.unit, motion.id, authors.into_iter())?;
    Ok(found.iter().filter_map(|text| MatterId::parse(text)).collect())
}

/// A page of motions, newest first; of one phase, or all.
pub fn page(tx: &mut dyn Tx, unit: UnitCode, phase: Option<Phase>, skip: i64, most: i64) -> Result<Vec<Motion>, Failure> {
    let rest = "ORDER BY proposed DESC, id DESC";
    match phase {
        Some(phase) => {
            let args = [phase.word().into(), most.into(), skip.into()];
            kept::pick(tx, unit, &format!("AND phase = $2 {rest} LIMIT $3 OFFSET $4"), &args)
        }
        None => kept::pick(tx, unit, &format!("{rest} LIMIT $2 OFFSET $3"), &[most.into(), skip.into()]),
    }
}

/// How many motions stand where: (phase, 重大 or not, count).
pub fn tally(tx: &mut dyn Tx, unit: UnitCode) -> Result<Vec<(String, bool, i64)>, Failure> {
    let sql = "SELECT phase, major, COUNT(*) FROM motion WHERE unit = $1 GROUP BY phase, major ORDER BY phase, major";
    let rows = tx.rows(sql, &[unit.into()])?;
    rows.iter().map(|row| Ok((row.text(0)?.to_owned(), row.int(1)? != 0, row.int(2)?))).collect()
}

/// Motions that rest on this suggestion, oldest first.
pub fn of_suggestion(tx: &mut dyn Tx, unit: UnitCode, suggestion: MatterId) -> Result<Vec<Motion>, Failure> {
    kept::pick(tx, unit, "AND suggestion = $2 ORDER BY proposed, id", &[suggestion.into()])
}

/// What became of a suggestion (您说、我们办): each motion that rests on it, its resolutions, who carries them out.
pub fn trace(tx: &mut dyn Tx, unit: UnitCode, suggestion: MatterId) -> Result<Vec<(Motion, Vec<Carried>)>, Failure> {
    let mut all = Vec::new();
    for motion in of_suggestion(tx, unit, suggestion)? {
        let mut carried = Vec::new();
        for resolution in resolution::of_motion(tx, unit, motion.id)? {
            carried.push(Carried { tasks: task::of_resolution(tx, unit, resolution.id)?, resolution });
        }
        all.push((motion, carried));
    }
    Ok(all)
}
