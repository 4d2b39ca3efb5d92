//! 命令行的难处 What stops a command: what happened, what to do now, and a stable code at the end for whoever looks it up.

use super::law;
use ::law::workday::CalendarFault;
use app::backup::BackupError;
use app::bundle::BundleError;
use app::clock::NoticeError;
use app::config::{ConfigError, ConfigFault};
use app::door::DoorError;
use app::import::{BadFile, NotEntered, Stopped};
use app::verify::Report;
use app::witness::WitnessError;
use app::{Failure, HouseFault, SeedFault};
use std::fmt::Display;
use std::io::{Error, ErrorKind};
use std::net::SocketAddr;
use std::path::Path;

/// A failure of the house.
pub fn failed(failure: &Failure) -> String {
    let code = failure.code();
    let said = match failure {
        Failure::Refused(refusal) => {
            let no = law::refused(refusal, None);
            format!("{}{}{}", no.what, no.why, no.now)
        }
        Failure::Full => "磁盘满了，写不进去。什么也没有写坏，也没有写下一半。腾出空间再试。".into(),
        Failure::Damaged { what } => return format!("数据库文件坏了。别再往里写，从备份恢复。（{code}：{what}）"),
        Failure::ClockBehind { .. } => "这台机器的时钟比记录里最后一条还早。先把时钟校准，再办事；记录没有动。".into(),
        Failure::Key { what } => return format!("密钥不对或者缺失。（{code}：{what}）"),
        Failure::Seed { path, why } => seed(path, why),
        Failure::House(why) => house(why),
        Failure::Busy => "这会儿太忙，没有办成，也没有记下任何东西。过一会儿再试。".into(),
        Failure::Database { what } => return format!("数据库连不上，或者出了错；没有写下任何东西。（{code}：{what}）"),
        Failure::Unreadable { what } => return format!("有内容读不出来。（{code}：{what}）"),
        Failure::Panicked { what } => return format!("程序有错，已退回原样，没有写下任何东西。（{code}：{what}）"),
    };
    format!("{said}（{code}）")
}

fn seed(path: &Path, why: &SeedFault) -> String {
    let path = path.display();
    match why {
        SeedFault::Missing => format!(
            "没有种子文件 {path}。没有它，什么也打不开；把另行保管的那一份放回来。后来换的种子（文件名末尾有数字的）确实丢了，就用 cunwu key change --lost 另换一把。"
        ),
        SeedFault::Open(mode) => format!("种子文件 {path} 别人也读得到（权限{mode:o}）。先改成只有自己能读：chmod 600 {path}。"),
        SeedFault::Malformed => format!("种子文件 {path} 不是种子文件，或者内容残缺，是不是拿错了？"),
        SeedFault::Other => format!("种子文件 {path} 不是这里用的那一个。换回原来的种子。"),
        SeedFault::Taken => format!("种子文件 {path} 已经有了，不会盖掉它。"),
        SeedFault::Unreachable(what) => format!("种子文件 {path} 读写不了：{what}。"),
    }
}

fn house(why: &HouseFault) -> String {
    match why {
        HouseFault::None => "这里还没有建库。先运行 cunwu init；要是从备份来，运行 cunwu restore。".into(),
        HouseFault::Already => "这里已经建过库，系统管理员也登记过了。要改账号，登录以后在“账号”里改。".into(),
        HouseFault::Other { there, here } => {
            format!("数据库里的记录叫 {there}，配置里写的是 {here}。记录名建库时定下，不能改；把配置改回来。")
        }
        HouseFault::Served => "已经有一个程序打开着这个目录。先停掉那一个。".into(),
    }
}

/// A configuration that cannot be followed.
pub fn config(error: &ConfigError) -> String {
    let path = error.path.display();
    let mend = "照着 cunwu.example.toml 改。";
    match &error.fault {
        ConfigFault::Unreadable(what) if what.kind() == ErrorKind::NotFound => {
            format!("没有配置文件 {path}。照着 cunwu.example.toml 写一个，或者用 --config 指明它在哪里。（CONFIG_MISSING）")
        }
        ConfigFault::Unreadable(what) => file(&error.path, what),
        ConfigFault::UnknownKey { line, key } => format!("配置文件 {path} 第{line}行：没有“{key}”这一项。{mend}（CONFIG_KEY）"),
        ConfigFault::MissingKey(key) => format!("配置文件 {path} 里缺“{key}”这一项。{mend}（CONFIG_KEY）"),
        ConfigFault::Malformed { line, what } => format!("配置文件 {path} 第{line}行写得不对。{mend}（CONFIG_VALUE：{what}）"),
        ConfigFault::Value(key) => format!("配置文件 {path} 里“{key}”写得不对：{}{mend}（CONFIG_VALUE）", value(key)),
    }
}

/// What a value of the configuration must be.
fn value(key: &str) -> &'static str {
    match key {
        "record_name" => "只能用字母、数字和 . - _ /，不能以 / 结尾。",
        "web.metrics" => "只能是本机地址，如 127.0.0.1:9440。",
        "codes.url" => "adapter 是 http 就要写发送地址。",
        "witness.key" => "要见证方打印出来的那一行公钥。",
        _ => "至少是1。",
    }
}

/// A file that cannot be read or written.
pub fn file(path: &Path, error: &Error) -> String {
    let (said, code) = reason(error);
    match code {
        "FILE_IO" => format!("{}：{said}（{code}：{error}）", path.display()),
        _ => format!("{}：{said}（{code}）", path.display()),
    }
}

fn reason(error: &Error) -> (&'static str, &'static str) {
    match error.kind() {
        ErrorKind::NotFound => ("没有这个文件或者目录。", "FILE_MISSING"),
        ErrorKind::PermissionDenied => ("没有权限。", "FILE_DENIED"),
        ErrorKind::AlreadyExists => ("已经有了，不会盖掉它。", "FILE_EXISTS"),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => ("磁盘满了，写不进去。腾出空间再试。", "DISK_FULL"),
        ErrorKind::IsADirectory => ("这是目录，不是文件。", "FILE_IS_FOLDER"),
        ErrorKind::NotADirectory => ("这不是目录。", "FILE_NO_FOLDER"),
        ErrorKind::InvalidData => ("内容读不出来。", "FILE_UNREADABLE"),
        _ => ("读写出了错。", "FILE_IO"),
    }
}

/// An address that cannot be listened at.
pub fn listen(address: SocketAddr, error: &Error) -> String {
    match error.kind() {
        ErrorKind::AddrInUse => format!("地址 {address} 已经有别的程序占着。停掉那一个，或者在配置里换一个端口。（PORT_IN_USE）"),
        ErrorKind::PermissionDenied => format!("没有权限用地址 {address}。换一个大于1024的端口。（PORT_DENIED）"),
        _ => format!("地址 {address} 用不了。（PORT：{error}）"),
    }
}

/// A backup or a restore that came to nothing.
pub fn backup(path: &Path, error: &BackupError) -> String {
    let no = |said: &str, code: &str, what: &dyn Display| format!("{said}（{code}：{what}）");
    match error {
        BackupError::Failure(failure) => failed(failure),
        BackupError::Io(error) => file(path, error),
        BackupError::Recipient(what) => no("备份没有做：--to 要写 age 公钥，age1 开头，至少一个。", "BACKUP_RECIPIENT", what),
        BackupError::Identity(what) => no("打不开这个备份：--identity 里没有它的私钥（AGE-SECRET-KEY-1 开头）。", "BACKUP_IDENTITY", what),
        BackupError::Malformed(what) => no("没有恢复：这个文件不是完整的备份，可能没有拷全。", "BACKUP_MALFORMED", what),
        BackupError::OtherHouse(what) => no("没有恢复：这是别家的备份，记录名或者种子对不上。", "BACKUP_OTHER_HOUSE", what),
        BackupError::OtherVersion(what) => no("没有恢复：备份是别的版本做的。用那个版本恢复，再升级。", "BACKUP_OTHER_VERSION", what),
        BackupError::NotEmpty => "没有恢复：这个库里已经有东西。换一个空的目录或者库。（BACKUP_NOT_EMPTY）".into(),
    }
}

/// A bundle that was not written or not taken in.
pub fn bundle(path: &Path, error: &BundleError) -> String {
    match error {
        BundleError::Failure(failure) => failed(failure),
        BundleError::Io(error) => file(path, error),
        BundleError::Malformed { line, what } => {
            format!("没有导入：{} 第{line}行不是核验包里该有的。（BUNDLE_MALFORMED：{what}）", path.display())
        }
        BundleError::NothingSealed => "没有导出：这个单位还没有封存过的记录。等服务封存以后再导。（BUNDLE_NOTHING_SEALED）".into(),
        BundleError::NotEmpty => "没有导入：这个单位在这里已经有记录。（BUNDLE_NOT_EMPTY）".into(),
        BundleError::NotComplete => {
            "没有导入：这是公开的核验包，内容不全。要用 export --complete 导出的那一种。（BUNDLE_NOT_COMPLETE）".into()
        }
        BundleError::Untrue(report) => format!("没有导入：核验包里的东西对不上。（BUNDLE_UNTRUE）\n{}", told(report)),
    }
}

fn told(report: &Report) -> String {
    super::verify::lines(report).join("\n")
}

/// A witness that cannot serve.
pub fn witness(path: &Path, error: &WitnessError) -> String {
    match error {
        WitnessError::Io(error) => file(path, error),
        WitnessError::Damaged(path) => format!("{} 里不是检查点，见证方不能接着签。（WITNESS_DAMAGED）", path.display()),
        WitnessError::Log(line, what) => format!("--logs 第{line}行不是公钥。（WITNESS_LOG：{what}）"),
    }
}

/// The door's no.
pub fn door(error: &DoorError) -> String {
    match error {
        DoorError::Failure(failure) => failed(failure),
        error => {
            let no = super::door::refused(error);
            format!("{}{}{}（{}）", no.what, no.why, no.now, no.code)
        }
    }
}

/// Something that cannot happen while the program is right.
pub fn bug(what: impl Display) -> String {
    format!("程序出了错。（BUG：{what}）")
}

/// No such unit.
pub fn no_unit(word: &str) -> String {
    format!("没有“{word}”这个单位代码。要12位数字，如441900121014。（NO_SUCH_UNIT）")
}

/// A word that is neither a key nor a file with keys.
pub fn no_key(word: &str) -> String {
    format!("{word} 里没有公钥。公钥是一行，样子像 记录名+8位+一串字母。（NO_KEY）")
}

/// A file from which nothing earlier can be told.
pub fn no_since(path: &Path) -> String {
    format!("{} 不是核验包、收据或者检查点，看不出以前的样子。（NO_SINCE）", path.display())
}

/// What is wrong with a command as it was typed.
pub enum Typed<'a> {
    /// Nothing of this name, and the nearest there is.
    NoSuch(&'a str, Option<&'a str>),
    /// These are missing.
    Missing(Vec<&'a str>),
    /// An option's value.
    Value(&'a str, &'a str),
    /// These do not go together.
    Conflict(&'a str),
    /// No command.
    NoCommand,
    /// Something else.
    Other,
}

/// A command that was typed wrong.
pub fn typed(wrong: &Typed<'_>) -> String {
    let said = match wrong {
        Typed::NoSuch(word, None) => format!("没有“{word}”。"),
        Typed::NoSuch(word, Some(nearest)) => format!("没有“{word}”，是不是“{nearest}”？"),
        Typed::Missing(what) => format!("还要写：{}。", what.join("、")),
        Typed::Value(option, value) => format!("{option} 写的“{value}”不对。"),
        Typed::Conflict(option) => format!("{option} 不能这样用。"),
        Typed::NoCommand => "要写一个命令。".into(),
        Typed::Other => "命令写得不对。".into(),
    };
    format!("{said}加上 --help 看怎么写。（USAGE）")
}

/// Bodies that were not entered.
pub fn bodies(path: &Path, error: &NotEntered) -> String {
    match error {
        NotEntered::File(bad) => import(*bad),
        NotEntered::Cell { line, column } => {
            let column = super::import::column(*column);
            format!("{} 第{line}行：“{column}”写得不对。整个文件都没有收下，改好再来一次。（BAD_ROW）", path.display())
        }
        NotEntered::Failure(failure) => failed(failure),
    }
}

/// People that were not entered.
pub fn people(error: &Stopped) -> String {
    match error {
        Stopped::File(bad) => import(*bad),
        Stopped::Failure(failure) => failed(failure),
    }
}

fn import(bad: BadFile) -> String {
    let no = super::import::bad_file(bad);
    format!("{}{}{}（{}）", no.what, no.why, no.now, no.code)
}

/// A calendar that was not taken: which line, and what is wrong there.
pub fn calendar(path: &Path, error: &NoticeError) -> String {
    match error {
        NoticeError::Failure(failure) => failed(failure),
        NoticeError::Calendar(wrong) => {
            let what = match &wrong.fault {
                CalendarFault::Columns => "列不对，要四列：date,is_workday,name,source".to_owned(),
                CalendarFault::Date(said) => format!("的日期“{said}”不对，要写成2026-10-01的样子"),
                CalendarFault::Workday(said) => format!("的“{said}”不对，上班写1，放假写0"),
                CalendarFault::Duplicate(day) => format!("的{}写了两次", super::day(*day)),
                CalendarFault::Missing(day) => format!("前面缺{}", super::day(*day)),
                CalendarFault::Unnamed(day) => format!("的{}放假，没写是什么假", super::day(*day)),
                CalendarFault::Empty => "起一天也没有".to_owned(),
            };
            format!("没有导入：{} 第{}行{what}。（BAD_CALENDAR）", path.display(), wrong.line)
        }
    }
}
