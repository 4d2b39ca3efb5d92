//! 遮盖 Words for what is left out before publishing.

use law::code::PersonalNumber;

/// What kind of number was left out.
pub fn name(kind: PersonalNumber) -> &'static str {
    match kind {
        PersonalNumber::Id => "身份证号",
        PersonalNumber::BankCard => "银行卡号",
        PersonalNumber::Mobile => "手机号",
    }
}

/// What stands where a number was.
const LEFT_OUT: &str = "〔略〕";

/// A text as the public reads it, numbers left out, and how many of each kind: `1处手机号`.
pub fn mask(text: &str) -> (String, Vec<String>) {
    let (mut shown, mut last, mut kinds) = (String::new(), 0, Vec::<(PersonalNumber, usize)>::new());
    for found in law::code::find_personal(text) {
        shown.push_str(&text[last..found.place.start]);
        shown.push_str(LEFT_OUT);
        last = found.place.end;
        match kinds.iter_mut().find(|(kind, _)| *kind == found.kind) {
            Some((_, n)) => *n += 1,
            None => kinds.push((found.kind, 1)),
        }
    }
    shown.push_str(&text[last..]);
    (shown, kinds.into_iter().map(|(kind, n)| format!("{n}处{}", name(kind))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_left_out_and_counted() {
        let (shown, what) = mask("打13800138000或者138 0013 8001，找王*强。");
        assert_eq!(shown, "打〔略〕或者〔略〕，找王*强。");
        assert_eq!(what, ["2处手机号"]);
        assert!(law::code::find_personal(&shown).is_empty());
        assert_eq!(mask("没有号码"), ("没有号码".into(), Vec::new()));
    }
}
