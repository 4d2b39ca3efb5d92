//! 日期 Days in Chinese: 2026年9月30日, 星期三, 还有2个工作日; marked up so that they never break (STYLE.md §5).

use std::fmt;

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use jiff::tz::{TimeZone, offset};

/// A day that prints itself as `<time>`, with or without its year and weekday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    date: Date,
    year: bool,
    weekday: bool,
}

impl When {
    /// 2026年9月30日
    #[must_use]
    pub fn full(date: Date) -> Self {
        Self { date, year: true, weekday: false }
    }

    /// 2026年9月30日 星期三
    #[must_use]
    pub fn named(date: Date) -> Self {
        Self { date, year: true, weekday: true }
    }

    /// 9月30日 when it is this year, 2025年9月30日 otherwise.
    #[must_use]
    pub fn near(date: Date, today: Date) -> Self {
        Self { date, year: date.year() != today.year(), weekday: false }
    }

    /// The same words without markup.
    #[must_use]
    pub fn plain(self) -> String {
        let said = if self.year { day(self.date) } else { in_year(self.date) };
        if self.weekday { format!("{said} {}", weekday(self.date)) } else { said }
    }
}

impl fmt::Display for When {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "<time datetime=\"{}\">{}</time>", self.date, self.plain())
    }
}

impl askama::filters::HtmlSafe for When {}

/// A plain sentence whose days are kept from breaking when it is printed as HTML.
pub struct Dated<'a>(&'a str);

/// Prints `said` escaped, each day in it (`9月30日`, `2026年9月30日`) in one unbreakable piece.
#[must_use]
pub fn dated(said: &str) -> Dated<'_> {
    Dated(said)
}

impl fmt::Display for Dated<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some(at) = rest.find('日') {
            let upto = at + '日'.len_utf8();
            let head = &rest[..at];
            let from = head
                .rfind(|c: char| !c.is_ascii_digit() && !"年月".contains(c))
                .map_or(0, |found| found + head[found..].chars().next().map_or(0, char::len_utf8));
            if head[from..].contains('月') {
                write!(out, "{}<span class=\"d\">{}</span>", escaped(&rest[..from]), &rest[from..upto])?;
            } else {
                write!(out, "{}", escaped(&rest[..upto]))?;
            }
            rest = &rest[upto..];
        }
        write!(out, "{}", escaped(rest))
    }
}

impl askama::filters::HtmlSafe for Dated<'_> {}

fn escaped(text: &str) -> String {
    askama::filters::escape(text, askama::filters::Html).map_or_else(|never| match never {}, |safe| safe.to_string())
}

/// 2026年9月30日
#[must_use]
pub fn day(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// 9月30日
#[must_use]
pub fn in_year(date: Date) -> String {
    format!("{}月{}日", date.month(), date.day())
}

/// 9:12 in Asia/Shanghai.
#[must_use]
pub fn time(at: Timestamp) -> String {
    let at = at.to_zoned(TimeZone::fixed(offset(8)));
    format!("{}:{:02}", at.hour(), at.minute())
}

/// 9月30日9:12 in Asia/Shanghai.
#[must_use]
pub fn moment(at: Timestamp) -> String {
    in_year(law::moment::civil_day(at)) + &time(at)
}

/// 星期三
#[must_use]
pub fn weekday(date: Date) -> &'static str {
    match date.weekday() {
        Weekday::Monday => "星期一",
        Weekday::Tuesday => "星期二",
        Weekday::Wednesday => "星期三",
        Weekday::Thursday => "星期四",
        Weekday::Friday => "星期五",
        Weekday::Saturday => "星期六",
        Weekday::Sunday => "星期日",
    }
}

/// 10月17日—10月24日; the years appear when they are not the year of today.
#[must_use]
pub fn span(from: Date, to: Date, today: Date) -> String {
    format!("{}—{}", When::near(from, today).plain(), When::near(to, today).plain())
}

/// How far a due day is: 今天24:00前 · 明天到期 · 还有2个工作日 · 逾期3个工作日.
/// `working` counts the working days from today to the due day; below zero: those that have passed since.
#[must_use]
pub fn left(due: Date, today: Date, working: i64) -> String {
    if due == today {
        return "今天24:00前".into();
    }
    if due > today {
        return match today.tomorrow() {
            Ok(tomorrow) if tomorrow == due => "明天到期".into(),
            _ => format!("还有{}个工作日", working.max(1)),
        };
    }
    match working {
        0.. => "已逾期".into(),
        over => format!("逾期{}个工作日", -over),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_have_no_zeros_and_stay_together() {
        let today = date(2026, 11, 24);
        assert_eq!(When::named(date(2026, 9, 3)).plain(), "2026年9月3日 星期四");
        assert_eq!(When::near(date(2026, 9, 3), today).plain(), "9月3日");
        assert_eq!(When::near(date(2025, 9, 3), today).to_string(), "<time datetime=\"2025-09-03\">2025年9月3日</time>");
        assert_eq!(span(date(2026, 10, 17), date(2026, 10, 24), today), "10月17日—10月24日");
    }

    #[test]
    fn days_inside_a_sentence_never_break() {
        let said = dated("<王> 9月30日到期，2026年10月13日答复；本日").to_string();
        assert_eq!(said, "&#60;王&#62; <span class=\"d\">9月30日</span>到期，<span class=\"d\">2026年10月13日</span>答复；本日");
    }

    #[test]
    fn the_distance_is_said_in_working_days() {
        let today = date(2026, 11, 27);
        let cases = [
            (date(2026, 11, 27), 0, "今天24:00前"),
            (date(2026, 11, 28), 0, "明天到期"),
            (date(2026, 11, 30), 1, "还有1个工作日"),
            (date(2026, 12, 1), 2, "还有2个工作日"),
            (date(2026, 11, 26), -1, "逾期1个工作日"),
            (date(2026, 11, 24), -3, "逾期3个工作日"),
        ];
        for (due, working, said) in cases {
            assert_eq!(left(due, today, working), said);
        }
        assert_eq!(left(date(2026, 11, 27), date(2026, 11, 28), 0), "已逾期");
    }
}
