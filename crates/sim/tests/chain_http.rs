//! 一件事一条链 The story of one matter from 提议 to 结果, every step on its own page, each page leading to the next; 东组通〔2015〕33号 二（二）—二（四）.

use jiff::civil::{Date, date};
use law::{MatterId, PostKind};
use sim::browser::Browser;
use sim::pages::{act, at, consulted, hall, hands, here, matter, opened, person, put, secretary, went};
use sim::scene::{Scene, on_each};

const START: Date = date(2026, 3, 2);
/// The day of the joint sitting, as early as its notice allows.
const JOINT: Date = date(2026, 3, 12);

/// Everything a reader reads: a page without its tags.
fn says(browser: &Browser, words: &[&str]) {
    let text = browser.page.text();
    let plain: String = text.split('<').map(|part| part.split_once('>').map_or(part, |(_, rest)| rest)).collect();
    for word in words {
        assert!(plain.contains(word) || text.contains(word), "{word}: {text}");
    }
}

/// Follows the link behind these words.
fn follow(browser: &mut Browser, label: &str) {
    let text = browser.page.text();
    let links = text.split("<a ").skip(1).filter_map(|link| link.split_once("</a>").map(|(link, _)| link));
    let plain = |link: &str| -> String { link.split('<').map(|part| part.rsplit('>').next().unwrap_or_default()).collect() };
    let found = links.into_iter().find(|link| plain(link).contains(label)).unwrap_or_else(|| panic!("no link {label}: {text}"));
    let to = found
        .split("href=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("an address")
        .replace("&amp;", "&")
        .replace("&#38;", "&");
    browser.get(to.split('#').next().unwrap_or_default());
    assert_eq!(browser.page.status, 200, "{label} leads to {to}: {}", browser.page.text());
}

fn send(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) {
    browser.get(path);
    browser.post(path, fields);
    went(browser);
}

/// The secretary looks at the class and proposes; from the motion's page he is led to calling the teams.
fn propose(scene: &Scene) -> MatterId {
    let (mut browser, committee) = (secretary(scene), scene.village.committee.to_string());
    let typed = [
        ("matter_type", "public_works"),
        ("title", "东坊巷加装路灯"),
        ("text", "用集体资金在东坊巷加装10盏路灯，由居委会组织施工。"),
        ("reasons", "东坊巷三段没有路灯，老人夜里摔过两次。"),
        ("basis", "东组通〔2015〕33号 二（二）"),
        ("amount", "48000"),
        ("body", committee.as_str()),
        ("deadline", "2026-06-30"),
        ("source", "secretary"),
        ("discussed_on", "2026-03-01"),
        ("number", "北栅党纪〔2026〕3号"),
    ];
    browser.get(&at("motions/new"));
    browser.post(&at("motions/new"), &typed);
    says(&browser, &["重大事项", "要走四步"]);
    browser.post(&at("motions/new"), &[&typed[..], &[("go", "send")]].concat());
    went(&browser);
    let motion = here(&browser);
    follow(&mut browser, "召集班子联席会议");
    says(&browser, &[&format!("value=\"{motion}.1.consult\" checked")]);
    motion
}

/// Residents speak to the draft, a clerk releases their words, the secretary answers.
fn heard(scene: &Scene, motion: MatterId) {
    send(&mut scene.resident(), &act(motion, "opine"), &[("text", "祠堂口最黑，也要装一盏。")]);
    send(&mut scene.clerk(), &act(motion, "look"), &[("how", "whole")]);
    send(&mut secretary(scene), &act(motion, "reply"), &[("opinions", "0"), ("taken", "no"), ("text", "祠堂口已经有灯，坏了，另外修。")]);
}

/// The secretary calls the joint sitting from the motion's page, and every reader of the motion is led to it.
fn call(scene: &Scene, motion: MatterId) -> MatterId {
    let mut browser = secretary(scene);
    browser.get(&matter(motion));
    follow(&mut browser, "召集党群联席会议");
    let take = ["deliberate", "resolve"].map(|step| format!("{motion}.1.{step}"));
    for step in &take {
        says(&browser, &[&format!("value=\"{step}\" checked")]);
    }
    let day = JOINT.to_string();
    let fields = [("kind", "joint"), ("day", &day), ("time", "15:00"), ("place", "文化楼礼堂"), ("take", &take[0]), ("take", &take[1])];
    browser.post(&at("meetings/new"), &fields);
    went(&browser);
    let joint = here(&browser);
    send_here(&mut scene.director(), joint, "notify", &[("assembly", "representatives")]);
    let mut all = scene.stranger();
    all.get(&matter(motion));
    says(&all, &["党群联席会议，第1项（已通知）", "党群联席会议，第2项（已通知）"]);
    follow(&mut all, "党群联席会议，第2项（已通知）");
    assert_eq!(here(&all), joint);
    joint
}

/// A form that stands on the matter's own page.
fn send_here(browser: &mut Browser, id: MatterId, word: &str, fields: &[(&str, &str)]) {
    browser.get(&matter(id));
    browser.post(&act(id, word), fields);
    went(browser);
}

/// The ballot that decides: one votes on his telephone from the motion's page, the others through the clerk, two against.
fn vote(scene: &Scene, motion: MatterId, joint: MatterId, everybody: &[String]) -> MatterId {
    let ballot = put(&mut secretary(scene), joint, "1", "named");
    let mut resident = scene.resident();
    resident.get(&matter(motion));
    follow(&mut resident, "正在表决");
    let own = resident.page.field("voter").unwrap_or_else(|| panic!("a paper: {}", resident.page.text()));
    resident.post(&act(ballot, "vote"), &[("voter", &own), ("choice", "for")]);
    says(&resident, &["已经投过票了"]);
    let mut clerk = scene.clerk();
    clerk.get(&matter(ballot));
    let against = ["代表甲", "代表乙"].map(|name| person(scene, name));
    for voter in everybody.iter().filter(|voter| **voter != own) {
        let choice = if against.contains(voter) { "against" } else { "for" };
        clerk.post(&act(ballot, "enter"), &[("voter", voter), ("choice", choice)]);
        went(&clerk);
    }
    clerk.post(&act(ballot, "count"), &[]);
    went(&clerk);
    ballot
}

/// Published, entrusted, reported on, accepted by the supervision committee, and the result made known.
fn carried_out(scene: &Scene, motion: MatterId) {
    let paper = law::meet::resolution::Resolution::id_of(motion, 1);
    send(&mut secretary(scene), &act(paper, "publish"), &[]);
    let mut browser = secretary(scene);
    let page = browser.get(&act(paper, "assign")).text();
    let before = page.split("陈志恒</option>").next().unwrap_or_default();
    let owner = before.rsplit("<option value=\"").next().and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned();
    browser.post(&act(paper, "assign"), &[("title", "组织施工"), ("owner", &owner), ("due", "2026-04-30"), ("budget", "48000")]);
    went(&browser);
    let task = here(&browser);
    scene.turn(date(2026, 3, 25), 9);
    send(&mut scene.clerk(), &act(task, "progress"), &[("text", "灯杆都到了，放在祠堂后面。"), ("spent", "14580"), ("on", "2026-03-25")]);
    let done = [("extent", "whole"), ("text", "10盏全部装好，逐盏通电，巷口到祠堂都亮了。"), ("spent", "30000")];
    send(&mut scene.clerk(), &act(task, "finish"), &done);
    let mut head = scene.sign_in("梁玉燕", Some(PostKind::SupervisionHead));
    send(&mut head, &act(task, "accept"), &[("remark", "晚上八点逐盏看过，都亮。")]);
    send(&mut scene.clerk(), &act(task, "result"), &[]);
}

#[test]
fn s001_one_matter_is_proposed_voted_published_carried_out_and_watched_over_on_one_page() {
    on_each("s001_chain", START, |scene| {
        let motion = propose(scene);
        let everybody = hall(scene);
        let team = consulted(scene, motion, 1, START);
        send(&mut scene.clerk(), &act(motion, "draft"), &[]);
        let joint = call(scene, motion);
        heard(scene, motion);
        let mut browser = opened(scene, joint, JOINT, &everybody);
        let first = put(&mut browser, joint, "0", "hands");
        hands(scene, first, &[]);
        let ballot = vote(scene, motion, joint, &everybody);
        send_here(&mut secretary(scene), joint, "close", &[]);
        carried_out(scene, motion);
        let mut all = scene.stranger();
        all.get(&matter(motion));
        let steps = [
            "提议",
            "班子商议，同意提交",
            "公示方案，听意见",
            "审议通过",
            "决议通过",
            "公开决议",
            "分工：组织施工",
            "验收通过",
            "公布结果",
        ];
        says(&all, &steps);
        // Each vote stands as a bar with the numbers of the real ballot, and leads to it and to its sitting.
        says(&all, &["应到6人，实到6人，赞成4，反对2，弃权0，要4票才通过", "到会6人过半数，就是4票以上。得4票。", "应到5人，实到5人"]);
        for place in [matter(team), matter(joint), matter(first), matter(ballot)] {
            says(&all, &[&format!("href=\"{place}")]);
        }
        // And back: the sitting and the ballot lead to the motion, the resolution shows the same bars.
        for from in [matter(team), matter(joint), matter(ballot)] {
            all.get(&from);
            says(&all, &[&matter(motion)]);
        }
        all.get(&matter(law::meet::resolution::Resolution::id_of(motion, 1)));
        says(&all, &["应到6人，实到6人，赞成4，反对2", "反对2票", &matter(motion), "组织施工"]);
        // The board and the list lead to the same matter.
        all.get(at("").trim_end_matches('/'));
        says(&all, &[&matter(motion)]);
        all.get(&at("motions"));
        says(&all, &[&matter(motion)]);
    });
}
