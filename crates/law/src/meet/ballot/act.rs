//! 表决的行为与事实 Acts and facts of a ballot; 东组通〔2015〕33号 二（二）“集体决议”.

use crate::entry::HexSalt;
use crate::meet::sitting::Advice;
use crate::meet::{Assembly, Bench, Choice, Stage, Tally};
use crate::personal::Salt;
use crate::{Digest, MatterId, PersonalRef};
use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How votes are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Everybody by telephone, or through the staff (记名).
    Named,
    /// By show of hands (举手).
    Hands,
    /// On paper with names, counted by two tellers (记名票).
    Paper,
    /// Without names (无记名).
    Secret,
}

impl Mode {
    /// Every mode.
    pub const ALL: [Self; 4] = [Self::Named, Self::Hands, Self::Paper, Self::Secret];

    /// The stable word in tables and forms.
    pub fn word(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::Hands => "hands",
            Self::Paper => "paper",
            Self::Secret => "secret",
        }
    }
}

/// An assembly's bench in a ballot, and why it only advises.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Seated {
    /// The bench.
    #[serde(flatten)]
    pub bench: Bench,
    /// Why its votes only advise; none when they decide.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advice: Option<Advice>,
}

/// What a teller read on one paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// Whose paper.
    pub person: MatterId,
    /// The choice; none for a spoilt paper.
    pub choice: Option<Choice>,
}

/// Papers of all who count in the same assemblies: enough to count again, and nobody is named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Group {
    /// Where they count.
    pub seats: Vec<Assembly>,
    /// 赞成.
    pub in_favour: u32,
    /// 反对.
    pub against: u32,
    /// 弃权.
    pub abstained: u32,
    /// 废票.
    pub spoilt: u32,
}

/// The papers of the whole sitting, each person once: advice, never a decision (合计，仅供参考).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Total {
    /// 赞成.
    pub in_favour: u32,
    /// 反对.
    pub against: u32,
    /// 弃权.
    pub abstained: u32,
    /// 废票.
    pub spoilt: u32,
}

/// One secret paper: one for each assembly in which its voter counts, and one for the whole, each with a number of its
/// own, so that nobody is known by the assemblies he counts in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Slip {
    /// The assembly; none for the whole sitting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assembly: Option<Assembly>,
    /// The choice.
    pub choice: Choice,
    /// 128 random bits that only its voter knows beforehand.
    #[schemars(with = "String")]
    pub number: HexSalt,
}

impl Slip {
    /// A paper with its number.
    pub fn new(assembly: Option<Assembly>, choice: Choice, number: Salt) -> Self {
        Self { assembly, choice, number: HexSalt(number) }
    }

    /// What stands in the list of papers and on the voter's receipt.
    pub fn hash(&self, ballot: MatterId) -> Digest {
        let assembly = self.assembly.map_or("", Assembly::word);
        let choice = match self.choice {
            Choice::For => "for",
            Choice::Against => "against",
            Choice::Abstain => "abstain",
        };
        Digest::of(&[
            b"cunwu slip\n",
            ballot.to_string().as_bytes(),
            b"\n",
            assembly.as_bytes(),
            b"\n",
            choice.as_bytes(),
            b"\n",
            &self.number.0,
        ])
    }
}

/// A paper that a later one takes the place of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cancelled {
    /// The step of the ballot at which it was given.
    pub step: u64,
    /// Where it counted.
    pub seats: Vec<Assembly>,
    /// What it said.
    pub choice: Choice,
}

/// What may be asked.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    /// Open a ballot on an item.
    Open {
        /// The sitting.
        sitting: MatterId,
        /// Number of the item, from 0.
        item: u32,
        /// How votes are given.
        mode: Mode,
    },
    /// Vote oneself, or for the principal whose mandate one holds.
    Cast {
        /// The ballot.
        ballot: MatterId,
        /// Whose paper it is.
        voter: MatterId,
        /// The choice.
        choice: Choice,
    },
    /// Enter the vote of somebody who is there without a telephone (代录).
    CastFor {
        /// The ballot.
        ballot: MatterId,
        /// Whose paper it is.
        voter: MatterId,
        /// The choice.
        choice: Choice,
    },
    /// Enter a show of hands: whoever is there and not named is in favour.
    Hands {
        /// The ballot.
        ballot: MatterId,
        /// Who is against.
        against: Vec<MatterId>,
        /// Who abstains.
        abstain: Vec<MatterId>,
        /// Who counted.
        tellers: Vec<MatterId>,
    },
    /// Enter what one teller read on the papers; a later sheet of the same teller takes the place of the earlier.
    Sheet {
        /// The ballot.
        ballot: MatterId,
        /// The teller.
        teller: MatterId,
        /// What stands on each paper.
        marks: Vec<Mark>,
        /// SHA-256 of the scanned sheet.
        scan: Digest,
    },
    /// Close it and count.
    Close {
        /// The ballot.
        ballot: MatterId,
    },
}

impl Act {
    /// The ballot meant, except for a new one.
    pub fn ballot(&self) -> Option<MatterId> {
        match self {
            Self::Open { .. } => None,
            Self::Cast { ballot, .. }
            | Self::CastFor { ballot, .. }
            | Self::Hands { ballot, .. }
            | Self::Sheet { ballot, .. }
            | Self::Close { ballot } => Some(*ballot),
        }
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// A ballot was opened.
    Opened {
        /// The sitting.
        sitting: MatterId,
        /// Number of the item.
        item: u32,
        /// The day.
        day: Date,
        /// At this instant.
        at: Timestamp,
        /// How votes are given.
        mode: Mode,
        /// What is done with the item.
        stage: Stage,
        /// The motion.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        motion: Option<MatterId>,
        /// The version of its text.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        version: Option<u32>,
        /// The public reads nothing of it.
        closed: bool,
        /// The benches, with the numbers it was opened on.
        benches: Vec<Seated>,
    },
    /// A paper was given.
    Cast {
        /// Reference to whose it is.
        voter: PersonalRef,
        /// Where it counts.
        seats: Vec<Assembly>,
        /// The choice.
        choice: Choice,
        /// Given by the holder of a mandate.
        proxy: bool,
        /// The paper that it takes the place of: who comes himself votes himself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cancels: Option<Cancelled>,
    },
    /// Hands were counted.
    Handed {
        /// Reference to who was against and who abstained.
        papers: PersonalRef,
        /// Reference to who counted.
        tellers: PersonalRef,
        /// The hands.
        groups: Vec<Group>,
    },
    /// A teller's sheet was entered.
    Sheeted {
        /// Reference to the teller.
        teller: PersonalRef,
        /// Reference to what stands on each paper.
        papers: PersonalRef,
        /// The papers.
        groups: Vec<Group>,
        /// SHA-256 of the scanned sheet.
        scan: Digest,
    },
    /// It was closed and counted.
    Counted {
        /// At this instant.
        at: Timestamp,
        /// What each bench came to.
        tallies: Vec<Tally>,
        /// The whole sitting.
        total: Total,
        /// Secret papers in the order of their hashes, without time or voter.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        slips: Vec<Slip>,
        /// SHA-256 over those hashes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        root: Option<Digest>,
    },
}
