//! 人 The people of a real house: their table, their links and code makers, their telephones; they sign in as people do.

use crate::browser::Browser;
use crate::place::{Place, RECORD, Served, TOWN, UNIT};
use serde_json::json;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver};
use totp_rs::{Builder, Secret, Totp};

pub const PASSWORD: &str = "Zhi-Chuang-2026";
/// A resident's telephone, which no operator assigns.
pub const PHONE: &str = "19900000001";
/// Another resident's.
pub const OTHER: &str = "19900000002";

/// The bodies of a village and of the town above it.
pub const BODIES: &str = "\
区划代码,组织,全称,成立日期
441900121000,党建办,虎门镇党建工作办公室,2015-01-01
441900121014,党工委,中共北栅社区工作委员会,2015年1月1日
441900121014,居委会,北栅社区居民委员会,2015/1/1
441900121014,经联社,北栅社区股份经济联合社,20150101
441900121014,监委会,北栅社区居务监督委员会,2015-01-01
";

/// Who holds which post, who lives there, and one whose number was copied wrong.
pub const PEOPLE: &str = "\
姓名,身份证号,手机号,小组,区划代码,组织,职务,任职日期,依据
谢浩然,,13900000011,,441900121000,党建办,镇街工作人员,2021-03-01,虎组〔2021〕1号
黎满堂,,13900000012,第一居民小组,441900121014,党工委,书记,2021-03-01,虎组〔2021〕1号
林伟棠,,13900000013,第一居民小组,441900121014,居委会,主任,2021年3月1日,选举结果
梁玉燕,,13900000014,第一居民小组,441900121014,监委会,主任,2021-03-01,选举结果
陈志恒,,13900000015,第一居民小组,441900121014,居委会,文书,2021-03-01,居委会决定
王志强,,19900000001,第一居民小组,441900121014,,,,
何小梅,,19900000002,第二居民小组,441900121014,,,,
陈抄错,44190019900307001X,19900000003,第二居民小组,441900121014,,,,
";

/// A house with its bodies and people, entered from the command line; the path of the system administrator's link.
pub fn founded(place: &Place) -> String {
    let link = place.init();
    let (bodies, people) = (place.write("组织.csv", BODIES), place.write("人员.csv", PEOPLE));
    place.run(&["import", "bodies", bodies.to_str().unwrap()]).well(&["登记5个组织"]);
    place.run(&["import", "people", people.to_str().unwrap()]).well(&["登记7人", "任职5个"]);
    place.run(&["start", UNIT, "--basis", "虎门镇党委通知"]).well(&["起实行"]);
    // The first round of the clock puts the rules on record; afterwards lines come from acts alone.
    place.serve().stop();
    link
}

/// The service that sends telephone codes, played by this test: what is sent comes out of the channel.
pub fn sms() -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/send", listener.local_addr().unwrap());
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let mut reader = BufReader::new(stream);
            let mut length = 0;
            for line in reader.by_ref().lines().map_while(Result::ok).take_while(|line| !line.is_empty()) {
                let value = line.to_ascii_lowercase().strip_prefix("content-length:").map(|value| value.trim().parse().unwrap());
                length = value.unwrap_or(length);
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            reader.get_mut().write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").unwrap();
            let sent: serde_json::Value = serde_json::from_slice(&body).unwrap();
            if tell.send(sent["code"].as_str().unwrap().to_owned()).is_err() {
                return;
            }
        }
    });
    (url, told)
}

/// Signs in with the code that comes to the telephone.
pub fn resident(served: &Served, codes: &Receiver<String>, phone: &str) -> Browser {
    let (mut browser, back) = (served.browser(), format!("/u/{UNIT}/say"));
    browser.get(&format!("/signin?back={back}"));
    browser.post("/signin", &[("phone", phone), ("back", &back)]);
    assert!(browser.page.shows("验证码"), "a code is on its way: {}", browser.page.text());
    let code = codes.recv().expect("a code comes");
    browser.post("/signin/code", &[("code", &code), ("back", &back)]);
    assert!(browser.page.path.ends_with("/say"), "signed in, the form is shown: {} {}", browser.page.path, browser.page.text());
    browser
}

/// A suggestion as the API takes it.
pub fn submit(text: &str) -> serde_json::Value {
    let nothing = serde_json::Value::Null;
    json!({ "kind": "suggestion", "act": { "submit": { "text": text, "channel": "web", "intake": nothing, "name": nothing, "contact": nothing, "body": nothing } } })
}

/// Makes a suggestion through the form and its check; the matter.
pub fn says(browser: &mut Browser, text: &str) -> String {
    browser.get(&format!("/u/{UNIT}/say"));
    let about: Vec<(&str, &str)> = vec![("text", text), ("about", ""), ("show", "mask")];
    browser.post(&format!("/u/{UNIT}/say"), &about);
    browser.post(&format!("/u/{UNIT}/say/send"), &about);
    assert_eq!(browser.page.status, 200, "it is taken: {}", browser.page.text());
    let text = browser.page.text();
    let matter = text.split(&format!("/u/{UNIT}/m/")).nth(1).and_then(|rest| rest.get(..13));
    matter.unwrap_or_else(|| panic!("the receipt leads to the matter: {text}")).to_owned()
}

/// The code maker that a page's secret makes.
fn maker(page: &str) -> Totp {
    let codes = page.split("<code>").skip(1).filter_map(|rest| rest.split("</code>").next()).map(|code| code.replace(' ', ""));
    let secret = codes.into_iter().find(|code| code.len() == 32).expect("the page shows a secret");
    let five = |c: u8| format!("{:05b}", if c.is_ascii_digit() { c - b'2' + 26 } else { c - b'A' });
    let bits: String = secret.bytes().map(five).collect();
    let bytes = bits.as_bytes().chunks(8).map(|byte| u8::from_str_radix(std::str::from_utf8(byte).unwrap(), 2).unwrap());
    let seed: [u8; 20] = bytes.collect::<Vec<u8>>().try_into().unwrap();
    Builder::new().with_secret(Secret::new_stack(seed)).build().unwrap()
}

/// The code of now, or of so many times thirty seconds later.
fn code(maker: &Totp, steps: i64) -> String {
    let now = app::Clock::now(&app::SystemClock).as_second() + 30 * steps;
    maker.generate(now.cast_unsigned()).to_string()
}

/// Enrols behind a link and signs in; where the sign-in leads is shown. A code serves once, so the second is the one after.
pub fn official(served: &Served, link: &str, login: &str) -> Browser {
    let mut browser = served.browser();
    assert!(browser.get(link).shows("定一个密码"), "the link opens: {}", browser.page.text());
    browser.post(link, &[("password", PASSWORD), ("again", PASSWORD)]);
    let maker = maker(&browser.page.text());
    browser.post(link, &[("code", &code(&maker, 0))]);
    assert!(browser.page.shows("恢复码"), "enrolled: {}", browser.page.text());
    browser.get("/signin/official");
    browser.post("/signin/official", &[("name", login), ("password", PASSWORD), ("back", "/sessions")]);
    browser.post("/signin/totp", &[("code", &code(&maker, 1)), ("back", "/sessions")]);
    assert!(browser.page.path == "/sessions" && browser.page.status == 200, "signed in: {}", browser.page.text());
    browser
}

/// Has the system administrator issue a link for an office-holder; its path.
pub fn invited(admin: &mut Browser, unit: &str, name: &str, login: &str) -> String {
    admin.get(&format!("/admin/accounts?unit={unit}"));
    let person = admin.page.choice(&format!("{name} · "));
    admin.post("/admin/accounts/issue", &[("person", &person), ("login", login)]);
    assert!(admin.page.shows(&format!("当面交给{name}")), "{name} gets a link: {}", admin.page.text());
    let page = admin.page.text();
    let token = page.split("/enrol/").nth(1).and_then(|rest| rest.split(['<', '"']).next()).expect("a link");
    format!("/enrol/{token}")
}

pub const LAMP: &str = "东坊巷一到夜里就黑，老人接孩子怕摔。能不能装几盏灯？";
const PIT: &str = "西坊路口有个坑，住在我隔壁的何婆婆上周摔了一跤。";
const ANSWER: &str = "治保主任带电工看过，三处要补灯，线路和灯具本月买齐，装好后在公开栏贴照片。";

/// A resident asks, the clerk releases the words, the director answers, the town erases what is too private. The one
/// that was released.
pub fn live(served: &Served, link: &str, codes: &Receiver<String>) -> String {
    let mut resident = resident(served, codes, PHONE);
    let (lamp, pit) = (says(&mut resident, LAMP), says(&mut resident, PIT));
    let mut admin = official(served, link, "sys");
    let enrolled = |admin: &mut Browser, unit: &str, name: &str, login: &str| {
        let link = invited(admin, unit, name, login);
        official(served, &link, login)
    };
    let mut clerk = enrolled(&mut admin, UNIT, "陈志恒", "chen.zh");
    clerk.get(&format!("/u/{UNIT}/m/{lamp}/release"));
    clerk.post(&format!("/u/{UNIT}/m/{lamp}/release"), &[("how", "whole"), ("shown", LAMP)]);
    clerk.get(&format!("/u/{UNIT}/m/{lamp}/route"));
    let committee = clerk.page.choice("居委会");
    clerk.post(&format!("/u/{UNIT}/m/{lamp}/route"), &[("to", &committee)]);
    let mut director = enrolled(&mut admin, UNIT, "林伟棠", "lin.wt");
    director.get(&format!("/u/{UNIT}/m/{lamp}/answer"));
    director.post(&format!("/u/{UNIT}/m/{lamp}/answer"), &[("kind", "explain"), ("text", ANSWER)]);
    let public = served.browser().get(&format!("/u/{UNIT}/m/{lamp}")).clone();
    assert!(public.shows("老人接孩子") && public.shows("三处要补灯"), "everybody reads question and answer: {}", public.text());
    let mut town = enrolled(&mut admin, TOWN, "谢浩然", "xie.hr");
    let token = town.page.field("csrf").expect("a form");
    let erase = json!({ "kind": "suggestion", "act": { "erase": { "suggestion": pit, "basis": "个人信息保护法第四十七条" } } });
    let erased = town.act(UNIT, &token, "erase-1", &erase).expect("an answer").clone();
    assert_eq!(erased.status, 201, "the town erases it: {}", erased.text());
    let again = town.act(UNIT, &token, "erase-1", &erase).expect("an answer").clone();
    assert_eq!((again.status, again.body), (201, erased.body), "the same key gets the same answer");
    lamp
}

/// The notice that hangs at the board, as somebody copied it: the record's key among other words.
pub fn notice(place: &Place, served: &Served) -> PathBuf {
    let page = served.browser().get(&format!("/u/{UNIT}/verify/print")).text();
    let begins = page.match_indices(RECORD).map(|(at, _)| &page[at..]);
    let words = begins.filter_map(|rest| rest.split(|c: char| c.is_whitespace() || "<\"".contains(c)).next());
    let key = words.into_iter().find(|word| record::Verifier::parse(word).is_ok()).expect("the notice shows the key");
    place.write("公钥告示.txt", format!("北栅社区 公钥 {key} 贴于公开栏\n"))
}

/// Every unit that has a record in this house.
pub const UNITS: [&str; 2] = [TOWN, UNIT];
