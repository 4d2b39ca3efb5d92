//! 网址 Ways: every path of the site in one place; handlers route them, templates link to them.

/// Escapes nothing: codes, ids and tokens are made of digits, letters, `-` and `_`.
type Path = String;

/// `/` 找村子; `?q=` searches.
pub const FIND: &str = "/";
/// Sign-in of residents.
pub const SIGN_IN: &str = "/signin";
/// POST: the six digits. GET shows the form again.
pub const SIGN_IN_CODE: &str = "/signin/code";
/// Sign-in of office-holders.
pub const OFFICIAL: &str = "/signin/official";
/// POST: the TOTP or a recovery code.
pub const TOTP: &str = "/signin/totp";
/// POST: sign out here.
pub const SIGN_OUT: &str = "/signout";
/// The devices signed in; POST `/sessions/end`, `/sessions/end-others`.
pub const SESSIONS: &str = "/sessions";
/// A resident's own suggestions.
pub const MINE: &str = "/mine";
/// Look a suggestion up by its query code; POST.
pub const LOOKUP: &str = "/lookup";
/// How a sealed report stands, by its code; POST.
pub const REPORT_LOOKUP: &str = "/report/lookup";
/// The desk.
pub const DESK: &str = "/desk";
/// Accounts, for the three administrators.
pub const ADMIN: &str = "/admin/accounts";

/// 公开栏.
#[must_use]
pub fn board(unit: &str) -> Path {
    format!("/u/{unit}")
}

/// All suggestions; query `?s=` waiting · late · answered · disputed · withdrawn, `page=`.
#[must_use]
pub fn voices(unit: &str) -> Path {
    format!("/u/{unit}/suggestions")
}

/// All notices.
#[must_use]
pub fn notices(unit: &str) -> Path {
    format!("/u/{unit}/notices")
}

/// What is overdue, all of it.
#[must_use]
pub fn late(unit: &str) -> Path {
    format!("/u/{unit}/late")
}

/// Search inside one board; query `?q=`.
#[must_use]
pub fn search(unit: &str) -> Path {
    format!("/u/{unit}/search")
}

/// One matter.
#[must_use]
pub fn matter(unit: &str, id: &str) -> Path {
    format!("/u/{unit}/m/{id}")
}

/// One matter on A4.
#[must_use]
pub fn matter_print(unit: &str, id: &str) -> Path {
    format!("/u/{unit}/m/{id}/print")
}

/// One act on a matter: GET shows its form, POST does it.
#[must_use]
pub fn act(unit: &str, id: &str, act: &str) -> Path {
    format!("/u/{unit}/m/{id}/{act}")
}

/// The board on paper: `a4` or `a3`.
#[must_use]
pub fn board_print(unit: &str, paper: &str) -> Path {
    format!("/u/{unit}/print/{paper}")
}

/// 提意见: GET form, POST → confirm page.
#[must_use]
pub fn say(unit: &str) -> Path {
    format!("/u/{unit}/say")
}

/// POST of the confirm page.
#[must_use]
pub fn say_send(unit: &str) -> Path {
    format!("/u/{unit}/say/send")
}

/// The receipt of a suggestion, by its receipt number.
#[must_use]
pub fn receipt(unit: &str, number: &str) -> Path {
    format!("/u/{unit}/receipt/{number}")
}

/// Staff form: register a slip, call or visit.
#[must_use]
pub fn register(unit: &str) -> Path {
    format!("/u/{unit}/register")
}

/// Staff form: the box was opened.
#[must_use]
pub fn open_box(unit: &str) -> Path {
    format!("/u/{unit}/box")
}

/// Staff form: a new notice; POST previews, `…/send` posts.
#[must_use]
pub fn new_notice(unit: &str) -> Path {
    format!("/u/{unit}/notices/new")
}

/// 执行台账; query `?year=`, `s=`, `format=csv`.
#[must_use]
pub fn ledger(unit: &str) -> Path {
    format!("/u/{unit}/ledger")
}

/// 谁来定: which matter is decided by whom.
#[must_use]
pub fn powers(unit: &str) -> Path {
    format!("/u/{unit}/powers")
}

/// 议题: all decisions, newest first; query `?s=` a phase.
#[must_use]
pub fn motions(unit: &str) -> Path {
    format!("/u/{unit}/motions")
}

/// 提议 by the secretary; POST looks it over, `go` = send proposes.
#[must_use]
pub fn propose(unit: &str) -> Path {
    format!("/u/{unit}/motions/new")
}

/// 紧急先办 by the secretary.
#[must_use]
pub fn emergency(unit: &str) -> Path {
    format!("/u/{unit}/motions/emergency")
}

/// Applicable rules today.
#[must_use]
pub fn rules(unit: &str) -> Path {
    format!("/u/{unit}/rules")
}

/// How to verify, with the unit's key.
#[must_use]
pub fn verify(unit: &str) -> Path {
    format!("/u/{unit}/verify")
}

/// The key notice on A4.
#[must_use]
pub fn key_print(unit: &str) -> Path {
    format!("/u/{unit}/verify/print")
}

/// The check of one line.
#[must_use]
pub fn record(unit: &str, seq: i64) -> Path {
    format!("/u/{unit}/r/{seq}")
}

/// The C2SP tlog-proof of one line, as a file.
#[must_use]
pub fn proof(unit: &str, seq: i64) -> Path {
    format!("/u/{unit}/r/{seq}/proof")
}

/// The bundle to check at home.
#[must_use]
pub fn bundle(unit: &str) -> Path {
    format!("/u/{unit}/bundle")
}

/// Who holds which post.
#[must_use]
pub fn posts(unit: &str) -> Path {
    format!("/u/{unit}/posts")
}

/// Import people: GET form, POST dry run, POST `/commit`.
#[must_use]
pub fn import(unit: &str) -> Path {
    format!("/u/{unit}/import")
}

/// An import under way, or what came of it.
#[must_use]
pub fn import_job(unit: &str, job: &str) -> Path {
    format!("/u/{unit}/import/job/{job}")
}

/// The same for programs.
#[must_use]
pub fn api_import_job(unit: &str, job: &str) -> Path {
    format!("/api/v1/u/{unit}/import/people/{job}")
}

/// 反映干部违纪: goes to the town's discipline officer only.
#[must_use]
pub fn report(unit: &str) -> Path {
    format!("/u/{unit}/report")
}

/// The discipline officer's reading list and one report.
#[must_use]
pub fn reports(town: &str, id: &str) -> Path {
    if id.is_empty() { format!("/t/{town}/reports") } else { format!("/t/{town}/reports/{id}") }
}

/// Town or city overview.
#[must_use]
pub fn town(code: &str) -> Path {
    format!("/t/{code}")
}

/// One cell of the overview.
#[must_use]
pub fn town_cell(code: &str, unit: &str, duty: &str) -> Path {
    format!("/t/{code}?unit={unit}&duty={duty}#panel")
}

/// 会议日历.
#[must_use]
pub fn meetings(unit: &str) -> Path {
    format!("/u/{unit}/meetings")
}

/// The calendar as a feed for telephones.
#[must_use]
pub fn meetings_ics(unit: &str) -> Path {
    format!("/u/{unit}/meetings.ics")
}

/// Form: call a sitting; query `?kind=`, `?again=`.
#[must_use]
pub fn meeting_new(unit: &str) -> Path {
    format!("/u/{unit}/meetings/new")
}

/// Form: the weekly sitting of the teams in one go.
#[must_use]
pub fn weekly(unit: &str) -> Path {
    format!("/u/{unit}/meetings/weekly")
}

/// Form: the standing slot of a kind of sitting.
#[must_use]
pub fn slot(unit: &str) -> Path {
    format!("/u/{unit}/meetings/slot")
}

/// The rolls of the assemblies.
#[must_use]
pub fn rolls(unit: &str) -> Path {
    format!("/u/{unit}/rolls")
}

/// Form: one assembly's roll.
#[must_use]
pub fn roll(unit: &str, assembly: &str) -> Path {
    format!("/u/{unit}/rolls/{assembly}")
}

/// Switches 大字版 and comes back: `back` is this page's own path, percent-encoded by the template.
#[must_use]
pub fn large(on: bool) -> Path {
    format!("/large?on={}", u8::from(on))
}

/// A stylesheet, script or picture that is built in.
#[must_use]
pub fn asset(name: &str) -> Path {
    crate::assets::address(name)
}
