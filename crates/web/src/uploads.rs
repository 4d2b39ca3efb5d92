//! 暂存的文件 Uploads: files between their dry run and their commit, in memory only, few and for half an hour.

use jiff::Timestamp;
use law::{MatterId, UnitCode};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// How many are kept; the oldest makes room.
const MOST: usize = 20;
/// For how long, in seconds.
const KEPT: i64 = 30 * 60;

/// A file that waits for its commit.
#[derive(Clone)]
pub struct Upload {
    /// The unit it was judged for.
    pub unit: UnitCode,
    /// Who brought it.
    pub account: MatterId,
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// When it came.
    pub at: Timestamp,
}

/// The files that wait.
#[derive(Default)]
pub struct Uploads(Mutex<BTreeMap<MatterId, Upload>>);

impl Uploads {
    /// Keeps a file under a random id.
    pub fn keep(&self, id: MatterId, upload: Upload) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|_, other| !is_over(other, upload.at));
        if kept.len() >= MOST {
            let oldest = kept.iter().min_by_key(|(_, upload)| upload.at).map(|(id, _)| *id);
            oldest.map(|id| kept.remove(&id));
        }
        kept.insert(id, upload);
    }

    /// Takes a file out, for the one who brought it and the unit it was brought to.
    pub fn take(&self, id: MatterId, unit: UnitCode, account: MatterId, now: Timestamp) -> Option<Upload> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mine = kept.get(&id).is_some_and(|upload| upload.unit == unit && upload.account == account && !is_over(upload, now));
        if mine { kept.remove(&id) } else { None }
    }
}

fn is_over(upload: &Upload, now: Timestamp) -> bool {
    now.as_second() - upload.at.as_second() > KEPT
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upload(at: i64) -> Upload {
        let unit = UnitCode::parse("441900121014").unwrap();
        Upload { unit, account: MatterId::from_bits(2), name: String::new(), bytes: vec![1], at: Timestamp::from_second(at).unwrap() }
    }

    #[test]
    fn a_file_is_taken_once_by_who_brought_it() {
        let uploads = Uploads::default();
        let (id, file) = (MatterId::from_bits(8), upload(0));
        uploads.keep(id, file.clone());
        assert!(uploads.take(id, file.unit, MatterId::from_bits(4), file.at).is_none(), "not mine");
        assert!(uploads.take(id, UnitCode::parse("441900121015").unwrap(), file.account, file.at).is_none(), "not here");
        assert!(uploads.take(id, file.unit, file.account, upload(KEPT).at).is_some());
        assert!(uploads.take(id, file.unit, file.account, file.at).is_none(), "once");
    }

    #[test]
    fn few_are_kept_and_not_for_long() {
        let uploads = Uploads::default();
        for n in 0..=MOST as u64 {
            uploads.keep(MatterId::from_bits(n * 2), upload(n as i64));
        }
        let file = upload(20);
        assert!(uploads.take(MatterId::from_bits(0), file.unit, file.account, file.at).is_none(), "the oldest made room");
        assert!(uploads.take(MatterId::from_bits(2), file.unit, file.account, file.at).is_some());
        assert!(uploads.take(MatterId::from_bits(4), file.unit, file.account, upload(KEPT + 3).at).is_none(), "too late");
    }
}
