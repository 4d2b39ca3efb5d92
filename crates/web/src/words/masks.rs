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
