//! 群众意见的故事 Stories of suggestions, told through the same doors as a user's.

use jiff::civil::date;
use law::MatterId;
use sim::browser::Browser;
use sim::scene::{OTHER, Scene, UNIT, on_each};

const LAMP: &str = "东坊巷一到夜里就黑，老人接孩子怕摔。能不能装几盏灯？";
const ANSWER: &str = "治保主任带电工看过，三处要补灯，线路和灯具本月买齐，装好后在公开栏贴照片。";

fn matter(id: MatterId) -> String {
    format!("/u/{UNIT}/m/{id}")
}

/// The director answers through the form of the matter.
fn answer(browser: &mut Browser, id: MatterId, text: &str, kind: &str) {
    browser.get(&format!("{}/answer", matter(id)));
    browser.post(&format!("{}/answer", matter(id)), &[("kind", kind), ("text", text), ("who", "治保主任"), ("when", "2026-12-20")]);
}

fn about(scene: &Scene) -> String {
    scene.village.committee.to_string()
}

#[test]
fn s062_answer_within_five_working_days_or_the_record_says_that_nobody_did() {
    on_each("s062_answer", date(2026, 9, 30), |scene| {
        let mut me = scene.resident();
        let id = scene.says(&mut me, LAMP, &about(scene));
        assert!(me.page.shows("10月13日"), "five working days over the national holiday: {}", me.page.text());
        // Nobody answers. The day after the last one the record says so, whoever looks.
        scene.turn(date(2026, 10, 13), 23);
        let page = scene.stranger().get(&matter(id)).clone();
        assert!(!page.shows("到期没有答复"), "until 24:00 there is time");
        scene.turn(date(2026, 10, 14), 1);
        let mut all = scene.stranger();
        assert!(all.get(&matter(id)).shows("到期没有答复"));
        assert!(all.get(&format!("/u/{UNIT}")).shows("逾期1个工作日"));
        // Late is not never: the answer still comes, the gap stays.
        scene.world.turn(date(2026, 10, 15), 10, 0);
        let mut director = scene.director();
        answer(&mut director, id, ANSWER, "adopt");
        let page = all.get(&matter(id)).clone();
        assert!(page.shows("到期没有答复") && page.shows("已答复，晚2个工作日"), "{}", page.text());
    });
}

#[test]
fn s062_to_say_that_it_was_received_is_refused_with_the_clause_and_what_was_typed_stays() {
    on_each("s062_empty", date(2026, 9, 1), |scene| {
        let mut me = scene.resident();
        let id = scene.says(&mut me, LAMP, &about(scene));
        let mut director = scene.director();
        answer(&mut director, id, "已收到，感谢您的意见，我们会尽快处理。", "explain");
        assert_eq!(director.page.status, 422);
        for said in ["NOT_SUBSTANTIVE", "东组通〔2015〕33号", "已收到，感谢您的意见"] {
            assert!(director.page.shows(said), "{said}: {}", director.page.text());
        }
        answer(&mut director, id, ANSWER, "adopt");
        assert!(scene.stranger().get(&matter(id)).shows("第1个工作日") || director.page.status == 200);
    });
}

#[test]
fn s063_everybody_follows_each_step_but_reads_the_words_only_after_a_person_looked_at_them() {
    on_each("s063_release", date(2026, 9, 1), |scene| {
        let mut me = scene.resident();
        let id = scene.says(&mut me, LAMP, &about(scene));
        let mut all = scene.stranger();
        assert!(!all.get(&matter(id)).shows("老人接孩子"), "nobody looked at it yet");
        assert!(all.get(&format!("/u/{UNIT}")).shows("内容审核后公开"));
        assert!(me.get(&matter(id)).shows("老人接孩子"), "the sender reads it at once");
        let mut clerk = scene.clerk();
        clerk.get(&format!("{}/release", matter(id)));
        clerk.post(&format!("{}/release", matter(id)), &[("how", "whole"), ("shown", LAMP)]);
        let page = all.get(&matter(id)).clone();
        assert!(page.shows("老人接孩子") && page.shows("王*强"), "{}", page.text());
        assert!(!page.shows("王志强"), "names of residents are masked");
    });
}

#[test]
fn s063_closed_is_not_solved_the_sender_says_so_and_may_ask_again_once() {
    on_each("s063_verdict", date(2026, 9, 1), |scene| {
        let mut me = scene.resident();
        let id = scene.says(&mut me, LAMP, &about(scene));
        let mut director = scene.director();
        answer(&mut director, id, ANSWER, "adopt");
        let mut other = scene.sign_in("何小梅", None);
        other.get(&matter(id));
        other.get(&format!("/u/{UNIT}/say"));
        other.post(&format!("{}/dispute", matter(id)), &[("why", "没装"), ("step", "1")]);
        assert!(other.page.shows("NOT_THE_SENDER"), "only the sender speaks: {}", other.page.text());
        me.get(&format!("{}/dispute", matter(id)));
        me.post(&format!("{}/dispute", matter(id)), &[("why", "只装了一盏")]);
        assert!(scene.stranger().get(&matter(id)).shows("本人不认可"));
        me.get(&format!("{}/reopen", matter(id)));
        me.post(&format!("{}/reopen", matter(id)), &[("why", "还有两盏什么时候装？")]);
        let page = scene.stranger().get(&matter(id)).clone();
        assert!(page.shows("再问一次") && !page.shows("还有两盏"), "the reason waits for a person, the step does not");
        answer(&mut director, id, "另外两盏的灯杆基础已经浇好，本周五通电，电工黎师傅负责。", "adopt");
        me.get(&format!("{}/reopen", matter(id)));
        me.post(&format!("{}/reopen", matter(id)), &[("why", "再来一次")]);
        assert!(me.page.shows("ALREADY_REOPENED"), "{}", me.page.text());
    });
}

#[test]
fn s063_the_sender_says_that_it_will_do() {
    on_each("s063_confirm", date(2026, 9, 1), |scene| {
        let mut me = scene.resident();
        let id = scene.says(&mut me, LAMP, &about(scene));
        answer(&mut scene.director(), id, ANSWER, "adopt");
        me.get(&matter(id));
        me.post(&format!("{}/confirm", matter(id)), &[]);
        assert!(me.page.shows("本人认可"), "{}", me.page.text());
    });
}

#[test]
fn s060_a_named_cadre_makes_the_form_ask_and_the_answer_decides_the_way() {
    on_each("s060_cadre", date(2026, 9, 1), |scene| {
        let mut me = scene.resident();
        me.get(&format!("/u/{UNIT}/say"));
        me.post(&format!("/u/{UNIT}/say"), &[("text", "林伟棠的亲戚包了工程"), ("show", "mask")]);
        assert!(me.page.shows("林伟棠") && me.page.shows("反映"), "{}", me.page.text());
        assert_eq!(me.page.status, 422, "nothing was sent");
        me.post(&format!("/u/{UNIT}/say"), &[("text", "请林伟棠主任看看路灯，夜里太黑"), ("show", "mask"), ("cadre", "work")]);
        assert_eq!(me.page.status, 200, "about the work it goes the usual way");
    });
}

#[test]
fn s062_a_new_holiday_moves_open_terms_and_shows_both_dates() {
    on_each("s062_holiday", date(2026, 12, 28), |scene| {
        let mut me = scene.resident();
        let id = scene.says(&mut me, LAMP, &about(scene));
        assert!(me.page.shows("暂定"), "2027 is not announced: {}", me.page.text());
        let old = scene.world.house.read(|tx| store::duty::of_matter(tx, scene.village.code, id)).unwrap()[0].due;
        let notice = "date,is_workday,name,source\n2027-01-04,0,元旦,notice\n2027-01-05,0,元旦,notice\n";
        app::clock::import_notice(&scene.world.house, notice).unwrap();
        let new = scene.world.house.read(|tx| store::duty::of_matter(tx, scene.village.code, id)).unwrap()[0].due;
        assert!(new > old, "{old} {new}");
        let page = scene.stranger().get(&matter(id)).clone();
        assert!(page.shows("国务院调整了放假安排"), "{}", page.text());
    });
}

#[test]
fn a_page_gone_stale_a_key_used_twice_and_a_text_too_long_are_refused_clearly() {
    on_each("stale", date(2026, 9, 1), |scene| {
        let mut me = scene.resident();
        let id = scene.says(&mut me, LAMP, &about(scene));
        let mut director = scene.director();
        director.get(&format!("{}/answer", matter(id)));
        let mut clerk = scene.clerk();
        clerk.get(&format!("{}/release", matter(id)));
        clerk.post(&format!("{}/release", matter(id)), &[("how", "whole"), ("shown", LAMP)]);
        let typed = [("kind", "explain"), ("text", ANSWER)];
        director.post(&format!("{}/answer", matter(id)), &typed);
        assert!(director.page.shows("STALE_PAGE") && director.page.shows("三处要补灯"), "{}", director.page.text());
        let long = "很长".repeat(1500);
        me.get(&format!("/u/{UNIT}/say"));
        me.post(&format!("/u/{UNIT}/say"), &[("text", &long), ("show", "mask")]);
        assert!(me.page.shows("TEXT_TOO_LONG") && me.page.shows("3000"), "{}", me.page.text().len());
        me.get(&format!("/u/{UNIT}/say"));
        let token = me.page.field("csrf").unwrap();
        let body = |text: &str| {
            format!(
                r#"{{"kind":"suggestion","act":{{"submit":{{"text":"{text}","channel":"web","intake":null,"name":null,"contact":null,"body":null}}}}}}"#
            )
        };
        let acts = format!("/api/v1/u/{UNIT}/acts");
        let first = me.api(&acts, &token, Some("k-1"), &body("路牌歪了，请扶一扶")).text();
        assert_eq!(me.page.status, 201, "{first}");
        assert_eq!(me.api(&acts, &token, Some("k-1"), &body("路牌歪了，请扶一扶")).text(), first, "the same again gives the same answer");
        assert!(me.api(&acts, &token, Some("k-1"), &body("换了内容")).shows("KEY_REUSED"));
        assert_eq!(me.page.status, 409);
        assert!(me.api(&acts, "wrong", None, &body("没有令牌")).shows("FORM_TOKEN"));
    });
}

#[test]
fn a_resident_signs_in_by_telephone_and_the_code_works_once() {
    on_each("phone", date(2026, 9, 1), |scene| {
        let mut browser = scene.stranger();
        let back = format!("/u/{UNIT}/say");
        browser.get(&format!("/signin?back={back}"));
        browser.post("/signin", &[("phone", OTHER), ("back", &back)]);
        let code = app::door::demo::last_code(&scene.world.house).unwrap();
        assert!(browser.page.shows(&code), "the demo shows the code: {}", browser.page.text());
        browser.post("/signin/code", &[("code", "000000"), ("back", &back)]);
        assert!(browser.page.shows("CODE_WRONG") || code == "000000");
        browser.post("/signin/code", &[("code", &code), ("back", &back)]);
        assert_eq!((browser.page.status, browser.page.path.as_str()), (200, back.as_str()), "{}", browser.page.text());
    });
}

#[test]
fn s002_which_rules_apply_here_today_and_how_firm_each_stands() {
    on_each("s002", date(2026, 9, 1), |scene| {
        let page = scene.stranger().get(&format!("/u/{UNIT}/rules")).clone();
        for said in ["文件原文", "法律", "默认", "5个工作日", "东组通〔2015〕33号", "城市居民委员会组织法"] {
            assert!(page.shows(said), "{said}");
        }
        assert!(!page.shows("村民委员会组织法》（2025"), "a community follows its own law");
        let text = page.text();
        let kept = |part: &str| text.split(&format!(">{part}</h2>")).nth(1).unwrap().contains("已收录，功能还没启用");
        let open = text.split("<h2 id=\"g4\">四公开</h2>").nth(1).unwrap();
        let applied = open.split("<details class=\"more\">").next().unwrap();
        assert!(applied.contains("id=\"open.suggestion.answer\"") && !applied.contains("id=\"open.promise.check\""), "{applied}");
        assert!(kept("三资") && kept("两联席") && text.contains("规定本身照样有效"), "{text}");
        assert!(applied.contains("5工作日") && applied.contains("10字：去掉套话以后"), "each number says how firm it stands: {applied}");
    });
}
