//! 公开栏的故事 Stories of the board and its print: each matter stands once, where its reader looks for it.

use jiff::civil::date;
use sim::scene::{Scene, TOWN, UNIT, on_each};

const LAMP: &str = "东坊巷一到夜里就黑，老人接孩子怕摔。";
const LID: &str = "三巷的井盖松了，夜里车过咣当响。";
const TAP: &str = "公厕的水龙头关不紧，白流了一个月。";

#[test]
fn what_is_late_in_hand_or_settled_stands_in_one_place_of_the_board() {
    on_each("board_once", date(2026, 9, 1), |scene| {
        let committee = scene.village.committee.to_string();
        let say = |scene: &Scene, text: &str| {
            let (mut me, mut clerk) = (scene.resident(), scene.clerk());
            let id = scene.says(&mut me, text, &committee);
            clerk.get(&format!("/u/{UNIT}/m/{id}/release"));
            clerk.post(&format!("/u/{UNIT}/m/{id}/release"), &[("how", "whole"), ("shown", text)]);
            id
        };
        say(scene, LAMP);
        let answered = say(scene, TAP);
        let mut director = scene.director();
        director.get(&format!("/u/{UNIT}/m/{answered}/answer"));
        let answer = "水电工已经换了三个水龙头，今天下午试过水，都关得紧。";
        director.post(&format!("/u/{UNIT}/m/{answered}/answer"), &[("kind", "explain"), ("text", answer)]);
        scene.turn(date(2026, 9, 14), 9);
        say(scene, LID);
        let page = scene.stranger().get(&format!("/u/{UNIT}")).text();
        let section = |id: &str| page.split(&format!("<h2 id=\"{id}\">")).nth(1).and_then(|rest| rest.split("</section>").next()).unwrap();
        for (text, stands) in [("怕摔", "late"), ("井盖", "doing"), ("水龙头", "voice")] {
            for place in ["late", "doing", "voice"] {
                assert_eq!(section(place).contains(text), place == stands, "{text} in {place}: {page}");
            }
        }
        let sheet = scene.stranger().get(&format!("/u/{UNIT}/print/a4")).text();
        for text in ["怕摔", "井盖", "水龙头"] {
            assert_eq!(sheet.matches(text).count(), 1, "{text}: {sheet}");
        }
    });
}

#[test]
fn what_pages_are_made_of_is_kept_for_a_year_and_its_plain_address_answers() {
    on_each("board_static", date(2026, 9, 1), |scene| {
        let mut browser = scene.stranger();
        let pages = [format!("/u/{UNIT}"), format!("/u/{UNIT}/print/a3"), format!("/t/{TOWN}")].map(|path| browser.get(&path).text());
        let mut named: Vec<&str> =
            pages.iter().flat_map(|page| page.split("\"/static/").skip(1)).map(|rest| rest.split('"').next().unwrap()).collect();
        named.sort_unstable();
        named.dedup();
        assert_eq!(named.len(), 7, "{named:?}");
        for name in named {
            let kept = browser.get(&format!("/static/{name}")).clone();
            assert_eq!((kept.status, kept.caching.as_str()), (200, "public, max-age=31536000, immutable"), "{name}");
            let parts: Vec<&str> = name.split('.').collect();
            for old in [format!("{}.{}", parts[0], parts[2]), format!("{}.0123456789.{}", parts[0], parts[2])] {
                let plain = browser.get(&format!("/static/{old}")).clone();
                assert_eq!((plain.status, plain.caching.as_str()), (200, "public, max-age=600"), "{old}");
                assert_eq!(plain.body, kept.body, "{old}");
            }
        }
        assert_eq!(browser.get("/static/base.js").status, 404);
    });
}

#[test]
fn a_page_that_is_kept_ready_is_given_out_while_nothing_was_written_and_no_longer() {
    on_each("board_ready", date(2026, 9, 1), |scene| {
        let board = format!("/u/{UNIT}");
        let asked = |scene: &Scene| (0..3).map(|_| scene.stranger().get(&board).body.clone()).collect::<Vec<_>>();
        let before = asked(scene);
        assert!(before.iter().all(|page| *page == before[0]));
        let (mut me, mut clerk) = (scene.resident(), scene.clerk());
        let id = scene.says(&mut me, LAMP, &scene.village.committee.to_string());
        assert!(!scene.stranger().get(&board).shows("怕摔"), "nobody has looked at it yet");
        clerk.get(&format!("/u/{UNIT}/m/{id}/release"));
        clerk.post(&format!("/u/{UNIT}/m/{id}/release"), &[("how", "whole"), ("shown", LAMP)]);
        assert!(asked(scene).iter().all(|page| String::from_utf8_lossy(page).contains("怕摔")), "at once, and every time");
        scene.turn(date(2026, 9, 9), 9);
        assert!(asked(scene).iter().all(|page| String::from_utf8_lossy(page).contains("9月9日")), "another day makes another page");
        assert!(scene.clerk().get(&board).shows("工作台"), "whoever is signed in has a page of his own");
    });
}

#[test]
fn the_key_notice_for_the_wall_pins_the_key_that_signs() {
    on_each("board_key", date(2026, 9, 1), |scene| {
        let _sealed = app::seal::all(&scene.world.house);
        scene.turn(date(2026, 9, 3), 9);
        let _sealed = app::seal::all(&scene.world.house);
        let screen = scene.stranger().get(&format!("/u/{UNIT}/verify")).text();
        let sheet = scene.stranger().get(&format!("/u/{UNIT}/verify/print")).clone();
        let print = screen.split("<p class=\"print big\">").nth(1).and_then(|rest| rest.split('<').next()).unwrap();
        assert!(sheet.shows(&format!("<p class=\"figure\">{print}</p>")) && sheet.shows("北栅社区公钥告示"), "{}", sheet.text());
        assert!(sheet.shows("北栅社区居民委员会") && sheet.shows("<svg") && sheet.shows("盖章处"), "{}", sheet.text());
        assert!(sheet.shows("2026年9月1日</time>起用") || sheet.shows("2026年9月1日</span>起用"), "since its first seal: {}", sheet.text());
        // The page that was saved, or typed off the wall, is what `cunwu verify --key` takes.
        let origin = scene.world.house.origin(scene.village.code, 0);
        let key = scene.world.house.keys.signer(scene.village.code, &origin).unwrap().verifier(record::Kind::Plain);
        let read = app::verify::read_keys(sheet.body.as_slice()).unwrap();
        assert_eq!(read.iter().map(record::Verifier::vkey).collect::<Vec<_>>(), [key.vkey()]);
    });
}

#[test]
fn a_sheet_of_the_board_has_room_for_what_it_shows() {
    on_each("board_sheet", date(2026, 9, 1), |scene| {
        let committee = scene.village.committee.to_string();
        let mut me = scene.resident();
        for n in 0..14 {
            scene.says(&mut me, &format!("第{n}盏路灯不亮，晚上看不见路。"), &committee);
        }
        for paper in ["a4", "a3"] {
            let sheet = scene.stranger().get(&format!("/u/{UNIT}/print/{paper}")).text();
            assert_eq!(sheet.matches("收到的一条意见").count(), 12, "twelve of fourteen: {sheet}");
        }
    });
}
