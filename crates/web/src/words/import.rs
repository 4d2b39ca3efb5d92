//! 导入的话 What an import says about a file, a row, a person; pages, API and the command line say the same.

use crate::look::Refused;
use app::import::{BadFile, Change, Column, Counts, Done, Fate, MOST_BYTES, MOST_ROWS, Problem, Sheet};
use law::Refusal;
use law::code::CodeFault;

/// 姓名 · 身份证号 · 手机号 · 小组 · 村（社区） · 区划代码 · 组织 · 职务 · 任职日期 · 依据
pub fn column(column: Column) -> &'static str {
    match column {
        Column::Name => "姓名",
        Column::IdNumber => "身份证号",
        Column::Phone => "手机号",
        Column::Group => "小组",
        Column::UnitName => "村（社区）",
        Column::UnitCode => "区划代码",
        Column::Body => "组织",
        Column::Post => "职务",
        Column::From => "任职日期",
        Column::Basis => "依据",
        Column::FullName => "全称",
        Column::Since => "成立日期",
    }
}

/// What a column must hold, for whoever fills the table; none for those that a village's own table does not need.
pub fn holds(column: Column) -> Option<&'static str> {
    Some(match column {
        Column::Name => "和身份证上的一样",
        Column::IdNumber => "18位；加密保存，页面上不显示，只用来认人",
        Column::Phone => "11位；可以空着，空着的不能用手机登录",
        Column::Group => "村（居）民小组，如：东坊组；空着的不入名册",
        Column::Body => "有职务的才写：党工委、村（居）委会、经联社、监委会",
        Column::Post => "书记、主任、理事长、委员、纪检委员、文书等",
        Column::From => "如：2024年3月18日",
        Column::Basis => "任命文号或者选举结果",
        Column::UnitName | Column::UnitCode | Column::FullName | Column::Since => return None,
    })
}

/// Why a whole file was not taken.
pub fn bad_file(bad: BadFile) -> Refused {
    let (what, why, now) = match bad {
        BadFile::TooLarge => {
            ("没收下：文件太大。".to_owned(), format!("最大{}MB。", MOST_BYTES / 1024 / 1024), "分成几个文件，一个一个传。".to_owned())
        }
        BadFile::TooManyRows => ("没收下：行数太多。".into(), format!("一个文件最多{MOST_ROWS}行。"), "分成几个文件，一个一个传。".into()),
        BadFile::Workbook => (
            "没收下：这是Excel工作簿，不是CSV。".into(),
            "工作簿里可能有公式和宏，这里只收纯表格。".into(),
            "在WPS、Excel里“另存为CSV”，再传一次。".into(),
        ),
        BadFile::Unreadable => (
            "没收下：这个文件读不了。".into(),
            "不是CSV表格，或者文字编码认不出来。".into(),
            "在WPS、Excel里“另存为CSV”，再传一次。".into(),
        ),
        BadFile::Empty => ("没收下：表格是空的。".into(), "表头下面一行也没有。".into(), "填好再传。".into()),
        BadFile::NoColumn(Column::IdNumber) => (
            "没收下：没有“身份证号”，也没有“手机号”。".into(),
            "两样都没有，下次就认不出是不是同一个人。".into(),
            "在第一行加上列名，再传一次。".into(),
        ),
        BadFile::NoColumn(missing) => {
            (format!("没收下：没有“{}”这一列。", column(missing)), "第一行要写列名。".into(), "在第一行加上列名，再传一次。".into())
        }
        BadFile::ColumnTwice(twice) => {
            (format!("没收下：有两列都是“{}”。", column(twice)), "不知道该用哪一列。".into(), "删掉一列，再传一次。".into())
        }
    };
    Refused { what, why, now, clause: None, code: bad.code().into(), field: Some("file".into()), way: None }
}

/// What is odd or wrong about a row, in one sentence.
pub fn said(problem: &Problem) -> String {
    match problem {
        Problem::MissingName => "没写姓名。".into(),
        Problem::NameTooLong { limit } => format!("姓名太长，最多{limit}个字。"),
        Problem::BadText { column: at } => format!("“{}”里有怪字符，或者写了号码。", column(*at)),
        Problem::BadId { why } => format!("身份证号不对：{}。", fault(*why)),
        Problem::SpoiledId => "身份证号被表格软件改成了“4.4E+17”的样子，后几位已经丢了。把这一列设成“文本”，重新填。".into(),
        Problem::NoNumber => "身份证号和手机号都没写，下次认不出是不是同一个人。".into(),
        Problem::BadPhone => "手机号不对，要11位。".into(),
        Problem::TwiceInFile { line } => format!("和第{line}行是同一个人。"),
        Problem::OtherName => "这个身份证号已经登记在另一个名字下。核对是不是写错了。".into(),
        Problem::UnknownUnit { said, nearest } => unknown(said, nearest.as_deref(), "不在本镇名单里", "没写是哪个村（社区）。"),
        Problem::NoMechanism { name } => format!("{name}没有自己的公开栏，不在这里导入。"),
        Problem::OtherUnit { name } => format!("这一行是{name}的人，不是这里的。"),
        Problem::UnknownBody { said, nearest } => unknown(said, nearest.as_deref(), "不是这里的组织", "没写是哪个组织。"),
        Problem::UnknownPost { said } => unknown(said, None, "在这个组织里没有这个职务", "职务没写对。"),
        Problem::MissingForPost { column: at } => format!("写了职务，就要写“{}”。", column(*at)),
        Problem::BadDay => "任职日期不对，或者还没到。".into(),
        Problem::AreaYoungerThanBirth => "身份证号以441900开头，人却生在1988年以前，请核对一下；没错就不用管。".into(),
        Problem::Formula { column: at } => format!("“{}”看起来像公式，已当作文字。", column(*at)),
        Problem::PhoneOnFile => "这个手机号还登记在另一个人名下；两个人都不能用它登录。".into(),
        Problem::PhoneInFile { line } => format!("手机号和第{line}行一样；两个人都不能用它登录。"),
        Problem::NoGroup => "没写小组，不入名册。".into(),
    }
}

fn fault(fault: CodeFault) -> &'static str {
    match fault {
        CodeFault::Length => "要18位",
        CodeFault::Character => "有不该有的字符",
        CodeFault::Area => "开头两位不是哪个省",
        CodeFault::Birth => "没有这个出生日期",
        CodeFault::Check => "最后一位对不上，有一位抄错了",
    }
}

/// “北栅村”不在本镇名单里，是不是“北栅社区”？
fn unknown(said: &str, nearest: Option<&str>, what: &str, blank: &str) -> String {
    match (said, nearest) {
        ("", None) => blank.to_owned(),
        ("", Some(nearest)) => format!("{blank}是不是“{nearest}”？"),
        (said, None) => format!("“{said}”{what}。"),
        (said, Some(nearest)) => format!("“{said}”{what}，是不是“{nearest}”？"),
    }
}

/// What a table comes to, for the command line: the rows with something odd or wrong, and how many of each.
pub fn tried(sheet: &Sheet) -> Vec<String> {
    let odd = sheet.rows.iter().filter(|row| !row.problems.is_empty());
    let mut lines: Vec<String> = odd
        .map(|row| {
            let name = if row.name.is_empty() { "（没写）" } else { &row.name };
            let problems: String = row.problems.iter().map(said).collect();
            format!("第{}行 {name}：{}。{problems}", row.row, fate(row.fate))
        })
        .collect();
    if !sheet.unused.is_empty() {
        lines.push(format!("这几列没有用到：{}。", sheet.unused.join("、")));
    }
    let Counts { new, change, same, bad, .. } = sheet.counts;
    lines.push(format!("一共{}行：新增{new}，更新{change}，不变{same}，没收{bad}。", sheet.rows.len()));
    lines
}

/// What an import did, for the command line.
pub fn done(done: &Done) -> Vec<String> {
    let refused = |(line, refusal): (&usize, &Refusal)| {
        let no = super::law::refused(refusal, None);
        format!("第{line}行的职务没有登记：{}{}（{}）", no.what, no.why, no.code)
    };
    let mut lines: Vec<String> = done.refused.iter().map(refused).collect();
    lines.push(format!("导入好了：登记{}人，更新{}人，入册{}人，任职{}个。", done.entered, done.changed, done.joined, done.appointed));
    lines
}

/// What changes about somebody known.
pub fn change(change: &Change) -> String {
    match change {
        Change::Phone => "换了手机号".into(),
        Change::Group { from: Some(from), to } => format!("组：{from} → {to}"),
        Change::Group { from: None, to } => format!("编入{to}"),
        Change::Roll => "补入名册".into(),
        Change::Post => "登记职务".into(),
    }
}

/// 新增 · 更新 · 不变 · 没收
pub fn fate(fate: Fate) -> &'static str {
    match fate {
        Fate::New => "新增",
        Fate::Change => "更新",
        Fate::Same => "不变",
        Fate::Bad => "没收",
    }
}

/// By what a roll changes when a table is imported; it stands in the record.
pub const BASIS: &str = "导入人员名单";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guess_is_offered_as_a_question() {
        let problem = |said: &str, nearest: Option<&str>| Problem::UnknownUnit { said: said.into(), nearest: nearest.map(str::to_owned) };
        assert_eq!(said(&problem("北栅村", Some("北栅社区"))), "“北栅村”不在本镇名单里，是不是“北栅社区”？");
        assert_eq!(said(&problem("", None)), "没写是哪个村（社区）。");
    }

    #[test]
    fn every_sentence_is_short_and_ends() {
        let problems = [
            Problem::MissingName,
            Problem::NameTooLong { limit: 40 },
            Problem::BadText { column: Column::Group },
            Problem::BadId { why: CodeFault::Check },
            Problem::SpoiledId,
            Problem::NoNumber,
            Problem::BadPhone,
            Problem::TwiceInFile { line: 3 },
            Problem::OtherName,
            Problem::NoMechanism { name: "虎门镇".into() },
            Problem::OtherUnit { name: "南栅社区".into() },
            Problem::UnknownBody { said: "妇联".into(), nearest: None },
            Problem::UnknownPost { said: "村长".into() },
            Problem::MissingForPost { column: Column::Basis },
            Problem::BadDay,
            Problem::AreaYoungerThanBirth,
            Problem::Formula { column: Column::Name },
            Problem::PhoneOnFile,
            Problem::PhoneInFile { line: 3 },
            Problem::NoGroup,
        ];
        for problem in problems {
            let said = said(&problem);
            assert!(said.ends_with(['。', '？']) && said.chars().count() < 60 && !said.contains('！'), "{said}");
        }
    }
}
