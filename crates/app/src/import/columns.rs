//! 列名 Columns: which heading means what. The words themselves are data, so that a place adds its own without a programmer.

use law::PostKind;
use law::lead::body::BodyKind;

const WORDS: &str = include_str!("../../../../data/import-columns.csv");

/// What a column of the table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// 姓名.
    Name,
    /// 身份证号.
    IdNumber,
    /// 手机号.
    Phone,
    /// 小组.
    Group,
    /// 村（社区）, by name.
    UnitName,
    /// 村（社区）, by code.
    UnitCode,
    /// 组织.
    Body,
    /// 职务.
    Post,
    /// 任职日期.
    From,
    /// 依据.
    Basis,
    /// 全称, of a body.
    FullName,
    /// 成立日期, of a body.
    Since,
}

impl Column {
    /// Every column, in the order of the sample table.
    pub const ALL: [Self; 12] = [
        Self::Name,
        Self::IdNumber,
        Self::Phone,
        Self::Group,
        Self::UnitName,
        Self::UnitCode,
        Self::Body,
        Self::Post,
        Self::From,
        Self::Basis,
        Self::FullName,
        Self::Since,
    ];

    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::IdNumber => "id_number",
            Self::Phone => "phone",
            Self::Group => "group",
            Self::UnitName => "unit_name",
            Self::UnitCode => "unit_code",
            Self::Body => "body",
            Self::Post => "post",
            Self::From => "from",
            Self::Basis => "basis",
            Self::FullName => "full_name",
            Self::Since => "since",
        }
    }

    /// The column that a heading names.
    pub(super) fn of(heading: &str) -> Option<Self> {
        let means = means("column", &plain(heading))?;
        Self::ALL.into_iter().find(|column| column.word() == means)
    }
}

/// A heading without spaces, stars and remarks in brackets that people put beside it, in lower case.
fn plain(heading: &str) -> String {
    let bare: String = heading.chars().filter(|c| !c.is_whitespace() && !matches!(c, '*' | '\u{feff}')).collect();
    let bare = bare.to_lowercase();
    match means("column", &bare) {
        Some(_) => bare,
        None => bare.split(['(', '（']).next().unwrap_or_default().to_owned(),
    }
}

fn words(what: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let what = format!("{what},");
    WORDS.lines().filter_map(move |line| line.strip_prefix(&what)?.split_once(','))
}

fn means(what: &str, word: &str) -> Option<&'static str> {
    words(what).find(|(known, _)| *known == word).map(|(_, means)| means)
}

/// The kind of body that a word names.
pub(super) fn body(word: &str) -> Option<BodyKind> {
    means("body", word).and_then(BodyKind::parse)
}

/// The kind of post that a word names in a body of this kind.
pub(super) fn post(word: &str, body: BodyKind) -> Option<PostKind> {
    match means("post", word)? {
        "head" => body.head(),
        kind => PostKind::parse(kind),
    }
}

/// A village's name without what it may end with or not.
pub(super) fn stem(name: &str) -> &str {
    let stems = words("ending").filter_map(|(ending, _)| name.strip_suffix(ending));
    stems.filter(|stem| stem.chars().count() > 1).min_by_key(|stem| stem.len()).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_data_means_something() {
        for (word, means) in words("column") {
            assert!(Column::ALL.iter().any(|column| column.word() == means), "{word}");
        }
        for (word, _) in words("body") {
            assert!(body(word).is_some(), "{word}");
        }
        for (word, _) in words("post") {
            assert!(BodyKind::ALL.into_iter().any(|kind| post(word, kind).is_some()), "{word}");
        }
        for column in Column::ALL {
            assert!(words("column").any(|(_, means)| means == column.word()), "{column:?} has no heading");
        }
    }

    #[test]
    fn headings_are_read_as_people_write_them() {
        for (heading, column) in [
            (" 姓 名", Column::Name),
            ("*身份证号（必填）", Column::IdNumber),
            ("RIC", Column::IdNumber),
            ("村（居）民小组", Column::Group),
        ] {
            assert_eq!(Column::of(heading), Some(column), "{heading}");
        }
        assert_eq!(Column::of("性别"), None);
        assert_eq!((stem("北栅社区"), stem("北栅村"), stem("村"), stem("武山沙")), ("北栅", "北栅", "村", "武山沙"));
    }
}
