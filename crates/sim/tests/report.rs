//! 监督举报的故事 Stories of sealed reports: they reach the town's discipline officer and nobody else, and leave no trace by
//! which anybody could count them.

use app::door::demo::As;
use jiff::civil::date;
use law::lead::body::BodyKind;
use law::{MatterId, PostKind, UnitCode};
use sim::browser::{Browser, Page};
use sim::scene::{Scene, TOWN, UNIT, on_each};
use web::Site;
use web::demo::Identity;

const TEXT: &str = "2026年8月，有人收了施工方两条烟，让亲戚包了文化楼的活。";
const OFFICER: &str = "祁永康";

fn town() -> UnitCode {
    UnitCode::parse(TOWN).unwrap()
}

/// Puts the town's discipline officer in place, and one of another town. Their identities are in the site that comes back.
fn officers(scene: &mut Scene) -> MatterId {
    let mut known = scene.site.identities.clone();
    let mut first = None;
    for (code, name) in [(TOWN, OFFICER), ("441900122000", "莫振华")] {
        let code = UnitCode::parse(code).unwrap();
        let body = scene
            .world
            .body(code, BodyKind::TownDiscipline, &format!("{}纪检监察组", scene.world.house.units.get(code).unwrap().name))
            .unwrap();
        let person = scene.world.person(code, name, None, None).unwrap();
        let post = scene.world.appoint(code, person, name, body, PostKind::TownDiscipline).unwrap();
        first.get_or_insert(post);
        known.push(Identity { unit: code, who: As::Official(person), name: name.into(), post: Some(PostKind::TownDiscipline) });
    }
    scene.site = Site::with_identities(scene.world.house.clone(), known);
    first.unwrap()
}

fn officer(scene: &Scene) -> Browser {
    scene.sign_in(OFFICER, Some(PostKind::TownDiscipline))
}

/// Lodges a report; the query code.
fn lodge(browser: &mut Browser, name: &str) -> String {
    browser.get(&format!("/u/{UNIT}/report"));
    browser.post(&format!("/u/{UNIT}/report"), &[("about", "居委会某某"), ("text", TEXT), ("name", name), ("contact", "")]);
    assert_eq!(browser.page.status, 200, "{}", browser.page.text());
    let text = browser.page.text();
    text.split("查询码 <b class=\"big\">").nth(1).and_then(|rest| rest.split('<').next()).unwrap().to_owned()
}

fn look_up(browser: &mut Browser, code: &str) -> Page {
    browser.get("/report/lookup");
    browser.post("/report/lookup", &[("town", TOWN), ("code", code)]).clone()
}

fn size(scene: &Scene, unit: UnitCode) -> i64 {
    let head = scene.world.house.read(|tx| store::record::head(tx, unit)).unwrap();
    head.map_or(0, |head| head.frontier.size().cast_signed())
}

/// The audiences of a town's lines from a record number on.
fn audiences(scene: &Scene, from: i64) -> Vec<String> {
    let entries = scene.world.house.read(|tx| store::record::entries(tx, town(), from, 1000)).unwrap();
    entries.into_iter().map(|entry| entry.audience).collect()
}

/// The ids of reports that the officer's list links to.
fn ids(page: &Page) -> Vec<String> {
    let (text, href) = (page.text(), format!("/t/{TOWN}/reports/"));
    let links = text.split(&href).skip(1).filter_map(|rest| rest.split(['"', '/']).next().map(str::to_owned));
    let mut all: Vec<String> = links.filter(|id| MatterId::parse(id).is_some()).collect();
    all.dedup();
    all
}

#[test]
fn a_report_reaches_the_discipline_officer_and_its_sender_learns_what_becomes_of_it() {
    on_each("report_life", date(2026, 9, 1), |scene| {
        officers(scene);
        let mut sender = scene.stranger();
        assert!(sender.get(&format!("/u/{UNIT}/report")).shows("虎门镇纪检监察组"), "{}", sender.page.text());
        let code = lodge(&mut sender, "王志强");
        assert!(
            sender.page.shows("9月21日") && !sender.page.shows("两条烟"),
            "told within fifteen working days; the receipt says nothing: {}",
            sender.page.text()
        );
        assert!(look_up(&mut sender, &code).shows("还没受理"));
        assert!(look_up(&mut sender, "AAAABBBBCCCC").shows("REPORT_UNKNOWN"));
        let mut chief = officer(scene);
        assert!(chief.get(&format!("/t/{TOWN}/reports")).shows("没有收到反映"), "it waits for the day's batch");
        scene.turn(date(2026, 9, 2), 1);
        let mut chief = officer(scene);
        let listed = chief.get(&format!("/t/{TOWN}/reports")).clone();
        assert!(listed.shows("没看过") && listed.shows("全部1件") && !listed.shows("两条烟"), "{}", listed.text());
        let page = format!("/t/{TOWN}/reports/{}", ids(&listed)[0]);
        chief.get(&page);
        for said in ["两条烟", "反映：居委会某某", "姓名：王志强", "北栅社区", "您是第一个"] {
            assert!(chief.page.shows(said), "{said}: {}", chief.page.text());
        }
        assert!(
            chief.get(&page).shows("祁永康 2026年9月2日1:00") || chief.page.shows(OFFICER),
            "each opening is noted: {}",
            chief.page.text()
        );
        let token = chief.page.field("csrf").unwrap();
        chief.post(&format!("{page}/accept"), &[("taken", "yes"), ("answer", "")]);
        assert_eq!(chief.page.status, 422, "an answer needs words: {}", chief.page.text());
        chief.post(&format!("{page}/accept"), &[("taken", "yes"), ("answer", "已经受理，由我们直接核实。")]);
        assert!(chief.page.shows("受理了") && chief.page.shows("和下一批密封件一起"), "{}", chief.page.text());
        chief.post(&format!("{page}/accept"), &[("taken", "no"), ("answer", "改口"), ("csrf", &token)]);
        assert!(chief.page.shows("ALREADY_ANSWERED"), "{}", chief.page.text());
        let told = look_up(&mut sender, &code.to_lowercase().replace(' ', ""));
        assert!(told.shows("受理了") && told.shows("由我们直接核实"), "at once, before it is on record: {}", told.text());
        scene.turn(date(2026, 9, 3), 1);
        assert!(look_up(&mut sender, &code).shows("由我们直接核实"), "and after");
        assert!(officer(scene).get(&page).shows("记入镇的记录"));
    });
}

#[test]
fn the_village_s_record_and_its_pages_are_the_same_before_and_after() {
    on_each("report_village", date(2026, 9, 1), |scene| {
        officers(scene);
        scene.turn(date(2026, 9, 1), 10);
        for (_, outcome) in app::seal::all(&scene.world.house).unwrap() {
            outcome.unwrap();
        }
        let pages = ["", "/suggestions", "/notices", "/late", "/posts", "/verify", "/rules", "/search?q=%E7%83%9F", "/feed.atom"];
        let look = |scene: &Scene| pages.map(|page| scene.stranger().get(&format!("/u/{UNIT}{page}")).body.clone());
        let duties = |scene: &Scene| scene.stranger().get(&format!("/api/v1/u/{UNIT}/duties")).body.clone();
        let before =
            (size(scene, scene.village.code), look(scene), duties(scene), scene.stranger().get(&format!("/t/{TOWN}")).body.clone());
        let code = lodge(&mut scene.stranger(), "");
        let mut resident = scene.resident();
        lodge(&mut resident, "王志强");
        assert_eq!((size(scene, scene.village.code), look(scene), duties(scene)), (before.0, before.1.clone(), before.2.clone()));
        assert_eq!(scene.stranger().get(&format!("/t/{TOWN}")).body, before.3, "nor does the town's overview tell");
        assert!(!resident.get("/mine").shows("两条烟") && !resident.page.shows("反映"), "it is not among one's suggestions");
        assert!(!scene.clerk().get("/desk").shows("两条烟"));
        assert_eq!(code.len(), 14, "four, four and four characters");
        let stored = scene.world.house.read(|tx| {
            let mut found = 0;
            for stored in store::record::entries(tx, scene.village.code, 0, 10_000)? {
                found += usize::from(String::from_utf8_lossy(&stored.body).contains("report"));
            }
            Ok(found)
        });
        assert_eq!(stored.unwrap(), 0);
    });
}

#[test]
fn every_day_brings_the_same_number_of_sealed_lines_whatever_happened() {
    on_each("report_batch", date(2026, 9, 1), |scene| {
        officers(scene);
        scene.turn(date(2026, 9, 1), 10);
        let policy = scene.world.house.policy();
        let batch = i64::from(policy.rule("watch.report.accept", None, date(2026, 9, 1)).unwrap().int("batch").unwrap());
        let mut from = size(scene, town());
        let mut grown = |scene: &Scene| {
            let (before, now) = (from, size(scene, town()));
            from = now;
            assert!(audiences(scene, before).iter().all(|audience| audience == "sealed"));
            now - before
        };
        scene.turn(date(2026, 9, 2), 1);
        assert_eq!(grown(scene), batch, "a day without a report");
        scene.turn(date(2026, 9, 2), 20);
        assert_eq!(grown(scene), 0, "once a day");
        lodge(&mut scene.stranger(), "");
        scene.turn(date(2026, 9, 3), 1);
        assert_eq!(grown(scene), batch, "a day with one");
        for _ in 0..6 {
            lodge(&mut scene.stranger(), "");
        }
        scene.turn(date(2026, 9, 4), 1);
        assert_eq!(grown(scene), batch, "a day with more than a batch holds");
        scene.turn(date(2026, 9, 5), 1);
        assert_eq!(grown(scene), batch, "the rest goes with the next");
        let mut chief = officer(scene);
        let listed = chief.get(&format!("/t/{TOWN}/reports")).clone();
        assert!(listed.shows("全部7件"), "{}", listed.text());
        let page = format!("/t/{TOWN}/reports/{}", ids(&listed)[0]);
        chief.get(&page);
        chief.post(&format!("{page}/accept"), &[("taken", "no"), ("answer", "这件事归公安机关管，请直接报案。")]);
        assert_eq!(grown(scene), 0, "an answer writes no line of its own");
        scene.turn(date(2026, 9, 6), 1);
        assert_eq!(grown(scene), batch, "it takes the place of a blank");
        assert!(officer(scene).get(&page).shows("记入镇的记录"));
        let lines = scene.world.house.read(|tx| store::record::lines(tx, town(), from - batch, batch)).unwrap();
        let sealed = |line: &Vec<u8>| matches!(record::Line::parse(line).unwrap().body, record::line::Body::Sealed { .. });
        assert!(lines.len() as i64 == batch && lines.iter().all(sealed), "each shows its number and a digest, the answer like the blanks");
        assert!(lines.iter().all(|line| line.len() == lines[0].len()), "and none is longer");
    });
}

#[test]
fn nobody_else_reads_it_neither_above_nor_below_nor_through_the_api() {
    on_each("report_closed", date(2026, 9, 1), |scene| {
        let post = officers(scene);
        lodge(&mut scene.stranger(), "王志强");
        scene.turn(date(2026, 9, 2), 1);
        let mut chief = officer(scene);
        let id = ids(chief.get(&format!("/t/{TOWN}/reports")))[0].clone();
        let seq = size(scene, town()) - 1;
        let pages = [
            format!("/t/{TOWN}/reports"),
            format!("/t/{TOWN}/reports/{id}"),
            format!("/u/{TOWN}/m/{id}"),
            format!("/u/{UNIT}/m/{id}"),
            format!("/u/{TOWN}/r/{seq}"),
            format!("/api/v1/u/{TOWN}/m/{id}"),
            format!("/api/v1/u/{UNIT}/m/{id}"),
            format!("/api/v1/u/{TOWN}/duties"),
            format!("/record/{TOWN}/tile/entries/000.p/{}", seq + 1),
            format!("/u/{TOWN}/bundle"),
        ];
        let mut readers = vec![("a stranger", scene.stranger()), ("a resident", scene.resident()), ("the clerk", scene.clerk())];
        readers.push(("the secretary", scene.sign_in("林伟棠", Some(PostKind::Secretary))));
        readers.push(("the village's discipline member", scene.sign_in("陈国强", Some(PostKind::Discipline))));
        readers.push(("the town's officer", scene.sign_in("谢浩然", Some(PostKind::TownOfficer))));
        readers.push(("another town's discipline officer", scene.sign_in("莫振华", Some(PostKind::TownDiscipline))));
        for (who, browser) in &mut readers {
            for path in &pages {
                let page = browser.get(path).clone();
                assert!(!page.shows("两条烟") && !page.shows("居委会某某"), "{who} at {path}: {}", page.text());
                if path.contains("/reports") {
                    assert_eq!(page.status, 404, "{who} at {path}");
                }
            }
            browser.get("/report/lookup");
            browser.post(&format!("/t/{TOWN}/reports/{id}/accept"), &[("taken", "yes"), ("answer", "我来办")]);
            assert_eq!(browser.page.status, 404, "{who} answers");
        }
        let line = scene.stranger().get(&format!("/u/{TOWN}/r/{seq}")).clone();
        assert!(line.status == 200 && line.shows("内容不公开，只公开记录号和指纹"), "{}", line.text());
        // The right ends with the post, on the very next request.
        assert_eq!(chief.get(&pages[1]).status, 200);
        let end = law::lead::post::Act::End { post, on: date(2026, 9, 2), basis: "调离".into() };
        scene.world.keep(town(), law::AnyAct::Post(end)).unwrap();
        scene.turn(date(2026, 9, 3), 1);
        assert_eq!(officer(scene).get(&pages[1]).status, 404, "whoever has left reads nothing");
    });
}

#[test]
fn too_many_from_one_address_wait_and_a_form_without_words_is_refused() {
    on_each("report_limit", date(2026, 9, 1), |scene| {
        officers(scene);
        let mut sender = scene.stranger();
        sender.get(&format!("/u/{UNIT}/report"));
        sender.post(&format!("/u/{UNIT}/report"), &[("about", "某某"), ("text", "  ")]);
        assert!(sender.page.status == 422 && sender.page.shows("MISSING") && sender.page.shows("某某"), "{}", sender.page.text());
        let long = "很长".repeat(1000);
        sender.post(&format!("/u/{UNIT}/report"), &[("about", "某某"), ("text", &long)]);
        assert!(sender.page.shows("TEXT_TOO_LONG"), "{}", sender.page.text());
        for _ in 0..9 {
            lodge(&mut sender, "");
        }
        sender.get(&format!("/u/{UNIT}/report"));
        sender.post(&format!("/u/{UNIT}/report"), &[("text", TEXT)]);
        assert_eq!(sender.page.status, 429, "{}", sender.page.text());
        scene.world.turn(date(2026, 9, 1), 11, 0);
        lodge(&mut sender, "");
        for n in 0..31 {
            let page = look_up(&mut sender, "AAAABBBBCCCC");
            assert_eq!(page.status, if n < 30 { 422 } else { 429 });
        }
    });
}
