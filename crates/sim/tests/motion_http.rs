//! 决策的故事 Stories of what is decided and carried out, told through the same doors as a user's.

use jiff::civil::{Date, date};
use law::{MatterId, PostKind};
use sim::browser::{Browser, Page};
use sim::pages::{self, matter, secretary};
use sim::scene::{Scene, UNIT, on_each};

const TEXT: &str = "用集体资金在东坊巷加装10盏路灯，由居委会组织施工。";
const BETTER: &str = "用集体资金在东坊巷加装11盏路灯，由居委会组织施工。";

fn id_of(page: &Page) -> MatterId {
    let path = page.path.split('?').next().unwrap_or_default();
    path.rsplit('/').next().and_then(MatterId::parse).unwrap_or_else(|| panic!("{path}: {}", page.text()))
}

/// The first link of a page to another matter behind these words.
fn link(page: &Page, label: &str) -> String {
    let text = page.text();
    let before = text.split(&format!("\">{label}")).next().unwrap_or_default();
    assert!(before.len() < text.len(), "{label}: {text}");
    before.rsplit("href=\"").next().unwrap_or_default().to_owned()
}

/// What a reader reads: a page without its tags.
trait Read {
    fn says(&self, words: &str) -> bool;
}

impl Read for Page {
    fn says(&self, words: &str) -> bool {
        let text = self.text();
        let plain: String = text.split('<').map(|part| part.split_once('>').map_or(part, |(_, rest)| rest)).collect();
        plain.contains(words) || text.contains(words)
    }
}

fn supervisor(scene: &Scene) -> Browser {
    scene.sign_in("梁玉燕", Some(PostKind::SupervisionHead))
}

/// What the form of a motion asks, with some answers of one's own.
fn asked<'a>(scene: &'a Ids, own: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let all = [
        ("matter_type", "public_works"),
        ("title", "东坊巷加装路灯"),
        ("text", TEXT),
        ("reasons", "东坊巷三段没有路灯，老人夜里摔过两次。"),
        ("basis", "东组通〔2015〕33号 二（二）"),
        ("amount", "48000"),
        ("body", scene.committee.as_str()),
        ("deadline", "2026-06-30"),
        ("source", "secretary"),
        ("discussed_on", "2026-03-01"),
        ("number", "北栅党纪〔2026〕3号"),
    ];
    let rest = all.into_iter().filter(|(name, _)| own.iter().all(|(known, _)| known != name));
    rest.chain(own.iter().copied()).collect()
}

/// Ids as forms send them.
struct Ids {
    committee: String,
    collective: String,
}

fn ids(scene: &Scene) -> Ids {
    Ids { committee: scene.village.committee.to_string(), collective: scene.village.collective.to_string() }
}

/// The secretary looks at the class, then proposes.
fn propose(scene: &Scene, own: &[(&str, &str)]) -> (Browser, MatterId) {
    let (mut browser, known) = (secretary(scene), ids(scene));
    let path = format!("/u/{UNIT}/motions/new");
    browser.get(&path);
    browser.post(&path, &asked(&known, own));
    assert_eq!(browser.page.status, 200, "{}", browser.page.text());
    browser.post(&path, &[asked(&known, own), vec![("go", "send")]].concat());
    assert_eq!(browser.page.status, 200, "{}", browser.page.text());
    let id = id_of(&browser.page);
    (browser, id)
}

/// The joint sitting that was called for a motion, and everybody who may sit in it.
struct Way {
    joint: MatterId,
    everybody: Vec<String>,
}

/// The day of the joint sitting, as early as its notice allows.
const JOINT: Date = date(2026, 3, 12);

/// Discussed by the teams and posted on the second of March; the joint sitting is called.
fn posted(scene: &Scene, browser: &mut Browser, id: MatterId) -> Way {
    let everybody = pages::hall(scene);
    pages::consulted(scene, id, 1, date(2026, 3, 2));
    *browser = secretary(scene);
    browser.get(&format!("{}/draft", matter(id)));
    browser.post(&format!("{}/draft", matter(id)), &[]);
    assert!(browser.page.says("公示到2026年3月9日"), "{}", browser.page.text());
    Way { joint: pages::called(scene, id, 1, JOINT), everybody }
}

/// Deliberated and resolved in one sitting, two representatives against it; the page of the resolution.
fn resolved(scene: &Scene, way: &Way, id: MatterId) -> String {
    pages::decided(scene, way.joint, JOINT, &way.everybody, &["代表甲", "代表乙"]);
    matter(law::meet::resolution::Resolution::id_of(id, 1))
}

fn send(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) {
    browser.get(path);
    browser.post(path, fields);
}

/// A matter decided and its resolution published, ready to be carried out.
fn public(scene: &Scene) -> (Browser, MatterId, String) {
    let (mut browser, id) = propose(scene, &[]);
    let way = posted(scene, &mut browser, id);
    let paper = resolved(scene, &way, id);
    // A session ends of itself: whoever comes back another week signs in anew.
    let mut browser = secretary(scene);
    send(&mut browser, &format!("{paper}/publish"), &[]);
    assert!(browser.page.says("决议公开了"), "{}", browser.page.text());
    (browser, id, paper)
}

/// The clerk's post, as the form of an assignment offers it.
fn clerk_post(browser: &mut Browser, paper: &str) -> String {
    let page = browser.get(&format!("{paper}/assign")).text();
    let before = page.split("陈志恒</option>").next().unwrap_or_default();
    let value = before.rsplit("<option value=\"").next().unwrap_or_default();
    value.split('"').next().unwrap_or_default().to_owned()
}

fn assign(browser: &mut Browser, paper: &str) -> String {
    let owner = clerk_post(browser, paper);
    let fields = [
        ("title", "组织施工"),
        ("owner", owner.as_str()),
        ("due", "2026-04-30"),
        ("budget", "48000"),
        ("part1", "灯杆进场"),
        ("part1_due", "2026-03-31"),
    ];
    browser.post(&format!("{paper}/assign"), &fields);
    assert_eq!(browser.page.status, 200, "{}", browser.page.text());
    matter(id_of(&browser.page))
}

#[test]
fn s005_everybody_reads_who_decides_what_and_a_body_without_the_charge_is_refused_with_the_clause() {
    on_each("s005_powers", date(2026, 3, 2), |scene| {
        let mut all = scene.stranger();
        all.get(&format!("/u/{UNIT}/powers"));
        for said in ["误工补贴的人员和标准", "居民代表会议定", "城市居民委员会组织法", "梁玉燕"] {
            assert!(all.page.says(said), "{said}: {}", all.page.text());
        }
        // An allowance is the committee's business, never the collective's.
        let (mut browser, known) = (secretary(scene), ids(scene));
        let path = format!("/u/{UNIT}/motions/new");
        browser.get(&path);
        browser.post(&path, &asked(&known, &[("matter_type", "allowance"), ("body", known.collective.as_str())]));
        assert_eq!(browser.page.status, 422);
        assert!(browser.page.says("WRONG_BODY") && browser.page.says("东组通〔2015〕33号") && browser.page.says(TEXT));
    });
}

#[test]
fn s006_a_step_that_cannot_come_yet_says_why_and_which_clause_and_cannot_be_skipped() {
    on_each("s006_steps", date(2026, 3, 2), |scene| {
        let (mut browser, id) = propose(scene, &[]);
        let mut all = scene.stranger();
        all.get(&matter(id));
        for said in ["还不能办", "班子还没有商议", "先公开，后实施"] {
            assert!(all.page.says(said), "{said}: {}", all.page.text());
        }
        // A draft is not posted before the teams discussed it.
        send(&mut browser, &format!("{}/draft", matter(id)), &[]);
        assert_eq!(browser.page.status, 422);
        assert!(browser.page.says("NOT_CONSULTED"), "{}", browser.page.text());
        posted(scene, &mut browser, id);
        all.get(&matter(id));
        assert!(all.page.says("方案公示的日子不够") && all.page.says("3月9日"), "{}", all.page.text());
    });
}

#[test]
fn s032_the_class_shows_its_reason_and_whoever_disagrees_is_answered_by_the_supervision_committee() {
    on_each("s032_class", date(2026, 3, 2), |scene| {
        let (_, id) = propose(scene, &[("matter_type", "service"), ("amount", "3000"), ("title", "巷口清沟")]);
        let mut me = scene.resident();
        me.get(&matter(id));
        assert!(me.page.says("日常事项") && me.page.says("都没到重大事项的线") && me.page.says("不同意这样归类"), "{}", me.page.text());
        let form = format!("{}/challenge", matter(id));
        send(&mut me, &form, &[("reason", "清沟要动到祠堂边的老墙，全巷的人都关心。")]);
        assert!(me.page.says("等监督委员会裁定"), "{}", me.page.text());
        // Nobody but the head of the supervision committee decides, on the desk, with the clock running.
        let mut director = scene.director();
        assert_eq!(director.get(&format!("{}/judge", matter(id))).status, 404);
        let mut head = supervisor(scene);
        assert!(head.get("/desk").says("裁定：巷口清沟"), "{}", head.page.text());
        send(&mut head, &format!("{}/judge", matter(id)), &[("major", "yes"), ("reason", "涉及全巷居民和老墙，按重大事项办。")]);
        let mut all = scene.stranger();
        all.get(&matter(id));
        assert!(all.page.says("裁定：重大事项") && all.page.says("涉及全巷居民和老墙") && all.page.says("居民代表会议"));
        // By a large amount it would have been major from the start.
        let (browser, _) = propose(scene, &[("matter_type", "service"), ("amount", "900000"), ("title", "全村清沟")]);
        assert!(browser.page.says("重大事项") && browser.page.says("达到"), "{}", browser.page.text());
    });
}

#[test]
fn s033_a_resolution_is_a_numbered_paper_that_everybody_reads_before_anybody_acts() {
    on_each("s033_paper", date(2026, 3, 2), |scene| {
        let (mut browser, id) = propose(scene, &[]);
        let way = posted(scene, &mut browser, id);
        let paper = resolved(scene, &way, id);
        let mut browser = secretary(scene);
        let mut all = scene.stranger();
        all.get(&paper);
        for said in ["北栅决〔2026〕1号", "先公开，后实施", "反对2票", "居民代表会议", "2026年6月30日前办好"] {
            assert!(all.page.says(said), "{said}: {}", all.page.text());
        }
        // Before it is published nobody carries it out.
        let owner = clerk_post(&mut browser, &paper);
        browser.post(&format!("{paper}/assign"), &[("title", "施工"), ("owner", &owner), ("due", "2026-04-30"), ("budget", "1000")]);
        assert_eq!(browser.page.status, 422);
        assert!(browser.page.says("NOT_PUBLISHED") && browser.page.says("东组通〔2015〕33号"), "{}", browser.page.text());
        // Nobody publishes it in time: the record says so, and it still can be done.
        scene.turn(date(2026, 3, 18), 1);
        assert!(all.get(&paper).says("到期没有公开决议"), "{}", all.page.text());
        assert!(all.get(&format!("/u/{UNIT}/late")).says("公开决议"), "{}", all.page.text());
        scene.turn(date(2026, 3, 18), 9);
        let mut clerk = scene.clerk();
        assert!(clerk.get("/desk").says("公开：东坊巷加装路灯"), "{}", clerk.page.text());
        send(&mut clerk, &format!("{paper}/publish"), &[]);
        send(&mut clerk, &format!("{paper}/hang"), &[("place", "公开栏"), ("day", "2026-03-18")]);
        all.get(&paper);
        assert!(all.page.says("张贴纸质决议") && all.page.says("贴到"), "{}", all.page.text());
        // The paper for the wall: red head, number, place for signature and seal, QR.
        all.get(&format!("{paper}/print"));
        for said in ["red-head", "党群联席会议文件", "北栅决〔2026〕1号", "盖章处", "监督人", "二维码"] {
            assert!(all.page.says(said), "{said}: {}", all.page.text());
        }
    });
}

#[test]
fn s034_by_function_somebody_carries_it_out_step_by_step_and_the_supervision_committee_accepts() {
    on_each("s034_work", date(2026, 3, 2), |scene| {
        let (mut browser, id, paper) = public(scene);
        let task = assign(&mut browser, &paper);
        scene.turn(date(2026, 3, 20), 9);
        let mut clerk = scene.clerk();
        send(
            &mut clerk,
            &format!("{task}/progress"),
            &[("text", "灯杆都到了，放在祠堂后面。"), ("spent", "14580"), ("milestones", "0"), ("on", "2026-03-19")],
        );
        assert!(clerk.page.says("补录") && clerk.page.says("灯杆进场"), "{}", clerk.page.text());
        send(&mut clerk, &format!("{task}/delay"), &[("reason", "电工队要等供电部门停电，四月底做不完。"), ("until", "2026-05-15")]);
        assert!(clerk.page.says("从2026年4月30日延到2026年5月15日"), "{}", clerk.page.text());
        let done = [("extent", "whole"), ("text", "10盏全部装好，逐盏通电，巷口到祠堂都亮了。"), ("spent", "30000")];
        send(&mut clerk, &format!("{task}/finish"), &done);
        assert!(clerk.page.says("等监督委员会验收"), "{}", clerk.page.text());
        let mut head = supervisor(scene);
        assert!(head.get("/desk").says("验收：组织施工"), "{}", head.page.text());
        send(&mut head, &format!("{task}/return"), &[("reason", "第7盏不亮。")]);
        send(
            &mut clerk,
            &format!("{task}/finish"),
            &[("extent", "whole"), ("text", "第7盏换了灯头，10盏逐盏通电都亮了。"), ("spent", "200")],
        );
        send(&mut head, &format!("{task}/accept"), &[("remark", "晚上八点逐盏看过，都亮。")]);
        let mut all = scene.stranger();
        all.get(&matter(id));
        for said in ["退回", "第7盏不亮。", "验收通过", "晚上八点逐盏看过"] {
            assert!(all.page.says(said), "{said}: {}", all.page.text());
        }
    });
}

#[test]
fn s039_the_ledger_shows_every_resolution_and_what_stands_still() {
    on_each("s039_ledger", date(2026, 3, 2), |scene| {
        let (mut browser, id, paper) = public(scene);
        let ledger = format!("/u/{UNIT}/ledger");
        let mut all = scene.stranger();
        all.get(&ledger);
        assert!(all.page.says("北栅决〔2026〕1号") && all.page.says("还没开始") && all.page.says("书记要在"), "{}", all.page.text());
        let task = assign(&mut browser, &paper);
        // Silent for longer than the rule allows: first the owner's gap, then the supervision committee's business.
        scene.turn(date(2026, 4, 22), 9);
        all.get(&ledger);
        assert!(all.page.says("41天没有消息") && all.page.says("陈志恒负责"), "{}", all.page.text());
        assert!(all.get(&matter(id)).says("到期没有报进展"), "{}", all.page.text());
        let mut head = supervisor(scene);
        assert!(head.get("/desk").says("过问：组织施工"), "{}", head.page.text());
        send(&mut head, &format!("{task}/inquire"), &[("text", "问了陈志恒：等供电部门停电。")]);
        // Past its last day it is late, in the list and in the table.
        scene.turn(date(2026, 5, 6), 9);
        assert!(all.get(&format!("{ledger}?s=late")).says("逾期"), "{}", all.page.text());
        let csv = all.get(&format!("{ledger}?year=2026&format=csv")).clone();
        assert!(csv.content_type.starts_with("text/csv") && csv.says("东坊巷加装路灯") && csv.says("逾期") && csv.says("2026-04-30"));
    });
}

#[test]
fn s052_the_process_is_public_step_by_step_without_a_second_entry() {
    on_each("s052_process", date(2026, 3, 6), |scene| {
        let (mut browser, id) = propose(scene, &[("on", "2026-03-04")]);
        let mut all = scene.stranger();
        all.get(&matter(id));
        assert!(all.page.says("补录") && all.page.says("晚2天") && all.page.says("林伟棠"), "{}", all.page.text());
        send(
            &mut browser,
            &format!("{}/revise", matter(id)),
            &[asked(&ids(scene), &[("text", BETTER)]), vec![("why", "祠堂口也要一盏。")]].concat(),
        );
        all.get(&matter(id));
        assert!(all.page.says("方案第2版") && all.page.says("<ins>1</ins>") && all.page.says("祠堂口也要一盏"), "{}", all.page.text());
        send(&mut browser, &format!("{}/drop", matter(id)), &[("reason", "改由镇里统一装。")]);
        all.get(&matter(id));
        assert!(all.page.says("撤回议题") && all.page.says("改由镇里统一装"), "{}", all.page.text());
    });
}

#[test]
fn s053_every_opinion_on_a_draft_is_answered_and_the_votes_stand_for_each_body() {
    on_each("s053_opinions", date(2026, 3, 2), |scene| {
        let (mut browser, id) = propose(scene, &[]);
        let way = posted(scene, &mut browser, id);
        let (mut me, mut other) = (scene.resident(), scene.sign_in("何小梅", None));
        let opine = format!("{}/opine", matter(id));
        send(&mut me, &opine, &[("text", "祠堂口最黑，也要装一盏。")]);
        send(&mut me, &opine, &[("text", "再说一遍。")]);
        assert!(me.page.says("ALREADY_OPINED"), "{}", me.page.text());
        send(&mut other, &opine, &[("text", "为什么不用太阳能的？")]);
        let mut all = scene.stranger();
        all.get(&matter(id));
        assert!(
            all.page.says("收到2条意见，回应了0条") && !all.page.says("祠堂口最黑"),
            "nobody looked at the words yet: {}",
            all.page.text()
        );
        let mut clerk = scene.clerk();
        for n in ["0", "1"] {
            send(&mut clerk, &format!("{}/look?n={n}", matter(id)), &[("how", "whole")]);
        }
        let reply = format!("{}/reply", matter(id));
        assert!(browser.get("/desk").says("回应：东坊巷加装路灯"), "{}", browser.page.text());
        send(&mut browser, &reply, &[("opinions", "0"), ("taken", "yes"), ("text", "加到11盏。")]);
        send(&mut browser, &reply, &[("opinions", "1"), ("taken", "no"), ("text", "巷子窄，白天晒不到，存不够电。")]);
        all.get(&matter(id));
        for said in ["收到2条意见，回应了2条", "祠堂口最黑", "加到11盏", "不采纳", "存不够电", "何*梅"] {
            assert!(all.page.says(said), "{said}: {}", all.page.text());
        }
        resolved(scene, &way, id);
        all.get(&matter(id));
        for said in ["到会6人过半数，就是4票以上。得4票", "仅供参考，不计入", "异地务工人员代表", "自己数一遍"]
        {
            assert!(all.page.says(said), "{said}: {}", all.page.text());
        }
    });
}

#[test]
fn s057_the_result_stands_beside_the_plan_with_who_accepted_it() {
    on_each("s057_result", date(2026, 3, 2), |scene| {
        let (mut browser, _, paper) = public(scene);
        let task = assign(&mut browser, &paper);
        scene.turn(date(2026, 4, 1), 9);
        let mut clerk = scene.clerk();
        let done = [
            ("extent", "part"),
            ("text", "装好9盏，逐盏通电，祠堂口那盏没装。"),
            ("spent", "43000"),
            ("remains", "祠堂口一盏等树修剪以后装。"),
        ];
        send(&mut clerk, &format!("{task}/finish"), &done);
        send(&mut supervisor(scene), &format!("{task}/accept"), &[("remark", "9盏都亮。")]);
        // Not before it was accepted, and within its days.
        send(&mut clerk, &format!("{task}/result"), &[]);
        let mut all = scene.stranger();
        all.get(&task);
        for said in ["公布结果", "办了一部分", "祠堂口一盏等树修剪", "¥43,000.00", "¥48,000.00", "及时", "没超预算"]
        {
            assert!(all.page.says(said), "{said}: {}", all.page.text());
        }
    });
}

#[test]
fn s058_a_question_is_explained_in_time_once_more_by_another_and_then_by_the_supervision_committee() {
    on_each("s058_question", date(2026, 3, 2), |scene| {
        let (mut browser, id, paper) = public(scene);
        let task = assign(&mut browser, &paper);
        let mut me = scene.resident();
        send(&mut me, &format!("{task}/ask"), &[("text", "第7盏灯照进我家窗户，能不能调个角度？")]);
        let mut clerk = scene.clerk();
        send(&mut clerk, &format!("{task}/look"), &[("how", "whole")]);
        send(&mut clerk, &format!("{task}/clarify?n=0"), &[("text", "灯罩已经订了，装上就照不进去。")]);
        let mut all = scene.stranger();
        all.get(&matter(id));
        assert!(all.page.says("第7盏灯照进我家窗户") && all.page.says("灯罩已经订了") && !all.page.says("还不满意"), "{}", all.page.text());
        // Only who asked may say that it does not do.
        let mut other = scene.sign_in("何小梅", None);
        send(&mut other, &format!("{task}/unsatisfied?n=0"), &[]);
        assert_eq!(other.page.status, 403, "{}", other.page.text());
        send(&mut me, &format!("{task}/unsatisfied?n=0"), &[]);
        send(&mut clerk, &format!("{task}/clarify?n=0"), &[("text", "灯罩下周三到，到了当天就装。")]);
        assert_eq!(clerk.page.status, 422, "{}", clerk.page.text());
        assert!(clerk.page.says("ANOTHER_PERSON"), "{}", clerk.page.text());
        send(&mut browser, &format!("{task}/clarify?n=0"), &[("text", "灯罩下周三到，我到现场看着装。")]);
        send(&mut me, &format!("{task}/unsatisfied?n=0"), &[]);
        send(&mut supervisor(scene), &format!("{task}/clarify?n=0"), &[("text", "监督委员会看过，灯罩装好，窗户上没有光。")]);
        all.get(&task);
        assert!(all.page.says("我到现场看着装") && all.page.says("窗户上没有光"), "{}", all.page.text());
    });
}

#[test]
fn s059_what_was_decided_is_adjusted_by_the_same_way_and_both_wordings_stay() {
    on_each("s059_adjust", date(2026, 3, 2), |scene| {
        let (mut browser, id, paper) = public(scene);
        let own = [("text", BETTER), ("amount", "52000")];
        send(&mut browser, &format!("{}/adjust", matter(id)), &[asked(&ids(scene), &own), vec![("why", "祠堂口也要一盏。")]].concat());
        let mut all = scene.stranger();
        all.get(&matter(id));
        for said in ["提请调整（第2版）", "<ins>1</ins>", "¥52,000.00", "班子还没有商议"] {
            assert!(all.page.says(said), "{said}: {}", all.page.text());
        }
        assert!(!all.get(&paper).says("不再执行"), "the old one holds until the new vote");
        pages::consulted(scene, id, 2, date(2026, 3, 13));
        send(&mut secretary(scene), &format!("{}/draft", matter(id)), &[]);
        let (day, everybody) = (date(2026, 3, 24), pages::everybody(scene));
        let joint = pages::called(scene, id, 2, day);
        pages::decided(scene, joint, day, &everybody, &[]);
        let new = matter(law::meet::resolution::Resolution::id_of(id, 2));
        assert!(all.get(&paper).says("已经调整，新的决议代替了它"), "{}", all.page.text());
        assert!(all.get(&new).says("北栅决〔2026〕2号") && all.page.says("11盏"), "{}", all.page.text());
    });
}

#[test]
fn s064_what_came_of_an_accepted_suggestion_stands_on_its_page() {
    on_each("s064_trace", date(2026, 3, 2), |scene| {
        let mut me = scene.resident();
        let lamp = scene.says(&mut me, "东坊巷一到夜里就黑，能不能装几盏灯？", &scene.village.committee.to_string());
        let source = lamp.to_string();
        let (mut browser, known) = (secretary(scene), ids(scene));
        let path = format!("/u/{UNIT}/motions/new");
        browser.get(&path);
        let own = [("source", "suggestion"), ("suggestion", source.as_str())];
        browser.post(&path, &asked(&known, &own));
        assert!(browser.page.says("NOT_ADOPTED"), "not before it was accepted: {}", browser.page.text());
        let mut director = scene.director();
        let answer = [("kind", "adopt"), ("text", "列入议题，用集体资金装路灯。"), ("who", "林伟棠"), ("when", "2026-06-30")];
        send(&mut director, &format!("{}/answer", matter(lamp)), &answer);
        let (_, id) = propose(scene, &own);
        let mut all = scene.stranger();
        all.get(&matter(lamp));
        assert!(all.page.says("您说了，我们办了") && all.page.says(&matter(id)), "{}", all.page.text());
        assert_eq!(link(all.get(&matter(id)), "看这条意见"), matter(lamp));
        // Residents may ask for it jointly as well.
        let (_, joint) = propose(scene, &[("source", "petition"), ("names", "37"), ("note", "名单存居委会。"), ("title", "市场遮雨棚")]);
        assert!(all.get(&matter(joint)).says("37人联名提出"), "{}", all.page.text());
    });
}

#[test]
fn s006_an_emergency_is_done_first_under_two_names_and_a_statutory_assembly_is_recorded_by_two_tellers() {
    on_each("s006_urgent", date(2026, 3, 2), |scene| {
        let (mut browser, known) = (secretary(scene), ids(scene));
        let path = format!("/u/{UNIT}/motions/emergency");
        let own = [("title", "排水沟抢修"), ("text", "台风冲垮排水沟，马上抢修。")];
        browser.get(&path);
        browser.post(&path, &asked(&known, &own));
        assert!(browser.page.says("LEADERS_MISSING"), "{}", browser.page.text());
        let leaders: Vec<String> =
            [PostKind::CollectiveHead, PostKind::Discipline].iter().map(|kind| scene.village.person(*kind).to_string()).collect();
        let named = [("leaders", leaders[0].as_str()), ("leaders", leaders[1].as_str()), ("go", "send")];
        browser.post(&path, &[asked(&known, &own), named.to_vec()].concat());
        let id = id_of(&browser.page);
        assert!(browser.page.says("紧急先办") && browser.page.says("黎满堂"), "{}", browser.page.text());
        // Nobody ratifies it: the record says so.
        scene.turn(date(2026, 3, 12), 1);
        assert!(scene.stranger().get(&matter(id)).says("到期没有提交追认"));
        let mut browser = secretary(scene);
        let assembly = format!("{}/assembly", matter(id));
        let mut paper = vec![
            ("assembly", "representatives"),
            ("on", "2026-03-11"),
            ("count", "adults"),
            ("due", "45"),
            ("present", "20"),
            ("in_favour", "20"),
            ("against", "0"),
            ("abstained", "0"),
            ("spoilt", "0"),
            ("tellers", "陈志恒"),
            ("second", "陈志恒"),
            ("document", "北栅代〔2026〕1号"),
        ];
        send(&mut browser, &assembly, &paper);
        assert!(browser.page.says("TWO_TELLERS"), "{}", browser.page.text());
        paper[10] = ("second", "梁玉燕");
        send(&mut browser, &assembly, &paper);
        assert!(browser.page.says("NO_QUORUM") && browser.page.says("只到了20人"), "{}", browser.page.text());
        (paper[4], paper[5]) = (("present", "40"), ("in_favour", "39"));
        browser.get(&assembly);
        browser.post_file(&assembly, &paper, "scan", b"a photograph of the minutes");
        let scan = law::Digest::of(&[b"a photograph of the minutes"]).to_string();
        assert!(browser.page.says("追认通过") && browser.page.says("北栅代〔2026〕1号"), "{}", browser.page.text());
        assert!(browser.page.says(&scan[..4]) && browser.page.says("应到45人，实到40人，赞成39"), "{}", browser.page.text());
    });
}
