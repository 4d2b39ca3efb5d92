//! 不能办的说法 What a refusal says, by its stable code: what cannot be done, why, and what to do now (STYLE.md §6).

/// One refusal in three short sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    /// 没发出：…… what cannot be done.
    pub what: &'static str,
    /// Why, in the reader's words.
    pub why: &'static str,
    /// What to do now.
    pub now: &'static str,
}

/// The sentences of a refusal code; `None` for a code that has no words yet.
#[must_use]
pub fn sentence(code: &str) -> Option<Said> {
    TABLE.iter().find(|(known, _)| *known == code).map(|(_, said)| *said)
}

/// Every code that has words, in the order of the table: a test asks that no code of the law is missing.
pub fn codes() -> impl Iterator<Item = &'static str> {
    TABLE.iter().map(|(code, _)| *code)
}

const fn said(what: &'static str, why: &'static str, now: &'static str) -> Said {
    Said { what, why, now }
}

#[rustfmt::skip]
const TABLE: &[(&str, Said)] = &[
    ("ALREADY_ANSWERED", said("没发出：这条意见已经答复过了。", "一条意见只有一个正式答复，后来的话写在“补充说明”里。", "先看已有的答复；要改，请写更正，新旧两版都会留着。")),
    ("CODE_WRONG", said("没登录：验证码不对，或者过期了。", "短信里的6位数字5分钟内有效，换了手机或浏览器也不行。", "再看一眼短信；不行就重新发一个。")),
    ("FILE_UNREADABLE", said("没收下：这个文件读不了。", "要的是CSV表格，第一行是列名。", "在WPS、Excel里另存为CSV，再传一次。")),
    ("IMPORT_STOPPED", said("没有全部导入：办到一半停下了。", "已经导入的都在，没有坏，再传也不会重复。", "把同一个文件再传一遍，会接着办完；还是不行，请找系统管理员。")),
    ("KEY_REUSED", said("没有再办一次：这一页刚才已经用来办了另一件事。", "同一页只能提交一次，免得一件事记两遍。", "回到上一页重新打开，再提交。")),
    ("LINK_EXPIRED", said("打不开：这个链接用过了，或者过期了。", "登记链接只能用一次，一小时内有效。", "请系统管理员重新发一个。")),
    ("LOOKUP_UNKNOWN", said("没查到：回执号和查询码对不上。", "抄错一个字就查不到；查询码里没有数字0和字母O。", "对着回执再抄一遍；丢了查询码，可以在公开栏里看进展。")),
    ("NOT_FOUND", said("没找到这一页。", "网址可能抄漏了，或者这件事不对外公开。", "回公开栏找一找，或者打电话问居委会。")),
    ("NOT_STARTED", said("还不能办：本单位还没有启用这套机制。", "启用以前的事，系统不计时，也不算逾期。", "启用日期会贴在公开栏上；急事请直接到居（村）委会说。")),
    ("NOT_SUBSTANTIVE", said("还不能发出：没说谁来办、什么时候办。", "“收到，正在处理”只是告知，不算答复。", "写上一句安排，或者改选“不采纳”并写理由。")),
    ("NO_RIGHT", said("这件事您现在办不了。", "能办什么由职务决定，今天您没有办这件事的职务。", "换一个有权的账号登录，或者请负责人来办。")),
    ("PASSWORDS_DIFFER", said("没登记：两遍密码不一样。", "写错一个字，以后就登录不了。", "重新写两遍。")),
    ("PASSWORD_WEAK", said("没登记：密码太短或者太好猜。", "别人猜中密码，就能冒您的名办事。", "用几个不相干的词连起来，再试一次。")),
    ("PERSONAL_DATA_IN_PUBLIC_TEXT", said("还不能公开：文字里有身份证号、电话、银行卡号或门牌。", "公开的文字谁都看得到，个人信息要先遮掉。", "把标出来的几处改一改再发。")),
    ("RATE_LIMITED", said("太快了，请等一等。", "短时间内次数太多，先歇一会儿，免得别人用不上。", "过一分钟再试；急事请打电话。")),
    ("REPORT_UNKNOWN", said("没查到：这个镇（街道）没有这个查询码。", "抄错一个字就查不到；查询码里没有0、O、1、I、L。", "看看镇（街道）选对没有，再抄一遍；丢了查询码也照样办理。")),
    ("SIGN_IN_WRONG", said("没登录：账号、密码或者动态码不对。", "为了安全，不说是哪一样不对。", "再试一次；多次不对，账号会先锁上一阵。")),
    ("STALE_PAGE", said("没发出：您打开这一页以后，这件事又有了新进展。", "按旧的样子办，可能会办错。", "下面是最新的样子，看一遍再发；您写的字还在。")),
    ("TEXT_TOO_LONG", said("没发出：写得太长了。", "太长的文字贴不上公开栏，也不好读。", "删短一些；详细材料可以交到居委会，由工作人员登记。")),
    ("UPLOAD_GONE", said("找不到这次导入：传上来的文件已经不在了。", "办完以后只留半小时，也只留给传的人；服务重新打开过，也就不在了。", "再传一次；已经导入的都在，不会重复。")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_three_sentences_and_stands_once_in_order() {
        let all: Vec<_> = codes().collect();
        let mut sorted = all.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(all, sorted);
        for (code, said) in TABLE {
            for text in [said.what, said.why, said.now] {
                assert!(text.ends_with('。') && !text.contains('！'), "{code}: {text}");
            }
        }
        assert_eq!(sentence("NOT_FOUND").map(|s| s.what), Some("没找到这一页。"));
        assert_eq!(sentence("NO_SUCH_CODE"), None);
    }
}
