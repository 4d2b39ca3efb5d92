//! 换形 Shapes: when a kind's state has another shape than its rows, they are written again from the record.

use crate::{Failure, House, audit};
use law::Matter;
use store::{Kept, Tx, kinds};

struct Shapes<'a> {
    tx: &'a mut dyn Tx,
}

impl kinds::Visit for Shapes<'_> {
    type Out = Result<bool, Failure>;

    fn visit<M: Kept>(&mut self) -> Self::Out {
        store::migrate::shape_is(self.tx, <M as Matter>::KIND, M::SHAPE)
    }
}

/// Rebuilds every unit if any kind's shape changed, then notes the new shapes.
pub fn shapes(house: &House) -> Result<(), Failure> {
    let same = house.read(|tx| kinds::each(&mut Shapes { tx }).into_iter().collect::<Result<Vec<bool>, _>>())?;
    if same.into_iter().all(|same| same) {
        return Ok(());
    }
    for unit in crate::read::record::units(house)? {
        audit::rebuild(house, unit)?;
    }
    house.beside(|tx| kinds::each(&mut Note { tx }).into_iter().collect())
}

struct Note<'a> {
    tx: &'a mut dyn Tx,
}

impl kinds::Visit for Note<'_> {
    type Out = Result<(), Failure>;

    fn visit<M: Kept>(&mut self) -> Self::Out {
        store::migrate::note_shape(self.tx, <M as Matter>::KIND, M::SHAPE)
    }
}
