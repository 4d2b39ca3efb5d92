//! temp: pages to look at
use app::door::demo::As;
use jiff::civil::date;
use law::lead::body::BodyKind;
use law::{Personal, PostKind, UnitCode};
use sim::scene::{TOWN, UNIT, on_each};
use web::Site;
use web::demo::Identity;

const MIXED: &str = "\
姓名,身份证号,手机号,小组,村（社区）,组织,职务,任职日期,依据,性别
王小明,11010519491231002X,13900000001,东坊组,北栅社区,,,,,男
何秀英,440524188001010014,,东坊组,,,,,,女
陈大文,11010519491231002Y,13900000003,东坊组,,,,,,男
李四,4.40524E+17,13900000004,东坊组,,,,,,男
,,13900000005,东坊组,,,,,,男
张三,,1390000000,东坊组,,,,,,男
赵五,,13900000007,东坊组,北栅村,,,,,男
钱六,,13900000008,东坊组,南栅社区,,,,,男
\"=HYPERLINK(\"\"x\"\")\",,13900000009,东坊组,,,,,,男
孙七,,13900000001,西坊组,,,,,,女
周八,,,东坊组,,,,,,女
王志强,,19900000001,东坊组,,居委会,副主任,2024年3月18日,虎委组〔2024〕12号,男
";

fn save(name: &str, page: &sim::browser::Page) {
    let html = page.text().replace("\"/static/", "\"static/");
    std::fs::write(format!("/tmp/people-look/{name}.html"), html).unwrap();
    eprintln!("{name} {}", page.status);
}

#[test]
fn look() {
    std::fs::create_dir_all("/tmp/people-look").unwrap();
    on_each("zz_look", date(2026, 9, 1), |scene| {
        if scene.store != "sqlite" { return; }
        let town = UnitCode::parse(TOWN).unwrap();
        let body = scene.world.body(town, BodyKind::TownDiscipline, "虎门镇纪检监察组").unwrap();
        let person = scene.world.person(town, "祁永康", None, None).unwrap();
        scene.world.appoint(town, person, "祁永康", body, PostKind::TownDiscipline).unwrap();
        let mut known = scene.site.identities.clone();
        known.push(Identity { unit: town, who: As::Official(person), name: "祁永康".into(), post: Some(PostKind::TownDiscipline) });
        scene.site = Site::with_identities(scene.world.house.clone(), known);
        let mut all = scene.stranger();
        save("posts", all.get(&format!("/u/{UNIT}/posts?on=2020-01-01")));
        save("posts-today", all.get(&format!("/u/{UNIT}/posts")));
        let mut clerk = scene.clerk();
        save("import", clerk.get(&format!("/u/{UNIT}/import")));
        save("import-check", clerk.upload(&format!("/u/{UNIT}/import"), "北栅居民.csv", MIXED.as_bytes()));
        let up = clerk.page.field("upload").unwrap();
        clerk.post(&format!("/u/{UNIT}/import/commit"), &[("upload", &up)]);
        save("import-done", &clerk.page);
        clerk.get(&format!("/u/{UNIT}/import"));
        save("import-refused", clerk.upload(&format!("/u/{UNIT}/import"), "x.csv", b"PK\x03\x04"));
        let mut sender = scene.stranger();
        save("report", sender.get(&format!("/u/{UNIT}/report")));
        sender.post(&format!("/u/{UNIT}/report"), &[("about", "居委会某某"), ("text", "2026年8月，有人收了施工方两条烟，让亲戚包了文化楼的活。"), ("name", "王志强"), ("contact", "")]);
        save("report-receipt", &sender.page);
        let text = sender.page.text();
        let code = text.split("查询码 <b class=\"big\">").nth(1).and_then(|rest| rest.split('<').next()).unwrap().to_owned();
        for code in [code.as_str(), "X"] {
            sender.get("/report/lookup");
            sender.post("/report/lookup", &[("town", TOWN), ("code", code)]);
            save(if code == "X" { "report-lookup-no" } else { "report-lookup" }, &sender.page);
        }
        let mut me = scene.resident();
        scene.says(&mut me, "东坊巷一到夜里就黑，老人接孩子怕摔。", &scene.village.committee.to_string());
        scene.turn(date(2026, 9, 9), 1);
        let mut chief = scene.sign_in("祁永康", Some(PostKind::TownDiscipline));
        let list = chief.get(&format!("/t/{TOWN}/reports")).clone();
        save("reports", &list);
        let text = list.text();
        let id = text.split(&format!("/t/{TOWN}/reports/")).filter_map(|r| r.get(..13)).find(|id| law::MatterId::parse(id).is_some()).unwrap().to_owned();
        chief.get(&format!("/t/{TOWN}/reports/{id}"));
        save("reports-open", chief.get(&format!("/t/{TOWN}/reports/{id}")));
        chief.post(&format!("/t/{TOWN}/reports/{id}/accept"), &[("taken", "yes"), ("answer", "已经受理，由我们直接核实，办结后再告诉您。")]);
        save("reports-told", &chief.page);
        save("town", all.get(&format!("/t/{TOWN}")));
        save("town-panel", all.get(&format!("/t/{TOWN}?unit={UNIT}&duty=answer")));
        save("city", all.get("/t/441900000000"));
        use app::door::enrol::{By, Invite, issue};
        let invite = Invite::Admin { role: app::door::Role::System, login: "sys".into(), name: Personal("黄伟明".into()), phone: Personal("13900000091".into()) };
        let link = issue(&scene.world.house, By::Keeper, invite).unwrap();
        let mut b = scene.stranger();
        let path = format!("/enrol/{}", link.token.reveal());
        save("enrol", b.get(&path));
        b.post(&path, &[("password", "Zhi-Chuang-2026"), ("again", "Zhi-Chuang-2026")]);
        save("enrol-scan", &b.page);
        b.post(&path, &[("code", "000000")]);
        save("enrol-again", &b.page);
    });
}
