//! 门上的事 Words for what happened at the sign-in door, for the auditor's log.

use app::door::events::What;

/// 登录 · 密码错 · 发登记链接 …
pub fn what(what: What) -> &'static str {
    match what {
        What::SignedIn => "登录",
        What::SignedInByPaper => "用恢复码登录",
        What::WrongPassword => "账号或密码错",
        What::WrongCode => "验证码错",
        What::Locked => "错的次数太多，账号锁上",
        What::Unlocked => "解锁",
        What::SignedOut => "退出登录",
        What::SessionsEnded => "结束别处的登录",
        What::CodeNotSent => "验证码没发出去",
        What::Invited => "发登记链接",
        What::Enrolled => "登记好了",
        What::PasswordChanged => "改密码",
        What::PaperRenewed => "重做恢复码",
        What::TotpResetAsked => "申请换验证器",
        What::ResetAsked => "申请全部重置",
        What::CloseAsked => "申请停用管理员",
        What::Confirmed => "复核同意",
        What::Withdrawn => "退回申请",
        What::Closed => "停用账号",
        What::Removed => "居民注销账号",
    }
}

/// 换验证器 · 全部重置 · 停用
pub fn asked(what: app::door::twofold::What) -> &'static str {
    match what {
        app::door::twofold::What::Totp => "换验证器",
        app::door::twofold::What::Everything => "全部重置",
        app::door::twofold::What::Close => "停用",
    }
}
