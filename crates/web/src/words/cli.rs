//! 命令行 What the command line says.

use crate::words::day;
use crate::words::verify::answer;
use app::audit::{Fault, Findings, TextFault};
use app::backup::{Reopened, Restored};
use app::verify::Answer;
use jiff::civil::Date;
use law::UnitCode;

/// The program in one line.
pub const ABOUT: &str = "村务：把村里的决定、钱和答复，记成谁也改不了、谁都能核的公开记录";
/// `--config`.
pub const CONFIG: &str = "配置文件（默认 cunwu.toml）";
/// `--help`.
pub const HELP: &str = "看怎么用";
/// `--version`.
pub const VERSION: &str = "看版本";
/// How help is laid out.
pub const HELP_LAYOUT: &str = "{about}\n\n用法：{usage}\n\n{all-args}{after-help}";
/// The word before a usage line that the parser writes by itself, and what it calls options.
pub const USAGE: [(&str, &str); 2] = [("Usage: ", ""), ("[OPTIONS]", "[选项]")];
/// Over the list of commands.
pub const COMMANDS: &str = "命令";
/// Over the list of what comes without a dash.
pub const ARGUMENTS: &str = "参数";
/// Over the list of options.
pub const OPTIONS: &str = "选项";
/// `demo`.
pub const DEMO: &str = "演示：编造两个镇一年的日子，马上打开给人看";
/// `demo --data`.
pub const DEMO_DATA: &str = "演示数据放在哪个目录（默认 demo-data）";
/// `demo --listen`.
pub const DEMO_LISTEN: &str = "在哪个本机地址打开（默认 127.0.0.1:8440）";
/// `demo --seed`.
pub const DEMO_SEED: &str = "种子：同一个种子、同一天，编出来的一样（默认 7）";
/// `demo --fill-only`.
pub const DEMO_FILL: &str = "只编好数据，不打开";
/// A demo must stay on this machine.
pub const DEMO_LOOPBACK: &str = "演示只能在本机地址上打开，如 127.0.0.1:8440。（DEMO_LOOPBACK）";
/// The demo's witness.
pub const DEMO_WITNESS: &str = "演示用的见证方";
/// A real house must not be served as a demo.
pub const NOT_A_DEMO: &str = "这个目录不是演示数据，不能当演示打开。（NOT_A_DEMO）";
/// A demo must not be served as real.
pub const IS_A_DEMO: &str = "这个目录是演示数据，不能当真的打开。用 cunwu demo 打开，或者另选一个目录。（IS_A_DEMO）";
/// `init`.
pub const INIT: &str = "第一次安装：建库、生成种子，打印系统管理员的登记链接；链接过期了就再来一次";
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
/// `start`.
pub const START: &str = "一个村（社区）从哪天起实行；从这天起到期就算";
/// `start --day`.
pub const START_DAY: &str = "从哪天起（不写就是今天）";
/// `start --basis`.
pub const START_BASIS: &str = "依据：谁的决定、文号";
/// `start UNIT`.
pub const ONE_UNIT: &str = "单位代码";
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
/// What `verify` ends with.
pub const VERIFY_CODES: &str = "退出码：0 完整　1 被改动或者缺失　3 此处无法核验　2 命令写错，或者给的文件读不了";
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
pub const IMPORT: &str = "导入：组织、人员和职务、放假安排、核验包";
/// `import bundle`.
pub const IMPORT_BUNDLE: &str = "把完整的导出文件导入空库";
/// `import people`.
pub const IMPORT_PEOPLE: &str = "导入人员、名册、职务（CSV，UTF-8 或 GBK）";
/// `import people --unit`.
pub const PEOPLE_UNIT: &str = "只导入这个单位的；不写就按每一行自己写的";
/// `import bodies`.
pub const IMPORT_BODIES: &str = "导入期初的组织（CSV：区划代码,组织,全称,成立日期）";
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
pub const WITNESS_LISTEN: &str = "在哪个地址打开（默认 127.0.0.1:8450）";
/// `conformance`.
pub const CONFORMANCE: &str = "对照东组通〔2015〕33号的109项，列出由哪些故事证明";
/// What a value of this name is called in help.
pub fn value(name: &str) -> &'static str {
    match name {
        "unit" => "单位代码",
        "from" | "day" => "日期",
        "working_days" => "天数",
        "input" => "网址或文件",
        "key" | "witness" | "to" => "公钥",
        "published" => "文件或目录",
        "data" => "目录",
        "name" => "名字",
        "login" => "账号名",
        "phone" => "手机号",
        "listen" => "地址",
        "seed" => "数字",
        "basis" => "依据",
        _ => "文件",
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

/// A demo needs a directory of its own.
pub fn demo_taken(folder: impl std::fmt::Display) -> String {
    format!("目录 {folder} 里已经有别的东西，演示要一个空目录，用 --data 指明。（DEMO_TAKEN）")
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

/// What an audit found: the answer for the whole first, then each thing that is wrong.
pub fn audited(unit: UnitCode, found: &Findings) -> Vec<String> {
    let lines = found.lines;
    if found.is_clean() {
        return vec![format!("{}：{unit}，{lines}条记录，和各表逐行相同，封存过的都对得上。", answer(Answer::Intact))];
    }
    let mut wrong: Vec<(Answer, String)> = found.lines_changed.iter().map(|(seq, fault)| line_fault(*seq, *fault)).collect();
    wrong.extend(found.texts.iter().map(|(seq, fault)| text_fault(*seq, *fault)));
    wrong.extend(found.rows.iter().map(|row| (Answer::Changed, row_fault(row.kind, &row.id.to_string(), &row.columns))));
    wrong.extend(found.seals.iter().map(|(_, size)| (Answer::Changed, format!("封存到第{size}条的检查点，签名或者总指纹对不上。"))));
    wrong.extend(found.head.map(|fault| line_fault(lines.cast_signed(), fault)));
    let worst = wrong.iter().map(|(answer, _)| *answer).max().unwrap_or(Answer::Changed);
    let whole = format!("{}：{unit}，{lines}条记录，有{}处对不上。", answer(worst), wrong.len());
    std::iter::once(whole).chain(wrong.into_iter().map(|(word, said)| format!("{}：{said}", answer(word)))).collect()
}

/// What is wrong with a line.
fn line_fault(seq: i64, fault: Fault) -> (Answer, String) {
    let said = match fault {
        Fault::Gap => return (Answer::Missing, format!("№{seq}找不到。")),
        Fault::Root => return (Answer::Changed, "全部记录合起来的总指纹，和登记的不一样。".to_owned()),
        Fault::Content => "的内容和当初记下的不一样。",
        Fault::Line => "的公开行和登记的不一样。",
        Fault::Unreadable => "的内容读不出来。",
        Fault::Basis => "依据的那一步不在它前面。",
        Fault::Tile => "起的一段，存着的分段指纹对不上。",
    };
    (Answer::Changed, format!("№{seq}{said}"))
}

fn text_fault(seq: i64, fault: TextFault) -> (Answer, String) {
    match fault {
        TextFault::Changed => (Answer::Changed, format!("№{seq}里个人写的话和当初记下的不一样。")),
        TextFault::Missing => (Answer::Missing, format!("№{seq}里个人写的话找不到，也没有依法删除的记录。")),
    }
}

/// What is wrong with a row.
fn row_fault(kind: &str, id: &str, columns: &[String]) -> String {
    let kind = crate::words::kinds::kind(kind).unwrap_or(kind);
    match columns.is_empty() {
        true => format!("{kind} {id} 这一行不见了，或者是多出来的。"),
        false => format!("{kind} {id} 的 {} 和记录不一样。", columns.join("、")),
    }
}

/// A unit was rebuilt.
pub fn rebuilt(unit: &str, lines: u64) -> String {
    format!("{unit}：按{lines}条记录重建好了")
}

/// The house is made; the link is for the first administrator.
pub fn made(link: &str) -> String {
    format!(
        "建好了。请系统管理员在一小时内打开这个链接登记（只能用一次）：\n{link}\n种子文件请另抄一份保管，不要和备份放在一起；丢了它，什么也打不开。"
    )
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
pub const CALENDAR_ENDS: &str = "工作日历排不到那么远。（CALENDAR_ENDS）";

/// A line of the CSV that cannot be counted.
pub fn bad_line(number: usize) -> String {
    format!("第{number}行不是“日期,天数”。（BAD_LINE）")
}

/// What an export wrote.
pub fn exported(lines: u64, sealed: u64) -> String {
    format!("写好了：{lines}条记录，其中{sealed}条已封存。")
}

/// A calendar was imported.
pub fn calendar(lines: u64) -> String {
    format!("导入好了，重算写下{lines}条记录。")
}

/// Nothing was ever recorded here.
pub const NO_RECORDS: &str = "这里还没有任何记录。";

/// Bodies came in.
pub fn bodies(entered: usize, same: usize) -> String {
    format!("导入好了：登记{entered}个组织，{same}个原来就有。")
}

/// A unit's mechanism started.
pub fn started(unit: &str, on: Date) -> String {
    format!("{unit}从{}起实行。", day(on))
}

/// The tables are up to date.
pub const MIGRATED: &str = "数据库是最新的样子。";

/// A house was restored, and what its keeper has to know.
pub fn restored(restored: &Restored) -> Vec<String> {
    let at = day(law::moment::civil_day(restored.made_at));
    let mut lines = vec![format!("恢复好了：{at}的备份，一共{}行。", restored.rows)];
    lines.extend(restored.reopened.iter().map(|unit| {
        let Reopened { unit, seq, published, epoch } = unit;
        format!("{}：{unit}公布过{published}条，备份里没有那么多。№{seq}写明了这件事，记录从第{epoch}段接着来。", answer(Answer::Missing))
    }));
    if !restored.unknown.is_empty() {
        let units: Vec<String> = restored.unknown.iter().map(ToString::to_string).collect();
        lines.push(format!("注意：没有人说得出{}公布到第几条。", units.join("、")));
        lines.push("要是公布过的比备份里的多，一打开服务，外人就会看到两份不同的历史。".into());
        lines.push("先找以前的核验包、收据或者检查点，清空这个库，加上 --published 重新恢复；确实没有公布过，才打开服务。".into());
    }
    lines
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
