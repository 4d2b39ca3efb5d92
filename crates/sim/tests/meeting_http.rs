//! 两联席的故事 Stories of the two joint meetings as people live them: on telephones, at the desk, in the hall; 东组通〔2015〕33号 二（二）.

use app::Asked;
use jiff::civil::{Date, date};
use law::meet::motion::{self, Figures, Source, Wording};
use law::{AnyAct, MatterId, PostKind};
use sim::browser::Browser;
use sim::pages;
use sim::pages::{act, arrive, at, consulted, fields, hall, here, joint, matter, put, refused, secretary, team, team_sitting, went};
use sim::scene::{Scene, on_each};

/// A Tuesday.
const DAY: Date = date(2026, 11, 24);

fn head(scene: &Scene, name: &str, post: PostKind) -> Browser {
    scene.sign_in(name, Some(post))
}

fn slot(browser: &mut Browser) {
    browser.get(&at("meetings/slot"));
    let typed = [("kind", "team"), ("weekday", "tuesday"), ("time", "15:00"), ("place", "居委会二楼会议室")];
    browser.post(&at("meetings/slot"), &typed);
    went(browser);
}

/// Fields of a weekly entry with these persons and one item.
fn weekly<'a>(present: &'a [String], day: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![("day", day), ("from", "15:00"), ("to", "15:40"), ("agreed", "yes")];
    fields.extend([
        ("report1", "市场排水沟已清通，还差盖板"),
        ("discussion1", "理事长说盖板要定做，没有不同意见"),
        ("resolution1", "盖板由居委会定做，11月28日前装好"),
    ]);
    fields.extend(present.iter().map(|person| ("here", person.as_str())));
    fields
}

#[test]
fn s025_the_week_is_kept_in_one_form_and_a_missed_one_stays_a_gap() {
    on_each("s025_weekly", DAY, |scene| {
        let mut secretary = secretary(scene);
        assert!(secretary.get(&at("meetings/weekly")).shows("每周哪天"), "without a standing slot it is fixed first");
        slot(&mut secretary);
        scene.turn(DAY, 16);
        let mut secretary = pages::secretary(scene);
        let form = secretary.get(&at("meetings/weekly")).clone();
        assert!(form.shows("应到3人") && form.text().matches("name=\"here\"").count() == 3, "{}", form.text());
        assert_eq!(form.text().matches("checked").count(), 3, "everybody is ticked: {}", form.text());
        secretary.post(&at("meetings/weekly"), &weekly(&team(scene), "2026-11-24"));
        went(&secretary);
        let calendar = scene.stranger().get(&at("meetings")).clone();
        assert!(calendar.shows("11月24日") && calendar.shows("开了1次"), "{}", calendar.text());
        scene.turn(date(2026, 12, 7), 9);
        let calendar = scene.stranger().get(&at("meetings")).clone();
        let gap = calendar.text().split("缺第").last().unwrap().split('周').next().unwrap().to_owned();
        assert!(gap.ends_with("49"), "the week after stays empty: {gap}");
        assert!(!gap.contains("48"), "the week that was kept is none of them: {gap}");
    });
}

#[test]
fn s024_the_roster_follows_from_the_posts_and_nobody_decides_alone() {
    on_each("s024_roster", DAY, |scene| {
        let mut secretary = secretary(scene);
        slot(&mut secretary);
        scene.turn(DAY, 16);
        let mut secretary = pages::secretary(scene);
        secretary.get(&at("meetings/weekly"));
        let all = team(scene);
        secretary.post(&at("meetings/weekly"), &weekly(&all[..1], "2026-11-24"));
        assert!(secretary.page.shows("SOLE_DECISION") && secretary.page.shows("市场排水沟已清通"), "{}", secretary.page.text());
        let outsider = [all[0].clone(), scene.village.person(PostKind::SupervisionHead).to_string()];
        secretary.post(&at("meetings/weekly"), &weekly(&outsider, "2026-11-24"));
        assert!(secretary.page.shows("NOT_ON_ROLL"), "{}", secretary.page.text());
        secretary.post(&at("meetings/weekly"), &weekly(&all[..2], "2026-11-24"));
        went(&secretary);
        let page = scene.stranger().get(&matter(here(&secretary))).clone();
        assert!(page.shows("应到 <b>3</b>") && page.shows("实到 <b>2</b>") && page.shows("黎满堂"), "{}", page.text());
    });
}

#[test]
fn s023_only_the_lawful_convener_calls_the_teams() {
    on_each("s023_convener", DAY, |scene| {
        assert_eq!(scene.clerk().get(&at("meetings/new?kind=team")).status, 404);
        let mut supervisor = head(scene, "梁玉燕", PostKind::SupervisionHead);
        let form = supervisor.get(&at("meetings/new?kind=team")).clone();
        assert!(form.shows("监督委员会会议") && !form.shows("召集班子联席会议"), "{}", form.text());
        let fields = [("kind", "team"), ("day", "2026-11-24"), ("time", "10:00"), ("place", "居委会二楼"), ("title1", "冬季防火检查")];
        supervisor.post(&at("meetings/new"), &fields);
        assert!(supervisor.page.shows("WRONG_CONVENER") && supervisor.page.shows("冬季防火检查"), "{}", supervisor.page.text());
        let mut secretary = secretary(scene);
        secretary.get(&at("meetings/new?kind=team"));
        secretary.post(&at("meetings/new"), &fields);
        went(&secretary);
        let public = scene.stranger().get(&at("meetings")).clone();
        assert!(public.shows("11月24日") && public.shows("已通知"), "{}", public.text());
        let feed = scene.stranger().get(&at("meetings.ics")).clone();
        assert!(feed.shows(&format!("UID:{}@", here(&secretary))) && feed.shows("20261124T100000"), "{}", feed.text());
    });
}

#[test]
fn s026_report_then_discussion_then_resolution_and_the_minutes_write_themselves() {
    on_each("s026_order", DAY, |scene| {
        let agenda = [("title1", "冬季防火检查"), ("title2", "何柏年家的低保复核"), ("closed2", "privacy")];
        let (mut secretary, id) = team_sitting(scene, DAY, &agenda);
        let speech = [("item", "0"), ("speakers", "黎满堂、陈国强"), ("text", "没有不同意见")];
        secretary.post(&act(id, "discuss"), &speech);
        assert!(secretary.page.shows("NOT_REPORTED") && secretary.page.shows("没有不同意见"), "{}", secretary.page.text());
        secretary.post(&act(id, "report"), &[("item", "0"), ("by", "书记 林伟棠"), ("text", "三处消防通道被占")]);
        went(&secretary);
        secretary.post(&act(id, "agree"), &[("item", "0"), ("text", "27日前逐户劝离")]);
        assert!(secretary.page.shows("NOT_DISCUSSED") && secretary.page.shows("27日前逐户劝离"), "{}", secretary.page.text());
        secretary.post(&act(id, "discuss"), &speech);
        went(&secretary);
        secretary.post(&act(id, "agree"), &[("item", "0"), ("text", "27日前逐户劝离")]);
        went(&secretary);
        secretary.post(&act(id, "close"), &[]);
        went(&secretary);
        secretary.post(&act(id, "confirm-minutes"), &[]);
        went(&secretary);
        let public = scene.stranger().get(&act(id, "print")).clone();
        assert!(public.shows("三处消防通道被占") && public.shows("到会3人一致同意"), "{}", public.text());
        assert!(public.shows("不公开的一项（个人隐私）") && !public.shows("低保复核"), "{}", public.text());
        assert!(!public.shows("黎满堂、陈国强"), "who spoke is not for everybody: {}", public.text());
        let clerk = scene.clerk().get(&act(id, "print")).clone();
        assert!(clerk.shows("低保复核") && clerk.shows("黎满堂、陈国强"), "{}", clerk.text());
    });
}

/// A motion of the secretary; large enough to be 重大.
fn propose(scene: &Scene) -> MatterId {
    let wording = Wording {
        text: "东坊巷加装11盏路灯，由居委会组织施工".into(),
        reasons: "夜里太黑，老人接孩子怕摔".into(),
        basis: "城市居民委员会组织法第三十条".into(),
        figures: Figures { amount: Some(6_000_000), years: None, households: Some(60) },
        body: scene.village.committee,
        deadline: Some(date(2027, 3, 31)),
        discussed: None,
    };
    let act = motion::Act::Propose {
        matter_type: "engineering".into(),
        title: "东坊巷加装11盏路灯".into(),
        wording: Box::new(wording),
        source: Source::Secretary,
        occurred_on: None,
    };
    enact(scene, PostKind::Secretary, AnyAct::Motion(act))
}

fn enact(scene: &Scene, post: PostKind, act: AnyAct) -> MatterId {
    let by = scene.world.official(scene.village.code, scene.village.person(post)).unwrap();
    scene.world.house.enact(scene.village.code, Asked::new(act, by)).unwrap_or_else(|failure| panic!("{failure:?}")).matter
}

#[test]
fn s027_a_major_matter_is_refused_in_the_weekly_sitting() {
    on_each("s027_major", DAY, |scene| {
        let motion = propose(scene);
        let mut secretary = secretary(scene);
        let form = secretary.get(&at("meetings/new?kind=team")).clone();
        assert!(form.shows(&format!("{motion}.1.consult")) && !form.shows(&format!("{motion}.1.daily")), "{}", form.text());
        let take = format!("{motion}.1.daily");
        let fields = [("kind", "team"), ("day", "2026-11-24"), ("time", "10:00"), ("place", "居委会二楼"), ("take", take.as_str())];
        secretary.post(&at("meetings/new"), &fields);
        assert!(secretary.page.shows("MAJOR_MATTER") && secretary.page.shows("党群联席会议"), "{}", secretary.page.text());
    });
}

#[test]
fn s027_a_large_sum_is_refused_with_its_clause_whatever_the_item_is_called_and_leads_to_the_form_of_a_motion() {
    on_each("s027_sum", DAY, |scene| {
        let led = |browser: &Browser, typed: &str| {
            refused(browser, "MAJOR_MATTER");
            for said in ["东组通〔2015〕33号", typed, "60000", "把这件事提议为议题"] {
                assert!(browser.page.shows(said), "{said}: {}", browser.page.text());
            }
            let to = browser.page.text().split("motions/new").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
            at(&format!("motions/new{}", to.replace("&#38;", "&").replace("&amp;", "&")))
        };
        let mut secretary = secretary(scene);
        slot(&mut secretary);
        secretary.get(&at("meetings/new?kind=team"));
        let fields = [("kind", "team"), ("day", "2026-11-24"), ("time", "10:00"), ("place", "居委会二楼"), ("title1", "买一批桌椅")];
        secretary.post(&at("meetings/new"), &[&fields[..], &[("amount1", "60000")]].concat());
        let to = led(&secretary, "买一批桌椅");
        // The form of a motion stands filled in.
        secretary.get(&to);
        for said in ["value=\"spending\" selected", "买一批桌椅", "60000"] {
            assert!(secretary.page.shows(said), "{said}: {}", secretary.page.text());
        }
        // Daily work with a small sum goes; the room says what it costs. An item that is added is judged alike.
        secretary.get(&at("meetings/new?kind=team"));
        secretary.post(&at("meetings/new"), &[&fields[..], &[("amount1", "4,800.50")]].concat());
        went(&secretary);
        let id = here(&secretary);
        assert!(scene.stranger().get(&matter(id)).shows("花¥4,800.50"));
        secretary.get(&act(id, "add"));
        secretary.post(&act(id, "add"), &[("text", "翻修礼堂"), ("amount", "60000")]);
        led(&secretary, "翻修礼堂");
        secretary.post(&act(id, "add"), &[("text", "翻修礼堂"), ("amount", "很多")]);
        assert!(secretary.page.status == 422 && secretary.page.shows("很多"), "{}", secretary.page.text());
        secretary.post(&act(id, "add"), &[("text", "翻修礼堂的门"), ("amount", "")]);
        went(&secretary);
        scene.turn(DAY, 16);
        let mut secretary = pages::secretary(scene);
        secretary.get(&at("meetings/weekly"));
        let all = team(scene);
        secretary.post(&at("meetings/weekly"), &[weekly(&all, "2026-11-24"), vec![("amount1", "60000")]].concat());
        led(&secretary, "市场排水沟已清通");
        secretary.post(&at("meetings/weekly"), &[weekly(&all, "2026-11-24"), vec![("amount1", "600")]].concat());
        went(&secretary);
        assert!(scene.stranger().get(&matter(here(&secretary))).shows("花¥600.00"));
    });
}

#[test]
fn s029_four_constituencies_have_their_rolls_and_the_party_s_names_stay_inside() {
    on_each("s029_rolls", DAY, |scene| {
        hall(scene);
        let public = scene.stranger().get(&at("rolls")).clone();
        assert!(public.shows("党员大会") && public.shows("共 <b>4</b> 人"), "{}", public.text());
        assert!(!public.shows("党员丁") && !public.shows("工友壬"), "the public reads how many, not who: {}", public.text());
        assert!(public.shows("共 <b>6</b> 人") && public.shows("妇女2人"), "the director sits with the representatives: {}", public.text());
        assert!(scene.clerk().get(&at("rolls")).shows("党员丁"));
        let mut clerk = scene.clerk();
        clerk.get(&at("rolls/party"));
        clerk.post(&at("rolls/party"), &[("join", "没有这个人"), ("from", "2026-11-24"), ("basis", "转入")]);
        assert!(clerk.page.shows("没有没有这个人") && clerk.page.status == 422, "{}", clerk.page.text());
        assert_eq!(scene.resident().get(&at("rolls/party")).status, 404);
    });
}

/// The day of the joint sitting.
const LATER: Date = date(2026, 12, 4);

/// The teams discuss the motion, its draft goes up, and the secretary calls the joint sitting; too short a notice is refused.
fn convened(scene: &Scene, motion: MatterId) -> MatterId {
    consulted(scene, motion, 1, DAY);
    enact(scene, PostKind::Clerk, AnyAct::Motion(motion::Act::PostDraft { motion, until: None }));
    let mut browser = secretary(scene);
    browser.get(&at("meetings/new?kind=joint"));
    browser.post(&at("meetings/new"), &fields(&joint(motion, 1, "2026-11-26")));
    assert!(browser.page.shows("SHORT_NOTICE") && browser.page.shows("文化楼礼堂"), "{}", browser.page.text());
    browser.post(&at("meetings/new"), &fields(&joint(motion, 1, &LATER.to_string())));
    went(&browser);
    here(&browser)
}

#[test]
fn s028_each_statutory_body_is_called_by_its_own_convener_or_only_advises() {
    on_each("s028_notice", DAY, |scene| {
        hall(scene);
        let joint = convened(scene, propose(scene));
        let page = scene.stranger().get(&matter(joint)).clone();
        assert!(page.text().matches("没有按时通知").count() == 2, "two bodies wait for their conveners: {}", page.text());
        let mut director = scene.director();
        director.get(&matter(joint));
        assert!(director.page.shows("通知居民代表会议来开会"), "{}", director.page.text());
        director.post(&act(joint, "notify"), &[("assembly", "representatives")]);
        went(&director);
        director.get(&at("meetings/slot"));
        director.post(&act(joint, "notify"), &[("assembly", "delegates")]);
        assert!(director.page.shows("WRONG_CONVENER"), "{}", director.page.text());
        let page = scene.stranger().get(&matter(joint)).clone();
        assert!(page.text().matches("没有按时通知").count() == 1, "{}", page.text());
    });
}

/// Opens a ballot on an item by telephone, lets everybody vote and counts; 王志强 votes himself.
fn decide(scene: &Scene, joint: MatterId, item: &str, everybody: &[String]) -> MatterId {
    let ballot = put(&mut secretary(scene), joint, item, "named");
    let mut resident = scene.resident();
    assert!(resident.get("/mine").shows("请您表决"), "{}", resident.page.text());
    resident.get(&matter(joint));
    assert!(resident.page.shows("请您表决") && resident.page.shows("算在居民代表会议、成员代表大会里"), "{}", resident.page.text());
    let own = resident.page.field("voter").unwrap();
    resident.post(&act(ballot, "vote"), &[("voter", &own), ("choice", "for")]);
    assert!(resident.page.shows("已经投过票了"), "{}", resident.page.text());
    resident.get(&at("say"));
    resident.post(&act(ballot, "vote"), &[("voter", &own), ("choice", "against")]);
    assert!(resident.page.shows("VOTED_ALREADY"), "{}", resident.page.text());
    let mut clerk = scene.clerk();
    clerk.get(&matter(ballot));
    for person in everybody.iter().filter(|person| **person != own) {
        clerk.post(&act(ballot, "enter"), &[("voter", person), ("choice", "for")]);
        went(&clerk);
    }
    clerk.post(&act(ballot, "count"), &[]);
    went(&clerk);
    assert!(clerk.page.shows("通过"), "{}", clerk.page.text());
    ballot
}

#[test]
fn s031_a_motion_is_deliberated_and_resolved_and_a_stranger_counts_again() {
    on_each("s031_joint", DAY, |scene| {
        let everybody = hall(scene);
        let motion = propose(scene);
        let joint = convened(scene, motion);
        let mut director = scene.director();
        director.get(&matter(joint));
        director.post(&act(joint, "notify"), &[("assembly", "representatives")]);
        went(&director);
        scene.turn(date(2026, 12, 4), 15);
        let mut secretary = secretary(scene);
        secretary.get(&matter(joint));
        assert!(secretary.page.shows("现在开不了会") && secretary.page.shows("至少"), "{}", secretary.page.text());
        arrive(&mut scene.clerk(), joint, &everybody);
        secretary.get(&matter(joint));
        secretary.post(&act(joint, "open"), &[]);
        went(&secretary);
        decide(scene, joint, "0", &everybody);
        let ballot = decide(scene, joint, "1", &everybody);
        let page = scene.stranger().get(&matter(ballot)).clone();
        assert!(page.shows("自己数一遍") && page.shows("仅供参考，不计入") && page.shows("应到6人"), "{}", page.text());
        let screen = scene.stranger().get(&act(joint, "screen")).clone();
        assert!(screen.shows("表决结果") && screen.shows("http-equiv=\"refresh\""), "{}", screen.text());
        secretary.get(&matter(joint));
        secretary.post(&act(joint, "close"), &[]);
        went(&secretary);
        let calendar = scene.stranger().get(&at("meetings")).clone();
        assert!(calendar.shows("党群联席会议") && calendar.shows("12月4日"), "{}", calendar.text());
        let found: motion::Motion = scene.world.house.read(|tx| store::kept::get(tx, scene.village.code, motion)).unwrap().unwrap();
        assert_eq!(found.phase(), motion::Phase::Resolved);
    });
}

#[test]
fn s026_an_open_ballot_stands_on_the_desk_of_whoever_has_a_seat_and_then_the_minutes_on_the_convener_s() {
    on_each("s026_desk", DAY, |scene| {
        let (mut secretary, id) = team_sitting(scene, DAY, &[("title1", "冬季防火检查")]);
        let ballot = put(&mut secretary, id, "0", "named");
        let mut member = head(scene, "黎满堂", PostKind::CollectiveHead);
        assert!(member.get("/desk").shows("请您表决：班子联席会议第1项：冬季防火检查"), "{}", member.page.text());
        member.get(&matter(ballot));
        let own = member.page.field("voter").unwrap();
        member.post(&act(ballot, "vote"), &[("voter", &own), ("choice", "for")]);
        assert!(!member.get("/desk").shows("请您表决"), "{}", member.page.text());
        assert!(!head(scene, "梁玉燕", PostKind::SupervisionHead).get("/desk").shows("请您表决"), "she has no seat there");
        let mut clerk = scene.clerk();
        clerk.get(&matter(ballot));
        clerk.post(&act(ballot, "count"), &[]);
        went(&clerk);
        secretary.get(&matter(id));
        secretary.post(&act(id, "close"), &[]);
        went(&secretary);
        assert!(secretary.get("/desk").shows("确认会议记录：11月24日班子联席会议"), "{}", secretary.page.text());
    });
}

#[test]
fn s030_the_quarter_without_a_joint_sitting_stays_a_dashed_box() {
    on_each("s030_quarter", DAY, |scene| {
        scene.turn(DAY, 10);
        let calendar = scene.stranger().get(&at("meetings")).clone();
        assert!(calendar.shows("第四季度") && calendar.shows("12月31日</span>24:00前要开一次"), "{}", calendar.text());
        scene.turn(date(2027, 1, 4), 9);
        let calendar = scene.stranger().get(&at("meetings?year=2026")).clone();
        assert!(calendar.shows("qtr gap") && calendar.shows("缺，没有开") && calendar.shows("还没有说明，缺口保留"), "{}", calendar.text());
    });
}
