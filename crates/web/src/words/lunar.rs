//! 农历 The day of the traditional calendar, as people say it: 农历十月十六, 农历闰六月初一, 农历腊月三十. Feasts and markets go by it.

use icu_calendar::Date as Day;
use icu_calendar::cal::ChineseTraditional;
use jiff::civil::Date;

const MONTHS: [&str; 12] = ["正月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "冬月", "腊月"];
const DIGITS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// 农历十月十六; empty for a day that the calendar does not know.
#[must_use]
pub fn lunar(date: Date) -> String {
    let parts = u8::try_from(date.month()).ok().zip(u8::try_from(date.day()).ok());
    let day = parts.and_then(|(month, day)| Day::try_new_iso(i32::from(date.year()), month, day).ok());
    let Some(day) = day.map(|day| day.to_calendar(ChineseTraditional::new())) else { return String::new() };
    let month = day.month().to_input();
    let name = MONTHS.get(usize::from(month.number().saturating_sub(1))).copied().unwrap_or_default();
    format!("农历{}{name}{}", if month.is_leap() { "闰" } else { "" }, said(day.day_of_month().0))
}

/// 初一 · 十五 · 二十 · 廿九 · 三十
fn said(day: u8) -> String {
    let ones = |n: u8| DIGITS.get(usize::from(n.saturating_sub(1))).copied().unwrap_or_default();
    match day {
        1..=10 => format!("初{}", ones(day)),
        11..=19 => format!("十{}", ones(day - 10)),
        20 => "二十".into(),
        21..=29 => format!("廿{}", ones(day - 20)),
        _ => "三十".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::lunar;
    use jiff::civil::date;

    #[test]
    fn days_are_called_as_on_the_wall_calendar() {
        let cases = [
            (date(2024, 2, 10), "农历正月初一"),
            (date(2025, 1, 29), "农历正月初一"),
            (date(2026, 2, 17), "农历正月初一"),
            (date(2027, 2, 6), "农历正月初一"),
            (date(2026, 9, 25), "农历八月十五"),
            (date(2026, 6, 19), "农历五月初五"),
            (date(2023, 3, 22), "农历闰二月初一"),
            (date(2025, 7, 25), "农历闰六月初一"),
            (date(2026, 11, 24), "农历十月十六"),
            (date(2027, 1, 15), "农历腊月初八"),
            (date(2026, 2, 16), "农历腊月廿九"),
            (date(2024, 2, 9), "农历腊月三十"),
        ];
        for (day, said) in cases {
            assert_eq!(lunar(day), said, "{day}");
        }
    }
}
