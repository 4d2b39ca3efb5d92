//! 试用日志 A log for tests: a frontier and the rows a store would keep

use record::{Frontier, Hash, Tiles, leaf};

/// `rows[0]` holds leaves, `rows[L]` what `push` has completed for tiles of level L.
#[derive(Clone, Default)]
pub struct Log {
    pub frontier: Frontier,
    pub rows: Vec<Vec<Hash>>,
    pub asked: Vec<(u8, u64)>,
}

impl Log {
    pub fn push(&mut self, hash: Hash) {
        self.keep(0, self.frontier.size(), hash);
        for done in self.frontier.push(hash) {
            self.keep(usize::from(done.tile_level()), done.index, done.hash);
        }
    }

    fn keep(&mut self, level: usize, index: u64, hash: Hash) {
        self.rows.resize(self.rows.len().max(level + 1), Vec::new());
        assert_eq!(self.rows[level].len() as u64, index, "rows grow without gaps");
        self.rows[level].push(hash);
    }

    pub fn leaves(&self, size: u64) -> &[Hash] {
        self.rows.first().map_or(&[], |leaves| &leaves[..size as usize])
    }
}

/// A log of the entries "0", "1", "2", …
pub fn of(size: u64) -> Log {
    let mut log = Log::default();
    (0..size).for_each(|seq| log.push(leaf(seq.to_string().as_bytes())));
    log
}

impl Tiles for Log {
    type Error = String;

    fn tile(&mut self, level: u8, index: u64, width: u16) -> Result<Vec<Hash>, String> {
        assert!((1..=256).contains(&width));
        self.asked.push((level, index));
        let row = self.rows.get(usize::from(level)).ok_or("no such level")?;
        let first = index as usize * 256;
        let tile = row.get(first..first + usize::from(width)).ok_or("no such tile")?;
        Ok(tile.to_vec())
    }
}
