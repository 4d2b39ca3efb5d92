//! 单位 Unit: a province, city, town, village or group by its code; 《统计用区划代码和城乡划分代码编制规则》, groups 自编.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

const TWELVE: u64 = 1_000_000_000_000;

/// A unit's code: 12 digits (2 province, 2 city, 2 county, 3 town, 3 village), or 15 for a villager group: its village's
/// code and three digits of its own. Written as a string everywhere.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitCode(u64);

/// How high a unit stands. Ordered from the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 省.
    Province,
    /// 市.
    City,
    /// 县（区）; Dongguan has none.
    County,
    /// 镇（街道）, and functional zones of that rank.
    Town,
    /// 村（社区）.
    Village,
    /// 村（居）民小组.
    Group,
}

/// Which law a unit of the lowest level follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Profile {
    /// A village (村): 村民委员会组织法.
    Village,
    /// A community (社区): 城市居民委员会组织法.
    Community,
}

impl Profile {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Village, Self::Community];
}

/// The text is no unit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadUnitCode;

impl UnitCode {
    /// Reads 12 or 15 digits whose levels are filled from the top; the county alone may be left out.
    pub fn parse(text: &str) -> Result<Self, BadUnitCode> {
        let digits = matches!(text.len(), 12 | 15) && text.bytes().all(|c| c.is_ascii_digit());
        let number = text.parse().ok().filter(|_| digits);
        number.and_then(Self::from_number).ok_or(BadUnitCode)
    }

    /// As [`UnitCode::parse`], from the number that a table may hold.
    pub fn from_number(number: u64) -> Option<Self> {
        let (base, group) = match number {
            ..TWELVE => (number, None),
            _ => (number / 1000, Some(number % 1000)),
        };
        let [city, county, town, village] = parts(base);
        let full = (TWELVE / 10..TWELVE).contains(&base);
        let from_top = (city > 0 || county + town == 0) && (town > 0 || village == 0);
        let grouped = group.is_none_or(|group| group > 0 && village > 0);
        (full && from_top && grouped).then_some(Self(number))
    }

    /// The code as a number.
    pub fn number(self) -> u64 {
        self.0
    }

    /// The villager group with this number (1–999) in this village.
    pub fn group(self, local: u16) -> Option<Self> {
        match self.level() {
            Level::Village if local < 1000 => Self::from_number(self.0 * 1000 + u64::from(local)),
            _ => None,
        }
    }

    /// How high the unit stands.
    pub fn level(self) -> Level {
        match parts(self.0) {
            _ if self.0 >= TWELVE => Level::Group,
            [0, 0, 0, 0] => Level::Province,
            [_, 0, 0, 0] => Level::City,
            [_, _, 0, 0] => Level::County,
            [_, _, _, 0] => Level::Town,
            _ => Level::Village,
        }
    }

    /// The unit above; a town without a county stands under its city.
    pub fn parent(self) -> Option<Self> {
        let cut = |digits: u64| Some(Self(self.0 / digits * digits));
        match self.level() {
            Level::Group => Some(Self(self.0 / 1000)),
            Level::Village => cut(1000),
            Level::Town => cut(1_000_000),
            Level::County => cut(100_000_000),
            Level::City => cut(10_000_000_000),
            Level::Province => None,
        }
    }

    /// The units above, nearest first.
    pub fn ancestors(self) -> impl Iterator<Item = Self> {
        std::iter::successors(self.parent(), |code| code.parent())
    }

    /// Whether this unit stands above the other; no unit stands above itself.
    pub fn is_ancestor_of(self, other: Self) -> bool {
        other.ancestors().any(|code| code == self)
    }

    /// The law that binds a village or community, told by the last three of the 12 digits: 001–199 社区, 200–399 村; a group
    /// follows its village. `None`: a unit without a mechanism (towns and above, functional zones, virtual communities).
    pub fn profile(self) -> Option<Profile> {
        let base = if self.0 >= TWELVE { self.0 / 1000 } else { self.0 };
        match base % 1000 {
            1..=199 => Some(Profile::Community),
            200..=399 => Some(Profile::Village),
            _ => None,
        }
    }
}

/// City, county, town and village digits of 12.
fn parts(base: u64) -> [u64; 4] {
    [base / 100_000_000 % 100, base / 1_000_000 % 100, base / 1000 % 1000, base % 1000]
}

impl FromStr for UnitCode {
    type Err = BadUnitCode;
    fn from_str(text: &str) -> Result<Self, BadUnitCode> {
        Self::parse(text)
    }
}

impl fmt::Display for UnitCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl fmt::Debug for UnitCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Serialize for UnitCode {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for UnitCode {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(d)?;
        Self::parse(&text).map_err(de::Error::custom)
    }
}

impl JsonSchema for UnitCode {
    fn schema_name() -> Cow<'static, str> {
        "UnitCode".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "pattern": "^[1-9][0-9]{11}([0-9]{3})?$"})
    }
}

impl fmt::Display for BadUnitCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a unit code has 12 digits, or 15 for a group, and its levels are filled from the top")
    }
}

impl std::error::Error for BadUnitCode {}

/// A unit as the official list names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Unit {
    /// Its code.
    pub code: UnitCode,
    /// Its full official name.
    pub name: String,
    /// How high it stands.
    pub level: Level,
    /// What the list calls its kind (镇, 街道, 村委会, 居委会, …).
    pub kind: String,
}

/// What ends a full name, and how much of it people leave out; the longer endings come first.
const SILENT_ENDINGS: &str = include_str!("../../../data/silent-endings.csv");

impl Unit {
    /// The name as people say it: 北栅社区, 南洲村, 虎门镇.
    pub fn short_name(&self) -> &str {
        let endings = SILENT_ENDINGS.lines().filter_map(|line| line.split_once(','));
        let said = |(ending, silent): (&str, &str)| self.name.strip_suffix(silent).filter(|_| self.name.ends_with(ending));
        endings.filter_map(said).find(|name| !name.is_empty()).unwrap_or(&self.name)
    }

    /// The law that binds it; `None` for a unit without a mechanism.
    pub fn profile(&self) -> Option<Profile> {
        self.code.profile()
    }
}

/// A list of units, ordered by code. Names are no keys: in Dongguan eleven of them occur twice.
#[derive(Clone, Debug)]
pub struct Units(Vec<Unit>);

/// Why a list of units was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitsError {
    /// Line of the text, counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub fault: UnitsFault,
}

/// What is wrong with a line of a list of units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnitsFault {
    /// Not the columns that are needed.
    Columns,
    /// No unit code.
    Code,
    /// The name is empty.
    Name,
    /// The level or the unit above is not what the code says.
    Place,
    /// The unit above is not in the list.
    Orphan,
    /// The code stands there twice.
    Duplicate,
}

const HEADER: &str = "code,name,parent_code,level,kind,urban_rural_code,in_mca_2025";

impl Units {
    /// Dongguan: the city, its 36 towns and zones, its 609 villages and communities; see `data/README.md`.
    pub fn embedded() -> Self {
        Self::parse(include_str!("../../../data/units-dongguan.csv")).expect("checked by a test")
    }

    /// Reads a list with the columns of `data/units-dongguan.csv`. Every unit but the first must have its parent in it.
    pub fn parse(csv: &str) -> Result<Self, UnitsError> {
        let mut lines = csv.trim_start_matches('\u{feff}').lines().zip(1..);
        if lines.next().is_none_or(|(header, _)| header.trim_end() != HEADER) {
            return Err(UnitsError { line: 1, fault: UnitsFault::Columns });
        }
        let (mut units, mut codes) = (Vec::new(), BTreeSet::new());
        for (text, line) in lines.filter(|(text, _)| !text.trim().is_empty()) {
            let unit = unit(text).map_err(|fault| UnitsError { line, fault })?;
            if !codes.insert(unit.code) {
                return Err(UnitsError { line, fault: UnitsFault::Duplicate });
            }
            units.push((unit, line));
        }
        let lost = |unit: &Unit| unit.code.parent().is_some_and(|parent| !codes.contains(&parent));
        if let Some((_, line)) = units.iter().find(|(unit, _)| lost(unit)) {
            return Err(UnitsError { line: *line, fault: UnitsFault::Orphan });
        }
        let mut units: Vec<Unit> = units.into_iter().map(|(unit, _)| unit).collect();
        units.sort_by_key(|unit| unit.code);
        Ok(Self(units))
    }

    /// All of them, by code.
    pub fn all(&self) -> &[Unit] {
        &self.0
    }

    /// The unit with this code.
    pub fn get(&self, code: UnitCode) -> Option<&Unit> {
        self.0.binary_search_by_key(&code, |unit| unit.code).ok().map(|at| &self.0[at])
    }

    /// The units right under it.
    pub fn children(&self, code: UnitCode) -> impl Iterator<Item = &Unit> {
        self.0.iter().filter(move |unit| unit.code.parent() == Some(code))
    }

    /// The units whose name holds the text or whose code begins with it; the nearest names first.
    pub fn search(&self, text: &str) -> Vec<&Unit> {
        let text = text.trim();
        let fits = |unit: &&Unit| !text.is_empty() && (unit.name.contains(text) || unit.code.to_string().starts_with(text));
        let mut found: Vec<&Unit> = self.0.iter().filter(fits).collect();
        found.sort_by_key(|unit| (unit.short_name() != text, !unit.name.starts_with(text), unit.code));
        found
    }
}

fn unit(text: &str) -> Result<Unit, UnitsFault> {
    let columns: Vec<&str> = text.split(',').map(str::trim).collect();
    let [code, name, parent, level, kind, _, _] = columns[..] else {
        return Err(UnitsFault::Columns);
    };
    let code = UnitCode::parse(code).map_err(|_| UnitsFault::Code)?;
    let parent = if parent.is_empty() { None } else { Some(UnitCode::parse(parent).map_err(|_| UnitsFault::Code)?) };
    if name.is_empty() {
        return Err(UnitsFault::Name);
    }
    match parent == code.parent() && level.parse() == Ok(code.level() as usize + 1) {
        true => Ok(Unit { code, name: name.to_owned(), level: code.level(), kind: kind.to_owned() }),
        false => Err(UnitsFault::Place),
    }
}

impl fmt::Display for UnitsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "units, line {}: ", self.line)?;
        f.write_str(match self.fault {
            UnitsFault::Columns => "the columns must be code,name,parent_code,level,kind,urban_rural_code,in_mca_2025",
            UnitsFault::Code => "this is no unit code",
            UnitsFault::Name => "the name is empty",
            UnitsFault::Place => "the level or the unit above is not what the code says",
            UnitsFault::Orphan => "the unit above is not in the list",
            UnitsFault::Duplicate => "the code stands there twice",
        })
    }
}

impl std::error::Error for UnitsError {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;
    use std::sync::LazyLock;

    static UNITS: LazyLock<Units> = LazyLock::new(Units::embedded);

    fn code(text: &str) -> UnitCode {
        UnitCode::parse(text).unwrap()
    }

    #[test]
    fn a_code_knows_what_stands_above() {
        let group = code("441900121014").group(3).unwrap();
        assert_eq!(group, code("441900121014003"));
        let above: Vec<String> = group.ancestors().map(|code| code.to_string()).collect();
        assert_eq!(above, ["441900121014", "441900121000", "441900000000", "440000000000"], "no county in Dongguan");
        let levels: Vec<Level> = group.ancestors().map(UnitCode::level).collect();
        assert_eq!(levels, [Level::Village, Level::Town, Level::City, Level::Province]);
        assert!(code("441900000000").is_ancestor_of(group) && !group.is_ancestor_of(group));
        assert!(!code("441900122000").is_ancestor_of(group));
        let elsewhere: Vec<Level> = code("440106001001").ancestors().map(UnitCode::level).collect();
        assert_eq!(elsewhere, [Level::Town, Level::County, Level::City, Level::Province], "counties elsewhere");
    }

    #[test]
    fn what_is_no_code() {
        let bad = [
            "",
            "44190012101",
            "4419001210140",
            "441900121014000",
            "441900121000001",
            "041900121014",
            "44190012101a",
            "４４１９００１２１０１４",
            "440000121014",
            "441900000014",
            "440001000000",
            "+41900121014",
            "441900121014 ",
        ];
        for text in bad {
            assert_eq!(UnitCode::parse(text), Err(BadUnitCode), "{text}");
        }
        assert_eq!(UnitCode::from_number(u64::MAX), None);
        assert_eq!(code("441900121000").group(1), None, "only villages have groups");
        assert_eq!((code("441900121014").group(0), code("441900121014").group(1000)), (None, None));
    }

    #[test]
    fn json_holds_codes_as_strings() {
        assert_eq!(serde_json::to_string(&code("441900121014")).unwrap(), "\"441900121014\"");
        assert_eq!(serde_json::from_str::<UnitCode>("\"441900121014\"").unwrap(), code("441900121014"));
        assert!(serde_json::from_str::<UnitCode>("441900121014").is_err());
        assert_eq!(serde_json::to_string(&Profile::Village).unwrap(), "\"village\"");
    }

    #[test]
    fn the_last_digits_tell_the_law() {
        let profile = |last: &str| code(&format!("441900121{last}")).profile();
        assert_eq!([profile("001"), profile("199")], [Some(Profile::Community); 2]);
        assert_eq!([profile("200"), profile("399")], [Some(Profile::Village); 2]);
        assert_eq!([profile("000"), profile("401"), profile("498"), profile("500"), profile("600")], [None; 5]);
        assert_eq!(code("441900121014003").profile(), Some(Profile::Community));
    }

    #[test]
    fn dongguan_counts_as_published() {
        let mut kinds: BTreeMap<(Level, Option<Profile>), usize> = BTreeMap::new();
        for unit in UNITS.all() {
            *kinds.entry((unit.level, unit.profile())).or_default() += 1;
        }
        let expected = [
            ((Level::Province, None), 1),
            ((Level::City, None), 1),
            ((Level::Town, None), 36),
            ((Level::Village, None), 12),
            ((Level::Village, Some(Profile::Village)), 350),
            ((Level::Village, Some(Profile::Community)), 247),
        ];
        assert_eq!(kinds, BTreeMap::from(expected));
        assert_eq!(UNITS.all().len(), 647);
        assert_eq!(UNITS.children(code("441900000000")).count(), 36);
        assert_eq!(UNITS.children(code("441900121000")).count(), 32);
    }

    #[test]
    fn every_name_of_dongguan_has_its_short_form() {
        let mut said = BTreeSet::new();
        for unit in UNITS.all() {
            let short = unit.short_name();
            let (end, silent) = match unit.profile() {
                Some(Profile::Village) => ("村", "村民委员会"),
                Some(Profile::Community) if unit.name.ends_with("会") => ("社区", "居民委员会"),
                _ => ("", ""),
            };
            assert!(short.ends_with(end) && !short.ends_with("村村"), "{}", unit.name);
            assert_eq!(unit.name, format!("{short}{silent}"));
            assert!(said.insert((unit.code.parent(), short)), "{short} twice in one town");
        }
        let short = |text: &str| UNITS.get(code(text)).unwrap().short_name();
        assert_eq!([short("441900126211"), short("441900122015"), short("441900121000")], ["南洲村", "溪头社区", "虎门镇"]);
        assert_eq!([short("441900103003"), short("441900003500")], ["茶溪社区", "黄旗生活区"]);
    }

    #[test]
    fn short_forms_of_names_elsewhere() {
        let cases =
            [("杨屋村民委员会", "杨屋村"), ("前兴庄村委会", "前兴庄村"), ("东华门社区居委会", "东华门社区"), ("居民委员会", "居民委员会")];
        for (name, short) in cases {
            let unit = Unit { code: code("441900121014"), name: name.into(), level: Level::Village, kind: String::new() };
            assert_eq!(unit.short_name(), short);
        }
    }

    #[test]
    fn names_are_found_and_told_apart_by_code() {
        let twice: Vec<&str> = UNITS.search("石排村").iter().map(|unit| unit.name.as_str()).collect();
        assert_eq!(twice, ["石排村村民委员会", "石排村村民委员会"]);
        assert_eq!(UNITS.search("北栅")[0].short_name(), "北栅社区");
        assert_eq!(UNITS.search(" 虎门镇 ")[0].code, code("441900121000"));
        assert_eq!(UNITS.search("441900121").len(), 33);
        assert!(UNITS.search("").is_empty() && UNITS.search("没有这个村").is_empty());
    }

    #[test]
    fn a_broken_list_names_its_line() {
        let top = "440000000000,广东省,,1,省,,\n441900000000,东莞市,440000000000,2,市,,";
        let broken = |lines: &str| Units::parse(&format!("{HEADER}\n{top}\n{lines}")).unwrap_err();
        let at_four = |fault| UnitsError { line: 4, fault };
        assert_eq!(broken("441900121000,虎门镇"), at_four(UnitsFault::Columns));
        assert_eq!(broken("44190012100,虎门镇,441900000000,4,镇,,"), at_four(UnitsFault::Code));
        assert_eq!(broken("441900121000,,441900000000,4,镇,,"), at_four(UnitsFault::Name));
        assert_eq!(broken("441900121000,虎门镇,441900000000,3,镇,,"), at_four(UnitsFault::Place));
        assert_eq!(broken("441900121000,虎门镇,440000000000,4,镇,,"), at_four(UnitsFault::Place));
        assert_eq!(broken("441900121014,北栅社区,441900121000,5,居委会,,"), at_four(UnitsFault::Orphan));
        assert_eq!(broken("441900000000,东莞市,440000000000,2,市,,"), at_four(UnitsFault::Duplicate));
        assert_eq!(Units::parse("code,name").unwrap_err().fault, UnitsFault::Columns);
    }

    proptest! {
        #[test]
        fn reading_and_writing_agree(number in 0_u64..2_000_000_000_000_000) {
            match UnitCode::from_number(number) {
                Some(code) => {
                    prop_assert_eq!(UnitCode::parse(&code.to_string()), Ok(code));
                    prop_assert_eq!(code.number(), number);
                    for above in code.ancestors() {
                        prop_assert!(above.level() < code.level());
                        prop_assert_eq!(UnitCode::from_number(above.number()), Some(above));
                    }
                }
                None => prop_assert!(UnitCode::parse(&number.to_string()).is_err()),
            }
        }
    }
}
