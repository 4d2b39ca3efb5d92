//! 纯 Pure: `record` and `law` have no clock, dice, async, IO or floats; the law has no numbers of its own.

use super::source::{Source, Word};
use super::tree::{Breach, Tree};

const PURE: [&str; 2] = ["record", "law"];

/// Words that have no business on a pure floor, wherever they come from.
const IMPURE_WORDS: [(&str, &str); 9] = [
    ("async", "async"),
    ("await", "async"),
    ("f32", "a float"),
    ("f64", "a float"),
    ("SystemTime", "a clock"),
    ("Instant", "a clock"),
    ("rand", "dice"),
    ("getrandom", "dice"),
    ("tokio", "async"),
];

/// Modules of `std` that reach outside.
const IMPURE_STD: [&str; 7] = ["time", "fs", "net", "env", "thread", "process", "io"];

/// No number of law: nothing, a step to the next day, and from the Monday of a week to its Sunday.
const CALENDAR_STEPS: [&str; 4] = ["0", "1", "-1", "6"];

/// Macros that write to a terminal.
const PRINTS: [&str; 5] = ["print", "println", "eprint", "eprintln", "dbg"];

/// Spans of jiff.
const SPANS: [&str; 12] = ["day", "days", "week", "weeks", "month", "months", "year", "years", "hour", "hours", "minute", "minutes"];

/// No clock, dice, async, IO or floats in `record` and `law`.
pub fn pure_floors_are_pure(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (file, source) in tree.sources(&PURE) {
        let mut note = |at: usize, what: String| breaches.push(file.breach(source.line(at), what));
        for word in source.live_words() {
            if let Some((_, why)) = IMPURE_WORDS.iter().find(|(name, _)| *name == word.text) {
                note(word.at, format!("`{}` is {why}", word.text));
            } else if PRINTS.contains(&word.text) && word.after().starts_with('!') {
                note(word.at, format!("`{}!` writes to a terminal", word.text));
            } else if word.text == "now" && word.before().ends_with("::") && word.after().starts_with('(') {
                note(word.at, "`::now()` asks a clock".to_owned());
            } else if is_float(&word) {
                note(word.at, format!("`{}…` is a float", word.text));
            } else if word.text == "std" {
                for module in std_modules(&word).into_iter().filter(|name| IMPURE_STD.contains(name)) {
                    note(word.at, format!("`std::{module}` reaches outside"));
                }
            }
        }
    }
    breaches
}

/// Days, quorums and thresholds come from `policy`: no working-day call of the law has a number written into it.
pub fn law_has_no_numbers(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (file, source) in tree.sources(&["law"]) {
        for word in source.live_words() {
            if let Some(number) = number_of_law(source, &word) {
                breaches.push(file.breach(source.line(word.at), format!("`{}` is given the number {number}", word.text)));
            }
        }
    }
    breaches
}

fn number_of_law<'a>(source: &'a Source, word: &Word<'a>) -> Option<&'a str> {
    let arguments = word.arguments().filter(|_| !word.before().ends_with("fn"))?;
    let number = || arguments.into_iter().find(|argument| is_integer(argument));
    if SPANS.contains(&word.text) {
        return number().or_else(|| receiver(source, word)).filter(|number| !CALENDAR_STEPS.contains(number));
    }
    let counts_days = word.text == "due" || ["working_day", "workday", "due_", "_due"].iter().any(|part| word.text.contains(part));
    if counts_days { number().filter(|number| *number != "0") } else { None }
}

/// The `15` of `15.days()`.
fn receiver<'a>(source: &'a Source, word: &Word<'a>) -> Option<&'a str> {
    let before = word.before().strip_suffix('.')?;
    let start = before.rfind(|c: char| !c.is_ascii_alphanumeric() && c != '_').map_or(0, |at| at + 1);
    Some(&source.code[start..before.len()]).filter(|text| is_integer(text))
}

fn is_integer(text: &str) -> bool {
    let digits = text.trim_start_matches('-');
    let number = digits.trim_end_matches(|c: char| c.is_ascii_alphanumeric() && !c.is_ascii_digit());
    digits.starts_with(|c: char| c.is_ascii_digit()) && digits.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && !number.is_empty()
}

/// `1.5`, `2f64`; not `0..5`, `pair.0.1` or `1.max(2)`. A float in other clothes is caught by its type.
fn is_float(word: &Word) -> bool {
    let digits = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let point = word.after().strip_prefix('.').is_some_and(digits) && !word.before().ends_with('.');
    digits(word.text) && (point || word.text.ends_with("f64") || word.text.ends_with("f32"))
}

/// The modules that a path beginning with `std` names: one, or several in braces.
fn std_modules<'a>(word: &Word<'a>) -> Vec<&'a str> {
    let Some(rest) = word.after().strip_prefix("::") else {
        return Vec::new();
    };
    let end = match rest.starts_with('{') {
        true => rest.find(';').unwrap_or(rest.len()),
        false => rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len()),
    };
    rest[..end].split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect()
}

/// Words that stand for the mechanism's six folders in the id of a rule.
const FOLDERS: [&str; 6] = ["lead", "meet", "steer", "open", "watch", "own"];

fn is_rule(text: &str) -> bool {
    let words: Vec<&str> = text.split('.').collect();
    words.len() == 3 && FOLDERS.contains(&words[0]) && words.iter().all(|word| word.bytes().all(|c| c.is_ascii_lowercase() || c == b'_'))
}

/// A rule that the law names is claimed by a matter (`RULES`), so that the page of rules tells which of them work.
pub fn named_rules_are_claimed(tree: &Tree, claimed: fn(&str) -> bool) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (file, source) in tree.sources(&["law"]).filter(|(file, _)| !file.path.contains("/policy")) {
        for literal in source.live_literals().filter(|literal| is_rule(&literal.text) && !claimed(&literal.text)) {
            breaches.push(file.breach(source.line(literal.at), format!("no matter claims `{}`", literal.text)));
        }
    }
    breaches
}
