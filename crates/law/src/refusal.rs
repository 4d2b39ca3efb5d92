//! 拒绝 Refusal: the law's no. A stable code, the rule it rests on, and what a sentence needs; the sentence itself is in
//! `web/words`, where leaving one out does not compile.

use jiff::civil::Date;
use serde::Serialize;

/// Why an act was refused. Nothing was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Refusal {
    /// No post, roll or telephone of that day carries this act.
    NoRight {
        /// `kind.act`.
        act: &'static str,
    },
    /// There is no such matter, or the reader may not know of it.
    NoSuchMatter,
    /// The matter exists already.
    AlreadyExists,
    /// The unit's mechanism does not run (yet) on that day.
    NotStarted,
    /// The unit has no mechanism of its own: a town, a city, a functional zone.
    NoMechanism,
    /// The policy holds no such rule for this unit and day.
    NoRule {
        /// Rule id.
        rule: &'static str,
    },
    /// The working-day calendar does not reach that far.
    CalendarEnds {
        /// Day 0 of the count.
        day: Date,
    },
    /// A field that is needed is empty.
    Missing {
        /// Name of the field.
        field: &'static str,
    },
    /// A text is too long.
    TextTooLong {
        /// Name of the field.
        field: &'static str,
        /// Characters allowed.
        limit: usize,
        /// Characters given.
        length: usize,
    },
    /// A text holds control characters.
    BadText {
        /// Name of the field.
        field: &'static str,
    },
    /// Too many of something at once.
    TooMany {
        /// Name of the field.
        field: &'static str,
        /// How many are allowed.
        limit: usize,
    },
    /// A code or number is not well formed or its check digit is wrong.
    BadCode {
        /// Name of the field.
        field: &'static str,
    },
    /// An official text shows a private person's number.
    PersonalDataInPublicText {
        /// Name of the field.
        field: &'static str,
    },
    /// The day lies ahead.
    DayAhead {
        /// The day given.
        day: Date,
    },
    /// The day lies too far back for the record to take it.
    DayTooOld {
        /// The day given.
        day: Date,
        /// The earliest day taken.
        earliest: Date,
    },
    /// The matter has too many steps.
    TooManySteps,
    /// Days are out of order.
    DaysOutOfOrder {
        /// The day that must come first.
        first: Date,
        /// The day that must not come before it.
        then: Date,
    },

    /// The suggestion is settled: nothing more to answer.
    AlreadyAnswered,
    /// The matter was withdrawn or erased.
    Closed,
    /// Nobody was named to answer yet.
    NotRouted,
    /// Another body answers for this.
    NotYourBody,
    /// The body is not one of this unit, or no longer exists.
    NoSuchBody,
    /// Nobody heads that body on this day, so nobody could answer.
    BodyWithoutHead,
    /// The answer gives no reason, or only says that the suggestion was received.
    NotSubstantive {
        /// Fewest characters of a reason, by policy.
        least: usize,
    },
    /// An accepted suggestion needs who does what by when.
    NoPlan,
    /// It was prolonged once already.
    AlreadyExtended,
    /// The last day is over: too late to prolong.
    ExtendTooLate,
    /// More days than the rule allows.
    ExtendTooLong {
        /// Working days allowed.
        most: u32,
    },
    /// Only the sender may do this.
    NotTheSender,
    /// There is no answer to confirm or dispute yet.
    NotAnswered,
    /// The days to confirm or dispute are over.
    VerdictTooLate,
    /// The sender has spoken already.
    VerdictGiven,
    /// It was reopened once already.
    AlreadyReopened,
    /// The text was released or withheld already.
    AlreadyReleased,
    /// The last day is not over: nothing lapsed.
    NotYetDue,
    /// The text names a sitting cadre: is this a report of misconduct?
    AskDiscipline {
        /// The names found.
        names: Vec<String>,
    },
    /// A slip, call or visit needs who took it down.
    NoTaker,
    /// This channel is for staff.
    StaffChannel,
    /// It is entered so late that it has to say why.
    LateWithoutReason {
        /// Working days within which nothing is asked.
        days: u32,
    },

    /// The notice must stay up until that day.
    KeepUp {
        /// The last day.
        until: Date,
    },
    /// It was posted on paper already.
    AlreadyPosted,
    /// Two persons must have been there.
    TwoPersons,
    /// This period's duty is done, waived or lapsed for good.
    PeriodOver,
    /// The post has ended or not begun.
    PostNotHeld,
    /// Somebody holds that post already on that day.
    PostTaken,
    /// The person is not known in this unit.
    NoSuchPerson,
    /// The same identity number is on file already.
    SamePerson,
    /// This combination of posts is barred by law.
    PostsIncompatible,
    /// The batch of sealed lines for that day is written.
    BatchWritten,

    /// The same key was used with other content.
    KeyReused,
    /// The page is older than the matter: somebody acted in the meantime.
    StalePage,
    /// What one act entails goes too deep.
    TooDeep,
}

impl Refusal {
    /// The stable code, as in `TEXT_TOO_LONG`.
    pub fn code(&self) -> String {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::Object(fields)) => fields["code"].as_str().unwrap_or_default().to_owned(),
            _ => unreachable!("a refusal is an object with a code"),
        }
    }

    /// The rule in `policy/` that it rests on, whose clause the page shows.
    pub fn rule(&self) -> Option<&'static str> {
        Some(match self {
            Self::NoRule { rule } => rule,
            Self::NotStarted => "lead.mechanism.start",
            Self::NotSubstantive { .. } | Self::NoPlan | Self::NotYourBody | Self::NotAnswered => "open.suggestion.answer",
            Self::NotRouted => "open.suggestion.route",
            Self::AlreadyExtended | Self::ExtendTooLate | Self::ExtendTooLong { .. } => "open.suggestion.extend",
            Self::VerdictTooLate | Self::VerdictGiven | Self::AlreadyReopened | Self::NotTheSender => "open.suggestion.dispute",
            Self::AlreadyReleased => "open.suggestion.release",
            Self::DayTooOld { .. } | Self::NoTaker => "open.suggestion.register",
            Self::LateWithoutReason { .. } => "open.suggestion.backdate",
            Self::KeepUp { .. } => "open.notice.keep",
            Self::AlreadyPosted => "open.notice.paper",
            Self::TwoPersons | Self::PeriodOver => "open.box.open",
            Self::AskDiscipline { .. } => "watch.report.accept",
            _ => return None,
        })
    }
}
