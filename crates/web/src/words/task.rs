//! 办事 Words of the desk's forms: reasons, where a matter may be passed on, and the sentence that the record holds of them.

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

/// What was picked beside an answer, as one sentence: 转请虎门镇人民政府办理，理由：不在职权范围。
#[must_use]
pub fn picked(kind: AnswerKind, reason: &str, to: &str) -> Option<String> {
    let passed = matches!(kind, AnswerKind::Transfer) && !to.is_empty();
    let reasoned = matches!(kind, AnswerKind::Decline | AnswerKind::Transfer) && !reason.is_empty();
    match (passed, reasoned) {
        (true, true) => Some(format!("转请{to}办理，理由：{reason}。")),
        (true, false) => Some(format!("转请{to}办理。")),
        (false, true) => Some(format!("理由：{reason}。")),
        (false, false) => None,
    }
}

/// Reason and destination that [`picked`] put together.
#[must_use]
pub fn unpicked(sentence: &str) -> (&str, &str) {
    let line = sentence.trim_end_matches('。');
    let (to, rest) = match line.strip_prefix("转请").and_then(|rest| rest.split_once("办理")) {
        Some((to, rest)) => (to, rest.trim_start_matches('，')),
        None => ("", line),
    };
    (rest.strip_prefix("理由：").unwrap_or_default(), to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_picked_is_one_sentence_and_comes_out_again() {
        let cases = [
            (AnswerKind::Decline, "不在职权范围", "", Some("理由：不在职权范围。")),
            (AnswerKind::Transfer, "", "供电部门", Some("转请供电部门办理。")),
            (AnswerKind::Transfer, "不在职权范围", "虎门镇人民政府", Some("转请虎门镇人民政府办理，理由：不在职权范围。")),
            (AnswerKind::Explain, "", "", None),
        ];
        for (kind, reason, to, said) in cases {
            assert_eq!(picked(kind, reason, to).as_deref(), said);
            assert_eq!(unpicked(said.unwrap_or_default()), (reason, to), "{said:?}");
        }
        assert_eq!(picked(AnswerKind::Adopt, "不在职权范围", "供电部门"), None, "a kind that needs neither takes neither");
    }

    #[test]
    fn towns_are_called_by_what_governs_them() {
        assert_eq!((town("虎门镇"), town("东城街道"), town("松山湖")), ("虎门镇人民政府".into(), "东城街道办事处".into(), "松山湖".into()));
    }
}
