//! 表决名册 Who belongs to which assembly; the public reads how many, officials who; 村民委员会组织法 第29条.

use crate::ask::{Ask, Reply};
use crate::frame;
use crate::look::meet::seats::{Roll as Row, Rolls, Seats};
use crate::look::{Choice, page, way};
use crate::open::board::{reader, unit};
use crate::open::find::broken;
use crate::problem::{self, Problem};
use crate::site::Site;
use crate::words;
use app::Failure;
use app::read::meet::Roll;
use law::meet::Assembly;
use law::meet::electorate::{Act, Electorate, Seat};
use law::unit::Unit;
use law::{Actor, AnyAct, Matter, MatterId, Refusal};

fn may(unit: &Unit, reader: &app::read::Reader, assembly: Assembly, site: &Site) -> bool {
    let act = Act::Seat { assembly, from: site.today(), join: Vec::new(), leave: Vec::new(), basis: String::new() };
    let right = Electorate::right(&act);
    reader.offices.iter().any(|office| right.held_by_post(office, unit.code))
}

/// `/u/{unit}/rolls`.
pub fn show(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let reader = reader(site, ask, unit)?;
    let place = frame::place(site, unit);
    let read = app::read::meet::rolls(&site.house, unit.code, site.today(), &reader)?;
    let row = |roll: &Roll| Row {
        word: roll.assembly.word().into(),
        name: words::room::assembly(roll.assembly, &place),
        due: roll.due,
        officers: u32::try_from(roll.officers.len()).unwrap_or_default(),
        women: women(site, unit, roll),
        version: roll.kept.as_ref().and_then(|kept| {
            let version = kept.on(site.today());
            Some((version, *kept.versions.get((version as usize).checked_sub(1)?)?))
        }),
        kept: roll.assembly.has_roll(),
        names: roll.members.iter().map(|(_, name)| name.clone()).collect(),
    };
    let shown = Rolls {
        f: frame::of(site, ask, unit, "表决名册"),
        rolls: read.iter().map(row).collect(),
        may: may(unit, &reader, Assembly::Party, site),
    };
    Ok(Reply::html(page(&shown).map_err(broken)?))
}

/// Women on the roll, and how many the law asks for: a share of the representatives, or of the delegates.
fn women(site: &Site, unit: &Unit, roll: &Roll) -> Option<(u32, Option<u32>)> {
    let kept = roll.kept.as_ref()?;
    let version = kept.on(site.today());
    let have = kept.women(version);
    let rule = match roll.assembly {
        Assembly::Representatives => "meet.representatives.makeup",
        _ => return (have > 0).then_some((have, None)),
    };
    let policy = site.house.policy();
    let share = policy.rule(rule, unit.profile(), site.today()).and_then(|rule| rule.share("women_least").ok());
    let all = u32::try_from(kept.members(version).count()).unwrap_or_default();
    Some((have, share.map(|(part, whole)| (all * part).div_ceil(whole))))
}

struct Editor<'a> {
    site: &'a Site,
    ask: &'a Ask,
    unit: &'a Unit,
    by: Actor,
    reader: app::read::Reader,
    assembly: Assembly,
}

impl<'a> Editor<'a> {
    fn at(site: &'a Site, ask: &'a Ask) -> Result<Self, Problem> {
        let unit = unit(site, ask)?;
        ask.visitor.official()?;
        let by = ask.visitor.actor(site, unit.code)?;
        let reader = app::read::Reader::of(&by);
        let assembly = Assembly::parse(ask.param("assembly")).filter(|one| one.has_roll()).ok_or(Problem::NotFound)?;
        match may(unit, &reader, assembly, site) {
            true => Ok(Self { site, ask, unit, by, reader, assembly }),
            false => Err(Problem::NotFound),
        }
    }

    fn typed(&self, field: &str, first: &str) -> String {
        if self.ask.post { self.ask.field(field) } else { first.to_owned() }
    }

    fn shown(&self, stops: Vec<String>, refused: Option<&Refusal>) -> Result<Reply, Problem> {
        let (site, unit) = (self.site, self.unit);
        let read = app::read::meet::rolls(&site.house, unit.code, site.today(), &self.reader)?;
        let roll = read.into_iter().find(|roll| roll.assembly == self.assembly).ok_or(Problem::NotFound)?;
        let gone = persons(self.ask);
        let name = words::room::assembly(self.assembly, &frame::place(site, unit));
        let bad = refused.is_some() || !stops.is_empty();
        let f = frame::of(site, self.ask, unit, format!("{}改名册：{name}", if bad { "没发出：" } else { "" }));
        let form = Seats {
            keep: f.keep_at("seats", &roll.step),
            f,
            word: self.assembly.word().into(),
            from: self.typed("from", &site.today().to_string()),
            join: self.typed("join", ""),
            households: self.assembly == Assembly::Members,
            members: roll.members.iter().map(|(id, name)| Choice::new(&id.to_string(), name, gone.contains(id))).collect(),
            basis: self.typed("basis", ""),
            stops,
            refused: refused.map(|no| problem::refused(site, no)),
        };
        let status = if bad { refused.map_or(422, problem::status) } else { 200 };
        Ok(Reply::html(page(&form).map_err(broken)?).status(status))
    }
}

fn persons(ask: &Ask) -> Vec<MatterId> {
    ask.form.iter().filter(|(name, _)| name == "leave").filter_map(|(_, value)| MatterId::parse(value)).collect()
}

/// GET `rolls/{assembly}`.
pub fn form(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    Editor::at(site, ask)?.shown(Vec::new(), None)
}

/// One line of the form: 李小芬，女，12户.
struct Written {
    name: String,
    woman: bool,
    household: Option<String>,
}

fn written(line: &str) -> Option<Written> {
    let mut parts = line.split(['，', ',', '\t', ' ', '　']).map(str::trim).filter(|part| !part.is_empty());
    let name = parts.next()?.to_owned();
    let (mut woman, mut household) = (false, None);
    for part in parts {
        match part {
            "女" => woman = true,
            "男" => {}
            mark => household = Some(mark.to_owned()),
        }
    }
    Some(Written { name, woman, household })
}

/// POST `rolls/{assembly}`: each line must name exactly one person on file.
pub fn seat(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let editor = Editor::at(site, ask)?;
    let typed = ask.field("join");
    let lines: Vec<Written> = typed.lines().filter_map(written).collect();
    let names = lines.iter().map(|line| line.name.clone()).collect();
    let known = app::read::meet::called_so(&site.house, editor.unit.code, &names)?;
    let (mut join, mut stops) = (Vec::new(), Vec::new());
    for (n, line) in lines.into_iter().enumerate() {
        match known.get(&line.name).map_or(&[][..], Vec::as_slice) {
            [person] => join.push(Seat { person: *person, woman: line.woman, household: line.household }),
            [] => stops.push(format!("第{}行：人员名册里没有{}，先去登记", n + 1, line.name)),
            several => stops.push(format!("第{}行：有{}个人叫{}，分不清是哪一个", n + 1, several.len(), line.name)),
        }
    }
    if !stops.is_empty() {
        return editor.shown(stops, None);
    }
    let from = match ask.field("from").parse() {
        Ok(from) => from,
        Err(_) => return editor.shown(Vec::new(), Some(&Refusal::Missing { field: "from" })),
    };
    let act = Act::Seat { assembly: editor.assembly, from, join, leave: persons(ask), basis: ask.field("basis") };
    let asked = app::Asked { act: AnyAct::Electorate(act), by: editor.by.clone(), key: ask.key(), seen: ask.seen() };
    match site.house.enact(editor.unit.code, asked) {
        Ok(done) => Ok(Reply::see(&format!("{}?done=seated.{}", way::rolls(&editor.unit.code.to_string()), done.seq))),
        Err(Failure::Refused(refusal)) => editor.shown(Vec::new(), Some(&refusal)),
        Err(failure) => Err(failure.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_a_person_with_what_counts() {
        let line = written("李小芬，女，12户").unwrap();
        assert_eq!((line.name.as_str(), line.woman, line.household.as_deref()), ("李小芬", true, Some("12户")));
        let line = written("  王大明 ").unwrap();
        assert_eq!((line.name.as_str(), line.woman, line.household), ("王大明", false, None));
        assert!(written("  ").is_none());
    }
}
