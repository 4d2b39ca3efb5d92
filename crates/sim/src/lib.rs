//! A whole town living for years through the same door as everybody, from one seed.

pub mod conformance;
pub mod names;
pub mod town;
pub mod world;

pub use world::World;
