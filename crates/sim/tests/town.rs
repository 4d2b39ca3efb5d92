//! 应办总览的故事 Stories of the overview: what the record shows is owed, unit by unit, for everybody to see.

use jiff::civil::date;
use law::UnitCode;
use law::steer::cadence::{BOX, Cadence};
use sim::browser::Page;
use sim::scene::{Scene, TOWN, UNIT, on_each};

const LAMP: &str = "东坊巷一到夜里就黑，老人接孩子怕摔。";

fn overview(scene: &Scene, query: &str) -> Page {
    scene.stranger().get(&format!("/t/{TOWN}{query}")).clone()
}

/// The row of a unit in the table.
fn row(page: &Page, unit: &str) -> String {
    let text = page.text();
    let after = text.split(&format!("<th scope=\"row\"><a href=\"/u/{unit}\">")).nth(1).unwrap_or_default();
    after.split("</tr>").next().unwrap_or_default().to_owned()
}

#[test]
fn a_town_sees_villages_by_duties_with_the_lines_that_prove_each() {
    on_each("town_overview", date(2026, 9, 1), |scene| {
        scene.turn(date(2026, 9, 1), 10);
        let mut me = scene.resident();
        let id = scene.says(&mut me, LAMP, &scene.village.committee.to_string());
        let page = overview(scene, "");
        assert!(page.shows("虎门镇应办总览") && page.shows("尚未启用"), "{}", page.text());
        // Five working days: due on 8 September, soon from the 6th on, late on the 9th.
        scene.turn(date(2026, 9, 4), 10);
        assert!(row(&overview(scene, ""), UNIT).contains("件快到期"), "{}", row(&overview(scene, ""), UNIT));
        scene.turn(date(2026, 9, 9), 1);
        let page = overview(scene, "");
        let text = row(&page, UNIT);
        assert!(text.contains("件逾期") && text.contains("意见答复"), "{text}");
        assert!(page.shows("件逾期</b>") && page.shows("在1个村（社区）"), "{}", page.text());
        let panel = overview(scene, &format!("?unit={UNIT}&duty=answer"));
        for said in ["北栅社区", "逾期1个工作日", "居委会主任 林伟棠", "东组通〔2015〕33号", "收到", "自动记下逾期"]
        {
            assert!(panel.shows(said), "{said}: {}", panel.text());
        }
        assert!(!panel.shows("怕摔") && panel.shows("9月1日收到的一条意见"), "nobody released the text yet");
        assert!(panel.shows(&format!("/u/{UNIT}/m/{id}")));
        let mut clerk = scene.clerk();
        assert!(
            !clerk.get(&format!("/t/{TOWN}?unit={UNIT}&duty=answer")).shows("怕摔"),
            "not for officials either: it is shown in meetings"
        );
        clerk.get(&format!("/u/{UNIT}/m/{id}/release"));
        clerk.post(&format!("/u/{UNIT}/m/{id}/release"), &[("how", "whole"), ("shown", LAMP)]);
        assert!(overview(scene, &format!("?unit={UNIT}&duty=answer")).shows("怕摔"));
        // The page that the panel names proves it.
        let seal = panel.text().split(&format!("/u/{UNIT}/r/")).nth(1).and_then(|rest| rest.split('"').next().map(str::to_owned)).unwrap();
        assert_eq!(scene.stranger().get(&format!("/u/{UNIT}/r/{seal}")).status, 200);
    });
}

#[test]
fn missed_weeks_are_counted_apart_from_what_is_owed_until_somebody_says_why() {
    on_each("town_box", date(2026, 9, 1), |scene| {
        scene.turn(date(2026, 9, 22), 1);
        let page = overview(scene, &format!("?unit={UNIT}&duty=gap"));
        assert!(page.shows("缺1次") && page.shows("周开意见箱") && page.shows("经办 陈志恒"), "{}", page.text());
        assert!(page.shows("现在没有逾期") && page.shows("今年有1个村（社区）共12周没开意见箱"), "{}", page.text());
        assert!(row(&page, UNIT).contains("周没开也没说明") && row(&page, UNIT).contains("无欠办"), "{}", row(&page, UNIT));
        let mut clerk = scene.clerk();
        for week in 0..12 {
            let monday = date(2026, 6, 29).checked_add(jiff::Span::new().weeks(week)).unwrap();
            let explain = format!("/u/{UNIT}/m/{}/explain", Cadence::id_of(BOX, monday));
            clerk.get(&explain);
            clerk.post(&explain, &[("reason", "台风停工")]);
        }
        scene.turn(date(2026, 9, 22), 2);
        let page = overview(scene, "");
        assert!(!row(&page, UNIT).contains("duty=gap") && !page.shows("没开意见箱，也没有说明"), "{}", page.text());
        // The teams' weeks are counted apart.
        let team = overview(scene, &format!("?unit={UNIT}&duty=team"));
        assert!(team.shows("周开班子联席会议") && team.shows("自动记下逾期") && team.shows("书记 林伟棠"), "{}", team.text());
        // The gaps stay for everybody to see.
        let late = scene.stranger().get(&format!("/u/{UNIT}/late")).clone();
        assert!(late.shows("过去缺的（12周）") && late.shows("第37周<small>（已说明）"), "{}", late.text());
    });
}

#[test]
fn figures_are_read_once_a_minute_and_say_when() {
    on_each("town_fresh", date(2026, 9, 1), |scene| {
        scene.turn(date(2026, 9, 9), 10);
        let before = overview(scene, "");
        assert!(before.shows("10:00的数，一分钟更新一次"), "{}", before.text());
        let mut me = scene.resident();
        scene.says(&mut me, LAMP, &scene.village.committee.to_string());
        scene.world.turn(date(2026, 9, 16), 10, 0);
        let same_day = overview(scene, "");
        assert!(same_day.shows("件逾期</b>"), "another day has other figures: {}", same_day.text());
        scene.says(&mut me, "三巷的井盖松了，夜里车过咣当响。", &scene.village.committee.to_string());
        let text = row(&overview(scene, ""), UNIT);
        assert_eq!(text, row(&same_day, UNIT), "within the minute the same figures are shown");
    });
}

#[test]
fn the_table_is_sorted_and_filtered_by_link_and_never_ranks() {
    on_each("town_sort", date(2026, 9, 1), |scene| {
        let second = scene.world.village("441900121015", ["黄建国", "李惠芳", "何桂英", "叶德明", "邓小梅"], date(2026, 9, 1)).unwrap();
        scene.turn(date(2026, 9, 22), 1);
        let order = |page: &Page| {
            let text = page.text();
            let at = |unit: &str| text.find(&format!("<th scope=\"row\"><a href=\"/u/{unit}\">"));
            (at(UNIT), at("441900121015"))
        };
        let (first, then) = order(&overview(scene, ""));
        assert!(first < then, "by code");
        let owing = overview(scene, "?owing=1");
        assert!(owing.shows("全部都看") && !owing.shows("尚未启用</span></td>"), "{}", owing.text());
        let sorted = overview(scene, "?sort=gap");
        assert!(sorted.shows("aria-sort=\"descending\"") && sorted.shows("不排名、不打分"));
        let (first, then) = order(&sorted);
        assert!(first.is_some() && then.is_some());
        assert_eq!(second.code, UnitCode::parse("441900121015").unwrap());
        let city = scene.stranger().get("/t/441900000000").clone();
        assert!(city.shows("东莞市应办总览") && city.shows("/t/441900121000") && city.shows("个镇街"), "{}", city.text());
        let cell = scene.stranger().get(&format!("/t/441900000000?unit={TOWN}&duty=gap")).clone();
        assert!(cell.shows("北栅社区：第") && cell.shows("自动记下逾期"), "the city opens a town's cell to its villages: {}", cell.text());
        assert_eq!(scene.stranger().get("/t/441900121014").status, 404, "a village has a board, not an overview");
        assert_eq!(scene.stranger().get("/t/1").status, 404);
    });
}

#[test]
fn rows_of_an_older_shape_are_written_again_from_the_record() {
    on_each("town_shape", date(2026, 9, 1), |scene| {
        let house = &scene.world.house;
        let is = |shape| house.read(|tx| store::migrate::shape_is(tx, "cadence", shape)).unwrap();
        let now = <Cadence as law::Matter>::SHAPE;
        app::migrate::shapes(house).unwrap();
        assert!(is(now), "a new house notes the shapes of its rows");
        house.beside(move |tx| store::migrate::note_shape(tx, "cadence", now - 1)).unwrap();
        assert!(!is(now));
        app::migrate::shapes(house).unwrap();
        assert!(is(now) && app::audit::unit(house, scene.village.code).unwrap().is_clean());
    });
}
