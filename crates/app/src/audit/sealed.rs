//! 封存点 What stands kept beside the lines: every checkpoint bears this house's signature under this very tree, and every stored
//! tile hash is the tree's own. Strangers are served from both.

use super::{Fault, Findings};
use crate::signing::Ring;
use crate::{Failure, House};
use law::UnitCode;
use record::{Checkpoint, Frontier, Hash, Note, Subtree, Verifier, checkpoint, note};
use std::collections::{BTreeMap, BTreeSet};
use store::Tx;
use store::record as rows;

/// What the lines make of the tree on the way, wherever something was kept.
pub(super) struct Expected {
    /// Roots by size, for every size of which a checkpoint is kept.
    roots: BTreeMap<u64, Option<Hash>>,
    /// Hashes of full tiles, by level and place.
    tiles: BTreeMap<(i64, i64), Hash>,
    kept: Vec<(i64, i64)>,
}

impl Expected {
    pub fn of(tx: &mut dyn Tx, unit: UnitCode) -> Result<Self, Failure> {
        let kept = rows::checkpoint_sizes(tx, unit)?;
        let roots = kept.iter().map(|(_, size)| (size.cast_unsigned(), None)).collect();
        Ok(Self { roots, tiles: BTreeMap::new(), kept })
    }

    /// Looks at the tree after one more line.
    pub fn see(&mut self, tree: &Frontier, completed: Vec<Subtree>) {
        if let Some(root) = self.roots.get_mut(&tree.size()) {
            *root = Some(tree.root());
        }
        self.tiles.extend(completed.into_iter().map(|full| ((full.level.into(), full.index.cast_signed()), full.hash)));
    }

    /// Names what is kept and is not as it must be. Beyond a line that is named already no tree can be told.
    pub fn compare(&self, house: &House, tx: &mut dyn Tx, unit: UnitCode, findings: &mut Findings) -> Result<(), Failure> {
        let broken = findings.lines_changed.iter().filter(|(_, fault)| matches!(fault, Fault::Line | Fault::Gap));
        let told = broken.map(|(seq, _)| *seq).min().unwrap_or(i64::MAX);
        self.checkpoints(house, tx, unit, told, findings)?;
        let stored = rows::all_nodes(tx, unit)?;
        let wrong = |place: &&(i64, i64)| self.tiles.get(place).map(<[u8; 32]>::as_slice) != stored.get(place).map(Vec::as_slice);
        let told = |(level, at): &&(i64, i64)| (at + 1) << level <= told;
        let firsts: BTreeSet<i64> =
            self.tiles.keys().chain(stored.keys()).filter(wrong).filter(told).map(|(level, at)| at << level).collect();
        findings.lines_changed.extend(firsts.into_iter().map(|first| (first, Fault::Tile)));
        Ok(())
    }

    fn checkpoints(&self, house: &House, tx: &mut dyn Tx, unit: UnitCode, told: i64, findings: &mut Findings) -> Result<(), Failure> {
        let witnesses: Vec<Verifier> = house.config.witness.iter().filter_map(|witness| Verifier::parse(&witness.key).ok()).collect();
        let mut rings: BTreeMap<i64, Ring> = BTreeMap::new();
        for (epoch, size) in &self.kept {
            let origin = house.origin(unit, *epoch);
            if !rings.contains_key(epoch) {
                rings.insert(*epoch, Ring::of(house, tx, unit, *epoch)?);
            }
            // Of a key whose seed was lost before any line named it nothing can be said.
            let Some(key) = rings[epoch].key_at(size.cast_unsigned()) else { continue };
            let genuine = rows::checkpoint(tx, unit, *epoch, *size)?.is_some_and(|sealed| {
                let Ok(kept) = Note::parse(sealed.note.as_bytes()) else { return false };
                let root = self.roots.get(&size.cast_unsigned()).copied().flatten();
                let same = |signed: Checkpoint| {
                    signed.origin == origin && signed.size == size.cast_unsigned() && (*size > told || Some(signed.root) == root)
                };
                checkpoint::open(&kept, std::slice::from_ref(&key)).is_ok_and(same) && note::verified(&kept, &witnesses).is_ok()
            });
            if !genuine {
                findings.seals.push((*epoch, *size));
            }
        }
        Ok(())
    }
}
