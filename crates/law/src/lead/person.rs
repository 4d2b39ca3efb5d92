//! 人员 Person: someone known to the unit. Everything that identifies a resident is a salted reference; 个人信息保护法 第6条.

use crate::personal::Forgets;
use crate::{AnyAct, Audience, Holder, Matter, MatterId, Moment, Personal, PersonalRef, PostKind, Refusal, Right, code, limit};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What may be asked.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    /// Enter a person.
    Enter {
        /// The name.
        name: Personal,
        /// The identity number (公民身份号码), if it is needed and given.
        id_number: Option<Personal>,
        /// The telephone.
        phone: Option<Personal>,
        /// The villager group.
        group: Option<String>,
    },
    /// Change the telephone or the group.
    Change {
        /// The person.
        person: MatterId,
        /// The new telephone.
        phone: Option<Personal>,
        /// The new group.
        group: Option<String>,
    },
    /// Erase what identifies the person (依法删除).
    Erase {
        /// The person.
        person: MatterId,
        /// By what right.
        basis: String,
    },
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// A person was entered.
    Entered {
        /// Reference to the name.
        name: PersonalRef,
        /// Reference to the identity number.
        id_number: Option<PersonalRef>,
        /// Reference to the telephone.
        phone: Option<PersonalRef>,
        /// The villager group.
        group: Option<String>,
    },
    /// Telephone or group changed.
    Changed {
        /// Reference to the new telephone.
        phone: Option<PersonalRef>,
        /// The new group.
        group: Option<String>,
    },
    /// What identifies the person was erased.
    Erased {
        /// By what right.
        basis: String,
    },
}

/// A person as the record shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// The id.
    pub id: MatterId,
    /// Reference to the name; none once erased.
    pub name: Option<PersonalRef>,
    /// Reference to the identity number.
    pub id_number: Option<PersonalRef>,
    /// Reference to the telephone.
    pub phone: Option<PersonalRef>,
    /// The villager group.
    pub group: Option<String>,
}

/// What the law looks at besides the person.
#[derive(Clone, Copy, Debug, Default)]
pub struct Given {
    /// Whether another person of the unit has the same identity number.
    pub same_id_number: bool,
}

const STAFF: &[Holder] = &[
    Holder::Here(PostKind::Clerk),
    Holder::Above(PostKind::TownOfficer),
    Holder::Here(PostKind::TownOfficer),
    Holder::Here(PostKind::CityOfficer),
    Holder::Keeper,
];
const ERASE: &[Holder] = &[Holder::Above(PostKind::TownOfficer)];

impl Matter for Person {
    const KIND: &'static str = "person";
    const SHAPE: i64 = 1;
    type Act = Act;
    type Given = Given;
    type Fact = Fact;

    fn any(act: Act) -> AnyAct {
        AnyAct::Person(act)
    }

    fn of(act: &Act, at: &Moment<'_>) -> MatterId {
        match act {
            Act::Enter { .. } => at.fresh,
            Act::Change { person, .. } | Act::Erase { person, .. } => *person,
        }
    }

    fn right(act: &Act) -> Right {
        match act {
            Act::Enter { .. } => Right::new("person.enter", STAFF),
            Act::Change { .. } => Right::new("person.change", STAFF),
            Act::Erase { .. } => Right::new("person.erase", ERASE),
        }
    }

    fn audience(&self, _: &Fact) -> Audience {
        Audience::Officials
    }

    fn personal(act: &Act) -> Vec<(&'static str, String)> {
        let (name, id_number, phone) = match act {
            Act::Enter { name, id_number, phone, .. } => (Some(name), id_number.as_ref(), phone.as_ref()),
            Act::Change { phone, .. } => (None, None, phone.as_ref()),
            Act::Erase { .. } => (None, None, None),
        };
        let labelled = [("name", name), ("id_number", id_number), ("phone", phone)];
        labelled.into_iter().filter_map(|(label, text)| Some((label, text?.text().to_owned()))).collect()
    }

    fn decide(before: Option<&Self>, act: Act, given: Given, at: &Moment<'_>) -> Result<Fact, Refusal> {
        let phone_ref = |phone: Option<&Personal>| phone.map(|text| at.refer("phone", text.text()));
        match (before, act) {
            (None, Act::Enter { name, id_number, phone, group }) => {
                limit::text("name", name.text(), limit::NAME)?;
                limit::maybe("group", group.as_deref(), limit::NAME)?;
                numbers(id_number.as_ref(), phone.as_ref())?;
                if given.same_id_number {
                    return Err(Refusal::SamePerson);
                }
                let id_number = id_number.map(|text| at.refer("id_number", text.text()));
                Ok(Fact::Entered { name: at.refer("name", name.text()), id_number, phone: phone_ref(phone.as_ref()), group })
            }
            (Some(_), Act::Enter { .. }) => Err(Refusal::AlreadyExists),
            (None, _) => Err(Refusal::NoSuchMatter),
            (Some(person), _) if person.name.is_none() => Err(Refusal::Closed),
            (Some(_), Act::Change { phone, group, .. }) => {
                limit::maybe("group", group.as_deref(), limit::NAME)?;
                numbers(None, phone.as_ref())?;
                if phone.is_none() && group.is_none() {
                    return Err(Refusal::Missing { field: "phone" });
                }
                Ok(Fact::Changed { phone: phone_ref(phone.as_ref()), group })
            }
            (Some(_), Act::Erase { basis, .. }) => {
                limit::public_text("basis", &basis, limit::TEXT)?;
                Ok(Fact::Erased { basis })
            }
        }
    }

    fn evolve(before: Option<Self>, fact: Fact, id: MatterId) -> Self {
        match (before, fact) {
            (_, Fact::Entered { name, id_number, phone, group }) => Self { id, name: Some(name), id_number, phone, group },
            (Some(person), Fact::Changed { phone, group }) => {
                Self { phone: phone.or(person.phone), group: group.or(person.group), ..person }
            }
            (Some(_), Fact::Erased { .. }) => Self { id, name: None, id_number: None, phone: None, group: None },
            (None, fact) => unreachable!("the record holds {fact:?} before its matter"),
        }
    }

    fn forgets(fact: &Fact) -> Forgets {
        match fact {
            Fact::Erased { .. } => Forgets::All,
            // The old number goes when a new one comes: nobody needs it any longer.
            Fact::Changed { phone: Some(_), .. } => Forgets::Label("phone"),
            _ => Forgets::Nothing,
        }
    }
}

fn numbers(id_number: Option<&Personal>, phone: Option<&Personal>) -> Result<(), Refusal> {
    if id_number.is_some_and(|text| code::IdNumber::parse(text.text()).is_err()) {
        return Err(Refusal::BadCode { field: "id_number" });
    }
    if phone.is_some_and(|text| !code::is_mobile(text.text())) {
        return Err(Refusal::BadCode { field: "phone" });
    }
    Ok(())
}
