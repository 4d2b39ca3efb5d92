//! 证号 Codes: citizens' ID numbers (GB 11643), credit codes (GB 32100), mobile numbers; their masks, and finding them in text.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Range;

/// Why a code was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeFault {
    /// Not 18 characters.
    Length,
    /// A character that has no place there.
    Character,
    /// The first two digits are no province.
    Area,
    /// The date of birth does not exist.
    Birth,
    /// The check character does not fit the others.
    Check,
}

impl fmt::Display for CodeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Length => "a code of this kind has 18 characters",
            Self::Character => "a character has no place in this code",
            Self::Area => "the first two digits are no province",
            Self::Birth => "the date of birth does not exist",
            Self::Check => "the check character does not fit",
        })
    }
}

impl std::error::Error for CodeFault {}

/// A citizen's ID number (公民身份号码). Personal data: it is shown and logged masked only.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct IdNumber(String);

/// Sex as the ID number tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// 男.
    Male,
    /// 女.
    Female,
}

/// What is odd about a code that is well formed all the same: worth a second look, no reason to refuse it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// Dongguan's area code 441900 dates from 1988; whoever was born before it got another one.
    AreaYoungerThanBirth,
}

const ID_WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ID_CHECKS: &[u8; 11] = b"10X98765432";
const DONGGUAN: &str = "441900";
const DONGGUAN_SINCE: i16 = 1988;

impl IdNumber {
    /// Reads 18 characters: area, date of birth, order, check character (a small x is taken for a capital).
    pub fn parse(text: &str) -> Result<Self, CodeFault> {
        let text = text.trim().to_ascii_uppercase();
        let (digits, check) = text.split_at_checked(17).ok_or(CodeFault::Length)?;
        if text.len() != 18 {
            return Err(CodeFault::Length);
        }
        if !digits.bytes().all(|c| c.is_ascii_digit()) {
            return Err(CodeFault::Character);
        }
        let sum: u32 = digits.bytes().zip(ID_WEIGHTS).map(|(c, weight)| u32::from(c - b'0') * weight).sum();
        if !is_province(&digits[..2]) {
            return Err(CodeFault::Area);
        }
        birth(&digits[6..14]).ok_or(CodeFault::Birth)?;
        match check.as_bytes()[0] == ID_CHECKS[sum as usize % 11] {
            true => Ok(Self(text)),
            false => Err(CodeFault::Check),
        }
    }

    /// The 18 characters. They go to the encrypted column and nowhere else.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The area where it was first given out: 6 digits of GB/T 2260.
    pub fn area(&self) -> &str {
        &self.0[..6]
    }

    /// Date of birth.
    pub fn birth(&self) -> Date {
        birth(&self.0[6..14]).expect("checked when read")
    }

    /// Sex.
    pub fn sex(&self) -> Sex {
        match self.0.as_bytes()[16] % 2 {
            0 => Sex::Female,
            _ => Sex::Male,
        }
    }

    /// What is odd about it, if anything.
    pub fn doubt(&self) -> Option<Doubt> {
        let odd = self.area() == DONGGUAN && self.birth().year() < DONGGUAN_SINCE;
        odd.then_some(Doubt::AreaYoungerThanBirth)
    }
}

impl fmt::Debug for IdNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&mask_id(&self.0))
    }
}

fn is_province(digits: &str) -> bool {
    matches!(digits.parse(), Ok(11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83))
}

fn birth(digits: &str) -> Option<Date> {
    let part = |range: Range<usize>| digits[range].parse().ok();
    let year: i16 = digits[..4].parse().ok().filter(|year| (1800..2200).contains(year))?;
    Date::new(year, part(4..6)?, part(6..8)?).ok()
}

/// A unified social credit code (统一社会信用代码) of an organisation. It is public.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CreditCode(String);

const CREDIT_ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

impl CreditCode {
    /// Reads 18 characters; the first may be any of the alphabet (N stands for 农业农村), small letters are raised.
    pub fn parse(text: &str) -> Result<Self, CodeFault> {
        let text = text.trim().to_ascii_uppercase();
        if text.chars().count() != 18 {
            return Err(CodeFault::Length);
        }
        let place = |c| CREDIT_ALPHABET.iter().position(|known| *known == c).ok_or(CodeFault::Character);
        let places = text.bytes().map(place).collect::<Result<Vec<usize>, _>>()?;
        let (sum, _) = places[..17].iter().fold((0, 1), |(sum, weight), place| (sum + place * weight, weight * 3 % 31));
        match (sum + places[17]) % 31 {
            0 => Ok(Self(text)),
            _ => Err(CodeFault::Check),
        }
    }

    /// The 18 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether this is a mainland mobile number: 11 digits, the first two 13 to 19.
pub fn is_mobile(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 11 && bytes.iter().all(u8::is_ascii_digit) && bytes[0] == b'1' && bytes[1] >= b'3'
}

/// The mobile number as people write it (spaces, hyphens, +86, full-width digits) in its one form of 11 digits.
pub fn plain_mobile(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches(['+', '＋']);
    let mut digits = String::new();
    for c in text.chars().filter(|c| !is_separator(*c)) {
        digits.push(digit(c)?);
    }
    let mobile = without_prefix(&digits);
    is_mobile(mobile).then(|| mobile.to_owned())
}

/// Without the country's 86 or the trunk's 0 in front.
fn without_prefix(digits: &str) -> &str {
    let rest = ["0086", "86", "0"].iter().find_map(|prefix| digits.strip_prefix(prefix));
    rest.filter(|rest| is_mobile(rest)).unwrap_or(digits)
}

/// 王*强, 何*: the first and, from three characters on, the last.
pub fn mask_name(name: &str) -> String {
    let name = name.trim();
    let last = name.chars().count().saturating_sub(1);
    let shown = |i: usize| (i == 0 && last > 0) || (i == last && last > 1);
    name.chars().enumerate().map(|(i, c)| if shown(i) { c } else { '*' }).collect()
}

/// 138****1234. What is no mobile number is hidden whole.
pub fn mask_phone(phone: &str) -> String {
    match is_mobile(phone) {
        true => format!("{}****{}", &phone[..3], &phone[7..]),
        false => "*".repeat(phone.chars().count()),
    }
}

/// The last four characters of an ID or bank card number, for telling two rows apart and for nothing else.
pub fn mask_id(number: &str) -> String {
    let hidden = number.chars().count().saturating_sub(4).max(4);
    number.chars().enumerate().map(|(i, c)| if i < hidden { '*' } else { c }).collect()
}

/// A private person's number found in a text. It holds the place, not the number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What kind of number.
    pub kind: PersonalNumber,
    /// Where it stands, in bytes of the text.
    pub place: Range<usize>,
}

/// Kinds of number that no public text may show, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PersonalNumber {
    /// 公民身份号码 with a true check character.
    Id,
    /// 银行卡号: 16 to 19 digits with a true Luhn digit.
    BankCard,
    /// 手机号码.
    Mobile,
}

/// Digits of the longest number looked for.
const LONGEST: usize = 19;

/// Digits written together; an X ends them.
struct Group {
    digits: String,
    place: Range<usize>,
}

/// Finds ID, bank card and mobile numbers in free text, also when written with spaces, hyphens or full-width digits.
/// It errs on the side of finding: a text may be rephrased, a number once public stays public.
pub fn find_personal(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for run in runs(text) {
        let mut rest = &run[..];
        while let [first, ..] = rest {
            let hit = number_ahead(rest);
            let taken = hit.map_or(1, |(groups, _)| groups);
            if let Some((_, kind)) = hit {
                found.push(Found { kind, place: first.place.start..rest[taken - 1].place.end });
            }
            rest = &rest[taken..];
        }
    }
    found
}

/// How many groups from here on make a number, the gravest kind and then the longest first.
fn number_ahead(run: &[Group]) -> Option<(usize, PersonalNumber)> {
    let mut number = String::new();
    let mut best: Option<(usize, PersonalNumber)> = None;
    for (taken, group) in (1..).zip(run) {
        number += &group.digits;
        if number.len() > LONGEST {
            break;
        }
        if let Some(kind) = personal(&number, &run[..taken])
            && best.is_none_or(|(_, known)| kind <= known)
        {
            best = Some((taken, kind));
        }
    }
    best
}

/// What a number written in these groups is. A row of amounts or dates seldom is grouped as cards and telephones are.
fn personal(number: &str, groups: &[Group]) -> Option<PersonalNumber> {
    let first = groups[0].digits.len();
    let one_by_one = groups.iter().all(|group| group.digits.len() == 1);
    let as_card = groups.len() == 1 || first == 4 || first == 6 || one_by_one;
    let as_mobile = first == 3 || first >= 7 || one_by_one;
    if IdNumber::parse(number).is_ok() {
        Some(PersonalNumber::Id)
    } else if as_card && is_bank_card(number) && CreditCode::parse(number).is_err() {
        Some(PersonalNumber::BankCard)
    } else {
        (as_mobile && is_mobile(without_prefix(number))).then_some(PersonalNumber::Mobile)
    }
}

/// 16 to 19 digits of a card: an issuer's first digits (62 银联, 4, 5, 35, 9558 of old) and a true Luhn digit.
fn is_bank_card(number: &str) -> bool {
    let issued = ["62", "4", "5", "35", "9558"].iter().any(|prefix| number.starts_with(prefix));
    if !issued || !(16..=19).contains(&number.len()) || !number.bytes().all(|c| c.is_ascii_digit()) {
        return false;
    }
    let digits = number.bytes().rev().map(|c| u32::from(c - b'0'));
    let sum: u32 = digits.zip([1, 2].into_iter().cycle()).map(|(digit, times)| digit * times / 10 + digit * times % 10).sum();
    sum.is_multiple_of(10)
}

/// Groups of digits that only separators part, run by run.
fn runs(text: &str) -> Vec<Vec<Group>> {
    let mut runs = vec![Vec::<Group>::new()];
    let mut open = false;
    for (at, c) in text.char_indices() {
        let run = runs.last_mut().expect("never empty");
        match digit(c) {
            Some('X') | None if run.is_empty() => {}
            Some(digit) => {
                let end = at + c.len_utf8();
                match run.last_mut() {
                    Some(group) if open => {
                        group.digits.push(digit);
                        group.place.end = end;
                    }
                    _ => run.push(Group { digits: digit.to_string(), place: at..end }),
                }
                open = digit != 'X';
            }
            None if is_separator(c) => open = false,
            None => {
                runs.push(Vec::new());
                open = false;
            }
        }
    }
    runs
}

/// An ASCII or full-width digit, or an X, in its ASCII form.
fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10),
        'X' | 'x' | 'Ｘ' | 'ｘ' => Some('X'),
        _ => None,
    }
}

/// What people put between groups of digits: spaces, hyphens and dashes of every width, and what cannot be seen.
fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{3000}' | '\u{2002}'..='\u{200d}' | '\u{feff}' | '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '－')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn id_numbers() {
        let old = IdNumber::parse("11010519491231002x").unwrap();
        assert_eq!((old.reveal(), old.birth(), old.sex()), ("11010519491231002X", Date::constant(1949, 12, 31), Sex::Female));
        assert_eq!(IdNumber::parse("440524188001010014").map(|id| id.sex()), Ok(Sex::Male));
        let cases = [
            ("11010519491231002", CodeFault::Length),
            ("1101051949123100 2X", CodeFault::Length),
            ("村村村村村村", CodeFault::Length),
            ("1101051949123100AX", CodeFault::Character),
            ("110105194912310021", CodeFault::Check),
            ("110105194913310029", CodeFault::Birth),
            ("990105194912310021", CodeFault::Area),
        ];
        for (text, fault) in cases {
            assert_eq!(IdNumber::parse(text), Err(fault), "{text}");
        }
        assert_eq!(format!("{old:?}"), "**************002X", "never in a log");
    }

    #[test]
    fn an_area_code_younger_than_its_bearer_is_odd_but_taken() {
        let id = |seventeen: &str| ('0'..='9').chain(['X']).find_map(|c| IdNumber::parse(&format!("{seventeen}{c}")).ok()).unwrap();
        assert_eq!(id("44190019871231001").doubt(), Some(Doubt::AreaYoungerThanBirth));
        assert_eq!(id("44190019880101001").doubt(), None);
        assert_eq!(id("44052419871231001").doubt(), None);
    }

    #[test]
    fn credit_codes() {
        assert_eq!(CreditCode::parse("91350100M000100Y43").unwrap().as_str(), "91350100M000100Y43");
        assert_eq!(CreditCode::parse("91350100M000100Y44"), Err(CodeFault::Check));
        assert_eq!(CreditCode::parse("91350100M000100I43"), Err(CodeFault::Character));
        assert_eq!(CreditCode::parse("91350100M000100Y4"), Err(CodeFault::Length));
        let with_check =
            |seventeen: &str| CREDIT_ALPHABET.iter().find_map(|c| CreditCode::parse(&format!("{seventeen}{}", char::from(*c))).ok());
        assert!(with_check("N2441900MF1234567").is_some(), "collectives begin with N");
    }

    #[test]
    fn mobile_numbers() {
        for text in ["138 1234 1234", "+86 138-1234-1234", "8613812341234", "１３８１２３４１２３４", "013812341234"] {
            assert_eq!(plain_mobile(text).as_deref(), Some("13812341234"), "{text}");
        }
        for text in ["12812341234", "1381234123", "138123412345", "0769-22223333", "1381234123X", ""] {
            assert_eq!(plain_mobile(text), None, "{text}");
        }
        assert!(is_mobile("19912341234") && !is_mobile("１３８１２３４１２３４"));
    }

    #[test]
    fn masks() {
        let names = ["王小强", "何某", "欧阳修远", "林", ""].map(mask_name);
        assert_eq!(names, ["王*强", "何*", "欧**远", "*", ""]);
        assert_eq!((mask_phone("13812341234").as_str(), mask_phone("076922223333").as_str()), ("138****1234", "************"));
        assert_eq!((mask_id("11010519491231002X").as_str(), mask_id("1234").as_str()), ("**************002X", "****"));
    }

    #[test]
    fn finds_numbers_however_they_are_written() {
        use PersonalNumber::{BankCard, Id, Mobile};
        let cases = [
            ("身份证11010519491231002x。", Id, "11010519491231002x"),
            ("身份证：110105 19491231 002X", Id, "110105 19491231 002X"),
            ("身份证：110105-1949-1231-002-X", Id, "110105-1949-1231-002-X"),
            ("１１０１０５１９４９１２３１００２Ｘ", Id, "１１０１０５１９４９１２３１００２Ｘ"),
            ("卡号6222021234567890128，户名", BankCard, "6222021234567890128"),
            ("卡号4539 1488 0343 6467", BankCard, "4539 1488 0343 6467"),
            ("卡号4539-1488-0343-6467", BankCard, "4539-1488-0343-6467"),
            ("电话13812341234", Mobile, "13812341234"),
            ("微信wx13812341234同号", Mobile, "13812341234"),
            ("电话 +86 138 1234 1234", Mobile, "138 1234 1234"),
            ("电话8613812341234", Mobile, "8613812341234"),
            ("电话138—1234—1234", Mobile, "138—1234—1234"),
            ("1 3 8 1 2 3 4 1 2 3 4", Mobile, "1 3 8 1 2 3 4 1 2 3 4"),
            ("2026-09-30 13812341234", Mobile, "13812341234"),
            ("灯管2x13812341234", Mobile, "13812341234"),
        ];
        for (text, kind, shown) in cases {
            let found = find_personal(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!((found[0].kind, &text[found[0].place.clone()]), (kind, shown), "{text}");
        }
        let both = find_personal("张三13812341234、李四13912341234");
        assert_eq!(both.iter().map(|f| f.kind).collect::<Vec<_>>(), [Mobile, Mobile]);
    }

    #[test]
    fn leaves_other_figures_alone() {
        let cases = [
            "东组通〔2015〕33号，2015年9月2日",
            "2026-09-30 2026-10-13，5个工作日",
            "单位代码441900121014，小组441900121014001",
            "统一社会信用代码91350100M000100Y43",
            "座机0769-22223333、0769-85551234",
            "金额48,600.00元，预算52000.00元，合计1234567890123456789元",
            "11盏，51天，记录1142号",
            "1500 3000 400",
            "卡号4539 1488 0343 6468",
            "身份证110105194912310021",
            "X",
            "",
        ];
        for text in cases {
            assert_eq!(find_personal(text), [], "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_it(text in "[0-9０-９Xx \\-村]{0,60}|\\PC{0,40}") {
            for found in find_personal(&text) {
                prop_assert!(text.get(found.place).is_some_and(|shown| !shown.is_empty()));
            }
            let _ = (IdNumber::parse(&text), CreditCode::parse(&text), plain_mobile(&text), mask_id(&text), mask_name(&text));
        }

        #[test]
        fn a_mobile_number_never_slips_through(rest in "1[3-9][0-9]{9}", before in "[村电话：:（, ]{0,4}", after in "[村。）, ]{0,4}") {
            let found = find_personal(&format!("{before}{rest}{after}"));
            prop_assert!(!found.is_empty());
        }

        #[test]
        fn one_wrong_digit_is_seen(place in 0_usize..17, by in 1_u8..10) {
            let mut id = b"11010519491231002X".to_vec();
            id[place] = b'0' + (id[place] - b'0' + by) % 10;
            prop_assert!(IdNumber::parse(std::str::from_utf8(&id).unwrap()).is_err());
        }
    }
}
