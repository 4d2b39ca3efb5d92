//! 命令行 What the command line says.

use crate::words::day;
use app::{Failure, SeedFault};
use jiff::civil::Date;

/// The program in one line.
pub const ABOUT: &str = "村务：把村里的决定、钱和答复，记成谁也改不了、谁都能核的公开记录";
/// `--config`.
pub const CONFIG: &str = "配置文件";
/// `demo`.
pub const DEMO: &str = "演示：编造两个镇一年的日子，马上打开给人看";
/// `demo --data`.
pub const DEMO_DATA: &str = "演示数据放在哪个目录";
/// `demo --listen`.
pub const DEMO_LISTEN: &str = "在哪个本机地址打开";
/// `demo --seed`.
pub const DEMO_SEED: &str = "种子：同一个种子、同一天，编出来的一样";
/// `demo --fill-only`.
pub const DEMO_FILL: &str = "只编好数据，不打开";
/// A demo must stay on this machine.
pub const DEMO_LOOPBACK: &str = "演示只能在本机地址上打开（127.0.0.1）。";
/// The demo's witness.
pub const DEMO_WITNESS: &str = "演示用的见证方";
/// A real house must not be served as a demo.
pub const NOT_A_DEMO: &str = "这个目录不是演示数据，不能当演示打开。";
/// A demo must not be served as real.
pub const IS_A_DEMO: &str = "这个目录是演示数据，不能当真的打开。";
/// `init`.
pub const INIT: &str = "第一次安装：建库、生成种子、登记单位，打印系统管理员的登记链接";
/// `init --login`.
pub const INIT_LOGIN: &str = "第一位系统管理员的账号名";
/// `init --name`.
pub const INIT_NAME: &str = "第一位系统管理员的姓名";
/// `init --phone`.
pub const INIT_PHONE: &str = "第一位系统管理员的手机号（只留指纹，用来区分三员）";
/// `serve`.
pub const SERVE: &str = "打开服务";
/// `migrate`.
pub const MIGRATE: &str = "把数据库升到最新的样子";
/// `audit`.
pub const AUDIT: &str = "从头重算记录，和各表逐行比对";
/// `rebuild`.
pub const REBUILD: &str = "丢掉各表，按记录重建";
/// One unit, or all of them.
pub const UNIT: &str = "单位代码；不写就是全部";
/// `due`.
pub const DUE: &str = "算工作日到期日，逐日列出";
/// `due --from`.
pub const DUE_FROM: &str = "从哪天起（当天不算）";
/// `due --working-days`.
pub const DUE_DAYS: &str = "几个工作日";
/// `due --csv`.
pub const DUE_CSV: &str = "从标准输入读“日期,天数”，逐行输出“到期日,是否暂定”";
/// `verify`.
pub const VERIFY: &str = "核验：网址、核验包或者收据";
/// `verify INPUT`.
pub const VERIFY_INPUT: &str = "网址、核验包文件或 .tlog-proof 收据";
/// `verify --key`.
pub const VERIFY_KEY: &str = "可信公钥：一行公钥，或者含公钥的文件（打印的公告、以前的核验包）";
/// `verify --witness`.
pub const VERIFY_WITNESS: &str = "见证方公钥";
/// `verify --since`.
pub const VERIFY_SINCE: &str = "以前的核验包或检查点，核对有没有改过历史";
/// `verify --body`.
pub const VERIFY_BODY: &str = "核收据时，那一条的内容文件";
/// `--json`.
pub const JSON: &str = "输出 JSON";
/// `export`.
pub const EXPORT: &str = "把一个单位的记录导出成一个文件";
/// `export --complete`.
pub const EXPORT_ALL: &str = "全部内容（随时可以带走）；不写就只含公开内容";
/// `--out`.
pub const OUT: &str = "写到哪个文件";
/// `import`.
pub const IMPORT: &str = "导入：核验包、人员名册、放假安排";
/// `import bundle`.
pub const IMPORT_BUNDLE: &str = "把完整的导出文件导入空库";
/// `import people`.
pub const IMPORT_PEOPLE: &str = "导入人员（CSV，UTF-8 或 GBK）";
/// `import people --dry-run`.
pub const DRY_RUN: &str = "只检查，逐行说明，不写入";
/// `import calendar`.
pub const IMPORT_CALENDAR: &str = "导入国务院放假安排（CSV：date,is_workday,name,source），重算没到期的期限";
/// A file.
pub const FILE: &str = "文件";
/// `backup`.
pub const BACKUP: &str = "加密备份（age），不含种子和密钥";
/// `backup --to`.
pub const BACKUP_TO: &str = "age 公钥，可以写几个";
/// `restore`.
pub const RESTORE: &str = "从备份恢复到空库；少了的记录另起一段，写明缺失";
/// `restore --identity`.
pub const RESTORE_IDENTITY: &str = "age 私钥文件";
/// `restore --published`.
pub const RESTORE_PUBLISHED: &str = "以前公布过的检查点（文件或目录）";
/// `witness`.
pub const WITNESS: &str = "当见证方：按 C2SP tlog-witness 联署别人的记录";
/// `witness --data`.
pub const WITNESS_DATA: &str = "见过的检查点放在哪个目录";
/// `witness --seed-file`.
pub const WITNESS_SEED: &str = "见证方自己的种子文件；没有就新建";
/// `witness --name`.
pub const WITNESS_NAME: &str = "见证方的名字，如 hm.example/jianzheng";
/// `witness --logs`.
pub const WITNESS_LOGS: &str = "要见证的记录的公钥，一行一个";
/// `witness --listen`.
pub const WITNESS_LISTEN: &str = "在哪个地址打开";
/// `conformance`.
pub const CONFORMANCE: &str = "对照东组通〔2015〕33号的109项，列出由哪些故事证明";
/// No such unit.
pub const NO_UNIT: &str = "没有这个单位代码。";

/// A failure on the command line.
pub fn failed(failure: &Failure) -> String {
    match failure {
        Failure::Refused(refusal) => {
            let said = crate::words::law::refused(refusal, None);
            format!("{}{}{}（{}）", said.what, said.why, said.now, said.code)
        }
        Failure::Full => "磁盘满了，什么也没有写坏。腾出空间再试。（DISK_FULL）".into(),
        Failure::Damaged { what } => format!("数据库文件坏了，请从备份恢复。（DATABASE_DAMAGED：{what}）"),
        Failure::ClockBehind { .. } => "这台机器的时钟比记录里最后一条还早。先把时钟校准，再办事；记录没有动。（CLOCK_BEHIND）".into(),
        Failure::Seed { path, fault } => seed(path, fault),
        Failure::Key { what } => format!("密钥不对或者缺失：{what}（KEY）"),
        Failure::Busy => "这会儿太忙，没有办成，也没有记下任何东西。（BUSY）".into(),
        Failure::Database { what } => format!("数据库出错：{what}（DATABASE）"),
        Failure::Unreadable { what } => format!("有内容读不出来：{what}（RECORD_UNREADABLE）"),
        Failure::Panicked { what } => format!("程序有错，已退回原样：{what}（BUG）"),
    }
}

/// What is wrong with a seed file, and what to do.
fn seed(path: &str, fault: &SeedFault) -> String {
    match fault {
        SeedFault::Missing => format!(
            "找不到种子文件{path}。从另外保管的那一份拷回来；后来换的种子（文件名末尾有数字的）确实丢了，就用 cunwu key change --lost 另换一把。（SEED_MISSING）"
        ),
        SeedFault::Open(mode) => format!("种子文件{path}别人也读得到（权限{mode:o}）。先运行 chmod 600 {path}。（SEED_OPEN）"),
        SeedFault::Malformed => format!("{path}不是种子文件，或者内容残缺。从另外保管的那一份拷回来。（SEED_MALFORMED）"),
        SeedFault::Another => format!("种子文件{path}不是这里用的那一份。看看是不是拷错了文件，或者配置里指错了地方。（SEED_OTHER）"),
        SeedFault::Broken(what) => format!("种子文件{path}读不了或者写不了：{what}（SEED_BROKEN）"),
    }
}

/// `key`.
pub const KEY: &str = "签名密钥：更换、查看";
/// `key change`.
pub const KEY_CHANGE: &str = "换一把签名密钥：新种子放在旧种子旁边，每个单位的公开记录写一条；中断了再说一遍就接着办完";
/// `key change --lost`.
pub const KEY_LOST: &str = "现用的种子文件（文件名末尾有数字的）丢了，也要换";
/// `key show`.
pub const KEY_SHOW: &str = "列出种子文件和各单位的公钥（可以直接交给见证方，当作它的 --logs 文件）";

/// The key was changed.
pub fn key_changed(path: impl std::fmt::Display, written: usize, both_until: Option<Date>) -> String {
    let both = both_until.map_or_else(String::new, |day_| format!("到{}为止，新旧两把公钥都签。", day(day_)));
    format!(
        "换好了：新种子是{path}，有{written}个单位的公开记录写下了这件事。{both}\n接着要办三件事：\n一、把新种子文件另外保管一份，不要和备份放在一起；\n二、各单位打印新的公钥告示（“怎样自己核验”那一页），贴到公开栏；\n三、把 cunwu key show 列出的公钥交给见证方。"
    )
}

/// One seed file; the output of `key show` is a list of logs for a witness, in which remarks begin with `#`.
pub fn seed_file(seed: &app::signing::SeedFile, is_first: bool, is_newest: bool) -> String {
    let since = seed.since.map_or_else(String::new, |at| format!("，{}起用", day(law::moment::civil_day(at))));
    let standing = match (seed.is_there, is_first, is_newest, seed.needed_by) {
        (false, ..) => "文件不在".to_owned(),
        (true, true, ..) => "个人信息和登录都靠它，一直要留着".to_owned(),
        (true, _, true, _) => "正在用它签名".to_owned(),
        (true, .., 0) => "用不着了，可以销毁".to_owned(),
        (true, .., n) => format!("还有{n}个单位要用它签名，先别动"),
    };
    format!("# 种子文件 {}{since}：{standing}", seed.path.display())
}

/// How a change stands.
pub fn key_standing(pending: usize, both_until: Option<Date>) -> String {
    let both = both_until.map_or_else(|| "没有新旧同签的公钥。".to_owned(), |day_| format!("新旧公钥同签，到{}为止。", day(day_)));
    match pending {
        0 => format!("# {both}"),
        n => format!("# 有{n}个单位还没写下换密钥这件事：再运行一次 cunwu key change。{both}"),
    }
}

/// While a demo is filled.
pub fn filling(first: Date, last: Date) -> String {
    format!("编造两个镇从{}到{}的日子，请等一会儿……", day(first), day(last))
}

/// A month of the demo went by.
pub fn lived(month: Date) -> String {
    format!("  {}年{}月", month.year(), month.month())
}

/// The demo is filled.
pub fn filled(lines: u64) -> String {
    format!("编好了，一共{lines}批办理。")
}

/// The demo is open.
pub fn open_demo(address: impl std::fmt::Display) -> String {
    format!("演示已打开：http://{address}　换身份：http://{address}/demo　按 Ctrl+C 结束。")
}

/// The service is open.
pub fn open_house(address: impl std::fmt::Display) -> String {
    format!("服务已打开：{address}")
}

/// What an audit found.
pub fn audited(unit: &str, lines: u64, clean: bool, faults: &[String]) -> String {
    match clean {
        true => format!("{unit}：{lines}条记录，和各表逐行相同"),
        false => format!("{unit}：{lines}条记录，对不上：{}", faults.join("；")),
    }
}

/// What is wrong with a line.
pub fn line_fault(seq: i64, fault: app::audit::Fault) -> String {
    use app::audit::Fault;
    let what = match fault {
        Fault::Content => "内容和指纹对不上",
        Fault::Line => "公开行和登记的不一样",
        Fault::Gap => "中间少了记录",
        Fault::Root => "总记录的根对不上",
        Fault::Unreadable => "内容读不出来",
        Fault::Basis => "依据的那一步不在它前面",
    };
    format!("№{seq} {what}")
}

/// What is wrong with a row.
pub fn row_fault(kind: &str, id: &str, columns: &[String]) -> String {
    let kind = crate::words::kinds::kind(kind).unwrap_or(kind);
    match columns.is_empty() {
        true => format!("{kind} {id} 这一行缺失或多余"),
        false => format!("{kind} {id} 的 {} 被改过", columns.join("、")),
    }
}

/// A unit was rebuilt.
pub fn rebuilt(unit: &str, lines: u64) -> String {
    format!("{unit}：按{lines}条记录重建好了")
}

/// The house is made; the link is for the first administrator.
pub fn made(link: &str) -> String {
    format!("建好了。请系统管理员在一小时内打开这个链接登记（只能用一次）：\n{link}\n种子文件请另行保管，不要和备份放在一起。")
}

/// The due date with its days.
pub fn due(due: &law::workday::Due, days: &[law::workday::Counted]) -> String {
    use law::workday::Mark;
    let mut lines =
        vec![format!("{}起{}个工作日，到{}{}。", day(due.start), due.days, day(due.due), if due.provisional { "（暂定）" } else { "" })];
    for counted in days {
        let mark = match &counted.mark {
            Mark::Start => "起算日，不算".to_owned(),
            Mark::Works(n) => format!("第{n}个工作日"),
            Mark::MakeUp(n) => format!("调休上班，第{n}个工作日"),
            Mark::Weekend => "周末".to_owned(),
            Mark::Holiday(name) => format!("放假（{name}）"),
        };
        let provisional = if counted.provisional { "　这一年的放假安排还没公布" } else { "" };
        lines.push(format!("  {} {}　{mark}{provisional}", counted.day, crate::words::weekday(counted.day)));
    }
    lines.push(format!("工作日历 {}", due.calendar));
    lines.join("\n")
}

/// The calendar ends before the due date.
pub const CALENDAR_ENDS: &str = "工作日历排不到那么远。";

/// A line of the CSV that cannot be counted.
pub fn bad_line(number: usize) -> String {
    format!("第{number}行不是“日期,天数”。")
}

/// What an export wrote.
pub fn exported(lines: u64, sealed: u64) -> String {
    format!("写好了：{lines}条记录，其中{sealed}条已封存。")
}

/// A calendar was imported.
pub fn calendar(lines: u64) -> String {
    format!("导入好了，重算写下{lines}条记录。")
}

/// Something was imported or restored.
pub fn restored(rows: u64, reopened: usize) -> String {
    match reopened {
        0 => format!("恢复好了：{rows}行。"),
        n => format!("恢复好了：{rows}行。有{n}个单位的记录比公布过的短，已另起一段并写明缺失。"),
    }
}

/// A backup was written.
pub fn backed_up(path: impl std::fmt::Display) -> String {
    format!("备份写好了：{path}")
}

/// A bundle came in.
pub fn imported(lines: u64) -> String {
    format!("导入好了：{lines}条记录，根和原来一样。")
}

/// The witness is open; its key is for the configuration of the logs.
pub fn witness(address: impl std::fmt::Display, key: &str) -> String {
    format!("见证方已打开：http://{address}\n公钥：{key}")
}

/// How the duties stand.
pub fn conformance(proved: usize, all: usize) -> String {
    format!("{all}项里有{proved}项已有故事证明。")
}

/// A duty without a story.
pub const UNPROVED: &str = "还没有";
