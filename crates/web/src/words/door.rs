//! 登录的话 What the door says when it stays shut. Leaving one out does not compile.

use crate::look::Refused;
use app::door::{DoorError, Weak};

fn no(error: &DoorError, field: Option<&str>, what: &str, why: &str, now: &str) -> Refused {
    let code = error.code();
    Refused { what: what.into(), why: why.into(), now: now.into(), clause: None, code, field: field.map(str::to_owned), way: None }
}

/// A refusal of the door as a page or form shows it.
pub fn refused(error: &DoorError) -> Refused {
    let e = error;
    match e {
        DoorError::WrongCredentials => {
            no(e, Some("password"), "没登录：账号或者密码不对。", "为了安全，不说是哪一样不对。", "再试一次；多次不对，账号会先锁上一阵。")
        }
        DoorError::Locked { .. } => {
            no(e, Some("name"), "这个账号先锁上了。", "输错的次数太多，怕是有人在猜。", "过十五分钟再试，或者请安全管理员解锁。")
        }
        DoorError::CodeWrong => no(e, Some("code"), "没登录：验证码不对。", "抄错了，或者这个码已经用过。", "再看一眼，重新输一次。"),
        DoorError::CodeExpired => {
            no(e, Some("code"), "没登录：验证码过期了，或者试的次数太多。", "验证码5分钟内有效，换了手机或浏览器也不行。", "重新发一个。")
        }
        DoorError::TooMany { wait_s } => {
            no(e, None, "太快了，请等一等。", "短时间内次数太多，先歇一会儿。", &format!("过{}再试；急事请打电话。", wait(*wait_s)))
        }
        DoorError::StartAgain => no(e, None, "要从头登录一次。", "输完密码以后停得太久了。", "重新输账号和密码。"),
        DoorError::LinkSpent => {
            no(e, None, "打不开：这个链接用过了，或者过期了。", "登记链接只能用一次，一小时内有效。", "请系统管理员重新发一个。")
        }
        DoorError::PasswordWeak { why } => {
            no(e, Some("password"), weak(*why), "别人猜中密码，就能冒您的名办事。", "用几个不相干的词，加上数字和符号，再试一次。")
        }
        DoorError::LoginBad => {
            no(e, Some("login"), "没登记：账号名不合适。", "要3到32个小写字母、数字或 . - _，不能用手机号、身份证号。", "换一个。")
        }
        DoorError::LoginTaken => no(e, Some("login"), "没登记：账号名已经有人用了。", "一个账号名只能给一个人。", "换一个。"),
        DoorError::NameBad => no(e, Some("name"), "没登记：姓名没写，或者太长。", "账号要对得上人。", "改一下再发。"),
        DoorError::PhoneBad => no(e, Some("phone"), "没发出：这不是手机号。", "要11位的手机号码。", "对着手机再抄一遍。"),
        DoorError::NoSuchUnit => {
            no(e, None, "先找到您的村（社区）。", "提意见、看自己的意见，都在村（社区）的公开栏里。", "回首页找到它，再点登录。")
        }
        DoorError::NoSuchPerson => no(e, None, "没办成：这个单位没有这个人。", "账号要对得上名册里的人。", "先登记这个人。"),
        DoorError::NoSuchAccount => no(e, None, "没办成：没有这个账号。", "可能已经停用了。", "刷新一下再看。"),
        DoorError::AccountExists => {
            no(e, None, "没办成：这个人已经有账号了。", "一个人一个账号。", "用原来的账号；忘了密码，请管理员重置。")
        }
        DoorError::RoleTaken => no(e, None, "没办成：这一员已经有人了。", "系统、安全、审计三员各一人。", "先停用原来的，再发新的。"),
        DoorError::SamePerson => {
            no(e, None, "没办成：三员不能是同一个人，也不能是干部。", "管系统的人不能办事，办事的人不能管系统。", "换一个人。")
        }
        DoorError::SecondPerson => no(e, None, "没办成：这件事要另一位管理员来确认。", "一个人说了不算。", "请另一位管理员办。"),
        DoorError::NothingAsked => no(e, None, "没办成：没有等着确认的事，或者过期了。", "要先由一位管理员提出来。", "重新提一次。"),
        DoorError::NotYours => no(e, None, "这件事您办不了。", "各人只能办自己那一份。", "请该办的人来办。"),
        DoorError::BrowserUnbound => no(e, None, "没发出：浏览器没带上记号。", "可能关掉了 Cookie。", "打开 Cookie，刷新这一页再试。"),
        DoorError::FormStale => no(e, None, "没发出：这一页放得太久了。", "登录换了，页面上的令牌就不作数了。", "刷新这一页再发。"),
        DoorError::NoCodes => no(e, None, "这里还不能用手机登录。", "没有接上发短信的服务。", "请到居（村）委会当面说，由工作人员登记。"),
        DoorError::FileOutsideDemo => no(e, None, "这里还不能用手机登录。", "验证码写进文件，只在演示里允许。", "请系统管理员改配置。"),
        DoorError::NotSent => no(e, None, "验证码没发出去。", "发短信的服务没有收下。", "过一会儿再试；急事请打电话。"),
        DoorError::Failure(_) => no(e, None, "系统出错，没有办成。", "也没有记下任何东西。", "请过一会儿再试。"),
    }
}

fn wait(seconds: i64) -> String {
    if seconds < 60 { format!("{}秒", seconds.max(1)) } else { format!("{}分钟", (seconds + 59) / 60) }
}

fn weak(why: Weak) -> &'static str {
    match why {
        Weak::Short => "没登记：密码太短。",
        Weak::Long => "没登记：密码太长。",
        Weak::Classes => "没登记：密码太单一，大写、小写、数字、符号至少要有三样。",
        Weak::HoldsLogin => "没登记：密码里不能有账号名。",
        Weak::Common => "没登记：这个密码太常见。",
        Weak::Used => "没登记：这个密码以前用过。",
    }
}
