//! 工作台的故事 Stories of the desk: what staff and heads do, told through the same doors as theirs.

use jiff::civil::date;
use law::steer::cadence::{BOX, Cadence};
use law::{By, MatterId, PostKind};
use sim::browser::Browser;
use sim::scene::{Scene, TOWN, UNIT, on_each};

const LAMP: &str = "东坊巷一到夜里就黑，老人接孩子怕摔。能不能装几盏灯？";
const ANSWER: &str = "治保主任带电工看过，三处要补灯，线路和灯具本月买齐，装好后在公开栏贴照片。";

fn matter(id: MatterId) -> String {
    format!("/u/{UNIT}/m/{id}")
}

fn act(id: MatterId, act: &str) -> String {
    format!("/u/{UNIT}/m/{id}/{act}")
}

/// Asks the committee something; waits in its third step from the start.
fn asked(scene: &Scene) -> MatterId {
    scene.says(&mut scene.resident(), LAMP, &scene.village.committee.to_string())
}

/// The matter whose page the browser shows links to first.
fn linked(browser: &Browser) -> MatterId {
    let text = browser.page.text();
    let id = text.split(&format!("/u/{UNIT}/m/")).nth(1).and_then(|rest| MatterId::parse(rest.get(..13)?));
    id.unwrap_or_else(|| panic!("no matter on {}: {text}", browser.page.path))
}

fn last_by(scene: &Scene, id: MatterId) -> By {
    let stored = scene.world.house.read(|tx| store::record::of_matter(tx, scene.village.code, id)).unwrap();
    let entry: law::Entry<serde_json::Value> = serde_json::from_slice(&stored.last().unwrap().body).unwrap();
    entry.by
}

fn steps(scene: &Scene, id: MatterId) -> usize {
    scene.world.house.read(|tx| store::record::of_matter(tx, scene.village.code, id)).unwrap().len()
}

#[test]
fn s062_the_clerk_prepares_and_the_head_confirms_in_one_tap() {
    on_each("s062_prepare", date(2026, 9, 1), |scene| {
        let id = asked(scene);
        let mut clerk = scene.clerk();
        clerk.get("/desk");
        assert!(clerk.page.shows("拟答复王*强") && clerk.page.shows("公布原文"), "{}", clerk.page.text());
        clerk.get(&act(id, "prepare"));
        clerk.post(&act(id, "prepare"), &[("kind", "adopt"), ("text", "已收到，正在处理。"), ("who", ""), ("when", "")]);
        assert!(
            clerk.page.shows("NOT_SUBSTANTIVE") && clerk.page.shows("已收到，正在处理。"),
            "the law speaks before the head is bothered"
        );
        let plan = [("kind", "adopt"), ("text", ANSWER), ("who", "治保主任"), ("when", "2026-09-20")];
        clerk.post(&act(id, "prepare"), &plan);
        assert!(clerk.page.shows("拟好了，等负责人确认"), "{}", clerk.page.text());
        assert_eq!(steps(scene, id), 1, "a draft is no line of the record");
        assert!(!clerk.get("/desk").shows("拟答复"), "it waits for the head now");

        let mut director = scene.director();
        director.get("/desk");
        assert!(director.page.shows("经办人已拟好") && director.page.shows("确认"), "{}", director.page.text());
        director.get(&format!("/desk?open={UNIT}-{id}"));
        assert!(director.page.shows("三处要补灯") && director.page.shows("陈志恒拟的答复"), "{}", director.page.text());
        let prepared = director.page.field("prepared").unwrap();
        director.post(&act(id, "confirm-answer"), &[("prepared", &prepared), ("from", "desk")]);
        assert_eq!((director.page.status, director.page.path.starts_with("/desk?done=confirm.")), (200, true), "{}", director.page.path);
        assert!(director.page.shows("已确认，答复并存证") && director.page.shows("答复：东坊巷"), "{}", director.page.text());

        let clerk_post = |by: By| matches!(by, By::Post { kind: PostKind::Director, prepared_by: Some(_), .. });
        assert!(clerk_post(last_by(scene, id)), "{:?}", last_by(scene, id));
        let page = scene.stranger().get(&matter(id)).clone();
        assert!(page.shows("三处要补灯") && page.shows("陈志恒经办") && page.shows("2026年9月20日</span>前办好"), "{}", page.text());
    });
}

#[test]
fn s062_a_second_tap_answers_the_same_and_what_changed_underneath_is_not_confirmed() {
    on_each("s062_twice", date(2026, 9, 1), |scene| {
        let id = asked(scene);
        let (mut clerk, mut director) = (scene.clerk(), scene.director());
        let prepare = |clerk: &mut Browser, text: &str| {
            clerk.get(&act(id, "prepare"));
            clerk.post(&act(id, "prepare"), &[("kind", "explain"), ("text", text)]);
            assert_eq!(clerk.page.status, 200, "{}", clerk.page.text());
        };
        prepare(&mut clerk, ANSWER);
        director.get(&act(id, "confirm-answer"));
        let (old, shown) = (director.page.field("prepared").unwrap(), director.page.clone());
        prepare(&mut clerk, "供电所已经排查，是埋地电缆老化，本周五前由电工换好。");
        director.post(&act(id, "confirm-answer"), &[("prepared", &old)]);
        assert_eq!(director.page.status, 409, "what was prepared anew has to be read first");
        assert!(director.page.shows("STALE_PAGE") && director.page.shows("埋地电缆"), "{}", director.page.text());

        director.get(&act(id, "confirm-answer"));
        let new = director.page.field("prepared").unwrap();
        let key = director.page.field("key").unwrap();
        assert_ne!((new.as_str(), key.as_str()), (old.as_str(), shown.field("key").unwrap().as_str()));
        let tap = [("prepared", new.as_str()), ("key", key.as_str()), ("step", "0")];
        director.post(&act(id, "confirm-answer"), &tap);
        let first = director.page.path.clone();
        director.get(&format!("/u/{UNIT}/register"));
        director.post(&act(id, "confirm-answer"), &tap);
        assert_eq!((director.page.path.as_str(), steps(scene, id)), (first.as_str(), 2), "one answer, however often it is tapped");
    });
}

#[test]
fn s062_what_a_clerk_prepared_can_be_sent_back_or_answered_otherwise_and_nobody_else_can_confirm_it() {
    on_each("s062_back", date(2026, 9, 1), |scene| {
        let id = asked(scene);
        let (mut clerk, mut director) = (scene.clerk(), scene.director());
        clerk.get(&act(id, "prepare"));
        clerk.post(&act(id, "prepare"), &[("kind", "decline"), ("reason", "power"), ("text", "我们知悉了")]);
        assert!(clerk.page.shows("NOT_SUBSTANTIVE"), "what was picked from a list is no answer: {}", clerk.page.text());
        clerk.post(&act(id, "prepare"), &[("kind", "decline"), ("reason", "power"), ("text", "东坊巷的路灯由镇里管，居委会没有权动。")]);
        director.get(&act(id, "confirm-answer"));
        assert!(director.page.shows("理由：不在职权范围。"), "{}", director.page.text());
        let prepared = director.page.field("prepared").unwrap();
        let mut supervisor = scene.sign_in("梁玉燕", Some(PostKind::SupervisionHead));
        assert_eq!(supervisor.get(&act(id, "confirm-answer")).status, 404);
        supervisor.get(&act(id, "release"));
        supervisor.post(&act(id, "confirm-answer"), &[("prepared", &prepared)]);
        assert_eq!((supervisor.page.status, steps(scene, id)), (404, 1));
        // 改一改: the head's form holds what was prepared.
        director.get(&act(id, "answer"));
        assert!(
            director.page.shows("东坊巷的路灯由镇里管") && director.page.shows("<option value=\"power\" selected>"),
            "{}",
            director.page.text()
        );
        director.get(&act(id, "confirm-answer"));
        director.post(&act(id, "confirm-answer"), &[("prepared", &prepared), ("go", "back")]);
        assert!(director.page.shows("已退回，请经办人重拟"), "{}", director.page.text());
        assert!(clerk.get("/desk").shows("拟答复"), "it is the clerk's again");
        clerk.get(&act(id, "prepare"));
        clerk.post(&act(id, "prepare"), &[("kind", "explain"), ("text", ANSWER)]);
        director.get(&act(id, "answer"));
        director.post(
            &act(id, "answer"),
            &[("kind", "transfer"), ("reason", "power"), ("to", "town"), ("text", "东坊巷的灯杆归镇里的路政队，已经把材料送过去。")],
        );
        assert_eq!(director.page.status, 200, "{}", director.page.text());
        let page = scene.stranger().get(&matter(id)).clone();
        assert!(page.shows("转请虎门镇人民政府办理，理由：不在职权范围。") && !page.shows("陈志恒经办"), "{}", page.text());
        assert_eq!(scene.world.house.read(|tx| store::draft::all(tx, scene.village.code)).unwrap().len(), 0, "the draft is gone");
    });
}

#[test]
fn s062_more_time_is_taken_once_with_a_reason_and_a_word() {
    on_each("s062_extend", date(2026, 9, 1), |scene| {
        let id = asked(scene);
        let mut director = scene.director();
        director.get(&act(id, "extend"));
        assert!(director.page.shows("9月15日"), "five working days more: {}", director.page.text());
        director.post(&act(id, "extend"), &[("why", "灯具缺货"), ("interim", "知悉")]);
        assert_eq!(director.page.status, 422, "{}", director.page.text());
        assert!(director.page.shows("灯具缺货"), "what was typed stays");
        let word = "三处要补灯，电线已经买好，灯具9月10日到货，到货当天就装。";
        director.post(&act(id, "extend"), &[("why", "灯具缺货"), ("interim", word)]);
        assert!(director.page.shows("已延期一次"), "{}", director.page.text());
        let page = scene.stranger().get(&matter(id)).clone();
        assert!(page.shows("理由：灯具缺货。") && page.shows(word) && page.shows("9月15日"), "{}", page.text());
        director.get(&act(id, "extend"));
        director.post(&act(id, "extend"), &[("why", "还缺货"), ("interim", word)]);
        assert!(director.page.shows("ALREADY_EXTENDED"), "{}", director.page.text());
        director.get(&act(id, "answer"));
        director.post(&act(id, "answer"), &[("kind", "explain"), ("text", ANSWER)]);
        assert_eq!(director.get(&act(id, "extend")).path, matter(id), "what is answered needs no more time");
    });
}

#[test]
fn s060_a_slip_from_the_box_is_registered_with_its_number_and_code() {
    on_each("s060_slip", date(2026, 9, 1), |scene| {
        scene.turn(date(2026, 9, 2), 9);
        let mut clerk = scene.clerk();
        clerk.get(&format!("/u/{UNIT}/box"));
        assert!(clerk.page.shows("第0001号"), "{}", clerk.page.text());
        clerk.post(&format!("/u/{UNIT}/box"), &[("day", "2026-09-02"), ("slips", "2"), ("second", "")]);
        assert!(clerk.page.shows("TWO_PERSONS"), "one alone does not open it: {}", clerk.page.text());
        clerk.post(&format!("/u/{UNIT}/box"), &[("day", "2026-09-02"), ("slips", "2"), ("second", "梁玉燕")]);
        assert!(clerk.page.shows("陈志恒、梁玉燕在场，箱里有2张纸条"), "{}", clerk.page.text());

        clerk.get(&format!("/u/{UNIT}/register"));
        assert!(clerk.page.shows("还有2张没登记") && clerk.page.shows("value=\"0001\""), "{}", clerk.page.text());
        let slip = [("channel", "box"), ("day", "2026-09-02"), ("slip", "0001"), ("text", "菜市场后门的水沟堵了，下雨就臭。")];
        let key = clerk.page.field("key").unwrap();
        clerk.post(&format!("/u/{UNIT}/register"), &slip);
        assert_eq!(clerk.page.status, 200, "{}", clerk.page.text());
        let receipt = clerk.page.text();
        let code = receipt.split("查询码 <b class=\"big\">").nth(1).and_then(|rest| rest.split('<').next()).unwrap().to_owned();
        assert!(code.len() == 12 && !code.contains(['0', 'O', '1', 'I']), "{code}");
        let number = receipt.split("回执号 <span class=\"big\">").nth(1).and_then(|rest| rest.split('<').next()).unwrap().to_owned();
        let id = linked(&clerk);

        // The same form sent twice is one slip with one code.
        clerk.get(&format!("/u/{UNIT}/register"));
        let again = [("key", key.as_str()), slip[0], slip[1], slip[2], slip[3]];
        clerk.post(&format!("/u/{UNIT}/register"), &again);
        assert!(clerk.page.shows(&code) && linked(&clerk) == id, "{}", clerk.page.text());
        assert!(clerk.get(&format!("/u/{UNIT}/register")).shows("还有1张没登记"), "{}", clerk.page.text());

        // Whoever holds the stub looks it up with number and code; nobody reads the text before it is released.
        let mut bearer = scene.stranger();
        bearer.get("/lookup");
        bearer.post("/lookup", &[("number", &number), ("code", &code.to_lowercase())]);
        assert!(bearer.page.shows("意见箱第0001号纸条") && bearer.page.shows("陈志恒代录"), "{}", bearer.page.text());
        let mut all = scene.stranger();
        assert!(all.get(&matter(id)).shows("匿名") && !all.page.shows("水沟堵了"), "{}", all.page.text());
    });
}

#[test]
fn s060_a_slip_entered_late_shows_its_lag_and_keeps_its_term() {
    on_each("s060_late", date(2026, 9, 8), |scene| {
        let mut clerk = scene.clerk();
        let path = format!("/u/{UNIT}/register");
        clerk.get(&path);
        let late = [
            ("channel", "hotline"),
            ("day", "2026-09-02"),
            ("text", "公厕的灯坏了一个月"),
            ("name", "何小梅"),
            ("show", "hide"),
            ("contact", "没留"),
        ];
        clerk.post(&path, &[("channel", "hotline"), ("day", "2026-09-02"), ("text", "")]);
        assert!(clerk.page.status == 422 && clerk.page.shows("晚6天") && clerk.page.shows("9月9日"), "{}", clerk.page.text());
        clerk.post(&path, &late);
        assert!(clerk.page.status == 422 && clerk.page.shows("LATE_WITHOUT_REASON"), "four working days late: {}", clerk.page.text());
        assert!(clerk.page.shows("公厕的灯坏了一个月") && clerk.page.shows("3个工作日以内录的可以不写"), "{}", clerk.page.text());
        let late = [&late[..], &[("late_reason", "台风停电，登记本锁在村委会")]].concat();
        clerk.post(&path, &late);
        assert!(clerk.page.shows("9月9日"), "the term runs from the day it was said: {}", clerk.page.text());
        let id = linked(&clerk);
        let page = scene.stranger().get(&matter(id)).clone();
        assert!(page.shows("理由：台风停电，登记本锁在村委会。"), "everybody reads why: {}", page.text());
        assert!(page.shows("晚6天") && page.shows("匿名") && !page.shows("何小") && !page.shows("何*"), "{}", page.text());
        assert!(clerk.get(&matter(id)).shows("公厕的灯"), "staff read it whole");
        clerk.get(&path);
        clerk.post(&path, &[("channel", "hotline"), ("day", "2026-09-09"), ("text", "明天的事")]);
        assert!(clerk.page.shows("DAY_AHEAD") && clerk.page.shows("明天的事"), "{}", clerk.page.text());
    });
}

#[test]
fn s061_a_visit_note_becomes_a_case() {
    on_each("s061_visit", date(2026, 9, 1), |scene| {
        let mut secretary = scene.sign_in("林伟棠", Some(PostKind::Secretary));
        let path = format!("/u/{UNIT}/register");
        secretary.get(&path);
        let note = [("channel", "visit"), ("day", "2026-09-01"), ("text", "三巷的老人说台阶太高，想装个扶手"), ("about", "")];
        secretary.post(&path, &note);
        assert_eq!(secretary.page.status, 200, "{}", secretary.page.text());
        let id = linked(&secretary);
        let page = scene.stranger().get(&matter(id)).clone();
        assert!(page.shows("调研走访") && page.shows("林伟棠代录") && page.shows("还没分派"), "{}", page.text());
        // The clerk names who answers; the head finds it on the desk.
        let mut clerk = scene.clerk();
        assert!(clerk.get("/desk").shows("分派：三巷的老人说台阶太高"), "{}", clerk.page.text());
        clerk.get(&act(id, "route"));
        clerk.post(&act(id, "route"), &[("to", "")]);
        assert_eq!(clerk.page.status, 422);
        clerk.post(&act(id, "route"), &[("to", &scene.village.collective.to_string())]);
        assert!(clerk.page.shows("已分派"), "{}", clerk.page.text());
        let mut head = scene.sign_in("黎满堂", Some(PostKind::CollectiveHead));
        assert!(head.get("/desk").shows("答复匿名：三巷的老人说台阶太高"), "{}", head.page.text());
        // The town's contact day is another way in.
        let mut officer = scene.sign_in("谢浩然", Some(PostKind::TownOfficer));
        officer.get(&path);
        officer.post(&path, &[("channel", "station"), ("day", "2026-09-01"), ("text", "公交站牌被树挡住了"), ("again", "yes")]);
        assert!(
            officer.page.shows("已登记，回执号") && officer.page.shows("查询码") && !officer.page.shows("公交站牌"),
            "{}",
            officer.page.text()
        );
    });
}

#[test]
fn s060_a_slip_that_names_a_cadre_makes_the_clerk_ask_first() {
    on_each("s060_ask", date(2026, 9, 1), |scene| {
        let mut clerk = scene.clerk();
        let path = format!("/u/{UNIT}/register");
        let said = [("channel", "box"), ("day", "2026-09-01"), ("slip", "7"), ("text", "黎满堂的亲戚没有招标就包了工程")];
        clerk.get(&path);
        clerk.post(&path, &said);
        assert_eq!(clerk.page.status, 422);
        assert!(clerk.page.shows("他是要反映干部违纪吗") && clerk.page.shows("没有招标就包了"), "{}", clerk.page.text());
        let before = app::read::record::sealed(&scene.world.house, scene.village.code).unwrap();
        let report = [said[0], said[1], said[2], said[3], ("about_work", "no")];
        clerk.post(&path, &report);
        assert!(clerk.page.shows("没有登记，也没有留下他的话") && !clerk.page.shows("没有招标就包了"), "{}", clerk.page.text());
        assert_eq!(before, app::read::record::sealed(&scene.world.house, scene.village.code).unwrap());
        let work = [said[0], said[1], said[2], ("text", "请黎满堂理事长看看三号铺的租约"), ("about_work", "yes")];
        clerk.post(&path, &work);
        assert!(clerk.page.shows("登记好了"), "{}", clerk.page.text());
    });
}

#[test]
fn s063_the_public_page_shows_each_step() {
    on_each("s063_steps", date(2026, 9, 1), |scene| {
        let mut clerk = scene.clerk();
        let path = format!("/u/{UNIT}/register");
        clerk.get(&path);
        let call = "我是何小梅，电话13800138000，请把三巷的井盖补上。";
        clerk.post(&path, &[("channel", "hotline"), ("day", "2026-09-01"), ("text", call), ("name", "何小梅")]);
        let id = linked(&clerk);
        clerk.get(&act(id, "route"));
        clerk.post(&act(id, "route"), &[("to", &scene.village.committee.to_string())]);
        clerk.get(&act(id, "release"));
        assert!(clerk.page.shows("1处手机号") && clerk.page.shows("电话〔略〕"), "{}", clerk.page.text());
        clerk.post(&act(id, "release"), &[("how", "whole"), ("shown", call)]);
        assert!(clerk.page.shows("PERSONAL_DATA_IN_PUBLIC_TEXT"), "numbers are never published: {}", clerk.page.text());
        clerk.post(&act(id, "release"), &[("how", "withhold"), ("why", ""), ("shown", call)]);
        assert_eq!(clerk.page.status, 422, "no text is kept back without a reason");
        clerk.post(&act(id, "release"), &[("how", "mask"), ("shown", "请把三巷的井盖补上。")]);
        assert!(clerk.page.shows("已处理"), "{}", clerk.page.text());
        let mut director = scene.director();
        director.get(&act(id, "answer"));
        director.post(&act(id, "answer"), &[("kind", "adopt"), ("text", ANSWER), ("who", ""), ("when", ""), ("preview", "yes")]);
        assert!(director.page.shows("NO_PLAN"), "{}", director.page.text());
        director.post(
            &act(id, "answer"),
            &[("kind", "adopt"), ("text", ANSWER), ("who", "治保主任"), ("when", "2026-09-20"), ("preview", "yes")],
        );
        assert!(director.page.shows("大家会看到") && steps(scene, id) == 3, "{}", director.page.text());
        director.post(&act(id, "answer"), &[("kind", "adopt"), ("text", ANSWER), ("who", "治保主任"), ("when", "2026-09-20")]);
        let page = scene.stranger().get(&matter(id)).clone();
        for said in [
            "热线电话",
            "陈志恒代录",
            "归居委会办",
            "遮盖",
            "请把三巷的井盖补上",
            "何*梅",
            "采纳",
            "三处要补灯",
            "林伟棠",
            "按时答复，当天",
        ] {
            assert!(page.shows(said), "{said}: {}", page.text());
        }
        assert!(!page.shows("13800138000") && !page.shows("何小梅"), "{}", page.text());
        assert!(director.get("/desk").shows("今天已办1件"), "{}", director.page.text());
    });
}

#[test]
fn s060_a_week_without_an_opening_is_explained_and_stays_a_gap() {
    on_each("s060_gap", date(2026, 9, 1), |scene| {
        scene.turn(date(2026, 9, 2), 9);
        scene.turn(date(2026, 9, 8), 9);
        let mut clerk = scene.clerk();
        clerk.get("/desk");
        assert!(clerk.page.shows("过去缺的（10周）") && clerk.page.shows("第36周"), "{}", clerk.page.text());
        assert!(clerk.page.shows("今天不欠，"), "what cannot be done any more is not owed: {}", clerk.page.text());
        let explain = Cadence::id_of(BOX, date(2026, 8, 31));
        clerk.get(&format!("{}?from=desk", act(explain, "explain")));
        assert_eq!(clerk.page.field("from").as_deref(), Some("desk"), "the form leads back to the desk");
        clerk.post(&act(explain, "explain"), &[("reason", "台风停工一周"), ("from", "desk")]);
        assert!(clerk.page.path.starts_with("/desk") && clerk.page.shows("说明已记下"), "{}", clerk.page.text());
        assert!(
            clerk.page.shows("过去缺的（9周）") && !clerk.page.shows("第36周</a>"),
            "what is explained is no longer owed: {}",
            clerk.page.text()
        );
        let page = scene.stranger().get(&matter(explain)).clone();
        assert!(page.shows("缺口保留") && page.shows("台风停工一周"), "{}", page.text());
        // Opened and not entered: it can still be entered, and says when.
        clerk.get(&format!("/u/{UNIT}/box?week=2026-09-04"));
        clerk.post(&format!("/u/{UNIT}/box"), &[("day", "2026-09-04"), ("slips", "0"), ("second", "梁玉燕")]);
        assert!(clerk.page.shows("补录") && clerk.page.shows("9月8日"), "{}", clerk.page.text());
        clerk.get(&format!("/u/{UNIT}/box"));
        clerk.post(&format!("/u/{UNIT}/box"), &[("day", "2020-01-01"), ("slips", "0"), ("second", "梁玉燕")]);
        assert!(clerk.page.status == 422 && clerk.page.shows("PERIOD_OVER"), "{}", clerk.page.text());
    });
}

#[test]
fn s063_a_notice_is_prepared_seen_masked_confirmed_put_up_and_corrected() {
    on_each("s063_notice", date(2026, 9, 1), |scene| {
        let path = format!("/u/{UNIT}/notices/new");
        let mut clerk = scene.clerk();
        clerk.get(&path);
        let text = "9月10日9:00—17:00停水。\n\n联系人陈志恒，电话13800138000。";
        let body = scene.village.committee.to_string();
        let typed = [("kind", "other"), ("body", body.as_str()), ("title", "停水通知"), ("text", text)];
        clerk.post(&path, &[typed[0], typed[1], ("title", ""), typed[3], ("go", "preview")]);
        assert!(clerk.page.shows("还不能公布") && clerk.page.shows("标题"), "{}", clerk.page.text());
        clerk.post(&path, &[typed[0], typed[1], typed[2], typed[3], ("go", "preview")]);
        assert!(
            clerk.page.shows("电话〔略〕") && clerk.page.shows("1处手机号") && clerk.page.shows("交负责人确认"),
            "{}",
            clerk.page.text()
        );
        clerk.post(&path, &[typed[0], typed[1], typed[2], typed[3], ("go", "post")]);
        assert!(clerk.page.shows("拟好了"), "{}", clerk.page.text());
        assert!(!scene.stranger().get(&format!("/u/{UNIT}")).shows("停水通知"), "not before a head confirms");

        let mut director = scene.director();
        director.get("/desk");
        let link = director
            .page
            .text()
            .split(&format!("{path}?draft="))
            .nth(1)
            .and_then(|rest| rest.split('"').next().map(str::to_owned))
            .unwrap();
        director.get(&format!("{path}?draft={link}"));
        assert!(director.page.shows("陈志恒拟的") && director.page.shows("公布并存证"), "{}", director.page.text());
        let shown = director.page.clone();
        let value = |name: &str| shown.field(name).unwrap();
        let masked = "9月10日9:00—17:00停水。\n\n联系人陈志恒，电话〔略〕。";
        let posted = [
            ("kind", "other"),
            ("body", body.as_str()),
            ("title", "停水通知"),
            ("text", masked),
            ("prepared", &value("prepared")),
            ("go", "post"),
        ];
        director.post(&path, &posted);
        assert!(director.page.shows("已公布并存证") && director.page.shows("1处手机号"), "{}", director.page.text());
        let id = MatterId::parse(director.page.path.split('/').next_back().unwrap().split('?').next().unwrap()).unwrap();
        assert!(matches!(last_by(scene, id), By::Post { prepared_by: Some(_), .. }), "{:?}", last_by(scene, id));
        assert!(!director.get("/desk").shows("等您确认"), "{}", director.page.text());

        assert!(clerk.get("/desk").shows("张贴：停水通知"), "{}", clerk.page.text());
        clerk.get(&act(id, "paper"));
        clerk.post(&act(id, "paper"), &[("place", ""), ("day", "2026-09-01")]);
        assert_eq!(clerk.page.status, 422);
        clerk.post(&act(id, "paper"), &[("place", ""), ("elsewhere", "北栅市场公开栏"), ("day", "2026-09-01")]);
        assert!(clerk.page.shows("北栅市场公开栏（纸质）") && clerk.page.shows("陈志恒"), "{}", clerk.page.text());

        director.get(&act(id, "correct"));
        let correction = [("title", "停水通知（更正）"), ("text", "9月11日9:00—17:00停水。"), ("why", "日子写错了")];
        director.post(&act(id, "correct"), &[correction[0], correction[1], correction[2], ("go", "preview")]);
        assert!(director.page.shows("大家会看到"), "{}", director.page.text());
        director.post(&act(id, "correct"), &[correction[0], correction[1], correction[2], ("go", "post")]);
        let page = scene.stranger().get(&matter(id)).clone();
        assert!(page.shows("日子写错了") && page.shows("9月11日") && page.shows("9月10日"), "both versions stay: {}", page.text());
    });
}

#[test]
fn s062_the_desk_and_its_forms_are_not_there_for_others() {
    on_each("desk_others", date(2026, 9, 1), |scene| {
        let id = asked(scene);
        let forms = ["answer", "prepare", "confirm-answer", "extend", "route", "release"].map(|form| act(id, form));
        let own = [format!("/u/{UNIT}/register"), format!("/u/{UNIT}/box"), format!("/u/{UNIT}/notices/new"), "/desk".to_owned()];
        let (mut nobody, mut resident) = (scene.stranger(), scene.resident());
        let mut officer = scene.sign_in("谢浩然", Some(PostKind::TownOfficer));
        for path in forms.iter().chain(&own) {
            nobody.get(path);
            assert!(nobody.page.path.starts_with("/signin") && !nobody.page.shows("老人接孩子"), "{path}");
            assert_eq!(resident.get(path).status, 404, "{path}");
            resident.get(&format!("/u/{UNIT}/say"));
            resident.post(path, &[("kind", "explain"), ("text", ANSWER), ("to", &scene.village.committee.to_string()), ("how", "whole")]);
            assert!([404, 405].contains(&resident.page.status), "{path}: {}", resident.page.status);
        }
        for form in &forms {
            assert_eq!(officer.get(form).status, 404, "{form}");
        }
        assert!(
            officer.get("/desk").shows(&format!("/t/{TOWN}")),
            "an officer of the town is led to the overview: {}",
            officer.page.text()
        );
        assert_eq!(steps(scene, id), 1);
    });
}
