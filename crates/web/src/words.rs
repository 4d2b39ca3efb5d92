//! 措辞 Words: days, money, counts and states as a villager reads them; the command line uses the same sentences.

pub mod cli;
pub mod day;
pub mod deciding;
pub mod decision;
pub mod device;
pub mod done;
pub mod door;
pub mod event;
pub mod fields;
pub mod import;
pub mod kinds;
pub mod law;
pub mod lunar;
pub mod masks;
pub mod meeting;
pub mod money;
pub mod pinyin;
pub mod post;
pub mod refusals;
pub mod report;
pub mod room;
pub mod suggestion;
pub mod task;
pub mod trouble;
pub mod verify;

pub use day::{When, dated, day, in_year, left, moment, span, time, weekday};
pub use lunar::lunar;
pub use money::{capitals, yuan};
pub use suggestion::{AnswerKind, Channel, Standing, Verdict};

/// A whole number with thousands separators: `1286` → `1,286`.
#[must_use]
pub fn count(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if n < 0 {
        out.push('-');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The circled number used in the day-by-day derivation: `3` → `③`; beyond twenty plain figures.
#[must_use]
pub fn circled(n: u32) -> String {
    match n {
        1..=20 => char::from_u32(0x245F + n).map_or_else(|| n.to_string(), String::from),
        _ => n.to_string(),
    }
}

/// The first line of a text, at most `most` characters, with `……` when something was left out and without its full stop:
/// the title of a suggestion.
#[must_use]
pub fn cut(text: &str, most: usize) -> String {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("").trim();
    if line.chars().count() <= most {
        return line.strip_suffix('。').unwrap_or(line).to_owned();
    }
    let kept: String = line.chars().take(most.saturating_sub(2)).collect();
    kept.trim_end_matches(['，', '、', '；', '。', '：', '“', '（']).to_owned() + "……"
}

/// The text that the 转发 button copies: at most 200 characters including the link.
#[must_use]
pub fn forward(unit: &str, title: &str, state: &str, link: &str) -> String {
    let rest = 200_usize.saturating_sub(link.chars().count() + 1);
    let said = format!("【{unit}】{title}：{state}");
    format!("{}\n{link}", cut(&said, rest))
}

/// A source as people cite it: 东组通〔2015〕33号, 《中华人民共和国城市居民委员会组织法》. The full name stands on the page of rules.
#[must_use]
pub fn source(full: &str) -> &str {
    let number = full.split(['（', '，', '）']).find(|part| part.contains('〔'));
    number.unwrap_or_else(|| full.split('（').next().unwrap_or(full)).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_have_separators() {
        for (n, said) in [(0, "0"), (999, "999"), (1286, "1,286"), (1_000_000, "1,000,000"), (-1234, "-1,234")] {
            assert_eq!(count(n), said);
        }
    }

    #[test]
    fn a_title_is_a_first_line_without_its_full_stop() {
        assert_eq!(cut("\n书都湿了。\n第二行", 10), "书都湿了");
        assert_eq!(cut("文化楼二楼漏水，书都湿了", 9), "文化楼二楼漏水……");
        assert_eq!(cut("", 9), "");
    }

    #[test]
    fn a_source_is_cited_by_its_number_or_its_name() {
        let document = "中共东莞市委组织部《关于构建“一二三四五”村级组织运行机制的实施意见》（东组通〔2015〕33号，2015年9月2日）";
        assert_eq!(source(document), "东组通〔2015〕33号");
        assert_eq!(source("《中华人民共和国城市居民委员会组织法》（2025年10月28日修订）"), "《中华人民共和国城市居民委员会组织法》");
        assert_eq!(source("本平台约定"), "本平台约定");
    }

    #[test]
    fn circles_end_at_twenty() {
        assert_eq!([circled(1), circled(5), circled(20), circled(21)].concat(), "①⑤⑳21");
    }

    #[test]
    fn a_forwarded_text_has_at_most_two_hundred_characters() {
        let link = "https://cunwu.example/u/441900121014/m/7b1d2f";
        let said = forward("北栅社区", &"路灯".repeat(200), "按时答复", link);
        assert!(said.chars().count() <= 200, "{said}");
        assert!(said.ends_with(link) && said.contains("……"));
    }
}
