//! 限额 Limits: everything has one, so that no input can fill the house. These protect the program; they are no law.

use crate::Refusal;

/// Characters of a title.
pub const TITLE: usize = 60;
/// Characters of what a resident writes, and of an answer.
pub const TEXT: usize = 2_000;
/// Characters of a notice.
pub const NOTICE: usize = 10_000;
/// Characters of a name of a person, body or place.
pub const NAME: usize = 40;
/// Characters of a slip number, document number or other short mark.
pub const MARK: usize = 30;
/// Entries of one matter; beyond it, a new matter is due.
pub const STEPS: u64 = 400;
/// Entries of a matter in which residents speak.
pub const LONG_STEPS: u64 = 1_000;
/// Persons named in one act.
pub const PERSONS: usize = 500;
/// What residents say of one motion: its draft and its class. The rest of its entries is for its steps.
pub const VOICES: usize = 300;
/// Questions on one task; each may be answered three times.
pub const QUESTIONS: usize = 50;
/// Milestones of one task.
pub const MILESTONES: usize = 30;
/// Acts that wait in one unit for somebody to confirm them.
pub const DRAFTS: usize = 100;
/// Depth to which one act may carry others with it.
pub const DEPTH: usize = 8;
/// Entries that `recall` folds before it trusts the table row instead.
pub const FOLD: i64 = 64;

/// Refuses an empty or over-long text, and control characters other than line breaks.
pub fn text(field: &'static str, text: &str, limit: usize) -> Result<(), Refusal> {
    let length = text.chars().count();
    if text.trim().is_empty() {
        return Err(Refusal::Missing { field });
    }
    if length > limit {
        return Err(Refusal::TextTooLong { field, limit, length });
    }
    if text.chars().any(|c| c.is_control() && c != '\n') {
        return Err(Refusal::BadText { field });
    }
    Ok(())
}

/// As [`text`], for a field that may stay empty.
pub fn maybe(field: &'static str, value: Option<&str>, limit: usize) -> Result<(), Refusal> {
    value.map_or(Ok(()), |value| text(field, value, limit))
}

/// Refuses an official text that shows a private person's number: those are never published (个人信息保护法 第25条).
pub fn public_text(field: &'static str, value: &str, limit: usize) -> Result<(), Refusal> {
    text(field, value, limit)?;
    match crate::code::find_personal(value).is_empty() {
        true => Ok(()),
        false => Err(Refusal::PersonalDataInPublicText { field }),
    }
}
