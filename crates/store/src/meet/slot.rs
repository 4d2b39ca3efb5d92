//! 固定会期 Rows of standing slots.

use crate::{Failure, Kept, Tx, Value};
use law::Moment;
use law::meet::slot::{Act, Slot};

impl Kept for Slot {
    const TABLE: &'static str = "slot";

    fn columns(&self) -> Vec<(&'static str, Value)> {
        vec![("sitting_kind", self.kind.word().into())]
    }

    fn given(_: &mut dyn Tx, _: Option<&Self>, _: &Act, _: &Moment<'_>) -> Result<(), Failure> {
        Ok(())
    }
}
