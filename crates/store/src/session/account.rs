//! 账号 Accounts: who may sign in. What a person may do follows from posts and rolls, never from here.

use super::maybe;
use crate::{Failure, Row, Tx, Value, Vault};
use law::personal::Salt;
use law::{MatterId, UnitCode};

/// The three administrators (三员): three persons, none of whom may act in matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// 系统管理员: invites, asks for resets, closes.
    System,
    /// 安全管理员: confirms resets, unlocks, ends sessions.
    Security,
    /// 审计管理员: reads what happened at the door.
    Auditor,
}

/// What kind of account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// 干部: a person of a unit, with password and code.
    Official,
    /// 村民: a verified telephone in a unit.
    Resident,
    /// 管理员.
    Admin(Role),
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::Official, Self::Resident, Self::Admin(Role::System), Self::Admin(Role::Security), Self::Admin(Role::Auditor)];

    /// The stable word in the table.
    pub fn word(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Resident => "resident",
            Self::Admin(Role::System) => "system",
            Self::Admin(Role::Security) => "security",
            Self::Admin(Role::Auditor) => "auditor",
        }
    }

    /// Reads [`Kind::word`] back.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// How far an account has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// A link was issued; nobody can sign in yet.
    Invited,
    /// In use.
    Open,
    /// Closed; its login name is never given to anybody else.
    Closed,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Invited, Self::Open, Self::Closed];

    /// The stable word in the table.
    pub fn word(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }

    /// Reads [`State::word`] back.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// One account. It has no `Debug`: nothing of it belongs into a log.
#[derive(Clone)]
pub struct Account {
    /// Its id.
    pub id: MatterId,
    /// Its kind.
    pub kind: Kind,
    /// How far it has come.
    pub state: State,
    /// The home unit; administrators have none.
    pub unit: Option<UnitCode>,
    /// The person of an official.
    pub person: Option<MatterId>,
    /// The login name; residents have none.
    pub login: Option<String>,
    /// The password's hash.
    pub password: Option<String>,
    /// The last hashes, as JSON.
    pub past: String,
    /// Since when the password holds, microseconds since 1970.
    pub password_at: i64,
    /// The last step of the clock whose code was used.
    pub last_step: i64,
    /// When it was made.
    pub at: i64,
    /// An administrator's name, hidden.
    name: Option<Vec<u8>>,
    /// A resident's telephone, hidden.
    phone: Option<Vec<u8>>,
    /// By which a telephone is found.
    mark: Option<Vec<u8>>,
    /// The secret of the code maker, hidden.
    totp: Option<Vec<u8>>,
}

impl Account {
    /// A new account with nothing in it.
    pub fn new(id: MatterId, kind: Kind, at: i64) -> Self {
        Self {
            id,
            kind,
            state: State::Invited,
            unit: None,
            person: None,
            login: None,
            password: None,
            past: "[]".to_owned(),
            password_at: 0,
            last_step: 0,
            at,
            name: None,
            phone: None,
            mark: None,
            totp: None,
        }
    }

    fn row(&self) -> [u8; 8] {
        self.id.as_i64().to_be_bytes()
    }

    /// Puts the name in, and the telephone's mark without the telephone: administrators are told apart by it, never called.
    pub fn set_name(&mut self, vault: &Vault, salt: &Salt, name: &str, phone: &str) {
        self.name = Some(super::hide(vault, "name", &self.row(), salt, name.as_bytes()));
        self.mark = Some(mark(vault, phone).to_vec());
    }

    /// Puts the telephone in.
    pub fn set_phone(&mut self, vault: &Vault, salt: &Salt, phone: &str) {
        self.phone = Some(super::hide(vault, "phone", &self.row(), salt, phone.as_bytes()));
        self.mark = Some(mark(vault, phone).to_vec());
    }

    /// Puts the code maker's secret in.
    pub fn set_totp(&mut self, vault: &Vault, salt: &Salt, secret: &[u8]) {
        self.totp = Some(super::hide(vault, "totp", &self.row(), salt, secret));
    }

    /// Takes the code maker's secret out.
    pub fn drop_totp(&mut self) {
        self.totp = None;
    }

    /// The name.
    pub fn name(&self, vault: &Vault) -> Result<Option<String>, Failure> {
        self.text(vault, "name", self.name.as_deref())
    }

    /// The telephone.
    pub fn phone(&self, vault: &Vault) -> Result<Option<String>, Failure> {
        self.text(vault, "phone", self.phone.as_deref())
    }

    /// The code maker's secret.
    pub fn totp(&self, vault: &Vault) -> Result<Option<Vec<u8>>, Failure> {
        self.totp.as_deref().map(|hidden| super::open(vault, "totp", &self.row(), hidden)).transpose()
    }

    fn text(&self, vault: &Vault, label: &str, hidden: Option<&[u8]>) -> Result<Option<String>, Failure> {
        let bytes = hidden.map(|hidden| super::open(vault, label, &self.row(), hidden)).transpose()?;
        bytes.map(|bytes| String::from_utf8(bytes).map_err(Failure::unreadable)).transpose()
    }
}

/// Marks telephones as the vault marks those of persons, so that one finds the other.
pub fn mark(vault: &Vault, phone: &str) -> [u8; 32] {
    vault.mark("phone", phone)
}

const ACCOUNT: &str =
    "SELECT id, kind, state, unit, person, login, name, phone, mark, password, past, password_at, totp, last_step, at FROM account";

fn account(row: &Row) -> Result<Account, Failure> {
    let bytes = |i: usize| match &row.0[i] {
        Value::Null => Ok(None),
        _ => row.bytes(i).map(|bytes| Some(bytes.to_vec())),
    };
    Ok(Account {
        id: row.id(0)?,
        kind: Kind::parse(row.text(1)?).ok_or_else(|| Failure::unreadable("no such kind of account"))?,
        state: State::parse(row.text(2)?).ok_or_else(|| Failure::unreadable("no such state of an account"))?,
        unit: row.maybe_int(3)?.map(|_| crate::record::unit(row, 3)).transpose()?,
        person: row.maybe_int(4)?.and_then(MatterId::from_i64),
        login: row.maybe_text(5)?.map(str::to_owned),
        name: bytes(6)?,
        phone: bytes(7)?,
        mark: bytes(8)?,
        password: row.maybe_text(9)?.map(str::to_owned),
        past: row.text(10)?.to_owned(),
        password_at: row.int(11)?,
        totp: bytes(12)?,
        last_step: row.int(13)?,
        at: row.int(14)?,
    })
}

fn one(tx: &mut dyn Tx, condition: &str, args: &[Value]) -> Result<Option<Account>, Failure> {
    tx.row(&format!("{ACCOUNT} WHERE {condition}"), args)?.map(|row| account(&row)).transpose()
}

/// The account with this id.
pub fn get(tx: &mut dyn Tx, id: MatterId) -> Result<Option<Account>, Failure> {
    one(tx, "id = $1", &[id.into()])
}

/// The account with this login name.
pub fn by_login(tx: &mut dyn Tx, login: &str) -> Result<Option<Account>, Failure> {
    one(tx, "login = $1", &[login.into()])
}

/// The official's account of a person.
pub fn by_person(tx: &mut dyn Tx, unit: UnitCode, person: MatterId) -> Result<Option<Account>, Failure> {
    one(tx, "unit = $1 AND person = $2", &[unit.into(), person.into()])
}

/// The resident's account of a telephone.
pub fn by_phone(tx: &mut dyn Tx, unit: UnitCode, phone: &str) -> Result<Option<Account>, Failure> {
    let mark = mark(tx.vault(), phone);
    one(tx, "kind = $1 AND unit = $2 AND mark = $3", &[Kind::Resident.word().into(), unit.into(), (&mark).into()])
}

/// The accounts of one administrator's role that are not closed.
pub fn of_role(tx: &mut dyn Tx, role: Role) -> Result<Vec<Account>, Failure> {
    let rows = tx.rows(
        &format!("{ACCOUNT} WHERE kind = $1 AND state <> $2 ORDER BY id"),
        &[Kind::Admin(role).word().into(), State::Closed.word().into()],
    )?;
    rows.iter().map(account).collect()
}

/// Whether an administrator other than `except` has this telephone.
pub fn is_admin_phone(tx: &mut dyn Tx, phone: &str, except: MatterId) -> Result<bool, Failure> {
    let mark = mark(tx.vault(), phone);
    let sql = "SELECT id FROM account WHERE mark = $1 AND kind NOT IN ($2, $3) AND state <> $4 AND id <> $5";
    let args = [(&mark).into(), Kind::Official.word().into(), Kind::Resident.word().into(), State::Closed.word().into(), except.into()];
    Ok(tx.row(sql, &args)?.is_some())
}

/// Whether an official's person has this telephone.
pub fn is_official_phone(tx: &mut dyn Tx, phone: &str) -> Result<bool, Failure> {
    let mark = mark(tx.vault(), phone);
    let sql = "SELECT account.id FROM account JOIN personal ON personal.unit = account.unit AND personal.matter = account.person
               WHERE account.kind = $1 AND account.state <> $2 AND personal.label = $3 AND personal.mac = $4";
    Ok(tx.row(sql, &[Kind::Official.word().into(), State::Closed.word().into(), "phone".into(), (&mark).into()])?.is_some())
}

/// Officials and administrators, a page of them, by id.
pub fn page(tx: &mut dyn Tx, after: i64, most: i64) -> Result<Vec<Account>, Failure> {
    let rows = tx.rows(
        &format!("{ACCOUNT} WHERE kind <> $1 AND id > $2 ORDER BY id LIMIT $3"),
        &[Kind::Resident.word().into(), after.into(), most.into()],
    )?;
    rows.iter().map(account).collect()
}

/// Writes an account. The step of the last code stays: only [`step`] moves it.
pub fn put(tx: &mut dyn Tx, account: &Account) -> Result<(), Failure> {
    tx.run(
        "INSERT INTO account (id, kind, state, unit, person, login, name, phone, mark, password, past, password_at, totp, last_step, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
         ON CONFLICT (id) DO UPDATE SET state = excluded.state, login = excluded.login, name = excluded.name, phone = excluded.phone,
             mark = excluded.mark, password = excluded.password, past = excluded.past, password_at = excluded.password_at, totp = excluded.totp",
        &[
            account.id.into(),
            account.kind.word().into(),
            account.state.word().into(),
            account.unit.into(),
            account.person.into(),
            account.login.as_deref().into(),
            maybe(account.name.as_deref()),
            maybe(account.phone.as_deref()),
            maybe(account.mark.as_deref()),
            account.password.as_deref().into(),
            account.past.as_str().into(),
            account.password_at.into(),
            maybe(account.totp.as_deref()),
            account.last_step.into(),
            account.at.into(),
        ],
    )?;
    Ok(())
}

/// Uses up a step of the code maker's clock; false when it was used before.
pub fn step(tx: &mut dyn Tx, id: MatterId, step: i64) -> Result<bool, Failure> {
    Ok(tx.run("UPDATE account SET last_step = $2 WHERE id = $1 AND last_step < $2", &[id.into(), step.into()])? == 1)
}

/// Removes a resident's account with the telephone in it.
pub fn erase(tx: &mut dyn Tx, id: MatterId) -> Result<u64, Failure> {
    tx.run("DELETE FROM account WHERE id = $1 AND kind = $2", &[id.into(), Kind::Resident.word().into()])
}
