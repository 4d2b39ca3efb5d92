//! 三员的故事 Stories of the three administrators: links, resets by two persons, the log; none of them acts in matters.

use jiff::civil::date;
use law::{Personal, PostKind};
use sim::browser::Browser;
use sim::scene::{Scene, TOWN, UNIT, on_each};
use totp_rs::{Builder, Secret, Totp};

const PASSWORD: &str = "Zhi-Chuang-2026";

/// The code maker that a page's secret makes.
fn maker(browser: &Browser) -> Totp {
    let text = browser.page.text();
    let secret = text
        .split("<code>")
        .skip(1)
        .filter_map(|rest| rest.split("</code>").next())
        .map(|code| code.replace(' ', ""))
        .find(|code| code.len() == 32);
    let bits: String = secret
        .expect("the page shows a secret")
        .bytes()
        .map(|c| format!("{:05b}", if c.is_ascii_digit() { c - b'2' + 26 } else { c - b'A' }))
        .collect();
    let bytes: Vec<u8> = bits.as_bytes().chunks(8).map(|byte| u8::from_str_radix(std::str::from_utf8(byte).unwrap(), 2).unwrap()).collect();
    let seed: [u8; 20] = bytes.try_into().unwrap();
    Builder::new().with_secret(Secret::new_stack(seed)).build().unwrap()
}

fn code(scene: &Scene, maker: &Totp) -> String {
    maker.generate(app::Clock::now(&*scene.world.clock).as_second().cast_unsigned()).to_string()
}

/// Goes through enrolment behind a link; the code maker.
fn enrol(scene: &Scene, link: &str) -> Totp {
    let mut browser = scene.stranger();
    assert!(browser.get(link).shows("定一个密码"), "{}", browser.page.text());
    browser.post(link, &[("password", PASSWORD), ("again", PASSWORD)]);
    let maker = maker(&browser);
    let right = code(scene, &maker);
    let wrong = if right == "000000" { "111111" } else { "000000" };
    browser.post(link, &[("code", wrong)]);
    assert!(browser.page.shows("CODE_WRONG"), "{}", browser.page.text());
    browser.post(link, &[("code", &right)]);
    assert!(browser.page.shows("恢复码") && browser.page.text().matches("<li><code>").count() == 10, "{}", browser.page.text());
    assert!(browser.get(link).shows("LINK_SPENT"), "a link serves once");
    maker
}

/// A minute goes by: a code of the code maker serves once.
fn minute(scene: &Scene) {
    let now = app::Clock::now(&*scene.world.clock);
    scene.world.clock.set(now.checked_add(jiff::Span::new().seconds(61)).unwrap());
}

/// Signs in with password and code.
fn sign_in(scene: &Scene, login: &str, maker: &Totp) -> Browser {
    minute(scene);
    let mut browser = scene.stranger();
    browser.get("/admin/accounts");
    assert!(browser.page.path.starts_with("/signin/official"), "{}", browser.page.path);
    browser.post("/signin/official", &[("name", login), ("password", PASSWORD), ("back", "/admin/accounts")]);
    browser.post("/signin/totp", &[("code", &code(scene, maker)), ("back", "/admin/accounts")]);
    browser
}

/// The link that a page hands over, as a path of this site.
fn link(browser: &Browser) -> String {
    let text = browser.page.text();
    let token = text.split("/enrol/").nth(1).and_then(|rest| rest.split(['<', '"']).next());
    format!("/enrol/{}", token.unwrap_or_else(|| panic!("a link: {text}")))
}

/// The three administrators, each signed in: system, security, audit.
fn three(scene: &Scene) -> [(Browser, Totp); 3] {
    use app::door::enrol::{By, Invite, issue};
    let invite = Invite::Admin {
        role: app::door::Role::System,
        login: "sys".into(),
        name: Personal("黄伟明".into()),
        phone: Personal("13900000091".into()),
    };
    let first = issue(&scene.world.house, By::Keeper, invite).unwrap();
    let maker = enrol(scene, &format!("/enrol/{}", first.token.reveal()));
    let mut system = (sign_in(scene, "sys", &maker), maker);
    let others =
        [("security", "sec", "陈安", "13900000092"), ("auditor", "aud", "林审", "13900000093")].map(|(role, login, name, phone)| {
            system.0.get("/admin/accounts");
            system.0.post("/admin/accounts/issue-admin", &[("role", role), ("login", login), ("name", name), ("phone", phone)]);
            let maker = enrol(scene, &link(&system.0));
            (sign_in(scene, login, &maker), maker)
        });
    let [security, auditor] = others;
    [system, security, auditor]
}

/// The value of the account on the row of this login name.
fn account(browser: &Browser, login: &str) -> String {
    let text = browser.page.text();
    let row = text.split(&format!("<code>{login}</code>")).nth(1).unwrap_or_else(|| panic!("a row of {login}: {text}"));
    row.split("name=\"account\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned()
}

/// Issues a link for the director through the pages; the path.
fn invite_director(scene: &Scene, system: &mut Browser, login: &str) -> String {
    system.get(&format!("/admin/accounts?unit={UNIT}"));
    assert!(system.page.shows("北栅社区：5个人有职务、还没有账号") || !login.is_empty(), "{}", system.page.text());
    let person = scene.village.person(PostKind::Director);
    system.post("/admin/accounts/issue", &[("person", &format!("{UNIT}/{person}")), ("login", login)]);
    assert!(system.page.shows("当面交给林伟棠"), "{}", system.page.text());
    link(system)
}

#[test]
fn an_office_holder_enrols_by_a_link_and_does_what_the_post_allows() {
    on_each("admin_enrol", date(2026, 9, 1), |scene| {
        let [(mut system, _), ..] = three(scene);
        system.get(&format!("/admin/accounts?unit={UNIT}"));
        assert!(system.page.shows("北栅社区：5个人有职务、还没有账号"), "{}", system.page.text());
        let person = scene.village.person(PostKind::Director);
        system.post("/admin/accounts/issue", &[("person", &format!("{UNIT}/{person}")), ("login", "Lin WT")]);
        assert!(system.page.shows("LOGIN_BAD") && system.page.status == 422, "{}", system.page.text());
        let link = invite_director(scene, &mut system, "lin.wt");
        let mut browser = scene.stranger();
        browser.get(&link);
        browser.post(&link, &[("password", PASSWORD), ("again", "Zhi-Chuang-2027")]);
        assert!(browser.page.shows("PASSWORDS_DIFFER"), "{}", browser.page.text());
        browser.post(&link, &[("password", "12345678"), ("again", "12345678")]);
        assert!(browser.page.shows("PASSWORD_WEAK"), "{}", browser.page.text());
        let maker = enrol(scene, &link);
        let mut director = sign_in(scene, "lin.wt", &maker);
        assert_eq!(director.page.status, 404, "the administrators' pages are not an office-holder's");
        assert_eq!(director.get("/desk").status, 200);
        system.get("/admin/accounts");
        assert!(system.page.shows("lin.wt") && system.page.shows("北栅社区 · ") && system.page.shows("主任"), "{}", system.page.text());
        // Issued again and too late.
        system.get(&format!("/admin/accounts?unit={UNIT}"));
        let clerk = scene.village.person(PostKind::Clerk);
        system.post("/admin/accounts/issue", &[("person", &format!("{UNIT}/{clerk}")), ("login", "chen.zh")]);
        let old = self::link(&system);
        scene.turn(date(2026, 9, 1), 12);
        assert!(scene.stranger().get(&old).shows("LINK_SPENT"), "an hour is over");
    });
}

#[test]
fn a_reset_takes_two_persons_and_the_auditor_reads_all_of_it() {
    on_each("admin_reset", date(2026, 9, 1), |scene| {
        let [(mut system, _), (mut security, _), (mut auditor, _)] = three(scene);
        let path = invite_director(scene, &mut system, "lin.wt");
        let maker = enrol(scene, &path);
        let mut director = sign_in(scene, "lin.wt", &maker);
        system.get("/admin/accounts");
        let id = account(&system, "lin.wt");
        system.post("/admin/accounts/reset", &[("account", &id), ("what", "totp")]);
        assert!(
            system.page.shows("等复核：换验证器") && !system.page.shows("复核同意"),
            "who asks does not confirm: {}",
            system.page.text()
        );
        system.post("/admin/accounts/confirm", &[("account", &id)]);
        assert!(system.page.shows("NOT_YOURS"), "{}", system.page.text());
        assert_eq!(director.get("/desk").status, 200, "nothing happened yet");
        security.get("/admin/accounts");
        assert!(security.page.shows("复核同意"), "{}", security.page.text());
        security.post("/admin/accounts/confirm", &[("account", &id)]);
        let path = link(&security);
        assert!(director.get("/desk").path.starts_with("/signin"), "the old session has ended");
        let mut browser = scene.stranger();
        assert!(browser.get(&path).shows("先写原来的密码"), "{}", browser.page.text());
        browser.post(&path, &[("password", "Wrong-Password-1")]);
        assert!(browser.page.shows("WRONG_CREDENTIALS"), "the link alone opens nothing: {}", browser.page.text());
        browser.post(&path, &[("password", PASSWORD)]);
        let fresh = self::maker(&browser);
        minute(scene);
        browser.post(&path, &[("code", &code(scene, &fresh))]);
        assert!(browser.page.shows("恢复码"), "{}", browser.page.text());
        assert_eq!(sign_in(scene, "lin.wt", &fresh).get("/desk").status, 200);
        // Security's own account: the system administrator asks, the auditor confirms.
        system.get("/admin/accounts");
        let own = account(&system, "sec");
        system.post("/admin/accounts/reset", &[("account", &own), ("what", "close")]);
        security.get("/admin/accounts");
        security.post("/admin/accounts/confirm", &[("account", &own)]);
        assert!(security.page.shows("SECOND_PERSON") || security.page.shows("NOT_YOURS"), "{}", security.page.text());
        auditor.get("/admin/accounts");
        assert!(auditor.page.shows("等复核：停用") && auditor.page.shows("复核同意"), "{}", auditor.page.text());
        for said in ["发登记链接", "登记好了", "申请换验证器", "复核同意", "账号或密码错", "lin.wt", "127.0.0.0/24"]
        {
            assert!(auditor.page.shows(said), "{said}: {}", auditor.page.text());
        }
        assert!(!system.get("/admin/accounts").shows("账号或密码错"), "the log is the auditor's alone");
        auditor.get("/admin/accounts");
        auditor.post("/admin/accounts/confirm", &[("account", &own)]);
        assert!(security.get("/admin/accounts").path.starts_with("/signin"), "closed is closed: {}", security.page.path);
    });
}

#[test]
fn who_forgets_five_times_is_locked_and_security_unlocks() {
    on_each("admin_lock", date(2026, 9, 1), |scene| {
        let [(mut system, _), (mut security, _), _] = three(scene);
        let path = invite_director(scene, &mut system, "lin.wt");
        let maker = enrol(scene, &path);
        let mut browser = scene.stranger();
        for _ in 0..6 {
            browser.get("/signin/official");
            browser.post("/signin/official", &[("name", "lin.wt"), ("password", "Wrong-Password-1")]);
        }
        assert!(browser.page.shows("LOCKED"), "{}", browser.page.text());
        security.get("/admin/accounts");
        assert!(security.page.shows("锁到") && security.page.shows("解锁"), "{}", security.page.text());
        let id = account(&security, "lin.wt");
        security.post("/admin/accounts/unlock", &[("account", &id)]);
        assert!(!security.page.shows("锁到"), "{}", security.page.text());
        let mut director = sign_in(scene, "lin.wt", &maker);
        assert_eq!(director.get("/desk").status, 200);
        security.get("/admin/accounts");
        security.post("/admin/accounts/end", &[("account", &id)]);
        assert!(director.get("/desk").path.starts_with("/signin"), "the telephone was lost");
        system.get("/admin/accounts");
        system.post("/admin/accounts/unlock", &[("account", &id)]);
        assert!(system.page.shows("NOT_YOURS"), "each has one's own part: {}", system.page.text());
        system.post("/admin/accounts/close", &[("account", &id)]);
        assert!(system.page.shows("停用"), "{}", system.page.text());
    });
}

#[test]
fn none_of_the_three_acts_in_matters_or_reads_more_than_anybody() {
    on_each("admin_none", date(2026, 9, 1), |scene| {
        let mut me = scene.resident();
        let id = scene.says(&mut me, "夜里工地施工到一点，请帮忙说一说。", &scene.village.committee.to_string());
        let sizes = |scene: &Scene| scene.world.house.read(store::record::sizes).unwrap();
        let before = sizes(scene);
        for (mut admin, _) in three(scene) {
            let page = admin.get("/admin/accounts").clone();
            assert_eq!(page.status, 200);
            assert!(page.shows("都不能办村里的事"));
            assert!(!admin.get(&format!("/u/{UNIT}/m/{id}")).shows("施工到一点"), "what waits to be released waits for them too");
            for path in [
                format!("/u/{UNIT}/import"),
                format!("/t/{TOWN}/reports"),
                "/desk".into(),
                format!("/u/{UNIT}/m/{id}/answer"),
                format!("/u/{UNIT}/m/{id}/release"),
                format!("/u/{UNIT}/register"),
            ] {
                let status = admin.get(&path).status;
                assert!(status == 403 || status == 404, "{path}: {status}");
            }
            admin.get("/admin/accounts");
            let token = admin.page.field("csrf").unwrap();
            for act in [
                format!(r#"{{"kind":"suggestion","act":{{"answer":{{"suggestion":"{id}","kind":"explain","text":"管理员替他们答复一下这件事","plan":null}}}}}}"#),
                r#"{"kind":"suggestion","act":{"submit":{"text":"管理员的意见","channel":"web","intake":null,"name":null,"contact":null,"body":null}}}"#.to_owned(),
                r#"{"kind":"person","act":{"enter":{"name":"无名","id_number":null,"phone":null,"group":null}}}"#.to_owned(),
                r#"{"kind":"mechanism","act":"adopt"}"#.to_owned(),
            ] {
                let page = admin.api(&format!("/api/v1/u/{UNIT}/acts"), &token, None, &act).clone();
                assert_eq!(page.status, 403, "{act}: {}", page.text());
                assert!(page.shows("NO_RIGHT"), "{}", page.text());
            }
            let table =
                admin.api_table(&format!("/api/v1/u/{UNIT}/import/people"), &token, "姓名,手机号\n王,13900000001".as_bytes()).clone();
            assert!(table.status == 403 && table.shows("NO_RIGHT"), "{}", table.text());
        }
        assert_eq!(sizes(scene), before, "no line in any record came of the administrators");
        for path in ["/admin/accounts/issue", "/admin/accounts/confirm", "/admin/accounts/close"] {
            let mut clerk = scene.clerk();
            clerk.get(&format!("/u/{UNIT}/say"));
            assert_eq!(clerk.post(path, &[("account", "0000000000000")]).status, 404, "{path}");
        }
    });
}
