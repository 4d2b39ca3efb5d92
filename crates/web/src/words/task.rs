//! 办事 Words of the desk's forms: reasons, where a matter may be passed on, and how these go into the text of an answer, which
//! is all that the record holds.

use super::AnswerKind;

/// Reasons for 不采纳 and 转办: code and words.
pub const REASONS: &[(&str, &str)] = &[
    ("power", "不在职权范围"),
    ("rule", "不符合现行规定"),
    ("money", "眼下没有经费"),
    ("plan", "已经有别的安排"),
    ("fact", "核实以后与事实不符"),
    ("others", "会影响别的居民"),
];

/// Whom a matter may be passed on to, besides the town: code and words.
const OTHERS: &[(&str, &str)] = &[
    ("police", "公安派出所"),
    ("power", "供电部门"),
    ("water", "供水部门"),
    ("traffic", "交通运输部门"),
    ("building", "住房和城乡建设部门"),
    ("land", "自然资源部门"),
    ("nature", "生态环境部门"),
    ("market", "市场监督管理部门"),
    ("city", "城市管理部门"),
    ("health", "卫生健康部门"),
    ("school", "教育部门"),
    ("welfare", "民政部门"),
];

/// Grounds for not publishing a resident's text: code and words.
pub const GROUNDS: &[(&str, &str)] = &[
    ("privacy", "个人隐私，遮盖以后说不清事情"),
    ("abuse", "辱骂、诽谤他人"),
    ("minor", "涉及未成年人"),
    ("case", "涉及正在办理的案件"),
    ("secret", "涉及国家秘密、工作秘密"),
];

/// 虎门镇人民政府 · 东城街道办事处
#[must_use]
pub fn town(name: &str) -> String {
    match name {
        _ if name.ends_with("街道") => format!("{name}办事处"),
        _ if name.ends_with('镇') => format!("{name}人民政府"),
        _ => name.to_owned(),
    }
}

/// Where a matter may be passed on to: code and words.
#[must_use]
pub fn destinations(town_name: &str) -> Vec<(String, String)> {
    let first = (!town_name.is_empty()).then(|| ("town".to_owned(), town(town_name)));
    first.into_iter().chain(OTHERS.iter().map(|(code, word)| ((*code).to_owned(), (*word).to_owned()))).collect()
}

/// An answer's text with the reason and the destination that were picked, as its first line.
#[must_use]
pub fn fold(kind: AnswerKind, reason: &str, to: &str, text: &str) -> String {
    let passed = matches!(kind, AnswerKind::Transfer) && !to.is_empty();
    let reasoned = matches!(kind, AnswerKind::Decline | AnswerKind::Transfer) && !reason.is_empty();
    match (passed, reasoned) {
        (true, true) => format!("转请{to}办理，理由：{reason}。\n{text}"),
        (true, false) => format!("转请{to}办理。\n{text}"),
        (false, true) => format!("理由：{reason}。\n{text}"),
        (false, false) => text.to_owned(),
    }
}

/// Reason, destination and text that [`fold`] put together.
#[must_use]
pub fn unfold(folded: &str) -> (String, String, String) {
    let whole = || (String::new(), String::new(), folded.to_owned());
    let Some((first, text)) = folded.split_once('\n') else { return whole() };
    let Some(line) = first.strip_suffix('。') else { return whole() };
    let (to, rest) = match line.strip_prefix("转请").and_then(|rest| rest.split_once("办理")) {
        Some((to, rest)) => (to, rest.trim_start_matches('，')),
        None => ("", line),
    };
    let reason = rest.strip_prefix("理由：").unwrap_or_default();
    let known = REASONS.iter().any(|(_, word)| *word == reason);
    match (known, rest.is_empty(), to.is_empty()) {
        (true, ..) | (false, true, false) => (reason.to_owned(), to.to_owned(), text.to_owned()),
        _ => whole(),
    }
}

/// The word before the reason of an extension.
const LONGER: &str = "延期理由：";

/// What is said when more time is taken: the reason as its first line, then how things stand.
#[must_use]
pub fn extension(why: &str, interim: &str) -> String {
    let why: String = why.split_whitespace().collect::<Vec<_>>().join(" ");
    match why.trim_end_matches('。') {
        "" => interim.to_owned(),
        why => format!("{LONGER}{why}。\n{interim}"),
    }
}

/// Reason and interim word that [`extension`] put together.
#[must_use]
pub fn extended(reply: &str) -> (String, String) {
    let split = reply.strip_prefix(LONGER).and_then(|rest| rest.split_once("。\n"));
    split.map_or_else(|| (String::new(), reply.to_owned()), |(why, interim)| (why.to_owned(), interim.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_picked_goes_into_the_text_and_comes_out_again() {
        let cases = [
            (AnswerKind::Decline, "不在职权范围", "", "理由：不在职权范围。\n这条路归镇里管。"),
            (AnswerKind::Transfer, "", "供电部门", "转请供电部门办理。\n这条路归镇里管。"),
            (AnswerKind::Transfer, "不在职权范围", "虎门镇人民政府", "转请虎门镇人民政府办理，理由：不在职权范围。\n这条路归镇里管。"),
            (AnswerKind::Explain, "", "", "这条路归镇里管。"),
        ];
        for (kind, reason, to, folded) in cases {
            assert_eq!(fold(kind, reason, to, "这条路归镇里管。"), folded);
            assert_eq!(unfold(folded), (reason.into(), to.into(), "这条路归镇里管。".into()), "{folded}");
        }
        let own = "理由：我们查过了。\n就是这样。";
        assert_eq!(unfold(own), (String::new(), String::new(), own.into()), "a line that somebody wrote stays where it is");
    }

    #[test]
    fn an_extension_says_why_first() {
        let said = extension("配件  要等三天。", "先拉了警示带。");
        assert_eq!(said, "延期理由：配件 要等三天。\n先拉了警示带。");
        assert_eq!(extended(&said), ("配件 要等三天".into(), "先拉了警示带。".into()));
        assert_eq!(extended("没有理由的"), (String::new(), "没有理由的".into()));
        assert_eq!(extension("", "先拉了警示带。"), "先拉了警示带。");
    }

    #[test]
    fn towns_are_called_by_what_governs_them() {
        assert_eq!((town("虎门镇"), town("东城街道"), town("松山湖")), ("虎门镇人民政府".into(), "东城街道办事处".into(), "松山湖".into()));
    }
}
