//! 核验 Words of a verification: the five answers 完整 被改动 缺失 已依法删除 此处无法核验, in sentences that a villager understands.

use app::verify::{Answer, Finding, Item, Report, Span, Subject, Why, Witnessed};
use jiff::Timestamp;

use super::{count, day};

/// The sentences of a report: the answer for the whole first, then what was found, what is wrong before what is well.
#[must_use]
pub fn lines(report: &Report) -> Vec<String> {
    let mut lines = vec![whole(report)];
    lines.extend(report.findings.iter().map(|finding| format!("{}：{}", answer(finding.answer()), sentence(finding, report))));
    if report.more > 0 {
        lines.push(format!("另有{}处，没有一一列出。", number(report.more)));
    }
    lines.extend(report.witnesses.iter().map(witnessed));
    match report.answer {
        Answer::Changed | Answer::Missing => lines.push("请把这个结果拍下来，问居（村）委会，或者找镇里的见证方。".to_owned()),
        Answer::CannotCheck => lines.push("无法核验不等于有问题，补齐材料以后可以再核一次。".to_owned()),
        Answer::Intact | Answer::Erased => {}
    }
    lines
}

/// The word for an answer.
#[must_use]
pub fn answer(answer: Answer) -> &'static str {
    match answer {
        Answer::Intact => "完整",
        Answer::Erased => "已依法删除",
        Answer::CannotCheck => "此处无法核验",
        Answer::Missing => "缺失",
        Answer::Changed => "被改动",
    }
}

fn whole(report: &Report) -> String {
    let what = match (report.subject, report.seq) {
        (Subject::Receipt, Some(seq)) => format!("№{seq}这一条"),
        (Subject::Unknown, _) => "这个文件".to_owned(),
        _ if report.name.is_empty() => "这份公开记录".to_owned(),
        _ => format!("{}的公开记录", report.name),
    };
    let said = match report.answer {
        Answer::Intact => "和封存时一字不差。",
        Answer::Erased => "里有内容依法删除了，其他都和封存时一样。",
        Answer::CannotCheck => "在这里核不全，缺的材料见下。",
        Answer::Missing => "里有应该在的内容找不到。",
        Answer::Changed => "和封存时不一样了。",
    };
    format!("{}：{what}{said}", answer(report.answer))
}

fn sentence(finding: &Finding, report: &Report) -> String {
    match *finding {
        Finding::Intact { item, count } => intact(item, count),
        Finding::Changed { item, at } => changed(item, at),
        Finding::Missing { item, at } => missing(item, at),
        Finding::Lost { at, by } => format!("{}公布过，后来从备份恢复时丢了，№{by}写明了这件事。", span(at)),
        Finding::Followed { by } => {
            format!("封存的签名是换过的新公钥签的：№{by}写明了换公钥，您手里的旧公钥为它签过字。以后请用公告栏上的新公钥。")
        }
        Finding::Erased { at, by } => format!("№{at}里个人写的话已经删除，№{by}记下了删除的依据。"),
        Finding::CannotCheck { item, why, count } => cannot(item, why, count, report),
    }
}

fn intact(item: Item, count: u64) -> String {
    let n = number(count);
    match item {
        Item::Source => "读得出来。".to_owned(),
        Item::Line => format!("{n}条记录一条不少，顺序没有错。"),
        Item::Content => format!("{n}条内容逐字核过。"),
        Item::Text => format!("{n}段个人写的话逐字核过。"),
        Item::Tree => "和封存时的总指纹对得上。".to_owned(),
        Item::Signature => "封存的签名是您手里那把公钥签的。".to_owned(),
        Item::History => "和您以前见到的前后连得上。".to_owned(),
    }
}

fn changed(item: Item, at: Option<Span>) -> String {
    let place = at.map(span);
    match (item, place) {
        (Item::Line, Some(place)) => format!("{place}和当初记下的不一样。"),
        (Item::Content, Some(place)) => format!("{place}的内容和当初记下的不一样。"),
        (Item::Text, Some(place)) => format!("{place}里个人写的话和当初记下的不一样。"),
        (Item::Tree, Some(place)) => format!("{place}里有记录换过，和封存时的总指纹对不上。"),
        (Item::History, Some(place)) => format!("{place}和您以前见到的不一样，过去的记录改写过。"),
        (Item::Signature, _) => "封存的签名不是这个单位的公钥签的。要是换公钥以前存下的文件，请用当时的公钥核。".to_owned(),
        (Item::History, None) => "和您以前见到的连不上。".to_owned(),
        (_, None) => "和封存时的总指纹对不上。".to_owned(),
        (Item::Source, Some(place)) => format!("{place}读出来不对。"),
    }
}

fn missing(item: Item, at: Span) -> String {
    let place = span(at);
    match item {
        Item::Content => format!("{place}在，应当公开的内容却没有给出来。"),
        Item::Text => format!("{place}里个人写的话应该在，却找不到，也没有依法删除的记录。"),
        Item::History => format!("您以前见到过{place}，现在没有了，记录里也没有说明。"),
        Item::Source | Item::Line | Item::Tree | Item::Signature => format!("{place}找不到，一共{}条。", number(at.count())),
    }
}

fn cannot(item: Item, why: Why, count: u64, report: &Report) -> String {
    let n = number(count);
    match (why, item) {
        (Why::NoPinnedKey, _) => "没有给出公告栏上的公钥，签名是不是这个单位的，在这里核不了。".to_owned(),
        (Why::OtherSigner, _) => {
            "封存的签名不是您手里那把公钥签的。换没换过公钥，在这里看不出来：到公告栏看一看，或者拿核验包来核。".to_owned()
        }
        (Why::KeyUnproved, _) => {
            "记录里写着换过公钥，可是这里没有旧公钥签过字的封存来作证，新公钥认不下来。到公告栏抄下新公钥再核，或者拿换公钥那段日子的核验包来核。"
                .to_owned()
        }
        (Why::OtherKey, _) => "给出的公钥是别的单位的，签名核不了。".to_owned(),
        (Why::NoNetwork, Item::Content) => "网络断了，内容没有取到，只核了指纹。".to_owned(),
        (Why::NoNetwork, _) => "网站连不上。换个有网的地方再核，或者拿核验包来核。".to_owned(),
        (Why::NotOffered, Item::Content) => format!("{n}条的内容这里没有，只核了指纹。"),
        (Why::NotOffered, _) => "网站上没有这个单位的公开记录。".to_owned(),
        (Why::NotPublic, _) => format!("{n}条的内容按规定不对外公开，只核了它们在不在、顺序对不对。"),
        (Why::NotSealed, Item::Line) => format!("{n}条刚收录，还在等封存，封存以后再核。"),
        (Why::NotSealed, _) => "这份记录还没有封存过，没有签名可核。".to_owned(),
        (Why::LinesMissing, Item::History) => "有记录缺失，和您以前见到的连不连得上，在这里算不出来。".to_owned(),
        (Why::LinesMissing, _) => "有记录缺失，总指纹在这里算不出来。".to_owned(),
        (Why::Unreadable, _) => match report.subject {
            Subject::Unknown => "这个文件读不出来，它不是核验包，也不是收据。".to_owned(),
            _ if report.lines > 0 => "读到一半断了，后面的没有核。".to_owned(),
            _ => "内容读不出来，可能没有下载完。".to_owned(),
        },
        (Why::NewerFormat, _) => format!("{n}条是更新的版本写的，请换新版程序再核。"),
        (Why::NoEntry, _) => "收据里没有写明是哪一条。".to_owned(),
        (Why::NoProof, _) => "收据只证明这一条，说明不了以前的记录有没有变。".to_owned(),
    }
}

fn witnessed(witness: &Witnessed) -> String {
    let name = &witness.name;
    let when = witness.time.and_then(|time| Timestamp::from_second(i64::try_from(time).ok()?).ok());
    match (witness.answer, when) {
        (Answer::Changed, _) => format!("被改动：以见证方{name}的名义签的字是假的。"),
        (Answer::Intact, Some(when)) => format!("完整：见证方{name}在{}看过，是同一份记录。", day(law::moment::civil_day(when))),
        (Answer::Intact, None) => format!("完整：见证方{name}看过，是同一份记录。"),
        _ => format!("此处无法核验：见证方{name}还没有给这份记录签字。"),
    }
}

/// №4, or №4至№9.
fn span(at: Span) -> String {
    match at.first == at.last {
        true => format!("№{}", at.first),
        false => format!("№{}至№{}", at.first, at.last),
    }
}

fn number(n: u64) -> String {
    i64::try_from(n).map_or_else(|_| n.to_string(), count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(answer: Answer, findings: Vec<Finding>) -> Report {
        Report {
            answer,
            subject: Subject::Bundle,
            unit: "441900121014".into(),
            name: "北栅社区居民委员会".into(),
            origin: "cunwu.example/record/441900121014/0".into(),
            sealed: 1286,
            lines: 1286,
            seq: None,
            findings,
            more: 0,
            witnesses: Vec::new(),
        }
    }

    #[test]
    fn the_answer_comes_first_and_names_its_numbers() {
        let findings = vec![
            Finding::Changed { item: Item::Content, at: Some(Span::one(1204)) },
            Finding::Missing { item: Item::Line, at: Span { first: 4, last: 9 } },
            Finding::Erased { at: 12, by: 30 },
            Finding::Intact { item: Item::Line, count: 1286 },
        ];
        let said = lines(&report(Answer::Changed, findings));
        assert_eq!(said[0], "被改动：北栅社区居民委员会的公开记录和封存时不一样了。");
        assert_eq!(said[1], "被改动：№1204的内容和当初记下的不一样。");
        assert_eq!(said[2], "缺失：№4至№9找不到，一共6条。");
        assert_eq!(said[3], "已依法删除：№12里个人写的话已经删除，№30记下了删除的依据。");
        assert_eq!(said[4], "完整：1,286条记录一条不少，顺序没有错。");
        assert!(said[5].starts_with("请把这个结果拍下来"));
    }

    #[test]
    fn what_cannot_be_checked_is_never_called_changed() {
        let whys = [
            Why::NoPinnedKey,
            Why::OtherKey,
            Why::OtherSigner,
            Why::KeyUnproved,
            Why::NoNetwork,
            Why::NotOffered,
            Why::NotPublic,
            Why::NotSealed,
            Why::LinesMissing,
            Why::Unreadable,
            Why::NewerFormat,
            Why::NoEntry,
            Why::NoProof,
        ];
        let items = [Item::Source, Item::Line, Item::Content, Item::Text, Item::Tree, Item::Signature, Item::History];
        for (why, item) in whys.into_iter().flat_map(|why| items.map(|item| (why, item))) {
            let said = lines(&report(Answer::CannotCheck, vec![Finding::CannotCheck { item, why, count: 3 }]));
            assert!(said.iter().all(|line| !line.contains("被改动") && !line.contains("缺失：")), "{said:?}");
            assert!(said[1].ends_with('。'));
        }
        for item in items {
            for finding in [
                Finding::Intact { item, count: 1 },
                Finding::Changed { item, at: None },
                Finding::Changed { item, at: Some(Span::one(0)) },
                Finding::Missing { item, at: Span::one(0) },
            ] {
                assert!(lines(&report(finding.answer(), vec![finding]))[1].ends_with('。'));
            }
        }
    }

    #[test]
    fn witnesses_are_named_with_their_day() {
        let mut report = report(Answer::Intact, Vec::new());
        let seen = |answer, time| Witnessed { name: "witness.example/humen".into(), answer, time };
        report.witnesses = vec![seen(Answer::Intact, Some(1_790_730_000)), seen(Answer::CannotCheck, None), seen(Answer::Changed, None)];
        let said = lines(&report);
        assert_eq!(said[1], "完整：见证方witness.example/humen在2026年9月30日看过，是同一份记录。");
        assert!(said[2].starts_with("此处无法核验：") && said[3].starts_with("被改动："));
    }
}
