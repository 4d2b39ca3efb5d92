//! 不合规的 What sittings and ballots refuse on their pages, each with the clause, a sentence, and what was typed; 东组通〔2015〕33号 二（二）.

use jiff::civil::{Date, date};
use law::{MatterId, PostKind};
use sim::browser::Browser;
use sim::pages::{act, arrive, at, called, consulted, fields, hall, here, joint, matter, opened, person, put, refused, secretary};
use sim::pages::{team, team_sitting, went};
use sim::scene::{Scene, on_each};

const START: Date = date(2026, 3, 2);
const JOINT: Date = date(2026, 3, 12);

/// Refused with this code, this clause and these words.
fn no(browser: &Browser, code: &str, clause: &str, words: &[&str]) {
    refused(browser, code);
    assert!(browser.page.shows("依据：") && browser.page.shows(clause), "{code} {clause}: {}", browser.page.text());
    for word in words {
        assert!(browser.page.shows(word), "{code} {word}: {}", browser.page.text());
    }
}

const SEED: &str = "东组通〔2015〕33号";

/// What the form of a motion asks, of this kind, to be carried out by this body.
fn typed<'a>(kind: &'a str, body: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("matter_type", kind),
        ("title", "东坊巷加装路灯"),
        ("text", "用集体资金在东坊巷加装10盏路灯，由居委会组织施工。"),
        ("reasons", "东坊巷三段没有路灯，老人夜里摔过两次。"),
        ("basis", "东组通〔2015〕33号 二（二）"),
        ("amount", "48000"),
        ("body", body),
        ("source", "secretary"),
        ("discussed_on", "2026-03-01"),
        ("number", "北栅党纪〔2026〕3号"),
    ]
}

fn propose(scene: &Scene, kind: &str, body: MatterId) -> MatterId {
    let (mut browser, body) = (secretary(scene), body.to_string());
    browser.get(&at("motions/new"));
    browser.post(&at("motions/new"), &[typed(kind, &body), vec![("go", "send")]].concat());
    went(&browser);
    here(&browser)
}

/// A motion that the teams discussed, with its draft up and the joint sitting called.
fn convened(scene: &Scene) -> (MatterId, MatterId) {
    let motion = propose(scene, "public_works", scene.village.committee);
    consulted(scene, motion, 1, START);
    let mut clerk = scene.clerk();
    clerk.get(&act(motion, "draft"));
    clerk.post(&act(motion, "draft"), &[]);
    went(&clerk);
    (motion, called(scene, motion, 1, JOINT))
}

#[test]
fn s028_nothing_is_added_once_the_papers_are_out_and_no_text_is_voted_on_but_the_one_that_was_called() {
    on_each("s028_papers", START, |scene| {
        let everybody = hall(scene);
        let (motion, sitting) = convened(scene);
        let mut browser = secretary(scene);
        browser.get(&matter(sitting));
        assert!(!browser.page.shows("补一项议题"), "the room does not offer it: {}", browser.page.text());
        browser.get(&act(sitting, "add"));
        browser.post(&act(sitting, "add"), &[("text", "顺便定一下垃圾清运")]);
        no(&browser, "PAPERS_COMMITTED", SEED, &["顺便定一下垃圾清运", "留到下一次会"]);
        // The text is changed after the call: what was called is no longer what is there.
        let committee = scene.village.committee.to_string();
        let better = "用集体资金在东坊巷加装11盏路灯，由居委会组织施工。";
        let new: Vec<(&str, &str)> = typed("public_works", &committee).into_iter().filter(|(name, _)| *name != "text").collect();
        browser.get(&act(motion, "revise"));
        browser.post(&act(motion, "revise"), &[new, vec![("text", better), ("why", "祠堂口也要一盏。")]].concat());
        went(&browser);
        browser.get(&at("meetings/new?kind=joint"));
        browser.post(&at("meetings/new"), &fields(&joint(motion, 1, "2026-03-20")));
        no(&browser, "OLD_VERSION", SEED, &["文化楼礼堂"]);
        let mut browser = opened(scene, sitting, JOINT, &everybody);
        browser.post(&act(sitting, "report"), &[("item", "0"), ("by", "居委会主任 林伟棠"), ("text", "方案公示期满")]);
        browser.post(&act(sitting, "discuss"), &[("item", "0"), ("speakers", "代表甲"), ("text", "电费由集体出")]);
        browser.post(&act(sitting, "ballot"), &[("item", "0"), ("mode", "named")]);
        no(&browser, "OLD_VERSION", SEED, &["第2版"]);
    });
}

#[test]
fn s031_no_ballot_without_a_quorum_and_no_paper_twice_late_or_of_somebody_off_the_roll() {
    on_each("s031_papers", START, |scene| {
        let everybody = hall(scene);
        let (_, sitting) = convened(scene);
        // Enough of the party to open, but not one representative who decides.
        let party: Vec<String> = ["林伟棠", "陈国强", "党员丁", "党员戊"].map(|name| person(scene, name)).into();
        let mut browser = opened(scene, sitting, JOINT, &party);
        let first = put(&mut browser, sitting, "0", "named");
        let mut clerk = scene.clerk();
        clerk.get(&matter(first));
        for voter in &party {
            clerk.post(&act(first, "enter"), &[("voter", voter), ("choice", "for")]);
            went(&clerk);
        }
        // Twice; of somebody who only listens; of somebody who is not there.
        clerk.post(&act(first, "enter"), &[("voter", &party[0]), ("choice", "against")]);
        no(&clerk, "VOTED_ALREADY", SEED, &["一人一票"]);
        let guest = scene.village.person(PostKind::SupervisionHead).to_string();
        arrive(&mut scene.clerk(), sitting, std::slice::from_ref(&guest));
        clerk.get(&matter(first));
        clerk.post(&act(first, "enter"), &[("voter", &guest), ("choice", "for")]);
        no(&clerk, "NOT_ON_ROLL", SEED, &["不能投票"]);
        let mut resident = scene.resident();
        let own = person(scene, "王志强");
        resident.get(&matter(first));
        assert!(resident.page.shows("您还没有签到"), "{}", resident.page.text());
        resident.get(&at("say"));
        resident.post(&act(first, "vote"), &[("voter", &own), ("choice", "for")]);
        no(&resident, "NOT_PRESENT", SEED, &["先签到"]);
        // Another's paper is not one's own.
        resident.get(&at("say"));
        resident.post(&act(first, "vote"), &[("voter", &party[0]), ("choice", "for")]);
        no(&resident, "NOT_YOUR_VOTE", SEED, &["请本人来投"]);
        clerk.get(&matter(first));
        clerk.post(&act(first, "count"), &[]);
        went(&clerk);
        clerk.get(&matter(sitting));
        clerk.post(&act(first, "enter"), &[("voter", &own), ("choice", "for")]);
        no(&clerk, "VOTE_CLOSED", SEED, &["计好的票不能再动"]);
        // What the representatives decide is not put to the vote without them.
        browser.get(&matter(sitting));
        browser.post(&act(sitting, "report"), &[("item", "1"), ("by", "居委会主任 林伟棠"), ("text", "方案公示期满")]);
        browser.post(&act(sitting, "discuss"), &[("item", "1"), ("speakers", "党员丁"), ("text", "等代表来")]);
        assert!(browser.page.shows("居民代表会议") && browser.page.shows("只到了1人"), "the form says so: {}", browser.page.text());
        browser.post(&act(sitting, "ballot"), &[("item", "1"), ("mode", "named")]);
        no(&browser, "NO_QUORUM", "城市居民委员会组织法", &["居民代表会议", "只到了1人"]);
        let rest: Vec<String> = everybody.into_iter().filter(|one| !party.contains(one)).collect();
        arrive(&mut scene.clerk(), sitting, &rest);
        browser.get(&matter(sitting));
        browser.post(&act(sitting, "ballot"), &[("item", "1"), ("mode", "hands")]);
        went(&browser);
    });
}

#[test]
fn s031_tellers_who_disagree_count_nothing_and_their_sheets_stand_with_their_scans() {
    on_each("s031_tellers", START, |scene| {
        let (mut browser, sitting) = team_sitting(scene, START, &[("title1", "冬季防火检查")]);
        let ballot = put(&mut browser, sitting, "0", "paper");
        let all = team(scene);
        let sheet = |browser: &mut Browser, teller: usize, third: &str| {
            browser.get(&matter(ballot));
            let marks: Vec<String> = all.iter().map(|person| format!("p{person}")).collect();
            let said = marks.iter().map(String::as_str).zip(["for", "for", third]);
            let all: Vec<(&str, &str)> = std::iter::once(("teller", all[teller].as_str())).chain(said).collect();
            browser.post_file(&act(ballot, "sheet"), &all, "scan", b"a photograph of the sheet");
            went(browser);
        };
        let mut clerk = scene.clerk();
        sheet(&mut clerk, 0, "for");
        let scan = law::Digest::of(&[b"a photograph of the sheet"]).to_string();
        assert!(clerk.page.shows(&scan[..4]), "the sheet stands with the mark of its scan: {}", clerk.page.text());
        sheet(&mut clerk, 1, "against");
        assert!(clerk.page.shows("两个人读得不一样"), "said before anybody asks: {}", clerk.page.text());
        clerk.post(&act(ballot, "count"), &[]);
        no(&clerk, "TELLERS_DISAGREE", SEED, &["有1张票", "再数一遍"]);
        // One of them counts again.
        sheet(&mut clerk, 0, "against");
        clerk.post(&act(ballot, "count"), &[]);
        went(&clerk);
        assert!(clerk.page.shows("赞成2，反对1"), "{}", clerk.page.text());
        let public = scene.stranger().get(&matter(ballot)).clone();
        assert!(public.shows("一张计票单") && public.shows(&scan[..4]), "everybody reads the mark of each sheet: {}", public.text());
    });
}

#[test]
fn s031_who_sent_a_proxy_and_is_not_there_does_not_vote_beside_him() {
    on_each("s031_proxy", START, |scene| {
        let (principal, holder) = (person(scene, "王志强"), person(scene, "何小梅"));
        let mut clerk = scene.clerk();
        clerk.get(&at("rolls/members"));
        let join = "王志强，12户\n何小梅，女，12户\n黎满堂，3户";
        clerk.post(&at("rolls/members"), &[("join", join), ("from", "2026-03-02"), ("basis", "成员名册")]);
        went(&clerk);
        let mut head = scene.sign_in("黎满堂", Some(PostKind::CollectiveHead));
        head.get(&at("meetings/new?kind=members"));
        let day = JOINT.to_string();
        let fields = [("kind", "members"), ("day", &day), ("time", "15:00"), ("place", "文化楼礼堂"), ("title1", "听一听分红的意见")];
        head.post(&at("meetings/new"), &fields);
        went(&head);
        let sitting = here(&head);
        scene.turn(JOINT, 15);
        arrive(&mut scene.clerk(), sitting, &[holder.clone(), person(scene, "黎满堂")]);
        let mut clerk = scene.clerk();
        clerk.get(&act(sitting, "roll?roll=members"));
        let mandate = [("principal", principal.as_str()), ("holder", holder.as_str())];
        clerk.post(&act(sitting, "proxy"), &mandate);
        assert!(clerk.page.shows("NO_MANDATE") && clerk.page.shows("农村集体经济组织法"), "by word of mouth: {}", clerk.page.text());
        clerk.post_file(&act(sitting, "proxy"), &mandate, "paper", b"a written mandate");
        went(&clerk);
        let mut head = scene.sign_in("黎满堂", Some(PostKind::CollectiveHead));
        head.get(&matter(sitting));
        head.post(&act(sitting, "open"), &[]);
        went(&head);
        let ballot = put(&mut head, sitting, "0", "named");
        let mut her = scene.sign_in("何小梅", None);
        her.get(&matter(ballot));
        assert!(her.page.shows("受王志强委托的一票"), "{}", her.page.text());
        her.post(&act(ballot, "vote"), &[("voter", &principal), ("choice", "for")]);
        let mut him = scene.resident();
        him.get(&matter(ballot));
        assert!(him.page.shows("您委托的人已经替您投过了"), "{}", him.page.text());
        him.get(&at("say"));
        him.post(&act(ballot, "vote"), &[("voter", &principal), ("choice", "against")]);
        no(&him, "PROXY_VOTED", SEED, &["委托的那一票作废"]);
        // He comes himself: his own paper takes the place of the proxy's.
        arrive(&mut scene.clerk(), sitting, std::slice::from_ref(&principal));
        him.get(&matter(ballot));
        him.post(&act(ballot, "vote"), &[("voter", &principal), ("choice", "against")]);
        assert!(him.page.shows("已经投过票了"), "{}", him.page.text());
    });
}

#[test]
fn s032_what_only_an_assembly_may_decide_does_not_come_before_a_joint_sitting() {
    on_each("s032_reserved", START, |scene| {
        hall(scene);
        let motion = propose(scene, "membership", scene.village.collective);
        let public = scene.stranger().get(&matter(motion)).clone();
        assert!(public.shows("联席会议不能代替"), "{}", public.text());
        let mut browser = secretary(scene);
        let form = browser.get(&at("meetings/new?kind=joint")).clone();
        assert!(!form.shows(&format!("{motion}.1.resolve")), "the form does not offer it: {}", form.text());
        browser.post(&at("meetings/new"), &fields(&joint(motion, 1, &JOINT.to_string())));
        no(&browser, "ASSEMBLY_ONLY", "法", &["文化楼礼堂", "集体经济组织成员大会"]);
    });
}
