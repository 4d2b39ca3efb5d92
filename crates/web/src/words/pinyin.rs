//! 拼音 Pinyin of place names: full and by initials, with the readings that Dongguan uses.

use pinyin::ToPinyin;

/// Characters that read otherwise here than anywhere else: 麻涌, 潢涌 are chong.
const LOCAL: &[(char, &str)] =
    &[('涌', "chong"), ('埗', "bu"), ('滘', "jiao"), ('氹', "dang"), ('塱', "lang"), ('埔', "bu"), ('厦', "xia")];

fn syllable(c: char) -> Option<&'static str> {
    let local = LOCAL.iter().find(|(known, _)| *known == c).map(|(_, said)| *said);
    local.or_else(|| c.to_pinyin().map(pinyin::Pinyin::plain))
}

/// Whether `typed` (lower-case ASCII) begins the name in pinyin, or its initials.
pub fn matches(name: &str, typed: &str) -> bool {
    let syllables: Vec<&str> = name.chars().filter_map(syllable).collect();
    let full = syllables.concat();
    let initials: String = syllables.iter().filter_map(|syllable| syllable.chars().next()).collect();
    !typed.is_empty() && (full.starts_with(typed) || initials.starts_with(typed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn villages_are_found_as_people_type_them() {
        assert!(matches("北栅社区", "beizha") || matches("北栅社区", "beishan"));
        assert!(matches("麻涌镇", "machong") && matches("麻涌镇", "mcz"));
        assert!(!matches("北栅社区", "nanzha"));
    }
}
