//! A whole town living for years through the same door as everybody, from one seed.

pub mod accepted;
pub mod browser;
pub mod conformance;
pub mod hall;
pub mod names;
pub mod pages;
pub mod scene;
pub mod town;
pub mod world;

pub use world::World;
