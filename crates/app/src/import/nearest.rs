//! 相近的名字 Nearest names: what was probably meant by a name that is not on the list.

use super::columns::stem;
use law::unit::Unit;

/// How many characters must be changed, put in or left out.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = before + usize::from(x != *y);
            before = row[j + 1];
            row[j + 1] = changed.min(before + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

/// The name that is nearest to what was said, if one is near: at most every second character is another.
pub(super) fn name<'a>(said: &str, among: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let said = stem(said);
    let far = |name: &&str| distance(said, stem(name));
    let nearest = among.min_by_key(|name| (far(name), *name))?;
    (far(&nearest) * 2 <= said.chars().count()).then_some(nearest)
}

/// The village whose name is nearest.
pub(super) fn unit<'a>(said: &str, among: impl Iterator<Item = &'a Unit>) -> Option<String> {
    name(said, among.filter(|unit| unit.profile().is_some()).map(Unit::short_name)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_hand_are_seen_through() {
        let names = ["北栅社区", "南栅社区", "怀德社区", "武山沙社区"];
        let cases = [("北栅村", Some("北栅社区")), ("怀徳", Some("怀德社区")), ("武山", Some("武山沙社区")), ("长安", None), ("", None)];
        for (said, meant) in cases {
            assert_eq!(name(said, names.into_iter()), meant, "{said}");
        }
    }
}
