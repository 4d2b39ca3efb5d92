//! 样页：登录、登记、设备、出错页。

use super::{bare, cadre, frame, leaf, refused};
use crate::look::door::{Device, Enrol, EnrolStep, Locked, Official, Recovery, Sessions, SignIn, SignInCode, SignedOut, Totp};
use crate::look::problem::{Problem, Trouble};
use crate::look::{Frame, Qr, Refused};

pub fn all() -> Vec<(&'static str, String)> {
    let back = String::from("/u/441900121014");
    vec![
        leaf("signin", &SignIn { f: bare("登录", "/signin"), phone: String::new(), back: back.clone(), refused: None }),
        leaf(
            "signin-refused",
            &SignIn {
                f: bare("没发出：登录", "/signin"),
                phone: "138".into(),
                back: back.clone(),
                refused: refused("RATE_LIMITED", "phone"),
            },
        ),
        leaf("signin-code", &code(back.clone())),
        leaf("official", &official(back.clone())),
        leaf("totp", &Totp { f: bare("动态码", "/signin/totp"), back, recovery_left: 9, refused: None }),
        leaf("locked", &locked()),
        leaf("enrol", &enrol(EnrolStep::New(8))),
        leaf("enrol-known", &enrol(EnrolStep::Known)),
        leaf("enrol-scan", &enrol(EnrolStep::Scan(otp(), "JBSW Y3DP EHPK 3PXP".into()))),
        leaf("enrol-again", &Enrol { refused: refused("CODE_WRONG", "code"), ..enrol(EnrolStep::Again) }),
        leaf("recovery", &Recovery { f: bare("恢复码", "/enrol"), codes: (1..=10).map(|n| format!("7QK{n}-M2X9-4T8{n}")).collect() }),
        leaf("sessions", &sessions()),
        leaf("signed-out", &SignedOut { f: bare("已退出", "/signout") }),
        problem("refusal", Trouble::No(Refused::of("NO_RIGHT", Some("东组通〔2015〕33号 二（四）".into()), None))),
        problem("404", Trouble::NotFound),
        problem("no-unit", Trouble::NoUnit("441900999999".into())),
        problem("429", Trouble::TooMany(130)),
        problem("expired", Trouble::Expired(vec![("您的意见".into(), "东坊巷一到夜里就黑，老人接孩子怕摔。".into())])),
        problem("token", Trouble::Token(vec![("答复".into(), "先装三盏应急的。".into())])),
        problem("413", Trouble::TooLarge("10 MB".into())),
        problem("503", Trouble::Busy),
        problem("500", Trouble::Broken("E-7F3K".into())),
    ]
}

fn problem(name: &'static str, kind: Trouble) -> (&'static str, String) {
    let unit = !matches!(kind, Trouble::NoUnit(_) | Trouble::Broken(_));
    let f = if unit { frame("没办成", "/u/441900121014/say") } else { bare("没办成", "/u/441900999999") };
    leaf(name, &Problem { f, kind, phone: Some("076985551234".into()) })
}

fn code(back: String) -> SignInCode {
    SignInCode {
        f: Frame { demo: true, ..bare("填验证码", "/signin/code") },
        phone: "138****0000".into(),
        back,
        minutes: 5,
        tries: 5,
        demo_code: Some("204 816".into()),
        refused: None,
    }
}

fn official(back: String) -> Official {
    Official {
        f: Frame { demo: true, ..bare("账号登录", "/signin/official") },
        name: "li.guoliang".into(),
        back,
        refused: refused("SIGN_IN_WRONG", "password"),
        demo: vec![("lin.weitang".into(), "北栅社区党工委书记".into()), ("li.huimin".into(), "北栅社区工作人员".into())],
    }
}

fn locked() -> Locked {
    Locked {
        f: bare("账号先锁上了", "/signin/official"),
        until: "今天15:40".into(),
        helper: "镇里的系统管理员".into(),
        phone: Some("076985550000".into()),
    }
}

fn otp() -> Qr {
    Qr::of("otpauth://totp/cunwu:li.guoliang?secret=JBSWY3DPEHPK3PXP&issuer=cunwu", "二维码：验证器密钥").expect("short")
}

fn enrol(step: EnrolStep) -> Enrol {
    Enrol {
        f: bare("登记账号", "/enrol/abc"),
        token: "abc".into(),
        name: "黎国樑".into(),
        account: "li.guoliang".into(),
        post: "北栅社区居委会副主任".into(),
        step,
        minutes: 52,
        refused: None,
    }
}

fn sessions() -> Sessions {
    let device = |id: &str, name: &str, since: &str, seen: &str, here| Device {
        id: id.into(),
        name: name.into(),
        since: since.into(),
        seen: seen.into(),
        here,
    };
    Sessions {
        f: cadre(bare("登录的设备", "/sessions")),
        rows: vec![
            device("a", "微信（安卓手机）", "11月24日 9:12登录", "刚才用过", true),
            device("b", "电脑（Windows）", "11月20日 14:03登录", "11月23日用过", false),
        ],
    }
}
