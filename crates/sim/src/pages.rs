//! 会议的页面 Sittings and ballots as people work them on their pages, for stories; a step that must succeed ends the story when
//! it does not. Names and numbers are those of [`crate::scene`].

use crate::browser::Browser;
use crate::scene::{Scene, UNIT};
use jiff::civil::Date;
use law::{MatterId, PostKind};

/// A page of the unit.
pub fn at(rest: &str) -> String {
    format!("/u/{UNIT}/{rest}")
}

/// The page of a matter.
pub fn matter(id: MatterId) -> String {
    at(&format!("m/{id}"))
}

/// Where an act on a matter is asked for.
pub fn act(id: MatterId, act: &str) -> String {
    at(&format!("m/{id}/{act}"))
}

/// The matter on whose page the browser stands.
pub fn here(browser: &Browser) -> MatterId {
    let id = browser.page.path.split("/m/").nth(1).and_then(|rest| MatterId::parse(rest.get(..13)?));
    id.unwrap_or_else(|| panic!("no matter at {}: {}", browser.page.path, browser.page.text()))
}

/// What was asked was done, and the page says so.
pub fn went(browser: &Browser) {
    assert_eq!(browser.page.status, 200, "{}: {}", browser.page.path, browser.page.text());
    assert!(!browser.page.shows("没发出") && browser.page.path.contains("done="), "{}: {}", browser.page.path, browser.page.text());
}

/// What was asked was refused with this code, a sentence and the clause it rests on.
pub fn refused(browser: &Browser, code: &str) {
    let page = &browser.page;
    assert!((400..500).contains(&page.status), "{code}: {} {}", page.status, page.text());
    assert!(page.shows("没发出") && page.shows(code), "{code}: {}", page.text());
}

/// The secretary.
pub fn secretary(scene: &Scene) -> Browser {
    scene.sign_in("林伟棠", Some(PostKind::Secretary))
}

/// The ids of the teams: secretary, head of the collective, discipline member.
pub fn team(scene: &Scene) -> Vec<String> {
    let posts = [PostKind::Secretary, PostKind::CollectiveHead, PostKind::Discipline];
    posts.iter().map(|post| scene.village.person(*post).to_string()).collect()
}

/// The four constituencies of a joint sitting, by name.
const ROLLS: [(&str, &str); 4] = [
    ("party", "林伟棠\n陈国强\n党员丁\n党员戊，女"),
    ("representatives", "王志强\n何小梅，女\n代表甲，女\n代表乙\n代表丙"),
    ("delegates", "王志强\n黎满堂\n社员己，女\n社员庚\n社员辛"),
    ("migrants", "工友壬\n工友癸\n工友子"),
];

/// Puts the constituencies on their rolls, written by the clerk as people write lists. Gives [`everybody`].
pub fn hall(scene: &Scene) -> Vec<String> {
    let unit = scene.village.code;
    for name in ["代表甲", "代表乙", "代表丙", "党员丁", "党员戊", "社员己", "社员庚", "社员辛", "工友壬", "工友癸", "工友子"]
    {
        scene.world.person(unit, name, None, None).expect("a person");
    }
    let mut clerk = scene.clerk();
    let from = today(scene);
    for (assembly, join) in ROLLS {
        clerk.get(&at(&format!("rolls/{assembly}")));
        clerk.post(&at(&format!("rolls/{assembly}")), &[("join", join), ("from", &from), ("basis", "换届选举")]);
        went(&clerk);
    }
    everybody(scene)
}

/// Everybody in the constituencies, each once.
pub fn everybody(scene: &Scene) -> Vec<String> {
    let names = ROLLS.iter().flat_map(|(_, join)| join.lines()).map(|line| line.replace("，女", "")).collect();
    let found = app::read::meet::called_so(&scene.world.house, scene.village.code, &names).expect("the persons on file");
    found.values().map(|ids| ids[0].to_string()).collect()
}

/// Today, as fields of forms hold it.
fn today(scene: &Scene) -> String {
    law::moment::civil_day(scene.world.house.clock.now()).to_string()
}

/// The person of this name, as forms name him.
pub fn person(scene: &Scene, name: &str) -> String {
    let names = std::iter::once(name.to_owned()).collect();
    let found = app::read::meet::called_so(&scene.world.house, scene.village.code, &names).expect("the persons on file");
    found.values().next().and_then(|ids| ids.first()).unwrap_or_else(|| panic!("nobody is called {name}")).to_string()
}

/// Ticks persons as there.
pub fn arrive(clerk: &mut Browser, id: MatterId, persons: &[String]) {
    clerk.get(&act(id, "roll"));
    let ticks: Vec<(&str, &str)> = persons.iter().map(|person| ("person", person.as_str())).collect();
    clerk.post(&act(id, "arrive"), &ticks);
    went(clerk);
}

/// A sitting of the teams that the secretary called for ten o'clock of `day`, with everybody there and opened.
pub fn team_sitting(scene: &Scene, day: Date, agenda: &[(&str, &str)]) -> (Browser, MatterId) {
    let (mut browser, on) = (secretary(scene), day.to_string());
    browser.get(&at("meetings/new?kind=team"));
    let mut all = vec![("kind", "team"), ("day", on.as_str()), ("time", "10:00"), ("place", "居委会二楼")];
    all.extend_from_slice(agenda);
    browser.post(&at("meetings/new"), &all);
    went(&browser);
    let id = here(&browser);
    scene.turn(day, 10);
    arrive(&mut scene.clerk(), id, &team(scene));
    let mut browser = secretary(scene);
    browser.get(&matter(id));
    assert!(browser.page.shows("宣布开会"), "{}", browser.page.text());
    browser.post(&act(id, "open"), &[]);
    went(&browser);
    (browser, id)
}

/// The teams discuss a motion on `day`, agree and go home; gives their sitting.
pub fn consulted(scene: &Scene, motion: MatterId, version: u32, day: Date) -> MatterId {
    let take = format!("{motion}.{version}.consult");
    let (mut browser, sitting) = team_sitting(scene, day, &[("take", &take)]);
    browser.post(&act(sitting, "report"), &[("item", "0"), ("by", "居委会主任 林伟棠"), ("text", "装几盏、要花多少，都算好了")]);
    browser.post(&act(sitting, "discuss"), &[("item", "0"), ("speakers", "黎满堂"), ("text", "钱由集体出，可以办")]);
    browser.post(&act(sitting, "agree"), &[("item", "0"), ("text", "提交党群联席会议审议")]);
    went(&browser);
    browser.post(&act(sitting, "close"), &[]);
    went(&browser);
    sitting
}

/// Fields that call a joint sitting for three in the afternoon, to deliberate and resolve this version of a motion.
pub fn joint(motion: MatterId, version: u32, day: &str) -> Vec<(&'static str, String)> {
    let fixed = [("kind", "joint"), ("day", day), ("time", "15:00"), ("place", "文化楼礼堂")];
    let steps = ["deliberate", "resolve"].map(|step| ("take", format!("{motion}.{version}.{step}")));
    fixed.into_iter().map(|(name, value)| (name, value.to_owned())).chain(steps).collect()
}

/// Fields as a browser sends them.
pub fn fields<'a>(all: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    all.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

/// The secretary calls a joint sitting on a motion, and the director the representatives.
pub fn called(scene: &Scene, motion: MatterId, version: u32, day: Date) -> MatterId {
    let mut browser = secretary(scene);
    browser.get(&at("meetings/new?kind=joint"));
    browser.post(&at("meetings/new"), &fields(&joint(motion, version, &day.to_string())));
    went(&browser);
    let sitting = here(&browser);
    let mut director = scene.director();
    director.get(&matter(sitting));
    director.post(&act(sitting, "notify"), &[("assembly", "representatives")]);
    went(&director);
    sitting
}

/// A joint sitting is opened at its time with these persons there.
pub fn opened(scene: &Scene, sitting: MatterId, day: Date, persons: &[String]) -> Browser {
    scene.turn(day, 15);
    arrive(&mut scene.clerk(), sitting, persons);
    let mut browser = secretary(scene);
    browser.get(&matter(sitting));
    browser.post(&act(sitting, "open"), &[]);
    went(&browser);
    browser
}

/// An item is reported, discussed and put to a ballot; gives the ballot.
pub fn put(browser: &mut Browser, sitting: MatterId, item: &str, mode: &str) -> MatterId {
    browser.get(&matter(sitting));
    browser.post(&act(sitting, "report"), &[("item", item), ("by", "居委会主任 林伟棠"), ("text", "方案公示期满")]);
    browser.post(&act(sitting, "discuss"), &[("item", item), ("speakers", "代表甲"), ("text", "电费由集体出")]);
    browser.post(&act(sitting, "ballot"), &[("item", item), ("mode", mode)]);
    went(browser);
    here(browser)
}

/// The clerk enters a show of hands, all in favour but these, and the count is taken.
pub fn hands(scene: &Scene, ballot: MatterId, against: &[&str]) {
    let mut clerk = scene.clerk();
    clerk.get(&matter(ballot));
    let tellers = ["党员丁", "党员戊"].map(|name| person(scene, name));
    let against: Vec<String> = against.iter().map(|name| person(scene, name)).collect();
    let said = against.iter().map(|person| ("against", person.as_str())).chain(tellers.iter().map(|teller| ("teller", teller.as_str())));
    clerk.post(&act(ballot, "hands"), &said.collect::<Vec<_>>());
    went(&clerk);
    clerk.post(&act(ballot, "count"), &[]);
    went(&clerk);
}

/// A joint sitting as [`called`] called it, from opening to end: both items by hands, these against the second.
pub fn decided(scene: &Scene, sitting: MatterId, day: Date, persons: &[String], against: &[&str]) {
    let mut browser = opened(scene, sitting, day, persons);
    for (item, against) in [("0", &[][..]), ("1", against)] {
        let ballot = put(&mut browser, sitting, item, "hands");
        hands(scene, ballot, against);
    }
    browser.get(&matter(sitting));
    browser.post(&act(sitting, "close"), &[]);
    went(&browser);
}
