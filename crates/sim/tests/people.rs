//! 人员的故事 Stories of people: a table is judged and entered, and who held which post on any day, through the user's own doors.

use app::House;
use app::import::{Scope, Stopped, check};
use jiff::civil::date;
use law::lead::{body::BodyKind, post, roll::Roll};
use law::{AnyAct, PostKind, UnitCode};
use serde_json::Value;
use sim::scene::{PHONE, Scene, TOWN, UNIT, on_each};
use web::lead::import;

/// 300 persons who do not exist, in the villages of one town; see `data/README.md`.
const TABLE: &[u8] = include_bytes!("data/people.csv");

/// The verdicts, as the command line and the API give them.
fn dry_run(house: &House, scope: Scope, table: &[u8]) -> Result<Value, Stopped> {
    check(house, scope, table, &|_| {}).map(|sheet| import::verdicts_json(&sheet))
}

/// What whoever keeps the house enters, as the command line and the API give it.
fn import(house: &House, scope: Scope, table: &[u8]) -> Result<Value, Stopped> {
    import::import(house, scope, table).map(|done| import::done_json(&done))
}

fn unit() -> UnitCode {
    UnitCode::parse(UNIT).unwrap()
}

fn page() -> String {
    format!("/u/{UNIT}/import")
}

/// Lines of all records together.
fn lines(scene: &Scene) -> i64 {
    scene.world.house.read(|tx| Ok(store::record::sizes(tx)?.into_iter().map(|(_, size, _)| size).sum())).unwrap()
}

fn on_roll(scene: &Scene, group: &str) -> usize {
    let roll: Option<Roll> = scene.world.house.read(|tx| store::kept::get(tx, unit(), Roll::id_of(group))).unwrap();
    roll.map_or(0, |roll| roll.count(date(2026, 9, 1)))
}

#[test]
fn a_town_s_table_is_tried_entered_and_entered_again_without_a_trace() {
    on_each("people_town", date(2026, 9, 1), |scene| {
        let (house, before) = (&scene.world.house, lines(scene));
        let tried = dry_run(house, app::import::Scope::Each, TABLE).unwrap();
        let counts = &tried["counts"];
        assert_eq!((&counts["new"], &counts["bad"]), (&288.into(), &12.into()), "twelve live where there is no mechanism: {counts}");
        assert!(tried["rows"].as_array().unwrap().iter().filter(|row| row["problems"][0]["code"] == "NO_MECHANISM").count() == 12);
        assert_eq!(lines(scene), before, "a trial writes nothing");
        let done = import(house, app::import::Scope::Each, TABLE).unwrap();
        assert_eq!((&done["entered"], &done["joined"]), (&288.into(), &288.into()), "{done}");
        let after = lines(scene);
        assert!(after > before + 288);
        assert_eq!(dry_run(house, app::import::Scope::Each, TABLE).unwrap()["counts"]["same"], 288);
        assert_eq!(import(house, app::import::Scope::Each, TABLE).unwrap()["entered"], 0);
        assert_eq!(lines(scene), after, "said again, it changes nothing");
        let one = dry_run(house, app::import::Scope::One(unit()), TABLE).unwrap();
        let (same, bad) = (one["counts"]["same"].as_u64().unwrap(), one["counts"]["bad"].as_u64().unwrap());
        assert!(same > 0 && same + bad == 300, "one village takes its own alone: {}", one["counts"]);
        let text = one.to_string();
        for row in String::from_utf8_lossy(TABLE).lines().skip(1).take(50) {
            let cells: Vec<&str> = row.split(',').collect();
            assert!(!text.contains(cells[2]) && !text.contains(cells[3]), "verdicts hold no numbers");
        }
    });
}

/// One good row, and one for each thing that can be wrong with a row.
const MIXED: &str = "\
北栅社区居民名册,,,,,
姓名,身份证号,手机号,小组,村（社区）,性别
王小明,11010519491231002X,13900000001,东坊组,北栅社区,男
何秀英,440524188001010014,,东坊组,,女
陈大文,11010519491231002Y,13900000003,东坊组,,男
李四,4.40524E+17,13900000004,东坊组,,男
,,13900000005,东坊组,,男
张三,,1390000000,东坊组,,男
赵五,,13900000007,东坊组,北栅村,男
钱六,,13900000008,东坊组,南栅社区,男
\"=HYPERLINK(\"\"x\"\")\",,13900000009,东坊组,,男
王小明,11010519491231002X,13900000001,东坊组,,男
孙七,,13900000001,西坊组,,女
周八,,,东坊组,,女
王志强,,19900000001,东坊组,,男
吴九,,19900000002,,,男
";

#[test]
fn a_clerk_sees_a_verdict_for_each_row_before_anything_is_entered() {
    on_each("people_clerk", date(2026, 9, 1), |scene| {
        let (gbk, _, unmappable) = encoding_rs::GBK.encode(MIXED);
        assert!(!unmappable);
        let before = lines(scene);
        let mut clerk = scene.clerk();
        assert!(clerk.get(&page()).shows("身份证号"), "{}", clerk.page.text());
        clerk.upload(&page(), "居民.csv", &gbk);
        clerk.settle();
        let said = [
            "这是试算，还没有导入",
            "共14行",
            "王*明",
            "最后一位对不上",
            "4.4E+17",
            "没写姓名",
            "手机号不对",
            "“北栅村”不在本镇名单里，是不是“北栅社区”？",
            "这一行是南栅社区的人",
            "看起来像公式，已当作文字",
            "和第3行是同一个人",
            "手机号和第3行一样",
            "身份证号和手机号都没写",
            "组：第一村民小组 → 东坊组",
            "没写小组，不入名册",
            "登记在另一个人名下",
            "这几列没有用到：性别",
        ];
        for said in said {
            assert!(clerk.page.shows(said), "{said}: {}", clerk.page.text());
        }
        assert!(!clerk.page.shows("13900000001") && !clerk.page.shows("11010519491231002X"), "numbers are not shown");
        assert_eq!(lines(scene), before, "a trial writes nothing");
        let upload = clerk.page.field("upload").unwrap();
        let mut other = scene.sign_in("陈国强", Some(PostKind::Discipline));
        other.get(&format!("/u/{UNIT}/posts"));
        assert_eq!(other.post(&format!("{}/commit", page()), &[("upload", &upload)]).status, 403, "whoever holds another post may not");
        clerk.post(&format!("{}/commit", page()), &[("upload", &upload)]);
        assert!(clerk.settle().shows("已导入：新增5人，更新1人"), "{}", clerk.page.text());
        assert_eq!((on_roll(scene, "东坊组"), on_roll(scene, "第一村民小组")), (4, 1), "one moved from group to group");
        let after = lines(scene);
        clerk.get(&page());
        clerk.post(&format!("{}/commit", page()), &[("upload", &upload)]);
        assert!(clerk.settle().shows("已导入：新增5人，更新1人"), "said twice, it shows what was done once: {}", clerk.page.text());
        clerk.get(&page());
        clerk.upload(&page(), "居民.csv", MIXED.as_bytes());
        assert!(clerk.settle().shows("新增0人，更新0人，不变6人"), "{}", clerk.page.text());
        assert_eq!(lines(scene), after);
        clerk.get(&page());
        clerk.post(&format!("{}/commit", page()), &[("upload", "0000000000000")]);
        assert!(clerk.page.shows("UPLOAD_GONE"), "{}", clerk.page.text());
    });
}

#[test]
fn only_clerks_and_the_town_import_people_and_a_file_that_is_none_is_refused_in_words() {
    on_each("people_door", date(2026, 9, 1), |scene| {
        let mut stranger = scene.stranger();
        assert!(stranger.get(&page()).path.starts_with("/signin"), "signing in comes first");
        assert_eq!(scene.resident().get(&page()).status, 403);
        assert_eq!(scene.director().get(&page()).status, 403, "the right hangs on the post");
        assert_eq!(scene.sign_in("谢浩然", Some(PostKind::TownOfficer)).get(&page()).status, 200);
        let mut clerk = scene.clerk();
        let files: [(&[u8], &str); 5] = [
            (b"PK\x03\x04...", "Excel工作簿"),
            ("姓名,小组\n王,一".as_bytes(), "没有“身份证号”，也没有“手机号”"),
            ("手机号\n1".as_bytes(), "没有“姓名”这一列"),
            (b"", "表格是空的"),
            (b"\xff\xfe\x00", "读不了"),
        ];
        for (file, said) in files {
            clerk.get(&page());
            clerk.upload(&page(), "x.csv", file);
            assert!(clerk.page.status == 422 && clerk.page.shows(said), "{said}: {}", clerk.page.text());
        }
        clerk.get(&page());
        let mut forged = scene.clerk();
        forged.page = Default::default();
        forged.upload(&page(), "x.csv", MIXED.as_bytes());
        assert_eq!(forged.page.status, 403, "without the form's token nothing is taken");
    });
}

#[test]
fn the_api_gives_the_same_verdicts_by_code() {
    on_each("people_api", date(2026, 9, 1), |scene| {
        let path = format!("/api/v1/u/{UNIT}/import/people");
        let mut clerk = scene.clerk();
        clerk.get(&page());
        let token = clerk.page.field("csrf").unwrap();
        let before = lines(scene);
        let tried: serde_json::Value =
            serde_json::from_slice(&clerk.api_table(&format!("{path}?dry_run=1"), &token, MIXED.as_bytes()).body).unwrap();
        assert_eq!((clerk.page.status, &tried["dry_run"], lines(scene)), (200, &true.into(), before));
        let row = |n: u64| tried["rows"].as_array().unwrap().iter().find(|row| row["row"] == n).unwrap();
        let codes = |n: u64| row(n)["problems"].as_array().unwrap().iter().map(|p| p["code"].as_str().unwrap()).collect::<Vec<_>>();
        let expected: [(u64, &[&str]); 8] = [
            (3, &[]),
            (5, &["BAD_ID"]),
            (6, &["SPOILED_ID"]),
            (9, &["UNKNOWN_UNIT"]),
            (10, &["OTHER_UNIT"]),
            (11, &["FORMULA"]),
            (12, &["TWICE_IN_FILE"]),
            (14, &["NO_NUMBER"]),
        ];
        for (n, wanted) in expected {
            assert_eq!(codes(n), wanted, "row {n}");
        }
        assert_eq!((row(11)["fate"].as_str(), row(15)["fate"].as_str()), (Some("new"), Some("change")));
        let done: serde_json::Value = serde_json::from_slice(&clerk.api_table(&path, &token, MIXED.as_bytes()).body).unwrap();
        assert_eq!((&done["done"]["entered"], &done["done"]["changed"]), (&5.into(), &1.into()), "{done}");
        let refused = clerk.api_table(&path, &token, b"a,b\n1,2").clone();
        assert!(refused.status == 422 && refused.shows("FILE_NO_COLUMN"), "{}", refused.text());
        assert_eq!(scene.stranger().api_table(&path, "", MIXED.as_bytes()).status, 403);
        let mut resident = scene.resident();
        resident.get(&format!("/u/{UNIT}/say"));
        let token = resident.page.field("csrf").unwrap();
        assert!(resident.api_table(&path, &token, MIXED.as_bytes()).shows("NO_RIGHT"));
    });
}

#[test]
fn an_import_that_takes_long_shows_how_far_it_is_and_holds_up_no_request() {
    on_each("people_long", date(2026, 9, 1), |scene| {
        let rows = (0..300).map(|n| format!("刘小{n},,139{n:08},东坊组\n"));
        let table = std::iter::once("姓名,身份证号,手机号,小组\n".to_owned()).chain(rows).collect::<String>();
        let mut clerk = scene.clerk();
        clerk.get(&page());
        clerk.upload(&page(), "三百人.csv", table.as_bytes());
        let upload = clerk.settle().field("upload").unwrap();
        let mut officer = scene.sign_in("谢浩然", Some(PostKind::TownOfficer));
        // Somebody holds the record for as long as the clerk looks on.
        let (release, held) = std::sync::mpsc::channel::<()>();
        let holding = scene.world.house.submit(unit(), move |_| Ok(held.recv().is_err())).unwrap();
        clerk.post(&format!("{}/commit", page()), &[("upload", &upload)]);
        assert_eq!(clerk.page.status, 200);
        for said in ["正在导入", "http-equiv=\"refresh\"", "办好0行，共300行"] {
            assert!(clerk.page.shows(said), "{said}: {}", clerk.page.text());
        }
        let job = clerk.page.path.clone();
        assert!(clerk.get(&page()).shows(&job), "the way back stands on the first page: {}", clerk.page.text());
        assert_eq!(officer.get(&job).status, 404, "it is the clerk's own");
        drop(release);
        assert!(holding.wait().unwrap());
        clerk.get(&job);
        assert!(clerk.settle().shows("已导入：新增300人"), "{}", clerk.page.text());
        assert_eq!(on_roll(scene, "东坊组"), 300);
        assert!(!clerk.get(&page()).shows(&job));
    });
}

#[test]
fn an_import_that_stopped_half_way_says_so_and_goes_on_when_told_again() {
    on_each("people_stopped", date(2026, 9, 1), |scene| {
        let rows = (0..300).map(|n| format!("刘小{n},,139{n:08},东坊组\n"));
        let table = std::iter::once("姓名,身份证号,手机号,小组\n".to_owned()).chain(rows).collect::<String>();
        let mut clerk = scene.clerk();
        let commit = |clerk: &mut sim::browser::Browser| {
            clerk.get(&page());
            clerk.upload(&page(), "三百人.csv", table.as_bytes());
            let upload = clerk.settle().field("upload").unwrap();
            clerk.post(&format!("{}/commit", page()), &[("upload", &upload)]);
        };
        let (release, held) = std::sync::mpsc::channel::<()>();
        let holding = scene.world.house.submit(unit(), move |_| Ok(held.recv().is_err())).unwrap();
        commit(&mut clerk);
        assert!(clerk.page.shows("正在导入"), "{}", clerk.page.text());
        // While its first rows wait for the record, somebody sets the machine's clock back behind it.
        scene.world.turn(date(2026, 9, 1), 8, 59);
        drop(release);
        assert!(holding.wait().unwrap());
        scene.world.house.act(unit(), |_| Ok(())).unwrap();
        scene.world.turn(date(2026, 9, 1), 9, 5);
        let job = clerk.page.path.clone();
        clerk.get(&job);
        assert!(clerk.settle().shows("IMPORT_STOPPED"), "{}", clerk.page.text());
        assert_eq!(clerk.page.status, 422);
        commit(&mut clerk);
        assert!(clerk.settle().shows("已导入：新增300人"), "{}", clerk.page.text());
        assert_eq!(on_roll(scene, "东坊组"), 300);
    });
}

#[test]
fn whoever_is_imported_signs_in_and_is_on_the_roll() {
    on_each("people_roll", date(2026, 9, 1), |scene| {
        let table = "姓名,身份证号,手机号,小组\n刘丽珍,11010519491231002X,13900000011,第一村民小组\n";
        let mut clerk = scene.clerk();
        clerk.get(&page());
        clerk.upload(&page(), "a.csv", table.as_bytes());
        let upload = clerk.settle().field("upload").unwrap();
        clerk.post(&format!("{}/commit", page()), &[("upload", &upload)]);
        clerk.settle();
        let mut browser = scene.stranger();
        let back = format!("/u/{UNIT}/say");
        browser.get(&format!("/signin?back={back}"));
        browser.post("/signin", &[("phone", "13900000011"), ("back", &back)]);
        let code = app::door::demo::last_code(&scene.world.house).unwrap();
        browser.post("/signin/code", &[("code", &code), ("back", &back)]);
        assert!(browser.page.shows("刘*珍") || browser.page.path == back, "{}", browser.page.text());
        scene.says(&mut browser, "路灯不亮，请看一看", "");
        let entries = scene.world.house.read(|tx| store::record::newest(tx, unit(), 1)).unwrap();
        let entry: serde_json::Value = serde_json::from_slice(&entries[0].body).unwrap();
        assert_eq!((&entry["by"]["as"], &entry["by"]["on_roll"]), (&"resident".into(), &true.into()), "{entry}");
        assert_ne!(PHONE, "13900000011");
    });
}

#[test]
fn the_town_enters_posts_from_a_table_and_what_the_law_bars_is_left_out() {
    on_each("people_posts", date(2026, 9, 1), |scene| {
        let table = "姓名,身份证号,手机号,小组,组织,职务,任职日期,依据\n\
                     莫家豪,11010519491231002X,13900000021,东坊组,居委会,副主任,2024年3月18日,虎委组〔2024〕12号\n\
                     卢淑贞,440524188001010014,,东坊组,居委会,主任,2024-03-18,虎委组〔2024〕12号\n\
                     尹永康,,13900000023,东坊组,妇联,主席,2024-03-18,虎妇〔2024〕1号\n\
                     翟雪芬,,13900000024,东坊组,居委会,委员,,\n";
        let mut clerk = scene.clerk();
        clerk.get(&page());
        clerk.upload(&page(), "a.csv", table.as_bytes());
        assert!(clerk.settle().shows("职务由镇（街道）登记"), "{}", clerk.page.text());
        let mut officer = scene.sign_in("谢浩然", Some(PostKind::TownOfficer));
        officer.get(&page());
        officer.upload(&page(), "a.csv", table.as_bytes());
        officer.settle();
        for said in ["“妇联”不是这里的组织", "写了职务，就要写“任职日期”"] {
            assert!(officer.page.shows(said), "{said}: {}", officer.page.text());
        }
        let upload = officer.page.field("upload").unwrap();
        officer.post(&format!("{}/commit", page()), &[("upload", &upload)]);
        assert!(officer.settle().shows("已导入：新增2人") && officer.page.shows("第3行的职务没有登记"), "{}", officer.page.text());
        let posts = scene.stranger().get(&format!("/u/{UNIT}/posts")).clone();
        assert!(posts.shows("莫家豪") && posts.shows("虎委组〔2024〕12号") && !posts.shows("卢淑贞"), "{}", posts.text());
        officer.get(&page());
        officer.upload(&page(), "a.csv", table.as_bytes());
        assert!(officer.settle().shows("新增0人，更新1人，不变1人"), "the barred post is still wanted: {}", officer.page.text());
    });
}

#[test]
fn who_held_which_post_on_any_past_date() {
    on_each("people_past", date(2026, 9, 1), |scene| {
        let (world, town) = (&scene.world, UnitCode::parse(TOWN).unwrap());
        let seat = |kind: PostKind| {
            world
                .house
                .read(|tx| store::lead::post::held(tx, unit(), date(2026, 9, 1)))
                .unwrap()
                .into_iter()
                .find(|post| post.kind == kind)
                .unwrap()
        };
        let old = seat(PostKind::SupervisionHead);
        let end = post::Act::End { post: old.id, on: date(2026, 6, 30), basis: "虎委组〔2026〕30号".into() };
        world.keep(unit(), AnyAct::Post(end)).unwrap();
        let person = world.person(unit(), "卢淑贞", None, None).unwrap();
        let appoint = |from| post::Act::Appoint {
            person,
            name: "卢淑贞".into(),
            body: scene.village.supervision,
            kind: PostKind::SupervisionHead,
            from,
            to: None,
            basis: "虎委组〔2026〕31号".into(),
        };
        scene.turn(date(2026, 9, 10), 9);
        world.keep(unit(), AnyAct::Post(appoint(date(2026, 7, 5)))).unwrap();
        let mut all = scene.stranger();
        let mut on = |query: &str| all.get(&format!("/u/{UNIT}/posts{query}")).clone();
        let today = on("");
        assert!(today.shows("卢淑贞") && today.shows("虎委组〔2026〕31号") && !today.shows("梁玉燕"), "{}", today.text());
        let then = on("?on=2026-06-30");
        assert!(then.shows("梁玉燕") && then.shows("6月30日</time>止") && !then.shows("卢淑贞"), "{}", then.text());
        let between = on("?on=2026-07-02");
        assert!(!between.shows("梁玉燕") && !between.shows("卢淑贞") && between.shows("空缺"), "{}", between.text());
        let known = on("?on=2026-07-20&known=2026-09-05");
        assert!(!known.shows("卢淑贞") && known.shows("空缺"), "entered on 10 September, it was not known before: {}", known.text());
        let before = on("?on=2026-07-20&known=2026-08-31");
        assert!(before.shows("那一天还没有登记职务"), "the record began on 1 September: {}", before.text());
        assert!(on("?on=2020-12-31").shows("还没有登记职务"), "before the first day of anything");
        assert!(on("?on=nonsense").shows("卢淑贞"), "what is no day is today");
        let _ = (town, BodyKind::Town);
    });
}
