//! 工作人员 Staff: the office-holder at a form of the desk. Others do not learn that the form is there; what may be done, the law
//! says.

use crate::ask::{Ask, Reply};
use crate::look::tasks::{Task, TaskPage};
use crate::look::{Frame, Refused, page, way};
use crate::open::find::broken;
use crate::problem::{self, Problem};
use crate::site::Site;
use crate::{frame, words};
use app::door::SignedIn;
use app::read::Reader;
use app::{Asked, Done};
use jiff::civil::Date;
use law::unit::Unit;
use law::{Actor, AnyAct, Matter, MatterId, PostKind, Refusal};

/// An office-holder in one unit, and what was asked.
pub struct Staff<'a> {
    /// The site.
    pub site: &'a Site,
    /// The request.
    pub ask: &'a Ask,
    /// The village or community.
    pub unit: &'a Unit,
    /// Who is signed in.
    pub signed: &'a SignedIn,
    /// As whom they act here today.
    pub actor: Actor,
    /// What they may read here.
    pub reader: Reader,
    /// Whether the form stands on the desk, and leads back there.
    pub desk: bool,
}

impl<'a> Staff<'a> {
    /// The office-holder at a form of the unit in the address.
    ///
    /// # Errors
    /// The way to sign in for strangers; not found for everybody without a post here.
    pub fn at(site: &'a Site, ask: &'a Ask) -> Result<Self, Problem> {
        let unit = crate::open::board::unit(site, ask)?;
        Self::of(site, ask, unit, ask.field("from") == "desk" || ask.query("from") == "desk")
    }

    /// The office-holder in a unit.
    ///
    /// # Errors
    /// As [`Staff::at`].
    pub fn of(site: &'a Site, ask: &'a Ask, unit: &'a Unit, desk: bool) -> Result<Self, Problem> {
        let signed = ask.visitor.official()?;
        let actor = ask.visitor.actor(site, unit.code)?;
        let reader = Reader::of(&actor);
        match reader.is_official() {
            true => Ok(Self { site, ask, unit, signed, actor, reader, desk }),
            false => Err(Problem::NotFound),
        }
    }

    /// Whether a post of today carries such an act.
    pub fn may<M: Matter>(&self, act: &M::Act) -> bool {
        let right = M::right(act);
        self.reader.offices.iter().any(|office| right.held_by_post(office, self.unit.code))
    }

    /// Not found for whom no post carries such an act.
    ///
    /// # Errors
    /// [`Problem::NotFound`].
    pub fn must<M: Matter>(&self, act: &M::Act) -> Result<(), Problem> {
        if self.may::<M>(act) { Ok(()) } else { Err(Problem::NotFound) }
    }

    /// Whether they speak for this body.
    pub fn heads(&self, body: MatterId) -> bool {
        self.reader.offices.iter().any(|office| office.unit == self.unit.code && office.body == body && office.kind.is_head())
    }

    /// Whether they prepare here what heads confirm.
    pub fn is_clerk(&self) -> bool {
        self.reader.offices.iter().any(|office| office.unit == self.unit.code && office.kind == PostKind::Clerk)
    }

    /// The unit's code as addresses have it.
    pub fn code(&self) -> String {
        self.unit.code.to_string()
    }

    /// The frame of a form; its title says when something was refused.
    pub fn frame(&self, title: &str, refused: bool) -> Frame {
        let title = if refused { format!("没发出：{title}") } else { title.to_owned() };
        frame::of(self.site, self.ask, self.unit, title)
    }

    /// The act as this form asks for it.
    pub fn asked(&self, act: AnyAct) -> Asked {
        Asked { act, by: self.actor.clone(), key: self.ask.key(), seen: self.ask.seen() }
    }

    /// A refusal as a form shows it; some fields are called otherwise in the form than in the law.
    pub fn refused(&self, refusal: &Refusal, called: &[(&str, &str)]) -> Refused {
        let mut refused = problem::refused(self.site, refusal);
        let field = refused.field.as_deref().and_then(|field| called.iter().find(|(law, _)| *law == field));
        if let Some((_, form)) = field {
            refused.field = Some((*form).to_owned());
        }
        refused
    }

    /// A form on its own page; a refused one has the refusal's status.
    ///
    /// # Errors
    /// When the template breaks.
    pub fn task(&self, title: &str, task: Task, refused: Option<&Refusal>) -> Result<Reply, Problem> {
        self.shown(&TaskPage { f: self.frame(title, refused.is_some()), task }, refused)
    }

    /// A page that holds a form.
    ///
    /// # Errors
    /// When the template breaks.
    pub fn shown(&self, form: &impl askama::Template, refused: Option<&Refusal>) -> Result<Reply, Problem> {
        Ok(Reply::html(page(form).map_err(broken)?).status(refused.map_or(200, problem::status)))
    }

    /// On to where the form came from, with a word on what was done: the desk, else the matter.
    pub fn done(&self, said: &str, done: Done) -> Reply {
        self.back(Some(done.matter), &format!("{said}.{}", done.seq))
    }

    /// The same, when no line of the record tells of it.
    pub fn back(&self, matter: Option<MatterId>, said: &str) -> Reply {
        let to = match matter.filter(|_| !self.desk) {
            Some(matter) => way::matter(&self.code(), &matter.to_string()),
            None => way::DESK.to_owned(),
        };
        Reply::see(&format!("{to}?done={said}"))
    }

    /// A number of law as it stands today.
    ///
    /// # Errors
    /// The law's [`Refusal::NoRule`].
    pub fn number(&self, rule: &'static str, name: &str) -> Result<u32, Refusal> {
        let policy = self.site.house.policy();
        let found = policy.rule(rule, self.unit.profile(), self.site.today());
        found.and_then(|found| found.int(name).ok()).ok_or(Refusal::NoRule { rule })
    }

    /// A day that a form sends.
    ///
    /// # Errors
    /// [`Refusal::Missing`] when there is none.
    pub fn day(&self, field: &'static str) -> Result<Date, Refusal> {
        self.ask.field(field).parse().map_err(|_| Refusal::Missing { field })
    }

    /// What was typed in a field, or what stands in it at first.
    pub fn typed(&self, field: &str, first: impl Into<String>) -> String {
        if self.ask.post { self.ask.field(field) } else { first.into() }
    }
}

/// 居委会主任 · 党工委书记、居委会主任: what somebody's posts in a unit are called.
pub fn title(staff: &Staff<'_>, names: &app::read::Names) -> String {
    let here = staff.reader.offices.iter().filter(|office| office.unit == staff.unit.code);
    let mut titles: Vec<String> =
        here.map(|office| crate::open::suggestion::short_body(names.body(office.body)) + words::post::kind(office.kind)).collect();
    titles.dedup();
    titles.join("、")
}
