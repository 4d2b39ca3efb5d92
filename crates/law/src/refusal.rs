//! 拒绝 Refusal: the law's no. A stable code, the rule it rests on, and what a sentence needs; the sentence itself is in
//! `web/words`, where leaving one out does not compile.

use crate::PostKind;
use crate::meet::Assembly;
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
    /// A number that cannot be below zero is.
    BelowZero {
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

    /// This assembly has no roll of its own: who belongs to it follows from posts.
    NoSuchRoll,
    /// This period is met by a sitting, not by an entry of its own.
    NeedsSitting,
    /// Another post calls this assembly together.
    WrongConvener {
        /// The rule that names it.
        rule: &'static str,
        /// The lawful convener.
        convener: PostKind,
    },
    /// The notice is too short.
    ShortNotice {
        /// The rule that asks for more.
        rule: &'static str,
        /// Days of notice.
        least: u32,
        /// The earliest day it could be.
        earliest: Date,
    },
    /// That day or time is over already.
    SittingBegan,
    /// Nobody stands on the roll of an assembly that must be called.
    EmptyRoll {
        /// The assembly.
        assembly: Assembly,
    },
    /// There are too few or too many representatives of migrant workers.
    MigrantsShare {
        /// How many there are.
        have: u32,
        /// How many there must be.
        least: u32,
        /// How many there may be.
        most: u32,
    },
    /// A sitting of this kind does not do that.
    WrongStage,
    /// This item cannot be closed to the public.
    NotClosable,
    /// Agenda and papers were committed when the sitting was called.
    PapersCommitted {
        /// The rule of its call.
        rule: &'static str,
    },
    /// That assembly does not sit there, or is called by nobody.
    NotSeated {
        /// The assembly.
        assembly: Assembly,
    },
    /// The sitting named was not adjourned, or is taken up again already.
    NotAdjourned,
    /// This is done on the day of the sitting, not before its time.
    NotItsTime {
        /// The day.
        day: Date,
    },
    /// The sitting is not in the state for this.
    NotOpen,
    /// The person is there already, or named twice.
    AlreadyPresent,
    /// The person is not there.
    NotPresent,
    /// Nobody may stand in for another here.
    NoProxyHere,
    /// The mandate must be in writing.
    NoMandate,
    /// Only a member of the same household may stand in.
    NotSameHousehold,
    /// The roll does not hold that person.
    NotOnRoll,
    /// One person alone decides nothing.
    SoleDecision {
        /// How many there must be.
        least: u32,
    },
    /// There is no such item, or no such ballot on it.
    NoSuchItem,
    /// The item was not reported on yet.
    NotReported,
    /// The item was not discussed yet.
    NotDiscussed,
    /// The item is settled.
    ItemSettled,
    /// This is decided by ballot only.
    NeedsBallot,
    /// A ballot is open.
    BallotOpen,
    /// That person has voted.
    VotedAlready,
    /// The ballot is counted.
    VoteClosed,
    /// Nobody votes for another without his mandate.
    NotYourVote,
    /// The holder of this person's mandate has voted, and he is not there himself.
    ProxyVoted,
    /// Votes are given otherwise in this ballot.
    WrongMode,
    /// Nothing was counted yet.
    NoPapers,
    /// The tellers read different things.
    TellersDisagree {
        /// On so many papers.
        papers: u32,
    },
    /// With so few of an assembly a secret ballot would be none.
    TooFewForSecret {
        /// The assembly.
        assembly: Assembly,
        /// How many there must be.
        least: u32,
    },
    /// The minutes are confirmed.
    MinutesConfirmed,
    /// No standing slot was fixed for that day.
    NoSlot,
    /// The standing slot of that week is another day, and a working day.
    NotTheSlot {
        /// The day of the slot.
        day: Date,
    },

    /// The rules of that day know no such kind of matter.
    NoSuchTopic,
    /// The suggestion was not accepted (采纳), so nothing rests on it.
    NotAdopted,
    /// An emergency needs more members of the teams who answer for it.
    LeadersMissing {
        /// Besides the secretary, by policy.
        least: u32,
    },
    /// The class is being challenged: the supervision committee decides first.
    ChallengeOpen,
    /// Nobody challenges the class.
    NoChallenge,
    /// The class was decided by the supervision committee already.
    AlreadyJudged,
    /// The clause lists this kind of matter as 重大; nobody can find otherwise.
    ListedMajor,
    /// A matter of this class is not decided in a 班子联席会议.
    MajorMatter,
    /// None of those who sit there may decide it.
    NotCompetent {
        /// Who may.
        need: Vec<Assembly>,
    },
    /// Only the assembly itself may decide it, never a joint sitting.
    AssemblyOnly {
        /// Which.
        assembly: Assembly,
    },
    /// The party organisation has to discuss it first.
    PartyFirst,
    /// The teams have not discussed it yet (商议).
    NotConsulted,
    /// The draft is not posted.
    DraftNotPosted,
    /// The draft has not been up long enough.
    DraftTooShort {
        /// Its last day at least.
        until: Date,
    },
    /// The days for opinions on the draft are over.
    DraftOver,
    /// Opinions on the draft wait for their answer.
    OpinionsUnanswered {
        /// How many.
        count: usize,
    },
    /// The same person gave an opinion on this draft already.
    AlreadyOpined,
    /// It was not deliberated in this wording (审议).
    NotDeliberated,
    /// The text has changed since: this is not its wording of today.
    OldVersion {
        /// The version now.
        now: u32,
    },
    /// This assembly has voted on this wording already.
    AlreadyVoted {
        /// Which.
        assembly: Assembly,
    },
    /// Too few were there to decide.
    NoQuorum {
        /// Where.
        assembly: Assembly,
        /// How many must be there.
        needed: u32,
        /// How many were.
        present: u32,
    },
    /// Votes, those present and those on the roll do not go together.
    NumbersDoNotAddUp,
    /// Two different persons count.
    TwoTellers,
    /// It is decided; only an adjustment with a new vote changes it.
    Decided,
    /// There is no decision to adjust.
    NotDecided,
    /// Nothing was done in an emergency that waits to be ratified.
    NoEmergency,

    /// The decision is not published yet (先公开后实施).
    NotPublished,
    /// The decision no longer holds: adjusted, not ratified, or taken without competence.
    DecisionEnded,
    /// What was done in an emergency has not been ratified yet.
    NotRatified,
    /// By function this is not for that kind of body to carry out.
    WrongBody,
    /// More than the decision gives.
    OverBudget {
        /// What is left, in 分.
        most: i64,
    },
    /// Only the owner of the task or the head of its body may do this.
    NotTheOwner,
    /// Nobody accepts what he carried out himself.
    OwnWork,
    /// It is not reported as done.
    NotDone,
    /// It is reported as done and waits for acceptance, or was accepted.
    AlreadyDone,
    /// It was not accepted yet.
    NotAccepted,
    /// It was published already, and is published once.
    AlreadyPublished,
    /// The matter has nothing of this number.
    NoSuchNumber {
        /// Name of the field.
        field: &'static str,
    },
    /// Somebody else has to explain this time.
    AnotherPerson,
    /// The supervision committee answers this time.
    SupervisionAnswers,

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
            _ => return self.rule_of_meetings().or_else(|| self.rule_of_decisions()),
        })
    }

    fn rule_of_meetings(&self) -> Option<&'static str> {
        Some(match self {
            Self::NeedsSitting => "meet.team.cadence",
            Self::WrongConvener { rule, .. } | Self::ShortNotice { rule, .. } | Self::PapersCommitted { rule } => rule,
            Self::MigrantsShare { .. } | Self::EmptyRoll { .. } => "meet.congress.members",
            Self::NotClosable => "meet.sitting.closed",
            Self::NotAdjourned => "meet.sitting.reconvene",
            Self::NoProxyHere => "meet.sitting.attend",
            Self::NoMandate | Self::NotSameHousehold => "meet.members.notice",
            Self::SoleDecision { .. } | Self::NotReported | Self::NotDiscussed => "meet.sitting.order",
            Self::NotYourVote | Self::ProxyVoted | Self::VotedAlready => "meet.sitting.attend",
            Self::NotOnRoll | Self::NotPresent | Self::AlreadyPresent => "meet.sitting.attend",
            Self::VoteClosed => "meet.sitting.order",
            Self::TwoTellers | Self::TellersDisagree { .. } | Self::NoPapers => "meet.ballot.tellers",
            Self::TooFewForSecret { .. } => "meet.ballot.secret",
            Self::MinutesConfirmed => "meet.sitting.minutes",
            Self::NoSlot | Self::NotTheSlot { .. } => "meet.team.cadence",
            _ => return None,
        })
    }

    fn rule_of_decisions(&self) -> Option<&'static str> {
        Some(match self {
            Self::NoSuchTopic | Self::Decided | Self::NotDecided => "meet.motion.propose",
            Self::LeadersMissing { .. } | Self::NoEmergency | Self::NotRatified => "meet.emergency.ratify",
            Self::ChallengeOpen | Self::NoChallenge | Self::AlreadyJudged => "meet.motion.judge",
            Self::MajorMatter => "meet.motion.major",
            Self::ListedMajor | Self::AssemblyOnly { .. } | Self::PartyFirst => "meet.assembly.reserved",
            Self::NotCompetent { .. } | Self::AlreadyVoted { .. } => "meet.congress.effect",
            Self::NotConsulted | Self::NotDeliberated | Self::OldVersion { .. } => "meet.congress.cadence",
            Self::DraftNotPosted | Self::DraftTooShort { .. } | Self::DraftOver | Self::AlreadyOpined => "meet.draft.post",
            Self::OpinionsUnanswered { .. } => "meet.opinion.answer",
            Self::NoQuorum { assembly, .. } => return assembly.rule(),
            Self::NotPublished => "meet.congress.publish",
            Self::WrongBody => "steer.resolution.assign",
            Self::OwnWork | Self::NotDone | Self::NotAccepted => "steer.task.accept",
            Self::AlreadyPublished => "open.decision.publish",
            Self::AnotherPerson | Self::SupervisionAnswers => "steer.result.explain",
            _ => return None,
        })
    }
}
