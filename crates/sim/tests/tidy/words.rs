//! 文字 Words: SQL stands in `store`, HTML in `web`, Chinese in `web` and `policy`; comments and tests are free.

use super::source::Literal;
use super::tree::{Breach, Tree};

/// SQL as we write it, in capitals: two words next to each other, or with anything between.
const SQL_PAIRS: [(&str, &str); 7] = [
    ("INSERT", "INTO"),
    ("DELETE", "FROM"),
    ("CREATE", "TABLE"),
    ("CREATE", "INDEX"),
    ("ALTER", "TABLE"),
    ("DROP", "TABLE"),
    ("ON", "CONFLICT"),
];
const SQL_SPANS: [(&str, &str); 2] = [("SELECT", "FROM"), ("UPDATE", "SET")];

/// Tags that are never a placeholder in a usage line, so that the bare tag gives HTML away.
const TAGS: [&str; 20] = [
    "html", "head", "body", "div", "span", "p", "br", "hr", "ul", "ol", "li", "table", "thead", "tbody", "tr", "td", "th", "h1", "h2", "h3",
];

/// Only `store` writes SQL.
pub fn sql_stands_in_store(tree: &Tree) -> Vec<Breach> {
    texts(tree, &["record", "law", "app", "web", "cunwu", "sim"], is_sql, "SQL")
}

/// Only `web` writes HTML.
pub fn html_stands_in_web(tree: &Tree) -> Vec<Breach> {
    texts(tree, &["record", "law", "store", "app", "cunwu", "sim"], is_html, "HTML")
}

/// What people read stands in `web`; the town that `sim` plays speaks Chinese as its residents do.
pub fn chinese_stands_in_web(tree: &Tree) -> Vec<Breach> {
    texts(tree, &["record", "law", "store", "app", "cunwu"], |text| text.contains(is_chinese), "Chinese")
}

/// Characters of Chinese writing, its punctuation and full-width forms included.
pub fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303f}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

fn texts(tree: &Tree, crates: &[&str], is_it: impl Fn(&str) -> bool, what: &str) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (file, source) in tree.sources(crates) {
        for Literal { at, text } in source.live_literals().filter(|literal| is_it(&literal.text)) {
            let start: String = text.trim().chars().take(40).collect();
            breaches.push(file.breach(source.line(*at), format!("{what} in a text: \"{start}\"")));
        }
    }
    breaches
}

fn is_sql(text: &str) -> bool {
    let words: Vec<&str> = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect();
    let pair = words.windows(2).any(|two| SQL_PAIRS.contains(&(two[0], two[1])));
    let place = |word: &str| words.iter().position(|other| *other == word);
    let span = SQL_SPANS.iter().any(|(first, second)| place(first).zip(place(second)).is_some_and(|(a, b)| a < b));
    pair || span
}

fn is_html(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    lower.match_indices('<').any(|(at, _)| {
        let rest = &lower[at + 1..];
        let name: String = rest.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        let after = rest.trim_start_matches('/')[name.len()..].chars().next();
        let closing = rest.starts_with('/') && !name.is_empty() && after == Some('>');
        let bare = TAGS.contains(&name.as_str()) && matches!(after, Some('>' | ' ' | '/'));
        let with_attributes =
            !name.is_empty() && after == Some(' ') && rest.split('>').next().is_some_and(|tag| tag.contains("=\"") || tag.contains("='"));
        closing || bare || with_attributes || rest.starts_with("!doctype")
    })
}
