//! 会议不能办 What the law of meetings refuses: what cannot be done, why, and what to do now.

use super::post;
use law::Refusal;

/// The three sentences; `None` for a refusal of something else.
#[must_use]
pub fn refused(refusal: &Refusal) -> Option<[String; 3]> {
    let three = |what: &str, why: &str, now: &str| Some([what.to_owned(), why.to_owned(), now.to_owned()]);
    match refusal {
        Refusal::NoSuchRoll => three("没办成：这个组织不用另外登记名册。", "谁参加，看今天的任职就知道。", "改任职，名单自然就对了。"),
        Refusal::NeedsSitting => three("没记下：开会不能单记一笔。", "开过会，会议的记录本身就是凭据。", "把会议录进来，这一格自动填上。"),
        Refusal::WrongConvener { convener, .. } => {
            Some(["没办成：这个会不归您召集。".into(), format!("依规定由{}召集。", post::kind(*convener)), "请召集人来办。".into()])
        }
        _ => None,
    }
}
