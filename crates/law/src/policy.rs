//! 规则包 Policy: the dated rules of `policy/*.toml` and the working-day calendar, as one value with one digest; S2, S103.

mod rule;
mod topic;

pub use rule::{Lacking, Param, Rule, Standing, Value};
pub use topic::{Draft, Topic, Weight};

use crate::workday::Calendar;
use crate::{Digest, Profile};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt;

/// The rules in force on any day, and the calendar that their days are counted by.
#[derive(Clone, Debug)]
pub struct Policy {
    /// By id; the versions of one id ordered by their first day.
    rules: BTreeMap<String, Vec<Rule>>,
    calendar: Calendar,
    digest: String,
}

/// What the program cannot do without: rules that must be there for both profiles, without a gap and without an end,
/// and the numbers that they must give.
pub const REQUIRED: &[(&str, &[&str])] = &[
    ("lead.key.change", &["days"]),
    ("lead.mechanism.start", &[]),
    ("meet.congress.cadence", &["per_quarter"]),
    ("meet.congress.publish", &["days"]),
    ("meet.draft.post", &["days", "asset_days", "revised_days"]),
    ("meet.emergency.ratify", &["days", "leaders"]),
    ("meet.motion.judge", &["days", "challenge_days"]),
    ("meet.motion.major", &["amount", "years_over", "households"]),
    ("meet.motion.propose", &["most_days_back"]),
    ("meet.opinion.answer", &["days"]),
    ("meet.team.cadence", &["per_week"]),
    ("open.box.open", &["per_week", "persons"]),
    ("open.notice.keep", &["days"]),
    ("open.decision.publish", &["days"]),
    ("open.notice.paper", &["days"]),
    ("open.result.publish", &["days"]),
    ("open.suggestion.answer", &["days", "least_characters"]),
    ("open.suggestion.backdate", &["days"]),
    ("open.suggestion.dispute", &["days", "reopen"]),
    ("open.suggestion.extend", &["days", "times"]),
    ("open.suggestion.register", &["days", "most_days_back"]),
    ("open.suggestion.release", &["days"]),
    ("open.suggestion.route", &["days"]),
    ("steer.resolution.assign", &["days"]),
    ("steer.result.explain", &["days", "verdict_days"]),
    ("steer.task.accept", &["days"]),
    ("steer.task.finish", &[]),
    ("steer.task.inquire", &["days"]),
    ("steer.task.stale", &["days"]),
    ("watch.report.accept", &["days", "batch"]),
];

/// Words that the program cannot do without.
pub const REQUIRED_TEXTS: &[(&str, &str)] = &[("open.suggestion.answer", "empty_phrases")];

/// Why a set of packs was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Name of the pack; empty when it concerns all of them together.
    pub pack: String,
    /// Id of the rule, once known.
    pub rule: Option<String>,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a pack or a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The text is no pack: bad TOML, an unknown key, a missing one, a bad date, a number with a point.
    Text(String),
    /// The pack calls itself otherwise.
    Name(String),
    /// The id is not three small words, the first being one of the mechanism's six folders.
    Id,
    /// This text is empty.
    Empty(&'static str),
    /// `to` lies before `from`.
    Dates,
    /// No profile, or one twice.
    Profiles,
    /// The parameter has no value or no unit, or the plain sentence names it and it is no whole number.
    Param(String),
    /// Two versions for one profile are in force at once from this day.
    Overlap(Date),
    /// A rule that the program needs is not in force on this day for this profile; `None`: on no day.
    Gap(Profile, Option<Date>),
    /// A rule that the program needs lacks this number or word.
    Lacks(String),
    /// This kind of matter is badly written, asks for a rule that is not there, or is listed by two rules at once.
    Topic(String),
}

impl Policy {
    /// Reads packs, each with its name. Everything wrong is told at once.
    pub fn load(packs: &[(&str, &str)], calendar: Calendar) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut rules: BTreeMap<String, Vec<Rule>> = BTreeMap::new();
        for (name, text) in packs {
            for rule in rule::read(name, text, &mut problems) {
                rules.entry(rule.id.clone()).or_default().push(rule);
            }
        }
        for versions in rules.values_mut() {
            versions.sort_by_key(|rule| (rule.from, rule.profiles.clone()));
            problems.extend(overlaps(versions));
        }
        problems.extend(topic::problems(&rules));
        if problems.is_empty() {
            problems.extend(REQUIRED.iter().flat_map(|(id, params)| missing(&rules, id, params)));
        }
        match problems.is_empty() {
            true => Ok(Self::of(rules, calendar)),
            false => Err(problems),
        }
    }

    /// The packs and the calendar that the program carries.
    pub fn embedded() -> Self {
        const PACKS: [(&str, &str); 6] = [
            ("dongguan-2015", include_str!("../../../policy/dongguan-2015.toml")),
            ("vcl-2026", include_str!("../../../policy/vcl-2026.toml")),
            ("rcl-2026", include_str!("../../../policy/rcl-2026.toml")),
            ("cel-2025", include_str!("../../../policy/cel-2025.toml")),
            ("disclosure", include_str!("../../../policy/disclosure.toml")),
            ("trading-dongguan-2025", include_str!("../../../policy/trading-dongguan-2025.toml")),
        ];
        let calendar = Calendar::parse(include_str!("../../../policy/calendar/cn-workdays.csv"));
        let calendar = calendar.expect("checked by a test");
        Self::load(&PACKS, calendar).expect("checked by a test")
    }

    /// The same rules, counted by another calendar: a notice of the State Council was imported.
    #[must_use]
    pub fn with_calendar(self, calendar: Calendar) -> Self {
        Self::of(self.rules, calendar)
    }

    fn of(rules: BTreeMap<String, Vec<Rule>>, calendar: Calendar) -> Self {
        let content = serde_json::to_vec(&rules).expect("rules are plain data");
        let digest = Digest::of(&[&content, calendar.version().as_bytes()]).to_string()[..16].to_owned();
        Self { rules, calendar, digest }
    }

    /// The version of a rule that binds a unit of this profile on this day. A unit without one (a town, the city) is
    /// bound by what binds villages and communities alike.
    pub fn rule(&self, id: &str, profile: Option<Profile>, day: Date) -> Option<&Rule> {
        self.rules.get(id)?.iter().find(|rule| rule.binds(profile, day))
    }

    /// All rules that bind on this day, by id: the page of the rules that apply here today.
    pub fn all(&self, profile: Option<Profile>, day: Date) -> Vec<&Rule> {
        self.rules.values().flatten().filter(|rule| rule.binds(profile, day)).collect()
    }

    /// All versions of a rule, oldest first.
    pub fn versions(&self, id: &str) -> &[Rule] {
        self.rules.get(id).map_or(&[], Vec::as_slice)
    }

    /// The calendar.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// Digest of rules and calendar: 16 hex digits. Layout and comments of the packs do not touch it.
    pub fn digest(&self) -> &str {
        &self.digest
    }
}

/// Versions, ordered by their first day, that begin while another one binds the same profile.
fn overlaps(versions: &[Rule]) -> impl Iterator<Item = Problem> {
    versions.iter().enumerate().filter_map(|(at, later)| {
        let begins_in = |earlier: &Rule| later.profiles.iter().any(|profile| earlier.binds(Some(*profile), later.from));
        versions[..at].iter().any(begins_in).then(|| later.problem(Fault::Overlap(later.from)))
    })
}

/// What keeps a needed rule from binding both profiles from its first day on, with all its numbers.
fn missing(rules: &BTreeMap<String, Vec<Rule>>, id: &str, params: &[&str]) -> Vec<Problem> {
    let versions = rules.get(id).map_or(&[][..], Vec::as_slice);
    let gaps = Profile::ALL.into_iter().filter_map(|profile| {
        let day = first_gap(versions.iter().filter(|rule| rule.profiles.contains(&profile)))?;
        Some(Problem { pack: String::new(), rule: Some(id.to_owned()), fault: Fault::Gap(profile, day) })
    });
    let texts = REQUIRED_TEXTS.iter().filter(|(rule, _)| *rule == id).map(|(_, name)| name);
    let lacks = versions.iter().flat_map(|rule| {
        let numbers = params.iter().filter(|name| rule.int(name).is_err());
        let lacking = numbers.chain(texts.clone().filter(|name| rule.text(name).is_err()));
        lacking.map(|name| rule.problem(Fault::Lacks((*name).to_owned())))
    });
    gaps.chain(lacks).collect()
}

/// The first day on which none of these versions is in force, `Some(None)` if there are none, `None` if all is well.
fn first_gap<'a>(mut versions: impl Iterator<Item = &'a Rule>) -> Option<Option<Date>> {
    let Some(first) = versions.next() else {
        return Some(None);
    };
    let mut end = first.to;
    for rule in versions {
        let after = end.and_then(|end| end.tomorrow().ok());
        if after != Some(rule.from) {
            return Some(after);
        }
        end = rule.to;
    }
    end.map(|end| end.tomorrow().ok())
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pack = if self.pack.is_empty() { "policy" } else { &self.pack };
        match &self.rule {
            Some(rule) => write!(f, "{pack}, {rule}: {}", self.fault),
            None => write!(f, "{pack}: {}", self.fault),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(message) => write!(f, "{}", message.trim_end()),
            Self::Name(name) => write!(f, "the pack calls itself {name:?}"),
            Self::Id => write!(f, "an id is three small words with dots, first lead, meet, steer, open, watch or own"),
            Self::Empty(field) => write!(f, "{field} is empty"),
            Self::Dates => write!(f, "to lies before from"),
            Self::Profiles => write!(f, "profiles must name one or both, each once"),
            Self::Param(name) => write!(f, "parameter {name} needs a value and a unit; in a sentence, a whole number"),
            Self::Overlap(day) => write!(f, "two versions are in force on {day}"),
            Self::Gap(profile, Some(day)) => write!(f, "the program needs it, and it is not in force on {day} ({profile:?})"),
            Self::Gap(profile, None) => write!(f, "the program needs it, and it is not there ({profile:?})"),
            Self::Lacks(name) => write!(f, "the program needs its {name}"),
            Self::Topic(kind) => {
                write!(f, "topic {kind:?} is badly written, rests on a rule that is not there, or stands in two rules at once")
            }
        }
    }
}

impl std::error::Error for Problem {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workday::Calendar;
    use std::sync::LazyLock;

    const VILLAGE: Option<Profile> = Some(Profile::Village);
    const COMMUNITY: Option<Profile> = Some(Profile::Community);
    static POLICY: LazyLock<Policy> = LazyLock::new(Policy::embedded);

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn param<'a>(id: &str, profile: Option<Profile>, on: &str, name: &str) -> &'a Param {
        &POLICY.rule(id, profile, day(on)).unwrap_or_else(|| panic!("{id} on {on}")).params[name]
    }

    #[test]
    fn what_is_used_now_is_exact() {
        let cases = [
            ("open.suggestion.answer", "days", 5, "工作日", Standing::Seed),
            ("open.suggestion.register", "days", 0, "工作日", Standing::Default),
            ("open.suggestion.route", "days", 1, "工作日", Standing::Default),
            ("open.suggestion.extend", "days", 5, "工作日", Standing::Default),
            ("open.suggestion.extend", "times", 1, "次", Standing::Default),
            ("open.suggestion.dispute", "days", 15, "天", Standing::Default),
            ("open.suggestion.dispute", "reopen", 1, "次", Standing::Default),
            ("open.suggestion.release", "days", 2, "工作日", Standing::Default),
            ("open.suggestion.backdate", "days", 3, "工作日", Standing::Default),
            ("open.notice.keep", "days", 15, "天", Standing::Law),
            ("open.notice.paper", "days", 3, "工作日", Standing::Default),
            ("open.box.open", "per_week", 1, "次", Standing::Default),
            ("open.promise.check", "per_month", 1, "次", Standing::Seed),
            ("watch.report.accept", "days", 15, "工作日", Standing::Law),
            ("watch.discipline.member", "count", 1, "人", Standing::Seed),
            ("meet.team.cadence", "per_week", 1, "次", Standing::Seed),
            ("meet.congress.cadence", "per_quarter", 1, "次", Standing::Seed),
        ];
        for (id, name, value, unit, standing) in cases {
            for profile in [VILLAGE, COMMUNITY] {
                let param = param(id, profile, "2026-09-30", name);
                assert_eq!((&param.value, param.unit.as_str(), param.standing), (&Value::Int(value), unit, standing), "{id}");
            }
        }
    }

    #[test]
    fn a_decision_is_judged_by_the_law_of_its_day() {
        let keep = |on| param("open.notice.keep", VILLAGE, on, "days").standing;
        assert_eq!((keep("2025-12-31"), keep("2026-01-01")), (Standing::Default, Standing::Law));
        let article = |id, profile, on| POLICY.rule(id, profile, day(on)).map(|rule| rule.article.as_str());
        assert_eq!(article("meet.assembly.reserved", VILLAGE, "2025-12-31"), Some("第二十四条"));
        assert_eq!(article("meet.assembly.reserved", VILLAGE, "2026-01-01"), Some("第二十八条"));
        assert_eq!(article("open.notice.keep", COMMUNITY, "2026-01-01"), Some("第三十四条"));
        assert_eq!(article("meet.assembly.cadence", COMMUNITY, "2026-01-01"), None, "the communities' law names no yearly minimum");
        let of = |on| POLICY.rule("meet.delegates.quorum", VILLAGE, day(on)).unwrap().text("majority_of").unwrap();
        assert_eq!((of("2025-04-30"), of("2025-05-01")), ("present", "all"));
    }

    #[test]
    fn villages_and_communities_differ() {
        let size = |profile| {
            let rule = POLICY.rule("lead.committee.size", profile, day("2026-09-30")).unwrap();
            (rule.int("least").unwrap(), rule.int("most").unwrap())
        };
        assert_eq!((size(VILLAGE), size(COMMUNITY)), ((3, 7), (5, 9)));
        let recall = |profile| POLICY.rule("lead.committee.recall", profile, day("2026-09-30")).unwrap().share("voters_least");
        assert_eq!((recall(VILLAGE), recall(COMMUNITY)), (Ok((1, 5)), Ok((1, 10))));
        assert!(POLICY.rule("lead.committee.size", None, day("2026-09-30")).is_none(), "a town follows neither");
        assert!(POLICY.rule("watch.report.accept", None, day("2026-09-30")).is_some(), "but what binds both");
    }

    #[test]
    fn todays_rules_are_whole_sentences_once_each() {
        for profile in [VILLAGE, COMMUNITY] {
            let all = POLICY.all(profile, day("2026-09-30"));
            assert!(all.len() > 70, "{}", all.len());
            assert!(all.windows(2).all(|two| two[0].id < two[1].id), "ordered, each id once");
            assert!(all.iter().all(|rule| rule.plain.ends_with('。') && !rule.plain.contains('{')));
        }
        let answer = POLICY.rule("open.suggestion.answer", VILLAGE, day("2026-09-30")).unwrap();
        assert!(answer.plain.contains("必须在5个工作日内解释答复"), "{}", answer.plain);
        assert_eq!((answer.pack.as_str(), answer.list("remind").unwrap()), ("dongguan-2015", &[2, 1, 0][..]));
        let gate = POLICY.rule("own.trade.gate", VILLAGE, day("2026-09-30")).unwrap();
        assert!(gate.plain.contains("总额1,000,000元以上"), "{}", gate.plain);
    }

    #[test]
    fn a_number_that_is_not_there_is_an_error() {
        let rule = POLICY.rule("open.suggestion.answer", VILLAGE, day("2026-09-30")).unwrap();
        let lacking = Lacking { rule: "open.suggestion.answer".into(), param: "hours".into() };
        assert_eq!((rule.int("days"), rule.int("hours")), (Ok(5), Err(lacking)));
        assert!(rule.int("remind").is_err() && rule.text("days").is_err() && rule.share("remind").is_err());
        assert!(POLICY.rule("open.suggestion.answer", VILLAGE, day("2015-09-01")).is_none(), "before the document");
    }

    #[test]
    fn the_digest_follows_rules_and_calendar() {
        assert_eq!(POLICY.digest().len(), 16);
        assert_eq!(POLICY.digest(), Policy::embedded().digest());
        let notice = "date,is_workday,name,source\n2027-02-09,0,春节,official:notice\n";
        let amended = POLICY.calendar().amended(notice).unwrap();
        let policy = POLICY.clone().with_calendar(amended);
        assert_ne!(policy.digest(), POLICY.digest());
        assert_eq!(
            policy.rule("open.suggestion.answer", VILLAGE, day("2026-09-30")),
            POLICY.rule("open.suggestion.answer", VILLAGE, day("2026-09-30"))
        );
    }

    const RULE: &str = r#"
        [[rule]]
        id = "open.tea.drink"
        title = "喝茶"
        plain = "每周{times}次。"
        clause = "……"
        article = "一"
        from = "2020-01-01"
        profiles = ["village"]
        params.times = { value = 1, unit = "次", standing = "default" }
    "#;

    /// The faults of a pack with these rules besides what the program carries.
    fn faults(rules: &str) -> Vec<Fault> {
        let pack = format!("pack = \"tea\"\ntitle = \"茶\"\nsource = \"茶经\"\n{rules}");
        let calendar = Calendar::parse("date,is_workday,name,source\n2026-01-05,1,,x\n").unwrap();
        let problems = Policy::load(&[("tea", &pack)], calendar).unwrap_err();
        problems.into_iter().map(|problem| problem.fault).filter(|fault| !matches!(fault, Fault::Gap(_, None))).collect()
    }

    #[test]
    fn a_pack_is_read_strictly() {
        assert_eq!(faults(RULE), [], "and nothing but the missing rules is wrong with it");
        let cases = [
            ("from =", "since = \"2020-01-01\"\nfrom ="),
            ("\"2020-01-01\"", "\"2020-02-30\""),
            ("\"2020-01-01\"", "\"2020-1-1\""),
            ("value = 1", "value = 1.5"),
            ("value = 1", "value = true"),
            ("\"default\"", "\"guess\""),
            ("[\"village\"]", "[\"town\"]"),
            ("title", "pack = \"x\"\ntitle"),
            ("article = \"一\"", ""),
        ];
        for (from, to) in cases {
            assert!(matches!(faults(&RULE.replacen(from, to, 1))[..], [Fault::Text(_)]), "{to}");
        }
        let cases = [
            ("open.tea.drink", "open.tea", Fault::Id),
            ("open.tea.drink", "shut.tea.drink", Fault::Id),
            ("open.tea.drink", "open.Tea.drink", Fault::Id),
            ("\"喝茶\"", "\" \"", Fault::Empty("title")),
            ("from =", "to = \"2019-12-31\"\nfrom =", Fault::Dates),
            ("[\"village\"]", "[]", Fault::Profiles),
            ("[\"village\"]", "[\"village\", \"village\"]", Fault::Profiles),
            ("\"次\"", "\"\"", Fault::Param("times".into())),
            ("value = 1", "value = -1", Fault::Param("times".into())),
            ("{times}", "{cups}", Fault::Param("cups".into())),
            ("value = 1", "value = [1, 2]", Fault::Param("times".into())),
        ];
        for (from, to, fault) in cases {
            assert_eq!(faults(&RULE.replacen(from, to, 1)), [fault], "{to}");
        }
    }

    #[test]
    fn versions_of_one_rule_do_not_overlap() {
        let next = RULE.replace("\"2020-01-01\"", "\"2021-01-01\"");
        assert_eq!(faults(&format!("{RULE}{next}")), [Fault::Overlap(day("2021-01-01"))]);
        let ended = RULE.replace("from =", "to = \"2020-12-31\"\nfrom =");
        assert_eq!(faults(&format!("{ended}{next}")), []);
        assert_eq!(faults(&format!("{RULE}{}", next.replace("village", "community"))), [], "another profile");
        assert_eq!(faults(&format!("{RULE}{RULE}")), [Fault::Overlap(day("2020-01-01"))]);
    }

    #[test]
    fn needed_rules_are_there_without_a_gap_and_with_their_numbers() {
        let answer = RULE.replace("open.tea.drink", "open.suggestion.answer").replace("[\"village\"]", "[\"village\", \"community\"]");
        let lacks = ["days", "least_characters", "empty_phrases"].map(|name| Fault::Lacks(name.into()));
        assert_eq!(faults(&answer), lacks);
        let ended = answer.replace("from =", "to = \"2020-12-31\"\nfrom =");
        let gap = |day| [Fault::Gap(Profile::Village, Some(day)), Fault::Gap(Profile::Community, Some(day))];
        assert_eq!(faults(&ended)[..2], gap(day("2021-01-01")), "it ends");
        let later = answer.replace("\"2020-01-01\"", "\"2021-01-02\"");
        assert_eq!(faults(&format!("{ended}{later}"))[..2], gap(day("2021-01-01")), "a day is missing");
    }

    #[test]
    fn problems_say_where_they_are() {
        let calendar = POLICY.calendar().clone();
        let problems = Policy::load(&[("tea", "pack = \"coffee\"\ntitle = \"\"\nsource = \"\"\n")], calendar).unwrap_err();
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(told, ["tea: the pack calls itself \"coffee\"", "tea: title is empty"]);
    }
}
